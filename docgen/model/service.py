# What stands for an AWS service outside VPCs: a bucket, a queue, a function, an API of AWS's own.
"""RegionalService, EdgeService, ENDPOINT_NAMES, is_service, is_edge_service."""

from __future__ import annotations

from types import MappingProxyType
from typing import ClassVar, TypeGuard

from docgen.core.data import dataclass
from docgen.core.prefixes import Block
from docgen.model.component import Component, Ref, refers

PRINCIPALS = ("instance", "lambda_function", "rest_api", "cloudfront_distribution")
"""Kinds that have a role, by which policies know them."""
RESOURCES = (
    "s3_bucket",
    "dynamodb_table",
    "sqs_queue",
    "sns_topic",
    "kinesis_stream",
    "lambda_function",
    "rest_api",
    "aws_service",
)
"""Kinds that an endpoint's policy may name."""
ENDPOINT_NAMES = MappingProxyType({"kinesis": "kinesis-streams", "firehose": "kinesis-firehose"})
"""What endpoints call a service whose DNS names spell it otherwise: `com.amazonaws.us-east-1.kinesis-streams`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionalService(Component):
    """A resource of an AWS service, reached at the service's public addresses of its Region."""

    endpoint_prefix: ClassVar[str] = ""
    """The service as its DNS names spell it."""

    region: Ref | None = refers("region", default=None)
    """The Region that it stands in."""
    allowed_vpc_endpoints: tuple[Ref, ...] = refers("vpc_endpoint", default=())
    """Policy: endpoints that requests must come through (`aws:SourceVpce`). None named: any way."""
    allowed_vpcs: tuple[Ref, ...] = refers("vpc", default=())
    """Policy: VPCs that requests must come from, through an endpoint (`aws:SourceVpc`). None named: any."""
    allowed_addresses: tuple[Block, ...] = ()
    """Policy: public blocks that requests must come from (`aws:SourceIp`). None named: any."""
    allowed_principals: tuple[Ref, ...] = refers(*PRINCIPALS, default=())
    """Policy: components whose role may ask. None named: whoever its own policies allow."""

    @property
    def service_code(self) -> str:
        """`s3`, `sqs`, `execute-api`: what endpoints and DNS names call the service."""
        return self.endpoint_prefix


def is_service(component: object) -> TypeGuard[RegionalService]:
    """Whether it is (part of) an AWS service with public addresses."""
    return isinstance(component, RegionalService)


@dataclass(frozen=True, slots=True, kw_only=True)
class EdgeService(Component):
    """A resource of an AWS service that stands in no Region: edge locations all over the world answer for it, or one
    endpoint that all Regions share."""

    endpoint_prefix: ClassVar[str] = ""
    """The service whose public ranges its address is of,"""
    endpoint_region: ClassVar[str] = "global"
    """and the Region of these ranges."""
    opening_prefix: ClassVar[str] = ""
    """The service whose public ranges its own connections come from; "" where it opens none."""


def is_edge_service(component: object) -> TypeGuard[EdgeService]:
    """Whether it stands in no Region."""
    return isinstance(component, EdgeService)
