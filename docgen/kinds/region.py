"""A Region: a geographic area with several Availability Zones."""

from __future__ import annotations

from typing import ClassVar

from docgen.core.data import dataclass
from docgen.model.component import Component, Ref, refers
from docgen.model.kind import Kind, Role, Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Region(Component):
    """An AWS Region; its id is its code (`ap-south-1`). Source: EC2 API `Region`."""

    kind: ClassVar[str] = "region"

    account: Ref | None = refers("account", default=None)
    """The account that it is drawn in."""
    zones: tuple[str, ...] = ()
    """Letters or full names of the zones that its VPCs use unless they say otherwise."""


KIND = Kind(
    component=Region,
    plural="regions",
    title="Region",
    icon="region",
    role=Role.CONTAINER,
    scope=Scope.REGION,
    contained_in=("", "account"),
    parent_field="account",
    summary="Holds VPCs. Packets between Regions leave the one and enter the other.",
    source="https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html",
    example="""\
version: 1
title: Two Regions
regions:
  ap-south-1: {zones: [a, b], vpcs: {shop: {cidr_block: 10.0.0.0/16}}}
  us-east-1: {zones: [a], vpcs: {logs: {cidr_block: 10.1.0.0/16}}}
""",
)
