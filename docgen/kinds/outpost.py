"""An Outpost: AWS's hardware in somebody's own building, with subnets of VPCs on it. Drawn."""

from __future__ import annotations

from typing import ClassVar

from docgen.core.data import dataclass
from docgen.model.component import Component, Ref, refers
from docgen.model.kind import Kind, Role, Scope, Support


@dataclass(frozen=True, slots=True, kw_only=True)
class Outpost(Component):
    """An Outpost. Source: Outposts API `Outpost`."""

    kind: ClassVar[str] = "outpost"

    region: Ref | None = refers("region", default=None)
    """The Region that it is connected to."""
    subnets: tuple[Ref, ...] = refers("subnet", default=())
    """Subnets that stand on it."""


KIND = Kind(
    component=Outpost,
    plural="outposts",
    title="Outpost",
    cfn_type="AWS::Outposts::Outpost",
    terraform_type="aws_outposts_outpost",
    icon="outpost",
    role=Role.REGION_SERVICE,
    scope=Scope.REGION,
    contained_in=("", "account", "region"),
    parent_field="region",
    support=Support.DRAWN,
    summary="Extends a Region into a building: its subnets are subnets like others, its local gateway is not traced.",
    source="https://docs.aws.amazon.com/outposts/latest/userguide/what-is-outposts.html",
    example="""\
version: 1
title: A subnet on an Outpost
region: ap-south-1
zones: [a]
outposts: {rack-1: {subnets: [plant/machines]}}
vpcs:
  plant:
    cidr_block: 10.0.0.0/16
    subnets: {machines: {cidr_block: 10.0.10.0/24}}
""",
)
