"""Somebody who is connected to a Client VPN endpoint."""

from __future__ import annotations

from ipaddress import IPv4Address
from typing import Any, ClassVar

from docgen.core.data import dataclass
from docgen.core.prefixes import Address
from docgen.model.component import Component, Ref, refers
from docgen.model.forwarding import Arrival, Context, Decision, Drop, Forward
from docgen.model.kind import Kind, Role, Scope
from docgen.model.network import Interface
from docgen.model.packet import Packet
from docgen.model.routes import Directory
from docgen.model.trace import Check, Disposition, Outcome, Step
from docgen.routing.outside import receive_outside


@dataclass(frozen=True, slots=True, kw_only=True)
class VpnClient(Component):
    """A person's computer with a connection to a Client VPN endpoint."""

    kind: ClassVar[str] = "vpn_client"

    endpoint: Ref = refers("client_vpn_endpoint")
    """What it is connected to."""
    groups: tuple[str, ...] = ()
    """Groups of the directory that the person is in."""
    ip_address: IPv4Address | None = None
    """None: the next one of the endpoint's client block."""

    def leased_address(self, directory: Directory) -> Address | None:
        """The address that the endpoint gives it: in the order of the definition."""
        if self.ip_address is not None:
            return self.ip_address
        key = directory.bind(self.endpoint, self.scope, "client_vpn_endpoint")
        if key is None:
            return None
        endpoint: Any = directory.components[key]
        connected = [
            c.key
            for c in directory.of_kind(self.kind)
            if directory.bind(c.endpoint, c.scope, "client_vpn_endpoint") == key  # type: ignore[attr-defined]
        ]
        address: Address = endpoint.leases(connected.index(self.key))
        return address

    def send(self, packet: Packet, interface: Interface | None, context: Context) -> tuple[Decision, ...]:
        """Into the tunnel: everything, or with a split tunnel what the endpoint has routes for."""
        del interface
        network, name = context.network, context.network.name(self.key)
        key = network.bind(self.endpoint, self.scope, "client_vpn_endpoint")
        endpoint: Any = network.get(key)
        if endpoint.split_tunnel:
            routes = [r for i in network.interfaces_of(key) for r in endpoint.routes_of(i, network)]
            if not any(packet.destination in block for block, _ in routes):
                step = Step(
                    check=Check.ROUTE_TABLE,
                    outcome=Outcome.DROP,
                    by=self.key,
                    by_name=name,
                    text=f"{network.name(key)} splits the tunnel and has no route for {packet.destination}: {name} "
                    "sends it by its own network, not through AWS.",
                    code="DG_CVPN_SPLIT_TUNNEL_BYPASS",
                )
                return (Drop(steps=(step,), disposition=Disposition.DROPPED),)
        text = f"{name} sends it through its tunnel to {network.name(key)}, from its client address {packet.source}."
        step = Step(check=Check.ROUTE_TABLE, outcome=Outcome.PASS, by=self.key, by_name=name, text=text)
        return (Forward(next=key, packet=packet, arrival=Arrival(previous=self.key), steps=(step,)),)

    def forward(self, packet: Packet, arrival: Arrival, context: Context) -> tuple[Decision, ...]:
        """Take the answer."""
        del arrival
        return (receive_outside(self.key, packet, context),)


KIND = Kind(
    component=VpnClient,
    plural="vpn_clients",
    title="VPN client",
    icon="users",
    role=Role.OUTSIDE,
    scope=Scope.OUTSIDE,
    contained_in=("",),
    endpoint=True,
    summary="Sends packets into its tunnel from an address of the endpoint's client block.",
    source="https://docs.aws.amazon.com/vpn/latest/clientvpn-admin/what-is.html",
    example="""\
version: 1
title: Somebody at home
region: ap-south-1
zones: [a]
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    subnets: {app: {cidr_block: 10.0.10.0/24}}
    client_vpn_endpoints:
      home: {client_cidr_block: 10.200.0.0/22, subnets: [app], authorization_rules: {10.0.0.0/16: all}}
vpn_clients:
  ann: {endpoint: home}
""",
)
