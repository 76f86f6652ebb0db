"""A customer gateway: the router of a data center at the far end of a VPN."""

from __future__ import annotations

from ipaddress import IPv4Address
from typing import Any, ClassVar

from docgen.core.data import dataclass
from docgen.model.component import Component, Ref, refers
from docgen.model.form import limited
from docgen.model.forwarding import Arrival, Context, Decision, Forward
from docgen.model.kind import Kind, Role, Scope
from docgen.model.network import Network
from docgen.model.packet import Packet
from docgen.model.trace import Check, Outcome, Step
from docgen.routing.hybrid import named


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerGateway(Component):
    """A customer gateway device. Source: EC2 API `CustomerGateway`; `AWS::EC2::CustomerGateway`."""

    kind: ClassVar[str] = "customer_gateway"

    data_center: Ref = refers("data_center")
    """Where it stands."""
    ip_address: IPv4Address | None = None
    """Its public address."""
    bgp_asn: int = limited(minimum=1, maximum=4_294_967_294, default=65000)
    """Its BGP number."""

    def works(self, network: Network) -> bool:
        """While its data center does."""
        center = named(network, self, "data_center")
        return center is None or network.is_up(center)

    def forward(self, packet: Packet, arrival: Arrival, context: Context) -> tuple[Decision, ...]:
        """Into the data center, or into the tunnel that the data center's routes name."""
        network, name = context.network, context.network.name(self.key)
        center = named(network, self, "data_center")
        assert center is not None
        site: Any = network.get(center)
        tunnel = site.connection_to(packet, network) if arrival.previous == center else None
        if tunnel is not None:
            text = f"{name} encrypts it and sends it into a tunnel of {network.name(tunnel)}."
        else:
            text = f"{name} takes it out of the tunnel and hands it to {network.name(center)}."
        step = Step(check=Check.GATEWAY, outcome=Outcome.PASS, by=self.key, by_name=name, text=text)
        onward = Arrival(previous=self.key, sender=arrival.sender)
        return (Forward(next=tunnel or center, packet=packet, arrival=onward, steps=(step,)),)


KIND = Kind(
    component=CustomerGateway,
    plural="customer_gateways",
    title="Customer gateway",
    abbreviation="CGW",
    cfn_type="AWS::EC2::CustomerGateway",
    terraform_type="aws_customer_gateway",
    icon="customer-gateway",
    role=Role.ON_PREMISES,
    scope=Scope.REGION,
    contained_in=("", "account", "region"),
    summary="Ends the tunnels of a VPN in the data center.",
    limits="50 in a Region.",
    source="https://docs.aws.amazon.com/vpn/latest/s2svpn/how_it_works.html",
    example="""\
version: 1
title: A router in a data center
data_centers: {hq: {cidr_blocks: [192.168.0.0/16]}}
customer_gateways: {hq-router: {data_center: hq, ip_address: 203.0.113.7}}
""",
)
