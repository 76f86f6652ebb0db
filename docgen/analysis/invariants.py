# Proves the invariants of a design, or finds headers that break them.
#
# In:  a Network. Out: an InvariantReport for each invariant that its Architecture declares.
"""prove, broken_invariants."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import StrEnum
from functools import partial
from itertools import chain, combinations, permutations

from docgen.analysis.reach.ends import Place, internet, place_at, starts
from docgen.analysis.reach.explore import ALL_PORTS, PROTOCOLS, Cell, Observe, Outcome, entirely, ports_of
from docgen.analysis.reach.proof import Asked, apart, with_client_kept
from docgen.analysis.reach.proxies import through
from docgen.analysis.reach.ranges import Ranges, common, holds, size, united, without
from docgen.analysis.reach.results import Reached, rows
from docgen.analysis.resilience import Cell as FlowCell
from docgen.analysis.resilience import Effect, Failure, Level, failures_named, resilience, working_flows
from docgen.analysis.selectors import Chosen, UnclearSelectorError, select
from docgen.core.data import dataclass
from docgen.core.names import did_you_mean
from docgen.model.architecture import Flow
from docgen.model.component import Ref
from docgen.model.invariant import Demand, Invariant, Selector
from docgen.model.network import Network
from docgen.model.packet import Protocol
from docgen.routing.endpoints import INTERNET, component_ends
from docgen.routing.outages import unclear_outage

WITH_PORTS = (Protocol.TCP, Protocol.UDP)


class Standing(StrEnum):
    """How an invariant stands."""

    HELD = "held"
    """Proven for every header that it speaks of."""
    VIOLATED = "violated"
    UNPROVEN = "unproven"
    """Nothing breaks it, but some headers end in UNKNOWN."""
    UNCLEAR = "unclear"
    """It names something that is not there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What an invariant speaks of."""

    sources: int = 0
    """Interfaces and hosts; the internet counts as one."""
    targets: int = 0
    """Addresses that are asked for; the internet counts as one."""
    headers: int = 0
    """Source addresses by targets by protocols and ports."""
    traces: int = 0
    """Packets that had to be traced to know it of all of them."""
    failures: int = 0
    """For SURVIVES: what was down, one after the other,"""
    flows: int = 0
    """and the flows that were traced in each."""
    lost: int = 0
    """How many of these traces ended because the flow's own source or destination was down."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InvariantReport:
    """The answer to one invariant."""

    invariant: Invariant
    standing: Standing
    violations: tuple[Reached, ...] = ()
    """What breaks it, or for UNPROVEN what is not known; each with a witness."""
    breaks: tuple[tuple[Failure, FlowCell], ...] = ()
    """The same for SURVIVES: which failure breaks which flow."""
    coverage: Coverage = Coverage()
    problem: UnclearSelectorError | None = None


def prove(network: Network, observe: Observe | None = None) -> tuple[InvariantReport, ...]:
    """Every invariant of the definition, in order; `observe` is shown every header that is traced for it."""
    reports = tuple(_prove(network, invariant, observe) for invariant in network.architecture.invariants)
    for report in reports:
        network.derived.of(("broken", report.invariant.id), partial(_violated, report))
    return reports


def broken_invariants(network: Network) -> Iterator[str]:
    """Ids of the invariants that a network violates: what a proposed change must not make longer.

    Each is proven when it is asked for, and once: the many blocked flows of a design ask the same of its network,
    which `prove` may have answered before.
    """
    for invariant in network.architecture.invariants:
        if network.derived.of(("broken", invariant.id), partial(_broken, network, invariant)):
            yield invariant.id


def _broken(network: Network, invariant: Invariant) -> bool:
    return _violated(_prove(network, invariant, None))


def _violated(report: InvariantReport) -> bool:
    return report.standing is Standing.VIOLATED


def _prove(network: Network, invariant: Invariant, observe: Observe | None) -> InvariantReport:
    try:
        if invariant.demand is Demand.SURVIVES:
            return _prove_survival(network, invariant)
        parts = list(_questions(network, invariant))
    except UnclearSelectorError as error:
        return InvariantReport(invariant=invariant, standing=Standing.UNCLEAR, problem=error)
    protocols, ports = _asked_for(invariant)
    broken: list[Cell] = []
    unknown: list[Cell] = []
    coverage = Coverage()
    always = invariant.demand is Demand.ALWAYS
    for part in parts:
        asked = Asked(network, part.targets, part.sources, entirely if always else None, observe=observe)
        kept = () if always else _with_client_kept(network, invariant, part, observe)
        for cell in chain(asked.cells(protocols, ports), kept):
            breaks = _breaks(invariant, part, cell, network)
            if breaks is not None:
                (unknown if cell.outcome is Outcome.UNKNOWN else broken).append(breaks)
        coverage = replace(
            coverage,
            sources=coverage.sources + len(part.sources),
            targets=coverage.targets + len(part.targets),
            headers=coverage.headers + _headers(network, part, protocols, ports),
            traces=coverage.traces + asked.traces,
        )
    if not coverage.headers:
        nothing = UnclearSelectorError(None, "no header goes from one end to the other, so it says nothing")
        return InvariantReport(invariant=invariant, standing=Standing.UNCLEAR, problem=nothing)
    standing = Standing.VIOLATED if broken else Standing.UNPROVEN if unknown else Standing.HELD
    return InvariantReport(
        invariant=invariant,
        standing=standing,
        violations=tuple(rows(network, broken or unknown)),
        coverage=coverage,
    )


def _prove_survival(network: Network, invariant: Invariant) -> InvariantReport:
    flows = list(_flows(network, invariant))
    table = resilience(network, _failures(network, invariant), flows)
    cells = [(row.failure, cell) for row in table.rows for cell in row.cells]
    if not cells:
        what = "no flow that is allowed with everything in order" if table.rows else "nothing that can be down"
        raise UnclearSelectorError(None, f"there is {what}, so it says nothing")
    unknown = tuple((failure, cell) for failure, cell in cells if cell.effect is Effect.UNKNOWN)
    return InvariantReport(
        invariant=invariant,
        standing=Standing.VIOLATED if table.broken else Standing.UNPROVEN if unknown else Standing.HELD,
        breaks=table.broken or unknown,
        coverage=Coverage(
            failures=len(table.rows),
            flows=len(flows),
            lost=sum(1 for _, cell in cells if cell.effect is Effect.LOST),
            traces=len(cells),
        ),
    )


def _failures(network: Network, invariant: Invariant) -> Iterator[Failure]:
    for ref in invariant.outage:
        try:
            yield from failures_named(network, (ref.name,))
        except LookupError:
            text, known = unclear_outage(network, ref.name)
            raise UnclearSelectorError(
                _place(ref), text, did_you_mean(ref.name, (*known, *map(str, Level)))
            ) from None


def _flows(network: Network, invariant: Invariant) -> Iterator[Flow]:
    working = list(working_flows(network))
    if not invariant.flows:
        yield from working
        return
    declared = {flow.id: flow for flow in network.architecture.flows}
    for ref in invariant.flows:
        flow = declared.get(ref.name)
        if flow is None:
            hint = did_you_mean(ref.name, declared)
            raise UnclearSelectorError(_place(ref), f"there is no flow called {ref.name!r}", hint)
        if flow not in working:
            why = (
                "has circumstances of its own (`when`)" if flow.when.outage or flow.when.variant else "is not allowed"
            )
            text = f"flow {ref.name!r} {why}: only what is allowed with everything in order can survive"
            raise UnclearSelectorError(_place(ref), text)
        yield flow


def _place(ref: Ref) -> Selector:
    return Selector(terms=(("", ref.name),), span=ref.span)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """From these places to those; for ONLY, `excepted` may get in on the ports that are named."""

    sources: list[Place]
    targets: list[Place]
    excepted: Chosen = Chosen()


def _questions(network: Network, invariant: Invariant) -> Iterator[_Part]:
    if invariant.demand is Demand.ISOLATED:
        chosen = [select(network, (s,)) for s in invariant.source]
        _refuse_overlap(chosen, invariant.source)
        for one, two in permutations(chosen, 2):
            yield _Part(sources=one.starts(network), targets=two.targets(network))
        return
    source, target = select(network, invariant.source), select(network, invariant.destination)
    if invariant.demand is Demand.ONLY:
        everywhere = [p for c in network.components.values() for p in starts(network, c)]
        yield _Part(sources=everywhere, targets=target.targets(network), excepted=source)
    elif invariant.demand is Demand.ALWAYS:
        by_targets: dict[tuple[Place, ...], list[Place]] = {}
        for start in source.starts(network):
            by_targets.setdefault(tuple(_asked_at(network, target, start)), []).append(start)
        yield from (_Part(sources=some, targets=list(ends)) for ends, some in by_targets.items())
    else:
        yield _Part(sources=source.starts(network), targets=target.targets(network))


def _asked_at(network: Network, target: Chosen, start: Place) -> Iterator[Place]:
    """The addresses that a flow from there would use: those that the name of a component leads to."""
    if INTERNET in target.components:
        yield from internet(network)
    outside = start.end(network, start.addresses[0][0]).outside
    asked = {p.component for p in target.targets(network)} - {INTERNET}
    for key in (k for k in network.components if k in asked):
        for end in component_ends(network, network.get(key), outside=outside):
            place = place_at(key, end.interface, end.address)
            if target.holds(place):
                yield place


def _refuse_overlap(chosen: Sequence[Chosen], selectors: Sequence[Selector]) -> None:
    for (one, first), (two, second) in combinations(zip(chosen, selectors, strict=True), 2):
        both = sorted(one.interfaces & two.interfaces) or sorted(map(str, one.components & two.components))
        if both:
            raise UnclearSelectorError(
                second, f"{both[0]} is in {first} and in {second}: it cannot be isolated from itself"
            )


def _asked_for(invariant: Invariant) -> tuple[tuple[Protocol, ...], Ranges]:
    """Protocols and ports that an invariant speaks of."""
    if invariant.demand is Demand.ONLY:
        return PROTOCOLS, ALL_PORTS
    ports = united(invariant.ports) if invariant.ports else ALL_PORTS
    if invariant.protocol is not None:
        return (invariant.protocol,), ports
    if invariant.demand is Demand.ALWAYS:
        return (Protocol.TCP,), ports
    return (WITH_PORTS if invariant.ports else PROTOCOLS), ports


def _breaks(invariant: Invariant, part: _Part, cell: Cell, network: Network) -> Cell | None:
    """The part of a cell that breaks an invariant, or None."""
    if invariant.demand is Demand.ALWAYS:
        return None if cell.outcome is Outcome.CONNECTS else cell
    if cell.outcome is Outcome.BLOCKED:
        return None
    if invariant.demand is not Demand.ONLY:
        return cell
    if cell.final is None and part.excepted.holds(cell.source):
        left = without(cell.ports, _granted(invariant, cell.protocol))
        return replace(cell, ports=left) if left else None
    if cell.source.component == INTERNET:  # users and hosts that are excepted have addresses of the internet
        known = {network.outside[k] for k in part.excepted.components if k in network.outside}
        numbers = united((int(a), int(a)) for a in known if a.version == cell.source.version)
        sources = without(cell.sources, numbers)
        return replace(cell, sources=sources) if sources else None
    return cell


def _with_client_kept(network: Network, invariant: Invariant, part: _Part, observe: Observe | None) -> Iterator[Cell]:
    """Headers that a load balancer hands on with the client's address: the client itself gets in."""
    protocols, ports = _asked_for(invariant)

    def asked_for(protocol: Protocol, port: int) -> bool:
        return protocol in protocols and holds(ports, port)

    def not_granted(protocol: Protocol, port: int) -> bool:
        return not holds(_granted(invariant, protocol), port)

    others = [s for s in part.sources if not part.excepted.holds(s)]
    excepted = [s for s in part.sources if part.excepted.holds(s)]
    for final in dict.fromkeys(p.component for p in part.targets if p.component != INTERNET):
        yield from with_client_kept(network, others, through((final,), asked_for), final, observe)
        yield from with_client_kept(network, excepted, through((final,), not_granted), final, observe)


def _granted(invariant: Invariant, protocol: Protocol) -> Ranges:
    """Ports that ONLY leaves open to those whom it names."""
    if invariant.protocol not in (None, protocol):
        return ()
    if not invariant.ports:
        return ports_of(protocol)
    named = protocol is Protocol.TCP if invariant.protocol is None else True
    return united(invariant.ports) if named else ()


def _headers(network: Network, part: _Part, protocols: Sequence[Protocol], ports: Ranges) -> int:
    asked = sum(size(common(ports_of(p), ports)) for p in protocols)
    pairs = ((s, t) for s in part.sources for t in part.targets if apart(network, s, t))
    return sum(size(s.addresses) * size(t.addresses) for s, t in pairs) * asked
