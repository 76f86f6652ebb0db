"""A Connect attachment: GRE tunnels and BGP between a transit gateway and appliances. Drawn; not traced through."""

from __future__ import annotations

from typing import ClassVar

from docgen.core.data import dataclass
from docgen.core.prefixes import Block
from docgen.model.component import Component, Key, Ref, refers
from docgen.model.forwarding import Announcement, HubClass
from docgen.model.kind import Kind, Role, Scope, Support
from docgen.model.network import Network


@dataclass(frozen=True, slots=True, kw_only=True)
class TransitGatewayConnect(Component):
    """A Connect attachment. Source: EC2 API `TransitGatewayConnect`; `AWS::EC2::TransitGatewayConnect`."""

    kind: ClassVar[str] = "transit_gateway_connect"

    transit_gateway: Ref = refers("transit_gateway")
    """The gateway."""
    transport_attachment: Ref | None = refers("transit_gateway_vpc_attachment", default=None)
    """The attachment that carries its tunnels (`TransportTransitGatewayAttachmentId`)."""
    announced: tuple[Block, ...] = ()
    """What the appliances announce by BGP."""

    def hubs(self, network: Network) -> tuple[Key, ...]:
        """Its transit gateway."""
        return (network.bind(self.transit_gateway, self.scope, "transit_gateway"),)

    def propagates(self, network: Network, hub: Key) -> tuple[Announcement, ...]:
        """What the appliances announce."""
        del network, hub
        return tuple(Announcement(destination=b, hub_class=HubClass.CONNECT) for b in self.announced)


KIND = Kind(
    component=TransitGatewayConnect,
    plural="transit_gateway_connects",
    title="Transit gateway Connect attachment",
    abbreviation="TGW Connect",
    cfn_type="AWS::EC2::TransitGatewayConnect",
    terraform_type="aws_ec2_transit_gateway_connect",
    icon="transit-gateway-attachment",
    role=Role.REGION_SERVICE,
    scope=Scope.REGION,
    contained_in=("", "account"),
    support=Support.DRAWN,
    summary="Takes part in the tables of its transit gateway; what is sent into its tunnels is not traced.",
    source="https://docs.aws.amazon.com/vpc/latest/tgw/tgw-connect.html",
    example="""\
version: 1
title: A software-defined WAN at a hub
region: ap-south-1
transit_gateway_connects: {branches: {transit_gateway: hub, announced: [192.168.0.0/16]}}
transit_gateways:
  hub:
    transit_gateway_route_tables: {all: {default: true, routes: {172.16.0.0/12: branches}}}
""",
)
