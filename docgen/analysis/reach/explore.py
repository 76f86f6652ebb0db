# Divides the headers between two places into cells that the network treats alike, one trace for each.
#
# In:  two places, one of which has one address; a protocol. Out: cells that are disjoint and cover everything.
# Exact, not sampled: a trace's answer is kept for the headers that no bound it met tells apart (see reads.py), and
# what is left over is asked again until nothing is.
"""Outcome, Cell, Prober."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from enum import StrEnum

from docgen.analysis.reach.ends import Place, address_of
from docgen.analysis.reach.ranges import Ranges, around, without
from docgen.analysis.reach.reads import watched
from docgen.core.data import dataclass
from docgen.model.architecture import Flow
from docgen.model.component import Key, Ref
from docgen.model.network import Network
from docgen.model.packet import Protocol
from docgen.model.trace import FlowReport, Verdict
from docgen.routing.endpoints import INTERNET
from docgen.routing.report import trace_between

PROTOCOLS = tuple(p for p in Protocol if p is not Protocol.ALL)
ALL_PORTS: Ranges = ((0, 65535),)
NO_PORTS: Ranges = ((0, 0),)
_PORTS = (Protocol.TCP, Protocol.UDP)


class Outcome(StrEnum):
    """What becomes of a header's request."""

    CONNECTS = "connects"
    """It arrives, and its answer comes back."""
    ARRIVES = "arrives"
    """It arrives, but its answer does not come back."""
    UNKNOWN = "unknown"
    """The definition, or docgen, does not say."""
    BLOCKED = "blocked"


Judge = Callable[[FlowReport, Place], Outcome]
"""Says what a traced header comes to."""
Observe = Callable[[FlowReport], None]
"""Is shown every traced header."""
_ENTIRELY = {
    Verdict.ALLOWED: Outcome.CONNECTS,
    Verdict.BLOCKED: Outcome.BLOCKED,
    Verdict.UNKNOWN: Outcome.UNKNOWN,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Headers from one place to another that all end in the same way."""

    source: Place
    target: Place
    sources: Ranges
    targets: Ranges
    protocol: Protocol
    ports: Ranges
    outcome: Outcome
    final: Key | None = None
    """Whom the target, a proxy, leads to; None where the target itself is meant."""

    def moved_to(self, source: Place) -> Cell:
        """The same for another source that sends alike."""
        return replace(self, source=source, sources=source.addresses)


def ports_of(protocol: Protocol) -> Ranges:
    """All ports of a protocol; a single 0 where it has none."""
    return ALL_PORTS if protocol in _PORTS else NO_PORTS


class Prober:
    """Asks one network: of every connection itself, or with a `judge` of everything that a proxy opens for it too."""

    def __init__(self, network: Network, judge: Judge | None = None, observe: Observe | None = None) -> None:
        self.network = network
        self._judge = judge
        self._observe = observe
        self.traces = 0
        """How many packets were traced."""
        self._watched, self._reads = watched(network)

    def cells_and_bounds(
        self, source: Place, target: Place, protocol: Protocol, ports: Ranges, *, collect: bool
    ) -> tuple[list[Cell], set[tuple[int, int]]]:
        """All headers of this protocol and these ports between two places, in cells; and the blocks met, if asked.

        The source's own definition is left out of these: its address stands there, and nothing compares it.
        """
        met: set[tuple[int, int]] = set()
        return list(self._cells(source, target, protocol, ports, met if collect else None)), met

    def _cells(
        self, source: Place, target: Place, protocol: Protocol, ports: Ranges, met_by_all: set[tuple[int, int]] | None
    ) -> Iterator[Cell]:
        moving = source if not source.single else target
        left = [(moving.addresses, ports)] if moving.addresses and ports else []
        while left:
            addresses, open_ports = left.pop()
            address, port = addresses[0][0], open_ports[0][0]
            at_source = source.addresses[0][0] if moving is target else address
            at_target = target.addresses[0][0] if moving is source else address
            one_port = open_ports == ((port, port),)
            alone = moving.single and one_port and met_by_all is None  # nothing to learn for other headers
            self._reads.start()
            network = self.network if alone else self._watched
            outcome = self._outcome(network, source, at_source, target, at_target, protocol, port)
            if met_by_all is not None:
                met_by_all |= self._reads.addresses(4, source.component) | self._reads.addresses(6, source.component)
            alike = addresses
            if not moving.single:
                alike = around(addresses, address, self._reads.addresses(moving.version))
            alike_ports = open_ports
            if not one_port:
                alike_ports = around(open_ports, port, self._reads.ports())
            yield Cell(
                source=source,
                target=target,
                sources=alike if moving is source else source.addresses,
                targets=alike if moving is target else target.addresses,
                protocol=protocol,
                ports=alike_ports,
                outcome=outcome,
            )
            other_addresses, other_ports = without(addresses, alike), without(open_ports, alike_ports)
            if other_addresses:
                left.append((other_addresses, open_ports))
            if other_ports:
                left.append((alike, other_ports))

    def _outcome(
        self,
        network: Network,
        source: Place,
        at_source: int,
        target: Place,
        at_target: int,
        protocol: Protocol,
        port: int,
    ) -> Outcome:
        self.traces += 1
        start, end = source.end(network, at_source), target.end(network, at_target)
        flow = Flow(id="reach", source=Ref(""), destination=Ref(""), protocol=protocol, port=port)
        report = trace_between(network, flow, start, end, onward=self._judge is not None)
        if self._observe is not None:
            self._observe(report)
        return (self._judge or outcome_of)(report, target)


def outcome_of(report: FlowReport, target: Place) -> Outcome:
    """What a traced header comes to, its own connection counting and not what a proxy opens for it."""
    found = Outcome.BLOCKED
    for connection in report.connections:
        if connection.parent is not None:
            continue
        last = connection.forward.hops[-1].component
        arrived = connection.forward.arrived and (last == target.component or target.component == INTERNET)
        if arrived and connection.verdict is Verdict.ALLOWED:
            return Outcome.CONNECTS
        if arrived and connection.verdict is Verdict.BLOCKED:
            found = Outcome.ARRIVES
        elif connection.verdict is Verdict.UNKNOWN and found is Outcome.BLOCKED:
            found = Outcome.UNKNOWN
    return found if report.connections else Outcome.UNKNOWN


def entirely(report: FlowReport, target: Place) -> Outcome:
    """What it comes to where every path that AWS may choose must work, proxies' connections included."""
    del target
    return _ENTIRELY[report.verdict]


def witness_flow(network: Network, cell_source: Place, at_source: int, target: Place, at_target: int) -> Flow:
    """A flow that a reader can trace by hand: names where they say which address is meant, else addresses."""
    source = _text(network, cell_source, at_source, asked=False)
    destination = _text(network, target, at_target, asked=True)
    return Flow(id=f"{source}-to-{destination}", source=Ref(source), destination=Ref(destination))


def _text(network: Network, place: Place, number: int, *, asked: bool) -> str:
    if place.component == INTERNET:
        return str(address_of(number, place.version))
    private = place.interface is None or int(place.interface.private_ip) == number
    alone = len(network.owned.get(place.component, ())) <= 1
    if alone and (private or not asked):
        return network.name(place.component)
    return str(address_of(number, place.version))
