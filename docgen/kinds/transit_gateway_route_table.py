"""A route table of a transit gateway: where packets of the attachments that are associated with it go."""

from __future__ import annotations

from dataclasses import field
from typing import ClassVar

from docgen.core.data import dataclass
from docgen.core.prefixes import Block
from docgen.core.span import NOWHERE, Span
from docgen.model.component import Component, Ref, refers
from docgen.model.form import Short, limited
from docgen.model.kind import Kind, Role, Scope
from docgen.model.network import Network
from docgen.routing.transit import ATTACHMENT_KINDS, routes_known


@dataclass(frozen=True, slots=True, kw_only=True)
class TransitGatewayRoute:
    """A static route. Short form: `0.0.0.0/0: egress`, or `10.9.0.0/16: blackhole`."""

    short: ClassVar[Short] = Short(key="destination_cidr_block", value="attachment", example="0.0.0.0/0: egress")

    destination_cidr_block: Block = limited(canonical=True)
    """The block that it leads to."""
    attachment: Ref | None = refers(*ATTACHMENT_KINDS, none="blackhole", default=None)
    """A VPC (its attachment), a peering, a VPN or a Direct Connect gateway; None drops what it matches."""
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class TransitGatewayRouteTable(Component):
    """A transit gateway route table. Source: EC2 API `TransitGatewayRouteTable`."""

    kind: ClassVar[str] = "transit_gateway_route_table"

    transit_gateway: Ref = refers("transit_gateway")
    """Whose table it is; filled in where the table stands inside its gateway."""
    default: bool = False
    """Instead of the default table that every gateway has."""
    associations: tuple[Ref, ...] = refers(*ATTACHMENT_KINDS, default=())
    """Attachments (or VPCs) that use it; each uses one table."""
    propagations: tuple[Ref, ...] = refers(*ATTACHMENT_KINDS, default=())
    """Attachments (or VPCs) whose blocks it knows."""
    routes: tuple[TransitGatewayRoute, ...] = ()
    """Static routes: they hide what is propagated for the same block."""

    def parts(self, network: Network) -> tuple[str, ...]:
        """What of it can be down by itself: each route, static or propagated."""
        return routes_known(network, self)


KIND = Kind(
    component=TransitGatewayRouteTable,
    plural="transit_gateway_route_tables",
    title="Transit gateway route table",
    cfn_type="AWS::EC2::TransitGatewayRouteTable",
    terraform_type="aws_ec2_transit_gateway_route_table",
    icon="route-table",
    role=Role.POLICY,
    scope=Scope.REGION,
    across_accounts=("associations", "propagations", "routes"),
    contained_in=("transit_gateway", "", "account", "region"),
    parent_field="transit_gateway",
    summary="Association decides who uses it, propagation what it knows: apart from each other, they isolate VPCs.",
    limits="20 tables for a gateway, 10,000 routes in all of them.",
    source="https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html",
    example="""\
version: 1
title: Spokes that reach shared services and not each other
region: ap-south-1
zones: [a]
transit_gateways:
  hub:
    transit_gateway_route_tables:
      spokes: {associations: [finance, hr], propagations: [shared]}
      services: {associations: [shared], propagations: [finance, hr]}
vpcs:
  finance:
    cidr_block: 10.0.0.0/16
    subnets: {app: {cidr_block: 10.0.10.0/24}}
    transit_gateway_attachments: {to-hub: {transit_gateway: hub, subnets: [app]}}
  hr:
    cidr_block: 10.1.0.0/16
    subnets: {app: {cidr_block: 10.1.10.0/24}}
    transit_gateway_attachments: {to-hub: {transit_gateway: hub, subnets: [app]}}
  shared:
    cidr_block: 10.2.0.0/16
    subnets: {app: {cidr_block: 10.2.10.0/24}}
    transit_gateway_attachments: {to-hub: {transit_gateway: hub, subnets: [app]}}
""",
)
