# What a change of a design does: to its components, to its flows, and to who reaches whom.
#
# In:  two networks with the reports of their flows. Out: a Difference. How a value of a component is written is the
# caller's: it comes as lines of text.
"""FieldChange, ComponentChange, FlowChange, Turn, Difference, flow_changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from enum import StrEnum

from docgen.analysis.reach import Reached
from docgen.core.data import dataclass
from docgen.model.architecture import Flow
from docgen.model.changes import Mark
from docgen.model.component import Key
from docgen.model.network import Network
from docgen.model.trace import FlowReport, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """A field of a component, as lines of a definition."""

    name: str
    removed: tuple[str, ...]
    added: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentChange:
    """A component that only one of the designs has, or that both have with other values."""

    key: Key
    mark: Mark
    kind_title: str
    name: str
    """As messages call it."""
    fields: tuple[FieldChange, ...] = ()


class Turn(StrEnum):
    """What became of a flow."""

    OPENED = "opened"
    """Allowed now, and not before."""
    CLOSED = "closed"
    """Allowed before, and not now."""
    OTHER_REASON = "other reason"
    """Not allowed, neither before nor now, for another reason."""
    OTHER_WAY = "other way"
    """Allowed before and now, by other hops."""
    ADDED = "added"
    """Declared now; before, its ends were not there."""
    REMOVED = "removed"
    """Declared before; its ends are not there any more."""
    SAME = "same"


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowChange:
    """One flow, asked in both designs."""

    flow: Flow
    """As the later design declares it, or the earlier one where that alone does."""
    turn: Turn
    before: FlowReport | None
    """None where its ends are not there."""
    after: FlowReport | None
    declared: Mark | None = None
    """ADDED or REMOVED where only one of the designs declares it, CHANGED where they ask something else by its id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """From one design to another."""

    slug: str
    title: str
    components: tuple[ComponentChange, ...]
    flows: tuple[FlowChange, ...]
    """All of them, also those that come to the same."""
    opened: tuple[Reached, ...]
    """Headers that get further than before, whether a flow speaks of them or not."""
    closed: tuple[Reached, ...]
    """Headers that got further before."""

    @property
    def turned(self) -> tuple[FlowChange, ...]:
        """Flows of which there is something to say."""
        return tuple(f for f in self.flows if f.turn is not Turn.SAME or f.declared is not None)

    @property
    def empty(self) -> bool:
        """Whether nothing at all is different."""
        return not (self.components or self.turned or self.opened or self.closed)


Ask = Callable[[Network, Flow], FlowReport]


def flow_changes(
    before: tuple[Network, Mapping[str, FlowReport]], after: tuple[Network, Mapping[str, FlowReport]], ask: Ask
) -> Iterator[FlowChange]:
    """Each flow that one of two designs declares, as it stands now and as it stood before.

    A flow that only one declares is asked of the other too, save one of a variant, which belongs to its design.
    """
    old = {f.id: f for f in before[0].architecture.flows if f.id in before[1]}
    new = {f.id: f for f in after[0].architecture.flows if f.id in after[1]}
    for id in [*new, *(i for i in old if i not in new)]:
        flow = new[id] if id in new else old[id]
        then = before[1][id] if id in old else _asked(ask, before[0], flow)
        now = after[1][id] if id in new else _asked(ask, after[0], flow)
        declared = Mark.ADDED if id not in old else Mark.REMOVED if id not in new else None
        if declared is None and _question(old[id]) != _question(new[id]):
            declared = Mark.CHANGED
        yield FlowChange(flow=flow, turn=_turn(then, now), before=then, after=now, declared=declared)


def _asked(ask: Ask, network: Network, flow: Flow) -> FlowReport | None:
    if flow.when.variant:
        return None
    report = ask(network, flow)
    return report if report.connections else None


def _question(flow: Flow) -> Flow:
    """Without what says nothing of the packet."""
    return replace(flow, title="", description="", expect=None)


def _turn(before: FlowReport | None, after: FlowReport | None) -> Turn:
    if before is None or after is None:
        return Turn.SAME if before is after else Turn.ADDED if before is None else Turn.REMOVED
    allowed = before.verdict is Verdict.ALLOWED, after.verdict is Verdict.ALLOWED
    if allowed[0] != allowed[1]:
        return Turn.OPENED if allowed[1] else Turn.CLOSED
    if not allowed[0]:
        same = _end(before) == _end(after)
        return Turn.SAME if same else Turn.OTHER_REASON
    return Turn.SAME if _way(before) == _way(after) else Turn.OTHER_WAY


def _end(report: FlowReport) -> tuple[object, ...]:
    return (report.verdict, report.leg, report.reason, report.component)


def _way(report: FlowReport) -> tuple[tuple[str, ...], ...]:
    """The hops of each connection, there and back, by name."""
    return tuple(
        tuple(hop.name for trace in (c.forward, c.returning) if trace is not None for hop in trace.hops)
        for c in report.connections
    )
