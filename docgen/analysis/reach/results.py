# Cells put together to what a reader wants: who reaches what, by as few rows as there can be.
"""Reached, Reach, rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from itertools import pairwise
from types import MappingProxyType

from docgen.analysis.reach.ends import Place
from docgen.analysis.reach.explore import Cell, Outcome, witness_flow
from docgen.analysis.reach.ranges import Ranges, common, holds, prefixes, size, united
from docgen.core.data import dataclass
from docgen.core.prefixes import Block
from docgen.model.architecture import Flow
from docgen.model.component import Key
from docgen.model.network import Network
from docgen.model.packet import PortRange, Protocol
from docgen.model.trace import FlowReport
from docgen.routing.endpoints import INTERNET_ADDRESS
from docgen.routing.report import trace_between

_ORDER = {outcome: at for at, outcome in enumerate(Outcome)}
Point = tuple[str, int, Ranges]
"""Interface id ("" for none), family, addresses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """Headers that get from one component to another, all in the same way; merged as far as they can be."""

    source: Key
    source_name: str
    source_interfaces: tuple[str, ...]
    """Ids; empty for what has none."""
    source_addresses: tuple[Block, ...]
    """As the source makes the header, in the fewest blocks."""
    destination: Key
    destination_name: str
    through: Key | None = None
    """The proxy that opens the connection to the destination; addresses and ports are then its own."""
    through_name: str = ""
    destination_interfaces: tuple[str, ...]
    destination_addresses: tuple[Block, ...]
    protocol: Protocol
    ports: tuple[PortRange, ...]
    """Destination ports; empty for a protocol without ports."""
    outcome: Outcome
    headers: int
    """How many there are: source addresses by destination addresses by ports (source ports not counted)."""
    witness: Flow
    """One of them as a flow; where an end is an address that several have, `report` says which is meant."""
    _ends: tuple[Place, Place, int, int] = field(repr=False, compare=False)
    _network: Network = field(repr=False, compare=False)

    @property
    def report(self) -> FlowReport:
        """The witness traced, with what a proxy opens for it."""
        source, target, at_source, at_target = self._ends
        start, end = source.end(self._network, at_source), target.end(self._network, at_target)
        return trace_between(self._network, self.witness, start, end, onward=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Everything that gets from some components to others; what is not here is BLOCKED."""

    results: tuple[Reached, ...]
    internet: tuple[Block, ...] = ()
    """Every public address that is not the definition's own, in the fewest blocks."""
    traces: int = 0
    """How many packets had to be traced."""
    sources: int = 0
    """Places (interfaces, hosts, the internet) that were asked about."""
    targets: int = 0
    """Addresses at the other end; the internet counts as one."""
    pairs: int = 0
    """Of them, source and target being two components."""


def rows(network: Network, cells: Iterable[Cell]) -> Iterator[Reached]:
    """Cells between components, merged: by outcome, protocol and ports, then sources with the same targets."""
    by_pair: dict[tuple[Key, Key, Key | None], list[Cell]] = {}
    for cell in cells:
        by_pair.setdefault((cell.source.component, cell.target.component, cell.final), []).append(cell)
    for held in by_pair.values():
        kinds = sorted({(_ORDER[c.outcome], c.outcome, c.protocol) for c in held})
        for _, outcome, protocol in kinds:
            yield from _rows(network, [c for c in held if c.outcome is outcome and c.protocol is protocol])


def _rows(network: Network, cells: list[Cell]) -> Iterator[Reached]:
    """Of one pair, protocol and outcome."""
    at_source = _parts((c.source, c.sources) for c in cells)
    at_target = _parts((c.target, c.targets) for c in cells)
    ports: dict[tuple[Point, Point], list[tuple[int, int]]] = {}
    for cell in cells:
        for start in at_source[_name(cell.source)]:
            if not common((start,), cell.sources):
                continue
            for end in at_target[_name(cell.target)]:
                if common((end,), cell.targets):
                    pair = ((*_name(cell.source), (start,)), (*_name(cell.target), (end,)))
                    ports.setdefault(pair, []).extend(cell.ports)
    by_ports: dict[Ranges, dict[Point, list[Point]]] = {}
    for (source, target), some in ports.items():
        by_ports.setdefault(united(some), {}).setdefault(source, []).append(target)
    places = {_name(c.source): c.source for c in cells}, {_name(c.target): c.target for c in cells}
    for some_ports, by_source in sorted(by_ports.items()):
        alike: dict[tuple[Point, ...], list[Point]] = {}
        for source, found in by_source.items():
            alike.setdefault(tuple(sorted(found)), []).append(source)
        for ends, starts in sorted(alike.items()):
            yield _row(network, cells[0], places, tuple(sorted(starts)), ends, some_ports)


def _parts(held: Iterable[tuple[Place, Ranges]]) -> dict[tuple[str, int], Ranges]:
    """For each place the ranges between all borders of its cells."""
    borders: dict[tuple[str, int], set[int]] = {}
    covered: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for place, addresses in held:
        name = _name(place)
        borders.setdefault(name, set()).update(x for first, last in addresses for x in (first, last + 1))
        covered.setdefault(name, []).extend(addresses)
    found = {}
    for name, some in borders.items():
        at = sorted(some)
        pieces = pairwise(at)
        inside = united(covered[name])
        found[name] = tuple((a, b - 1) for a, b in pieces if common(((a, a),), inside))
    return found


def _name(place: Place) -> tuple[str, int]:
    return (place.interface.id if place.interface else "", place.version)


def _row(
    network: Network,
    sample: Cell,
    places: tuple[Mapping[tuple[str, int], Place], Mapping[tuple[str, int], Place]],
    starts: tuple[Point, ...],
    ends: tuple[Point, ...],
    ports: Ranges,
) -> Reached:
    source, asked = sample.source.component, sample.target.component
    target = sample.final or asked
    first, last = starts[0], ends[0]
    start, end = places[0][first[:2]], places[1][last[:2]]
    at_source, at_target = _typical(starts, first), _typical(ends, last)
    protocol = sample.protocol
    port = 0 if protocol not in (Protocol.TCP, Protocol.UDP) else _typical_port(ports)
    flow = replace(witness_flow(network, start, at_source, end, at_target), protocol=protocol, port=port)
    counted = sum(size(s[2]) for s in starts) * sum(size(e[2]) for e in ends) * size(ports)
    return Reached(
        source=source,
        source_name=network.name(source),
        source_interfaces=_interfaces(starts),
        source_addresses=_blocks(starts),
        destination=target,
        destination_name=network.name(target),
        through=asked if sample.final else None,
        through_name=network.name(asked) if sample.final else "",
        destination_interfaces=_interfaces(ends),
        destination_addresses=_blocks(ends),
        protocol=protocol,
        ports=tuple(PortRange(*r) for r in ports) if protocol in (Protocol.TCP, Protocol.UDP) else (),
        outcome=sample.outcome,
        headers=counted,
        witness=flow,
        _ends=(start, end, at_source, at_target),
        _network=network,
    )


def _typical(points: tuple[Point, ...], first: Point) -> int:
    """The address of a witness: the usual internet host's if it is among them."""
    usual = int(INTERNET_ADDRESS)
    return usual if any(v == 4 and holds(ranges, usual) for _, v, ranges in points) else first[2][0][0]


def _typical_port(ports: Ranges) -> int:
    """One that reads well: a web server's, else the first that is not 0."""
    likely = next((p for p in (443, 80, 22) if holds(ports, p)), 0)
    return likely or (1 if holds(ports, 1) else ports[0][0])


def _interfaces(points: Iterable[Point]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name, _, _ in points if name))


def _blocks(points: tuple[Point, ...]) -> tuple[Block, ...]:
    found: list[Block] = []
    for version in (4, 6):
        found += prefixes(united(r for _, v, ranges in points if v == version for r in ranges), version)
    return tuple(found)


Header = tuple[Key, str, int, Key, str, int, Protocol, Key | None]
"""What names the ends of a cell, its protocol, and whom a proxy asks; no address and no port."""


def by_header(cells: Iterable[Cell]) -> Mapping[Header, list[Cell]]:
    """Cells of one name together."""
    found: dict[Header, list[Cell]] = {}
    for c in cells:
        source, target = (c.source.component, *_name(c.source)), (c.target.component, *_name(c.target))
        found.setdefault((*source, *target, c.protocol, c.final), []).append(c)
    return MappingProxyType(found)
