"""A local gateway: from a VPC on an Outpost to the network of its site. Drawn; not traced through."""

from __future__ import annotations

from typing import ClassVar

from docgen.core.data import dataclass
from docgen.model.component import Component, Ref, refers
from docgen.model.kind import Kind, Role, Scope, Support


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalGateway(Component):
    """A local gateway whose route table the VPC is associated with. Source: EC2 API `LocalGateway`."""

    kind: ClassVar[str] = "local_gateway"

    outpost: Ref | None = refers("outpost", default=None)
    """The Outpost that it belongs to."""


KIND = Kind(
    component=LocalGateway,
    plural="local_gateways",
    singular="local_gateway",
    title="Local gateway",
    abbreviation="LGW",
    cfn_type="AWS::EC2::LocalGatewayRouteTableVPCAssociation",
    terraform_type="aws_ec2_local_gateway_route_table_vpc_association",
    icon="local-gateway",
    role=Role.GATEWAY,
    scope=Scope.VPC,
    contained_in=("vpc",),
    support=Support.DRAWN,
    route_target=True,
    summary="Leads from subnets on an Outpost to the network around it; docgen draws it and traces no further.",
    limits="Only for subnets on its Outpost; between two of these it may stand in for the local route.",
    source="https://docs.aws.amazon.com/outposts/latest/userguide/outposts-local-gateways.html",
    example="""\
version: 1
title: A rack in the own data center
region: ap-south-1
zones: [a]
vpcs:
  plant:
    cidr_block: 10.0.0.0/16
    local_gateway: lgw
    subnets: {machines: {cidr_block: 10.0.10.0/24, route_table: machines}}
    route_tables: {machines: {192.168.0.0/16: lgw}}
outposts: {rack-1: {subnets: [plant/machines]}}
""",
)
