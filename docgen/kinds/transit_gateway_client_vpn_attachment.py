"""A Client VPN endpoint attached to a transit gateway instead of subnets. Drawn; not traced through."""

from __future__ import annotations

from ipaddress import IPv4Network
from typing import ClassVar

from docgen.core.data import dataclass
from docgen.model.component import Component, Key, Ref, refers
from docgen.model.forwarding import Announcement, HubClass
from docgen.model.kind import Kind, Role, Scope, Support
from docgen.model.network import Network


@dataclass(frozen=True, slots=True, kw_only=True)
class TransitGatewayClientVpnAttachment(Component):
    """An attachment of type `client-vpn`. Source: EC2 API `TransitGatewayConfiguration` of a Client VPN endpoint."""

    kind: ClassVar[str] = "transit_gateway_client_vpn_attachment"

    transit_gateway: Ref = refers("transit_gateway")
    """The gateway."""
    client_cidr_block: IPv4Network
    """Clients get their addresses from it."""

    def hubs(self, network: Network) -> tuple[Key, ...]:
        """Its transit gateway."""
        return (network.bind(self.transit_gateway, self.scope, "transit_gateway"),)

    def propagates(self, network: Network, hub: Key) -> tuple[Announcement, ...]:
        """The clients' block."""
        del network, hub
        return tuple(Announcement(destination=b, hub_class=HubClass.CLIENT_VPN) for b in (self.client_cidr_block,))


KIND = Kind(
    component=TransitGatewayClientVpnAttachment,
    plural="transit_gateway_client_vpn_attachments",
    title="Client VPN attachment",
    abbreviation="Client VPN",
    cfn_type="AWS::EC2::ClientVpnEndpoint",
    terraform_type="aws_ec2_client_vpn_endpoint",
    icon="client-vpn",
    role=Role.REGION_SERVICE,
    scope=Scope.REGION,
    contained_in=("", "account"),
    support=Support.DRAWN,
    summary="Takes part in the tables of its transit gateway; traffic of its clients is not traced.",
    source="https://docs.aws.amazon.com/vpn/latest/clientvpn-admin/what-is.html",
    example="""\
version: 1
title: Everybody at home, at a hub
region: ap-south-1
transit_gateways: {hub: {}}
transit_gateway_client_vpn_attachments: {home: {transit_gateway: hub, client_cidr_block: 10.200.0.0/16}}
""",
)
