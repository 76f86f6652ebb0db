# Takes a report apart into numbered steps: one line of the picture and the component at its end.
#
# In:  a FlowReport. Out: for each connection its steps there and back, with the numbers that the circles of
#      the flow's picture bear.
"""Walk, WalkStep, walk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from docgen.model.packet import Packet
from docgen.model.trace import Check, Connection, FlowReport, Hop, Leg, Outcome, Step, Trace

_LEAVING = frozenset(
    {Check.SECURITY_GROUP_EGRESS, Check.NETWORK_ACL_EGRESS, Check.ROUTE_TABLE, Check.ON_LINK, Check.DNS}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WalkStep:
    """Why the packet took a line, and what the component at its end did to it."""

    number: int
    source: Hop
    target: Hop | None
    """None where the packet never left `source`."""
    decisions: tuple[Step, ...]
    """What was decided on leaving `source`, then on arriving at `target`, in the order of evaluation."""
    before: Packet | None
    after: Packet | None
    """The header before and after `target` translated it; equal where it did not."""

    @property
    def stopped(self) -> bool:
        """Whether the packet ended here although it should not have."""
        return any(step.outcome is Outcome.DROP for step in self.decisions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """One connection: its place in the tree and its steps."""

    index: int
    depth: int
    connection: Connection
    forward: tuple[WalkStep, ...]
    returning: tuple[WalkStep, ...]


def walk(report: FlowReport) -> tuple[Walk, ...]:
    """Every connection of a report, depth first, its steps numbered through the whole flow."""
    walks = []
    numbers = {Leg.FORWARD: 1, Leg.RETURN: 1}
    for index, connection in enumerate(report.connections):
        forward = tuple(_steps(connection.forward, numbers[Leg.FORWARD]))
        returning = tuple(_steps(connection.returning, numbers[Leg.RETURN])) if connection.returning else ()
        numbers[Leg.FORWARD] += len(forward)
        numbers[Leg.RETURN] += len(returning)
        depth = _depth(report.connections, index)
        walks.append(Walk(index=index, depth=depth, connection=connection, forward=forward, returning=returning))
    return tuple(walks)


def _steps(trace: Trace, number: int) -> Iterator[WalkStep]:
    hops = trace.hops
    for number_of, (source, target) in enumerate(pairwise(hops), number):
        yield WalkStep(
            number=number_of,
            source=source,
            target=target,
            decisions=(*_leaving(source, first=source is hops[0]), *_arriving(target)),
            before=target.packet_in,
            after=target.packet_out or target.packet_in,
        )
    if hops and (rest := _leaving(hops[-1], first=len(hops) == 1)):
        yield WalkStep(
            number=number + len(hops) - 1,
            source=hops[-1],
            target=None,
            decisions=rest,
            before=hops[-1].packet_out,
            after=hops[-1].packet_out,
        )


def _split(hop: Hop) -> int:
    return next((i for i, step in enumerate(hop.steps) if step.check in _LEAVING), len(hop.steps))


def _leaving(hop: Hop, *, first: bool) -> tuple[Step, ...]:
    return hop.steps if first else hop.steps[_split(hop) :]


def _arriving(hop: Hop) -> tuple[Step, ...]:
    return hop.steps[: _split(hop)]


def _depth(connections: Sequence[Connection], index: int) -> int:
    depth = 0
    parent = connections[index].parent
    while parent is not None:
        depth, parent = depth + 1, connections[parent].parent
    return depth
