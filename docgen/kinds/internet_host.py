"""A host on the internet that the design calls or is called by: a payment API, a package mirror."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address
from typing import ClassVar

from docgen.core.data import dataclass
from docgen.model.calls import Call, Listening
from docgen.model.component import Component
from docgen.model.forwarding import Arrival, Context, Decision
from docgen.model.kind import Kind, Role, Scope
from docgen.model.network import Interface
from docgen.model.packet import Packet
from docgen.routing.outside import carry, receive_outside


@dataclass(frozen=True, slots=True, kw_only=True)
class InternetHost(Component):
    """A host with a public address outside AWS, or outside this design."""

    kind: ClassVar[str] = "internet_host"

    address: IPv4Address | None = None
    """None takes the next free one from 203.0.113.80 on."""
    ipv6_address: bool | IPv6Address = False
    """An IPv6 address too: this one, or (true) the next free one of 2001:db8:ffff::/48."""
    dns_names: tuple[str, ...] = ()
    """Names that resolve to it."""
    listens: tuple[Listening, ...] = ()
    """Ports that something listens on there, `[8080, udp 53]`: others are refused. None written: not known."""
    calls: tuple[Call, ...] = ()
    """What it calls in turn when it is called, `[orders:3306, https://api.example.com]`."""

    def send(self, packet: Packet, interface: Interface | None, context: Context) -> tuple[Decision, ...]:
        """Hand a packet to the internet."""
        del interface
        return (carry(self.key, packet, Arrival(previous=None), context),)

    def forward(self, packet: Packet, arrival: Arrival, context: Context) -> tuple[Decision, ...]:
        """Take what reaches its address."""
        del arrival
        return (receive_outside(self.key, packet, context),)


KIND = Kind(
    component=InternetHost,
    plural="internet_hosts",
    title="Internet host",
    icon="internet-host",
    role=Role.OUTSIDE,
    scope=Scope.OUTSIDE,
    contained_in=("",),
    endpoint=True,
    summary="Answers whatever reaches its address.",
    source="https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html",
    example="""\
version: 1
title: A payment API
internet_hosts: {payment-api: {address: 203.0.113.80, dns_names: [api.pay.example]}}
""",
)
