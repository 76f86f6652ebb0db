# Layer 2 of the physical world: who shares a segment with whom, ARP, and the way of a frame through switches.
#
# In:  a device that wants to send a packet to a next hop. Out: who gets its frame first, or why nobody does.
# Terms: RFC 826 (ARP), RFC 1812 (routers), IEEE 802.1Q (VLANs).
"""LanPort, lans, transmit, onward_from_switch."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from ipaddress import IPv4Interface
from typing import Any, Protocol, TypeGuard

from docgen.core.data import dataclass
from docgen.core.prefixes import Address
from docgen.model.component import Component, Key, Ref
from docgen.model.forwarding import Arrival, Context, Decision, Deliver, Drop, Forward
from docgen.model.network import Network
from docgen.model.packet import Frame, Packet
from docgen.model.trace import Check, Disposition, Outcome, Step

FIRST_TTL = 64
BROADCAST = "ff:ff:ff:ff:ff:ff"


@dataclass(frozen=True, slots=True, kw_only=True)
class LanPort:
    """A device's network card: where it is plugged in and what it is called there."""

    name: str
    """`eth0`; "" for a device with one."""
    address: IPv4Interface
    """With the length of its mask: what it takes for its own LAN."""
    vlan: int
    mac: str
    switch: Ref | None = None
    link: str = ""
    """A cable without a switch: whoever names the same link is at its other end."""
    mtu: int = 1500
    """Bytes of the largest packet that a router sends there."""


class LanDevice(Protocol):
    """A component with network cards on a LAN."""

    def lan_ports(self) -> tuple[LanPort, ...]:
        """Its cards, in order."""
        ...


def is_lan_device(component: object) -> TypeGuard[LanDevice]:
    """Whether it has network cards on a LAN."""
    return hasattr(type(component), "lan_ports")


def mac_of(written: str, key: Key, card: str = "") -> str:
    """The MAC address as written, or a locally administered one that depends on the names only."""
    if written:
        return written.lower()
    digest = sha256(f"{key}/{card}".encode()).hexdigest()
    return ":".join(["02", *(digest[i : i + 2] for i in range(0, 10, 2))])


@dataclass(frozen=True, slots=True)
class _Plug:
    """A card in its place."""

    device: Key
    port: LanPort
    switch: Key | None

    @property
    def segment(self) -> tuple[str, int]:
        return self.port.link, self.port.vlan


def _plugs(network: Network) -> tuple[_Plug, ...]:
    """Every card of every device; remembered, since no outage moves a cable."""
    return network.derived.of("lan plugs", lambda: tuple(_all_plugs(network)))


def _all_plugs(network: Network) -> Iterator[_Plug]:
    for component in network.able_to("lan_ports"):
        key = component.key
        if is_lan_device(component):
            for port in component.lan_ports():
                switch = network.bind(port.switch, "", "switch") if port.switch else None
                yield _Plug(key, port, switch)


def lans(network: Network) -> tuple[tuple[tuple[Key, LanPort], ...], ...]:
    """Cards with their devices, by LAN: one VLAN of switches with trunks between them, or one cable."""
    found: list[list[_Plug]] = []
    for plug in _plugs(network):
        own = next(
            (lan for lan in found if lan[0].segment == plug.segment and _connected(network, lan[0], plug)), None
        )
        if own is None:
            found.append([plug])
        else:
            own.append(plug)
    return tuple(tuple((p.device, p.port) for p in lan) for lan in found)


def transmit(
    device: Key,
    port: LanPort,
    next_hop: Address,
    packet: Packet,
    context: Context,
    steps: tuple[Step, ...],
    ttl: int = FIRST_TTL,
) -> Decision:
    """Find the next hop's MAC address by ARP and put the packet into a frame for it."""
    network = context.network
    own = next((p for p in _plugs(network) if p.device == device and p.port == port), None)
    assert own is not None
    owner = _who_has(network, own, next_hop)
    if isinstance(owner, Step):
        return Drop(steps=(*steps, owner), disposition=Disposition.NO_ROUTE)
    frame = Frame(port.mac, owner.port.mac, port.vlan, ttl)
    first = owner.device if own.switch is None else own.switch
    name = network.name(device)
    step = Step(
        check=Check.ARP,
        outcome=Outcome.PASS,
        by=device,
        by_name=name,
        text=f"{name} asks its LAN who has {next_hop} (ARP, to {BROADCAST}); {network.name(owner.device)} answers "
        f"with its MAC address {owner.port.mac}. The frame goes from {port.mac} to {owner.port.mac}; the IP "
        "addresses stay as they are.",
    )
    framed = replace(packet, frame=frame)
    return Forward(next=first, packet=framed, arrival=Arrival(previous=device), steps=(*steps, step))


def _who_has(network: Network, own: _Plug, address: Address) -> _Plug | Step:
    """The card in reach that has an address; a step that drops where nobody answers."""
    name = network.name(own.device)
    having = [p for p in _plugs(network) if p.port.address.ip == address and p.device != own.device]
    for plug in having:
        if plug.segment == own.segment and network.is_up(plug.device) and _connected(network, own, plug):
            return plug
    other_vlan = next((p for p in having if p.port.vlan != own.port.vlan and _connected(network, own, p)), None)
    if other_vlan is not None:
        text = (
            f"{name} asks for {address} in VLAN {own.port.vlan}; {network.name(other_vlan.device)} has it, but in "
            f"VLAN {other_vlan.port.vlan}: a switch never carries a frame from one VLAN to another."
        )
        return _refused(network, own.device, text, "DG_L2_VLAN_MISMATCH")
    text = f"{name} asks its LAN who has {address} (ARP), and nobody answers."
    if having:
        text = f"{text[:-1]}: {network.name(having[0].device)} has it, {_why_silent(network, own, having[0])}."
    return _refused(network, own.device, text, "DG_L2_NO_ARP_REPLY")


def _why_silent(network: Network, own: _Plug, owner: _Plug) -> str:
    """Why the card that has an address does not answer: out of order, behind a switch that is, or out of reach."""
    intact = network.intact
    if own.segment == owner.segment and intact is not None and _connected(intact, own, owner):
        between = _way(intact, own.switch, owner.switch) if own.switch and owner.switch else ()
        down = next((key for key in (*between, owner.device) if not network.is_up(key)), None)
        if down == owner.device:
            return "and is out of order"
        if down is not None:
            return f"behind {network.name(down)}, which is out of order"
    return "on another LAN"


def _connected(network: Network, one: _Plug, other: _Plug) -> bool:
    if one.switch is None or other.switch is None:
        return bool(one.port.link) and one.port.link == other.port.link
    return bool(_way(network, one.switch, other.switch))


def _way(network: Network, start: Key, end: Key) -> tuple[Key, ...]:
    """The switches from one to another over trunks, the shortest way; () where there is none."""
    ways: deque[tuple[Key, ...]] = deque([(start,)])
    seen = {start}
    while ways:
        way = ways.popleft()
        if not network.is_up(way[-1]):
            continue
        if way[-1] == end:
            return way
        for neighbour in _neighbours(network, way[-1]):
            if neighbour not in seen:
                seen.add(neighbour)
                ways.append((*way, neighbour))
    return ()


def _neighbours(network: Network, switch: Key) -> Iterator[Key]:
    for other in network.of_kind("switch"):
        trunks: tuple[Ref, ...] = other.trunks  # type: ignore[attr-defined]
        bound = [network.bind(ref, "", "switch") for ref in trunks]
        if other.key == switch:
            yield from bound
        elif switch in bound:
            yield other.key


def onward_from_switch(switch: Key, packet: Packet, arrival: Arrival, context: Context) -> Decision:
    """Carry a frame to the port behind which its destination was learned; the frame itself does not change."""
    network, frame = context.network, packet.frame
    assert frame is not None
    name = network.name(switch)
    target = next(p for p in _plugs(network) if p.port.mac == frame.destination and p.port.vlan == frame.vlan)
    assert target.switch is not None
    way = _way(network, switch, target.switch)
    next_component = target.device if len(way) == 1 else way[1]
    came = network.name(arrival.previous) if arrival.previous else ""
    step = Step(
        check=Check.SWITCHING,
        outcome=Outcome.PASS,
        by=switch,
        by_name=name,
        text=f"{name} learns that {frame.source} is behind its port to {came}, and sends the frame out of the port "
        f"behind which it learned {frame.destination} (VLAN {frame.vlan}): to {network.name(next_component)}.",
        rule=f"{frame.destination}, VLAN {frame.vlan}: port to {network.name(next_component)}",
    )
    return Forward(next=next_component, packet=packet, arrival=Arrival(previous=switch), steps=(step,))


def receive(device: Key, packet: Packet, context: Context) -> Decision | None:
    """Deliver a packet that is for one of the device's own addresses; None for others'."""
    component: Any = context.network.get(device)
    ports: tuple[LanPort, ...] = component.lan_ports()
    if packet.destination not in (component.own_address(), *(port.address.ip for port in ports)):
        return None
    name = context.network.name(device)
    if context.expected is not None and packet != context.expected:
        text = (
            f"{name} asked {context.expected.source} and gets an answer from {packet.source}: it belongs to no "
            "connection."
        )
        step = _refused(context.network, device, text, "DG_RETURN_PATH_ASYMMETRIC", Check.DELIVERY)
        return Drop(steps=(step,), disposition=Disposition.DROPPED)
    text = f"{name} receives it at {packet.destination}."
    step = Step(check=Check.DELIVERY, outcome=Outcome.PASS, by=device, by_name=name, text=text)
    return Deliver(steps=(step,))


def _refused(network: Network, by: Key, text: str, code: str, check: Check = Check.ARP) -> Step:
    return Step(check=check, outcome=Outcome.DROP, by=by, by_name=network.name(by), text=text, code=code)


def refused(component: Component, network: Network, text: str, code: str) -> Drop:
    """A drop at layer 3 of a device."""
    step = _refused(network, component.key, text, code, Check.ROUTE_TABLE)
    return Drop(steps=(step,), disposition=Disposition.NO_ROUTE)
