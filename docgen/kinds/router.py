"""A router between LANs: ends every frame, looks the destination up, makes a new frame."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field, replace
from ipaddress import IPv4Address, IPv4Interface, IPv4Network
from typing import ClassVar

from docgen.core.data import dataclass
from docgen.core.prefixes import Address
from docgen.core.span import NOWHERE, Span
from docgen.model.component import Component, Ref, refers
from docgen.model.form import Fault, Short, limited
from docgen.model.forwarding import Arrival, Context, Decision, Drop, Forward
from docgen.model.kind import Kind, Role, Scope
from docgen.model.network import Interface
from docgen.model.packet import EPHEMERAL, NO_PORT, Packet, Protocol
from docgen.model.trace import Candidate, Check, Disposition, Outcome, Step
from docgen.routing.endpoints import INTERNET
from docgen.routing.lan import FIRST_TTL, LanPort, mac_of, receive, refused, transmit
from docgen.routing.packet_size import too_large

MAC = r"([0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RouterInterface:
    """One network card of a router, written under its name: `lan: {switch: floor, ip_address: 192.168.1.1/24}`."""

    short: ClassVar[Short] = Short(key="name", example="lan-1: {switch: floor-1, ip_address: 192.168.1.1/24}")

    name: str
    """What it is called: `lan`, `wan`, `eth0`."""
    ip_address: IPv4Interface
    """With the length of its mask."""
    switch: Ref | None = refers("switch", default=None)
    """The switch that it is plugged into."""
    link: str = ""
    """Or a cable without a switch: whoever names the same link is at its other end."""
    internet: bool = False
    """Or the way to the internet, with a public address."""
    vlan: int = limited(minimum=1, maximum=4094, default=1)
    """Of the switch's port."""
    mtu: int = limited(minimum=68, maximum=65535, default=1500)
    """Bytes of the largest packet that it sends there."""
    mac_address: str = limited(pattern=MAC, example="02:00:00:00:00:01", default="")
    """None written: docgen makes one."""
    span: Span = field(default=NOWHERE, compare=False)

    def faults(self) -> Iterator[Fault]:
        """It is plugged in somewhere."""
        if sum((self.switch is not None, bool(self.link), self.internet)) != 1:
            hint = "write one of the three"
            yield Fault("", "a router's interface has a `switch`, a `link`, or leads to the `internet`", hint)


@dataclass(frozen=True, slots=True, kw_only=True)
class StaticRoute:
    """A route that somebody wrote into a router. Short form: `192.168.2.0/24: 10.9.0.2`."""

    short: ClassVar[Short] = Short(key="destination", value="next_hop", example="192.168.2.0/24: 10.9.0.2")

    destination: IPv4Network
    """The block that it leads to."""
    next_hop: IPv4Address
    """A neighbour's address."""
    metric: int = 1
    """The lower wins between routes to one block."""
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class _Way:
    """A line of the table as it stands: connected or static."""

    destination: IPv4Network
    port: LanPort | None
    """None is the internet."""
    next_hop: IPv4Address | None
    """None: the destination itself, on a connected LAN."""
    rank: tuple[int, int]

    def __str__(self) -> str:
        if self.port is None:
            return f"{self.destination} -> internet"
        return f"{self.destination} -> {self.next_hop or 'connected'} ({self.port.name})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Router(Component):
    """An IPv4 router. Source: RFC 1812."""

    kind: ClassVar[str] = "router"
    loop_code: ClassVar[str] = "DG_L3_TTL_EXPIRED"
    """Why a packet that goes round ends: each router takes one off its time to live."""

    interfaces: tuple[RouterInterface, ...]
    """Its network cards."""
    routes: tuple[StaticRoute, ...] = ()
    """Beside the LANs that it is connected to, and (with a way to the internet) everything else."""
    nat: bool = False
    """Puts its public address in as source of what goes to the internet, and remembers the connection."""

    def lan_ports(self) -> tuple[LanPort, ...]:
        """Its cards on LANs."""
        return tuple(
            LanPort(
                name=card.name,
                address=card.ip_address,
                vlan=card.vlan,
                mac=mac_of(card.mac_address, self.key, card.name),
                switch=card.switch,
                link=card.link,
                mtu=card.mtu,
            )
            for card in self.interfaces
            if not card.internet
        )

    def own_address(self) -> Address | None:
        """What its name means: its public address, else that of its first card."""
        return self._public_address() or next((card.ip_address.ip for card in self.interfaces), None)

    def address_towards(self, destination: Address) -> Address | None:
        """Of the card by which it sends (RFC 1122, section 3.3.4.3: the address of the interface used)."""
        _, way = self._ways_to(destination)
        if way is None:
            return None
        return way.port.address.ip if way.port else self._public_address()

    def _public_address(self) -> Address | None:
        """At which the internet finds it."""
        return next((card.ip_address.ip for card in self.interfaces if card.internet), None)

    def puts_in(self) -> Address | None:
        """The source that what it translates goes on with."""
        return self._public_address() if self.nat else None

    def send(self, packet: Packet, interface: Interface | None, context: Context) -> tuple[Decision, ...]:
        """Answer what was addressed to itself: by its table, like what it forwards."""
        del interface
        return (self._route(packet, context, (), forwards=False),)

    def forward(self, packet: Packet, arrival: Arrival, context: Context) -> tuple[Decision, ...]:
        """Take off one of the time to live, look the destination up, and make a new frame."""
        del arrival
        network = context.network
        if not network.is_up(self.key):
            name = network.name(self.key)
            step = Step(
                check=Check.STATE,
                outcome=Outcome.DROP,
                by=self.key,
                by_name=name,
                text=f"{name} forwards nothing: it is out of order.",
                code="BAD_STATE",
            )
            return (Drop(steps=(step,), disposition=Disposition.DROPPED),)
        steps: tuple[Step, ...] = ()
        asked_itself = context.expected is not None and self.key not in context.sessions.translations
        if packet.destination == self._public_address() and not asked_itself:
            restored = self._restored(packet, context)
            if isinstance(restored, Drop):
                return (restored,)
            packet, step = restored
            steps = (step,)
        else:
            taken = receive(self.key, packet, context)
            if taken is not None:
                return (taken,)
        return (self._route(packet, context, steps),)

    def _route(self, packet: Packet, context: Context, steps: tuple[Step, ...], *, forwards: bool = True) -> Decision:
        network, name = context.network, context.network.name(self.key)
        ways, way = self._ways_to(packet.destination)
        if way is None:
            text = f"{name} has no route for {packet.destination}, and no default route."
            return refused(self, network, text, "DG_L3_NO_ROUTE")
        ttl = (packet.frame.ttl if packet.frame else FIRST_TTL) - forwards
        taken_off = f"takes the frame off, takes one off the time to live (now {ttl}) and " if forwards else ""
        step = Step(
            check=Check.ROUTE_TABLE,
            outcome=Outcome.PASS,
            by=self.key,
            by_name=name,
            text=f"{name} {taken_off}looks {packet.destination} up: {way}.",
            rule=str(way),
            candidates=tuple(_judge(w, way, packet.destination) for w in ways),
        )
        card = way.port or next(c for c in self.interfaces if c.internet)
        if context.packet_size > card.mtu:
            return too_large(context, self.key, (*steps, step), card.mtu, f" ({card.name})")
        if way.port is None:
            return self._to_internet(packet, context, (*steps, step))
        next_hop = way.next_hop or packet.destination
        return transmit(self.key, way.port, next_hop, packet, context, (*steps, step), ttl)

    def _ways_to(self, destination: Address) -> tuple[list[_Way], _Way | None]:
        """All ways, the best first, and the one that it takes."""
        ways = sorted(self._ways(), key=lambda way: way.rank)
        return ways, next((way for way in ways if destination in way.destination), None)

    def _ways(self) -> Iterator[_Way]:
        ports = self.lan_ports()
        for port in ports:
            yield _Way(port.address.network, port, None, (-port.address.network.prefixlen, 0))
        for route in self.routes:
            port_there = next((p for p in ports if route.next_hop in p.address.network), None)
            if port_there is not None:
                rank = (-route.destination.prefixlen, route.metric)
                yield _Way(route.destination, port_there, route.next_hop, rank)
        if self._public_address() is not None:
            yield _Way(IPv4Network("0.0.0.0/0"), None, None, (0, 1))

    def _to_internet(self, packet: Packet, context: Context, steps: tuple[Step, ...]) -> Decision:
        own = self._public_address()
        assert own is not None
        if self.nat and packet.source != own:
            ports = NO_PORT if packet.protocol is Protocol.ICMP else EPHEMERAL
            translated = replace(packet, source=own, source_ports=ports, frame=None)
            context.sessions.translations[self.key] = (packet, translated)
            text = f"{{name}} replaces the source {packet.source} by its public address {own}, and remembers it."
            steps = (*steps, self._step(context, text, Check.TRANSLATION))
            packet = translated
        onward = Arrival(previous=self.key)
        return Forward(next=INTERNET, packet=replace(packet, frame=None), arrival=onward, steps=steps)

    def _restored(self, packet: Packet, context: Context) -> tuple[Packet, Step] | Drop:
        """Who asked, for an answer from the internet."""
        remembered = context.sessions.translations.get(self.key)
        if context.expected is None or remembered is None or packet != remembered[1].reversed():
            text = f"{{name}} knows no connection that {packet.source} could be answering: it lets nobody in."
            code = "DG_NAT_UNSOLICITED_INBOUND"
            return Drop(steps=(self._step(context, text, Check.GATEWAY, code),), disposition=Disposition.DROPPED)
        asked = remembered[0]
        restored = replace(packet, destination=asked.source, destination_ports=asked.source_ports)
        text = f"{{name}} remembers who asked and restores the destination {asked.source}."
        return restored, self._step(context, text, Check.TRANSLATION)

    def _step(self, context: Context, text: str, check: Check, code: str = "") -> Step:
        name = context.network.name(self.key)
        return Step(
            check=check,
            outcome=Outcome.DROP if code else Outcome.PASS,
            by=self.key,
            by_name=name,
            text=text.replace("{name}", name),
            code=code,
        )


def _judge(way: _Way, chosen: _Way, destination: Address) -> Candidate:
    if way is chosen:
        return Candidate(text=str(way), chosen=True, reason=f"longest prefix that contains {destination}")
    if destination not in way.destination:
        return Candidate(text=str(way), chosen=False, reason=f"does not contain {destination}", code="CANNOT_ROUTE")
    if way.destination.prefixlen < chosen.destination.prefixlen:
        reason = f"shorter than /{chosen.destination.prefixlen}"
        return Candidate(text=str(way), chosen=False, reason=reason, code="MORE_SPECIFIC_ROUTE")
    reason = "connected beats static" if chosen.next_hop is None else "higher metric"
    return Candidate(text=str(way), chosen=False, reason=reason, code="HIGHER_PRIORITY_ROUTE")


KIND = Kind(
    component=Router,
    plural="routers",
    title="Router",
    icon="router",
    role=Role.ON_PREMISES,
    scope=Scope.OUTSIDE,
    contained_in=("",),
    endpoint=True,
    summary="Sends a packet to the next hop of the longest prefix that contains its destination, in a new frame.",
    limits="The time to live of a packet goes down by one at each router.",
    source="https://www.rfc-editor.org/rfc/rfc1812",
    example="""\
version: 1
title: An office with a router to the internet
switches: {floor: {}}
hosts:
  ann: {switch: floor, ip_address: 192.168.1.10/24, default_gateway: 192.168.1.1}
routers:
  office:
    nat: true
    interfaces:
      lan: {switch: floor, ip_address: 192.168.1.1/24}
      wan: {internet: true, ip_address: 203.0.113.1/24}
""",
)
