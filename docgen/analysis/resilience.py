# Which flows each single failure breaks.
#
# In:  a Network with its flows, and what fails: each zone, each component, each part, or what names say.
# Out: a Resilience: a row for each failure, a cell for each flow. The network is resolved once; a failure is a state.
"""resilience, failures_of, failures_named, Resilience, Failure, Row, Cell, Effect, Level."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

from docgen.core.data import dataclass
from docgen.model.architecture import Flow
from docgen.model.component import Component, Key, Ref
from docgen.model.forwarding import is_many_addressed
from docgen.model.kind import Role, Scope
from docgen.model.network import Network, one_at
from docgen.model.trace import FlowReport, Verdict
from docgen.routing import trace
from docgen.routing.endpoints import sources
from docgen.routing.outages import outage_of, parts_of, zones_of

_WRITTEN = ("route_table", "transit_gateway_route_table")
"""Kinds whose parts somebody writes and takes away: a route does not fail by itself, its target does."""


class Level(StrEnum):
    """What fails, one after the other."""

    ZONE = "each-zone"
    """Every zone that has subnets."""
    COMPONENT = "each-component"
    """Everything that carries or answers packets; not the hosts outside AWS, whose flows end with them anyway."""
    PART = "each-part"
    """Interfaces of what has several, targets, tunnels, BGP sessions."""


class Effect(StrEnum):
    """What a failure does to a flow that works with everything in order."""

    WORKS = "works"
    BREAKS = "breaks"
    LOST = "lost with it"
    """Its source is down, or what failed is its destination: nothing that the design could do about it."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """One thing that is out of order."""

    name: str
    """As an author writes it in `when: {outage: ...}`."""
    title: str
    """What it is: `Zone`, `NAT gateway`, `Part of Site-to-Site VPN connection`."""
    keys: frozenset[Key] = frozenset()
    zones: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One flow in one failure."""

    flow: Flow
    effect: Effect
    report: FlowReport
    """The answer while it is down."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One failure with what it does to every flow."""

    failure: Failure
    cells: tuple[Cell, ...]

    def having(self, effect: Effect) -> tuple[Cell, ...]:
        """The flows to which it does this."""
        return tuple(c for c in self.cells if c.effect is effect)


@dataclass(frozen=True, slots=True, kw_only=True)
class Resilience:
    """The answer: rows in the order of failures, cells in the order of flows."""

    flows: tuple[Flow, ...]
    rows: tuple[Row, ...]

    @property
    def broken(self) -> tuple[tuple[Failure, Cell], ...]:
        """What each failure breaks: the weaknesses of the design."""
        return tuple((row.failure, cell) for row in self.rows for cell in row.having(Effect.BREAKS))


def resilience(network: Network, failures: Iterable[Failure], flows: Iterable[Flow] | None = None) -> Resilience:
    """What each failure does to each flow.

    Args:
        network: With everything in order.
        failures: One row for each.
        flows: None: all that `working_flows` gives.

    Cost: a trace for each failure and flow.
    """
    asked = tuple(working_flows(network) if flows is None else flows)
    intact = [(flow, trace(network, flow)) for flow in asked]
    return Resilience(flows=asked, rows=tuple(_row(network, failure, intact) for failure in failures))


def working_flows(network: Network) -> Iterator[Flow]:
    """The declared flows that a failure can break: in no circumstances, not expected to be blocked, and allowed."""
    for flow in network.architecture.flows:
        wanted = flow.expect is None or flow.expect.verdict is Verdict.ALLOWED
        if (
            wanted
            and not flow.when.outage
            and not flow.when.variant
            and trace(network, flow).verdict is Verdict.ALLOWED
        ):
            yield flow


def failures_of(network: Network, level: Level) -> Iterator[Failure]:
    """Every single failure of a level, in the definition's order (zones by name)."""
    if level is Level.ZONE:
        for zone in zones_of(network):
            yield Failure(name=zone, title="Zone", zones=frozenset({zone}))
        return
    for component in network.components.values():
        title = network.kind_of(component.key).title
        if level is Level.COMPONENT and _can_fail(network, component):
            name = _name(network, component)
            found = outage_of(network, Ref(str(component.key)))
            yield Failure(name=name, title=title, keys=found[0] if found else frozenset({component.key}))
        elif level is Level.PART and component.kind not in _WRITTEN:
            name = _name(network, component)
            for part, key in parts_of(network, component):
                if not part.startswith("/listener-"):  # written and taken away, like a route
                    yield Failure(name=f"{name}{part}", title=f"Part of {title}", keys=frozenset({key}))


def failures_named(network: Network, names: Iterable[str]) -> Iterator[Failure]:
    """The failures that names say: levels, or anything that can be down, each alone.

    Raises:
        LookupError: the name that means nothing.
    """
    for name in names:
        if name in list(Level):
            yield from failures_of(network, Level(name))
            continue
        outage = outage_of(network, Ref(name))
        if outage is None:
            raise LookupError(name)
        title = "Zone" if outage[1] and not outage[0] else "Region" if outage[1] else ""
        one = network.components.get(next(iter(outage[0]))) if len(outage[0]) == 1 else None
        yield Failure(
            name=name,
            title=title or (network.kind_of(one.key).title if one else "Outage"),
            keys=outage[0],
            zones=outage[1],
        )


def _can_fail(network: Network, component: Component) -> bool:
    kind = network.kinds[component.kind]
    only_an_end = kind.endpoint and kind.scope is Scope.OUTSIDE and not is_many_addressed(component)  # routers fail
    if kind.role in (Role.POLICY, Role.CONTAINER) or only_an_end:
        return False
    has_interfaces = bool(network.owned.get(component.key))
    return has_interfaces or any(hasattr(component, does) for does in ("forward", "works", "records_for"))


def _name(network: Network, component: Component) -> str:
    """Its shortest name that an outage understands as this component alone."""
    for name in (network.name(component.key), component.key.path):
        found = outage_of(network, Ref(name))
        if found is not None and component.key in found[0] and found == outage_of(network, Ref(str(component.key))):
            return name
    return str(component.key)


def _row(network: Network, failure: Failure, intact: Sequence[tuple[Flow, FlowReport]]) -> Row:
    state = network.with_outage(failure.keys, failure.zones)
    return Row(failure=failure, cells=tuple(_cell(state, failure, flow, before) for flow, before in intact))


def _cell(state: Network, failure: Failure, flow: Flow, before: FlowReport) -> Cell:
    report = trace(state, flow)
    if report.verdict is Verdict.ALLOWED:
        effect = Effect.WORKS
    elif _source_is_down(state, flow) or _is_its_destination(state, failure, before):
        effect = Effect.LOST
    else:
        effect = Effect.BREAKS if report.verdict is Verdict.BLOCKED else Effect.UNKNOWN
    return Cell(flow=flow, effect=effect, report=report)


def _source_is_down(state: Network, flow: Flow) -> bool:
    """Whether nobody is left to open it: not one of its sources works."""
    starts = sources(state, flow.source)
    return not any(
        state.interface_is_up(s.interface) if s.interface is not None else state.is_up(s.component) for s in starts
    )


def _is_its_destination(state: Network, failure: Failure, before: FlowReport) -> bool:
    """Whether every end that the flow asks for is what failed; standing in a zone that failed is not that."""
    ends = [c.forward.hops[-1] for c in before.connections if c.parent is None and c.purpose != "dns"]
    return bool(ends) and all(
        end.component in failure.keys or _interface_key(state, end.interface) in failure.keys for end in ends
    )


def _interface_key(state: Network, interface_id: str) -> Key | None:
    interface = state.interfaces.get(interface_id)
    return one_at(interface.owner, interface.suffix) if interface is not None else None
