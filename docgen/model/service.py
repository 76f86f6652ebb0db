# What stands for an AWS service outside VPCs: a bucket, a queue, a function, an API of AWS's own.
"""RegionalService, is_service."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, TypeGuard

from docgen.model.component import Component, Ref, refers


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionalService(Component):
    """A resource of an AWS service, reached at the service's public addresses of its Region."""

    endpoint_prefix: ClassVar[str] = ""
    """The service as its DNS names spell it."""

    region: Ref | None = refers("region", default=None)
    """The Region that it stands in."""

    @property
    def service_code(self) -> str:
        """`s3`, `sqs`, `execute-api`: what endpoints and DNS names call the service."""
        return self.endpoint_prefix


def is_service(component: object) -> TypeGuard[RegionalService]:
    """Whether it is (part of) an AWS service with public addresses."""
    return isinstance(component, RegionalService)
