# Groups a flow's numbered steps by connection. The numbers are those of the circles in the flow's picture.
#
# In:  a FlowReport and its Network. Out: one Walk for each connection, with its steps there and back.
"""Walk, walk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from docgen.diagram.steps import FlowStep, steps_of
from docgen.model.network import Network
from docgen.model.trace import Connection, FlowReport, Leg


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """One connection: its place in the tree and its steps."""

    index: int
    depth: int
    connection: Connection
    forward: tuple[FlowStep, ...]
    returning: tuple[FlowStep, ...]
    repeats: bool
    """Whether an earlier connection tells some of the same steps."""
    parallel: bool
    """Whether it tells all of them: another zone, another copy of a server."""


def walk(network: Network, report: FlowReport) -> tuple[Walk, ...]:
    """Every connection of a report, depth first."""
    steps = steps_of(network, report)
    told: set[tuple[Leg, int]] = set()
    walks = []
    for index, connection in enumerate(report.connections):
        own = tuple(step for step in steps if step.connection == index)
        numbers = {(step.leg, step.number) for step in own}
        walks.append(
            Walk(
                index=index,
                depth=_depth(report.connections, index),
                connection=connection,
                forward=tuple(step for step in own if step.leg is Leg.FORWARD),
                returning=tuple(step for step in own if step.leg is Leg.RETURN),
                repeats=bool(numbers & told),
                parallel=bool(numbers) and numbers <= told,
            )
        )
        told |= numbers
    return tuple(walks)


def _depth(connections: Sequence[Connection], index: int) -> int:
    depth = 0
    parent = connections[index].parent
    while parent is not None:
        depth, parent = depth + 1, connections[parent].parent
    return depth
