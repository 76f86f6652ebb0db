"""A host on a physical LAN: compares with its mask, asks by ARP, hands the rest to its gateway."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv4Interface
from typing import ClassVar

from docgen.core.data import dataclass
from docgen.core.prefixes import Address
from docgen.model.calls import Call, Listening
from docgen.model.component import Component, Ref, refers
from docgen.model.form import Fault, limited
from docgen.model.forwarding import Arrival, Context, Decision
from docgen.model.kind import Kind, Role, Scope
from docgen.model.network import Interface
from docgen.model.packet import Packet
from docgen.model.trace import Check, Outcome, Step
from docgen.routing.lan import LanPort, mac_of, receive, refused, transmit

MAC = r"([0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Host(Component):
    """A computer with one network card. Source: RFC 1122, section 3.3.1."""

    kind: ClassVar[str] = "host"

    switch: Ref | None = refers("switch", default=None)
    """The switch that it is plugged into."""
    link: str = ""
    """Or a cable without a switch: whoever names the same link is at its other end."""
    ip_address: IPv4Interface
    """With the length of its mask, `192.168.1.10/24`: what it takes for its own LAN."""
    default_gateway: IPv4Address | None = None
    """Who gets what is not on its LAN."""
    vlan: int = limited(minimum=1, maximum=4094, default=1)
    """Of the switch's port."""
    mac_address: str = limited(pattern=MAC, example="02:00:00:00:00:0a", default="")
    """None written: docgen makes one."""
    listens: tuple[Listening, ...] = ()
    """Ports that something listens on there, `[8080, udp 53]`: others are refused. None written: not known."""
    calls: tuple[Call, ...] = ()
    """What it calls in turn when it is called, `[orders:3306, https://api.example.com]`."""

    def faults(self) -> Iterator[Fault]:
        """It is plugged in somewhere."""
        if (self.switch is None) == (not self.link):
            yield Fault("", "a host is plugged into a `switch` or is at the end of a `link`", "write one of the two")

    def lan_ports(self) -> tuple[LanPort, ...]:
        """Its one card."""
        mac = mac_of(self.mac_address, self.key)
        return (
            LanPort(
                name="",
                address=self.ip_address,
                vlan=self.vlan,
                mac=mac,
                switch=self.switch,
                link=self.link,
            ),
        )

    def own_address(self) -> Address:
        """Its address, without the mask."""
        return self.ip_address.ip

    def send(self, packet: Packet, interface: Interface | None, context: Context) -> tuple[Decision, ...]:
        """To the destination itself where the mask says that it is on the LAN, else to the gateway."""
        del interface
        network, name = context.network, context.network.name(self.key)
        (port,) = self.lan_ports()
        lan = self.ip_address.network
        if packet.destination in lan:
            text = (
                f"{name} compares with its mask: {packet.destination} and its own {self.ip_address.ip} are both in "
                f"{lan}, so it is on the same LAN."
            )
            return (transmit(self.key, port, packet.destination, packet, context, (self._step(context, text),)),)
        if self.default_gateway is None:
            text = f"{packet.destination} is not in {name}'s LAN {lan}, and it has no default gateway."
            return (refused(self, network, text, "DG_L3_NO_GATEWAY"),)
        if self.default_gateway not in lan:
            text = (
                f"{packet.destination} is not in {name}'s LAN {lan}, and its gateway {self.default_gateway} is not "
                "either: it cannot ask for it."
            )
            return (refused(self, network, text, "DG_L3_NO_GATEWAY"),)
        text = (
            f"{name} compares with its mask: {packet.destination} is not in its LAN {lan}, so the packet goes to its "
            f"default gateway {self.default_gateway}."
        )
        return (transmit(self.key, port, self.default_gateway, packet, context, (self._step(context, text),)),)

    def forward(self, packet: Packet, arrival: Arrival, context: Context) -> tuple[Decision, ...]:
        """Take what is for it; a host forwards nothing."""
        del arrival
        taken = receive(self.key, packet, context)
        if taken is not None:
            return (taken,)
        name = context.network.name(self.key)
        text = f"{name} gets a packet for {packet.destination}, which is not its address: a host is no router."
        return (refused(self, context.network, text, "DG_L3_NO_ROUTE"),)

    def _step(self, context: Context, text: str) -> Step:
        name = context.network.name(self.key)
        return Step(check=Check.ON_LINK, outcome=Outcome.PASS, by=self.key, by_name=name, text=text)


KIND = Kind(
    component=Host,
    plural="hosts",
    title="Host",
    icon="internet-host",
    role=Role.ON_PREMISES,
    scope=Scope.OUTSIDE,
    contained_in=("",),
    endpoint=True,
    summary="Sends straight to what its mask says is on its LAN, and everything else to its default gateway.",
    source="https://www.rfc-editor.org/rfc/rfc1122",
    example="""\
version: 1
title: Two LANs and a router
switches: {floor-1: {}, floor-2: {}}
hosts:
  ann: {switch: floor-1, ip_address: 192.168.1.10/24, default_gateway: 192.168.1.1}
  bob: {switch: floor-2, ip_address: 192.168.2.10/24, default_gateway: 192.168.2.1}
routers:
  core:
    interfaces:
      lan-1: {switch: floor-1, ip_address: 192.168.1.1/24}
      lan-2: {switch: floor-2, ip_address: 192.168.2.1/24}
""",
)
