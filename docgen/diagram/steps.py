# How a FlowReport becomes numbered steps: the one definition that pictures and pages share.
#
# A step is one movement: from one component that the packet visits to the next, and what was decided on
# leaving the one and arriving at the other. Numbers run through the whole tree of connections, depth first.
# Paths that differ only in the zone or in the copy of a component (two nodes and two targets of a load
# balancer, two servers of one group asking the same) share their numbers: they are one step of the story.
# The internet in the middle of a way is no step of its own: it carries the packet from the gateway to a host.
# The answers are numbered on their own, again from 1.
"""FlowStep, steps_of."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.data import dataclass
from docgen.model.component import Key
from docgen.model.kind import Role
from docgen.model.network import Network
from docgen.model.trace import Check, FlowReport, Hop, Leg, Outcome, Step, Trace

_LEAVING = frozenset({Check.SECURITY_GROUP_EGRESS, Check.NETWORK_ACL_EGRESS, Check.ROUTE_TABLE, Check.ON_LINK})
_TELLING = frozenset({Check.ROUTE_TABLE, Check.TRANSLATION, Check.LISTENER, Check.DNS, Check.ON_LINK, Check.FAILOVER})
"""Checks worth a place in the sentence of a step that passes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowStep:
    """One movement of one connection; movements that share a number follow the same story in parallel."""

    number: int
    connection: int
    """Index in `FlowReport.connections`."""
    leg: Leg
    position: int
    """How many movements of this leg came before."""
    source: Hop
    target: Hop | None
    """None where the packet never left `source`."""
    decisions: tuple[Step, ...]
    """Made on leaving `source`, then on arriving at `target`, in the order of evaluation."""
    sentence: str

    @property
    def stopped(self) -> Step | None:
        """What ended the packet's way here, or None."""
        return next((d for d in self.decisions if d.outcome is Outcome.DROP), None)


def steps_of(network: Network, report: FlowReport) -> tuple[FlowStep, ...]:
    """All movements of a flow: connection by connection, each forward, then back where it has an answer."""
    return network.derived.about("steps", report, lambda: _steps(network, report))


def _steps(network: Network, report: FlowReport) -> tuple[FlowStep, ...]:
    numbering = _Numbering(network)
    steps: list[FlowStep] = []
    merged: list[_Story] = []
    for index, connection in enumerate(report.connections):
        story = (merged[connection.parent] if connection.parent is not None else (), connection.purpose)
        for trace in (connection.forward, connection.returning):
            if trace is not None:
                steps += _walk(numbering, index, trace, story)
        merged.append((*story, tuple(numbering.group(h.component) for h in connection.forward.hops)))
    return tuple(steps)


_Story = tuple[object, ...]


class _Numbering:
    """Gives equal movements equal numbers and new ones the next."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._known: dict[tuple[object, ...], int] = {}
        self._last = {Leg.FORWARD: 0, Leg.RETURN: 0}

    def group(self, key: Key) -> tuple[str, str, str]:
        """What a component and its copies in other zones have in common."""
        component = self._network.components.get(key)
        if component is None:
            return (key.kind, "", key.path)
        return (key.kind, component.scope, component.group or component.id)

    def stations(self, hops: tuple[Hop, ...]) -> tuple[Hop, ...]:
        """The hops that are drawn as stations of the way: all but the internet in its middle."""
        components = self._network.components
        return tuple(
            h
            for at, h in enumerate(hops)
            if at in (0, len(hops) - 1)
            or h.component not in components
            or self._network.role_of(h.component) not in (Role.OUTSIDE, Role.SITE)
        )

    def number(self, leg: Leg, movement: tuple[object, ...]) -> int:
        """The number of a movement."""
        known = (leg, *movement)
        if known not in self._known:
            self._last[leg] += 1
            self._known[known] = self._last[leg]
        return self._known[known]


def _walk(numbering: _Numbering, connection: int, trace: Trace, story: _Story) -> Iterator[FlowStep]:
    hops = numbering.stations(trace.hops)
    for position, source in enumerate(hops):
        target = hops[position + 1] if position + 1 < len(hops) else None
        leaving = source.steps if position == 0 else source.steps[_split(source) :]
        if target is None and not _ends_here(leaving, alone=position == 0):
            return
        decisions = leaving if target is None else (*leaving, *target.steps[: _split(target)])
        ends = (numbering.group(source.component), numbering.group(target.component) if target else None)
        yield FlowStep(
            number=numbering.number(trace.leg, (story, position, *ends)),
            connection=connection,
            leg=trace.leg,
            position=position,
            source=source,
            target=target,
            decisions=decisions,
            sentence=_sentence(source, target, decisions),
        )


def _split(hop: Hop) -> int:
    """Where the decisions on arrival end and those on leaving begin."""
    return next((at for at, step in enumerate(hop.steps) if _leaves(step)), len(hop.steps))


def _leaves(step: Step) -> bool:
    """Whether a decision is one on leaving (that a packet *came* from the same subnet is a remark on arrival)."""
    return step.check in _LEAVING and not (step.check is Check.ON_LINK and step.outcome is Outcome.INFO)


def _ends_here(leaving: tuple[Step, ...], *, alone: bool) -> bool:
    """Whether the last hop is a step of its own: the packet was refused on leaving it, or never went anywhere."""
    return bool(leaving) and (alone or any(s.outcome is Outcome.DROP for s in leaving))


def _sentence(source: Hop, target: Hop | None, decisions: tuple[Step, ...]) -> str:
    stopped = next((d for d in decisions if d.outcome is Outcome.DROP), None)
    way = f"{source.name} to {target.name}" if target else source.name
    told = [stopped.text] if stopped else [d.text for d in decisions if d.check in _TELLING]
    return f"{way}: {' '.join(told)}" if told else f"{way}."
