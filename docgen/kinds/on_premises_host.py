"""A host in a data center."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv6Address
from typing import ClassVar

from docgen.core.data import dataclass
from docgen.core.prefixes import Address
from docgen.model.calls import Call, Listening
from docgen.model.component import Component, Ref, refers
from docgen.model.form import Fault
from docgen.model.forwarding import Arrival, Context, Decision, Forward
from docgen.model.kind import Kind, Role, Scope
from docgen.model.network import Interface, Network
from docgen.model.packet import Packet
from docgen.routing.hybrid import named
from docgen.routing.outside import receive_outside


@dataclass(frozen=True, slots=True, kw_only=True)
class OnPremisesHost(Component):
    """A computer in a data center."""

    kind: ClassVar[str] = "on_premises_host"

    data_center: Ref = refers("data_center")
    """Where it stands."""
    ip_address: Address
    """Its address on the data center's network: IPv4, or IPv6 where it has nothing else."""
    ipv6_address: IPv6Address | None = None
    """An IPv6 address beside the IPv4 one."""
    listens: tuple[Listening, ...] = ()
    """Ports that something listens on there, `[8080, udp 53]`: others are refused. None written: not known."""
    calls: tuple[Call, ...] = ()
    """What it calls in turn when it is called, `[orders:3306, https://api.example.com]`."""

    def faults(self) -> Iterator[Fault]:
        """It has one address of each family."""
        if self.ip_address.version == 6 and self.ipv6_address is not None:
            yield Fault(
                "ipv6_address", f"on-premises host '{self.id}' has two IPv6 addresses", "leave one of them out"
            )

    def own_address(self) -> Address:
        """Its address, the IPv4 one where it has both."""
        return self.ip_address

    def works(self, network: Network) -> bool:
        """While its data center does."""
        center = named(network, self, "data_center")
        return center is None or network.is_up(center)

    def send(self, packet: Packet, interface: Interface | None, context: Context) -> tuple[Decision, ...]:
        """To the data center's router."""
        del interface
        center = named(context.network, self, "data_center")
        assert center is not None
        return (Forward(next=center, packet=packet, arrival=Arrival(previous=self.key), steps=()),)

    def forward(self, packet: Packet, arrival: Arrival, context: Context) -> tuple[Decision, ...]:
        """Take what is for it."""
        del arrival
        return (receive_outside(self.key, packet, context),)


KIND = Kind(
    component=OnPremisesHost,
    plural="on_premises_hosts",
    title="On-premises host",
    icon="internet-host",
    role=Role.ON_PREMISES,
    scope=Scope.OUTSIDE,
    contained_in=("",),
    endpoint=True,
    summary="Opens and answers connections from a private address in a data center.",
    source="https://docs.aws.amazon.com/vpn/latest/s2svpn/how_it_works.html",
    example="""\
version: 1
title: An ERP system on premises
data_centers: {hq: {cidr_blocks: [192.168.0.0/16]}}
on_premises_hosts: {erp: {data_center: hq, ip_address: 192.168.1.5}}
""",
)
