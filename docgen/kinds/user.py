"""People on the internet: where most flows start."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address
from typing import ClassVar

from docgen.core.data import dataclass
from docgen.model.component import Component
from docgen.model.forwarding import Arrival, Context, Decision
from docgen.model.kind import Kind, Role, Scope
from docgen.model.network import Interface
from docgen.model.packet import Packet
from docgen.routing.outside import carry, receive_outside


@dataclass(frozen=True, slots=True, kw_only=True)
class User(Component):
    """A user, or many, on the internet."""

    kind: ClassVar[str] = "user"

    address: IPv4Address | None = None
    """Public address; None takes the next free one from 203.0.113.50 on."""
    ipv6_address: bool | IPv6Address = False
    """An IPv6 address too: this one, or (true) the next free one of 2001:db8:ffff::/48."""

    def send(self, packet: Packet, interface: Interface | None, context: Context) -> tuple[Decision, ...]:
        """Hand a packet to the internet."""
        del interface
        return (carry(self.key, packet, Arrival(previous=None), context),)

    def forward(self, packet: Packet, arrival: Arrival, context: Context) -> tuple[Decision, ...]:
        """Take what reaches its address."""
        del arrival
        return (receive_outside(self.key, packet, context),)


KIND = Kind(
    component=User,
    plural="users",
    title="Users",
    icon="users",
    role=Role.OUTSIDE,
    scope=Scope.OUTSIDE,
    contained_in=("",),
    endpoint=True,
    summary="Opens connections from a public address.",
    source="https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html",
    example="""\
version: 1
title: Shoppers
users: {shoppers: {title: Shoppers}}
""",
)
