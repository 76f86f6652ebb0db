# Where a flow stops, and one edit that might let it go on.
#
# In:  a report that is not ALLOWED. Out: the blocking step with the header there; components as they would be edited.
"""Situation, Proposal, Proposer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Any

from docgen.core.data import dataclass
from docgen.core.prefixes import Address, Block
from docgen.model.architecture import Architecture, Flow
from docgen.model.component import Component, Key
from docgen.model.network import Interface, Network
from docgen.model.packet import Packet
from docgen.model.trace import Connection, FlowReport, Hop, Leg, Step, Verdict
from docgen.routing.endpoints import is_private

ANYONE = (IPv4Network("0.0.0.0/0"), IPv6Network("::/0"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One component with one edit."""

    edited: Component
    field: str
    text: str
    """The edit in words, as one would write it in the definition."""
    breadth: int
    """Headers that the edit itself admits: addresses times ports."""

    def applied(self, architecture: Architecture) -> Architecture:
        """The definition with this edit; an implicit component (a default ACL) becomes a written one."""
        key = self.edited.key
        components = tuple(self.edited if c.key == key else c for c in architecture.components)
        if all(c.key != key for c in architecture.components):
            components = (*components, self.edited)
        return replace(architecture, components=components)


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """The place where a flow stops."""

    network: Network
    flow: Flow
    connection: Connection
    step: Step
    hop: Hop
    hops: tuple[Hop, ...]
    """All of the leg that is blocked, this one last."""
    packets: tuple[Packet, ...]
    """The header there; after a translation at this very hop it is one of several."""

    @property
    def interface(self) -> Interface | None:
        """The interface at which it stops."""
        return self.network.interfaces.get(self.hop.interface)

    @property
    def client_is_anyone(self) -> bool:
        """Whether the other end stands for every host on the internet."""
        component: Any = self.network.components.get(self.connection.source)
        return (
            component is not None
            and component.kind in ("internet", "user")
            and not getattr(component, "address", None)
        )

    def blocks_for(self, address: Address) -> Iterator[Block]:
        """Blocks that hold an address, the narrowest first: its own, its subnet's, its VPC's."""
        yield ip_network(address)
        for interface in self.network.interfaces.values():
            if interface.owns(address):
                subnet: Any = self.network.get(interface.subnet)
                block: Block = subnet.cidr_block if address.version == 4 else subnet.ipv6_cidr_block
                yield block
                yield next(b for b in (*self.network.blocks_of(interface.vpc), block) if address in b)
                return
        if self.client_is_anyone or not is_private(address):
            yield ANYONE[0] if address.version == 4 else ANYONE[1]


Proposer = Callable[[Situation], Iterable[Proposal]]


def situation(network: Network, flow: Flow, report: FlowReport) -> Situation | None:
    """Where a flow stops first; None where no packet was dropped by a step."""
    for connection in report.connections:
        if connection.verdict is Verdict.ALLOWED:
            continue
        trace = connection.returning if connection.leg is Leg.RETURN else connection.forward
        if trace is None or trace.blocker is None:
            return None
        return Situation(
            network=network,
            flow=flow,
            connection=connection,
            step=trace.blocker,
            hop=trace.hops[-1],
            hops=trace.hops,
            packets=tuple(dict.fromkeys(_headers(connection, trace.hops[-1]))),
        )
    return None


def _headers(connection: Connection, hop: Hop) -> Iterator[Packet]:
    if hop.packet_in is not None:
        yield hop.packet_in
    if connection.request is None:
        return
    if connection.leg is Leg.RETURN:
        received = connection.forward.hops[-1].packet_in
        if received is not None and hop.packet_in is None:
            yield received.reversed()
        yield connection.request.reversed()
    else:
        yield connection.request


def edited_component(network: Network, key: Key, **fields: Any) -> Component:
    """A component with other values in some fields."""
    component: Any = network.get(key)
    changed: Component = replace(component, **fields)
    return changed
