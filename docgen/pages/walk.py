# Groups a flow's numbered steps by connection. The numbers are those of the circles in the flow's picture.
#
# In:  a FlowReport and its Network. Out: one Walk for each connection, with its steps there and back.
"""Walk, walk."""

from __future__ import annotations

from docgen.core.data import dataclass
from docgen.diagram.steps import FlowStep, steps_of
from docgen.model.network import Network
from docgen.model.trace import Connection, FlowReport, Leg
from docgen.reports.tree import depth_of, followed_elsewhere, numbers_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """One connection: its place in the tree and its steps."""

    index: int
    number: str
    """Its place in the tree: `2.1`."""
    depth: int
    connection: Connection
    forward: tuple[FlowStep, ...]
    returning: tuple[FlowStep, ...]
    repeats: bool
    """Whether an earlier connection tells some of the same steps."""
    parallel: bool
    """Whether it tells all of them: another zone, another copy of a server."""
    elsewhere: str
    """Where its end's calls are traced, if not below it."""


def walk(network: Network, report: FlowReport) -> tuple[Walk, ...]:
    """Every connection of a report, depth first."""
    steps = steps_of(network, report)
    numbers = numbers_of(report.connections)
    told: set[tuple[Leg, int]] = set()
    walks = []
    for index, connection in enumerate(report.connections):
        own = tuple(step for step in steps if step.connection == index)
        told_here = {(step.leg, step.number) for step in own}
        walks.append(
            Walk(
                index=index,
                number=numbers[index],
                depth=depth_of(report.connections, index),
                connection=connection,
                forward=tuple(step for step in own if step.leg is Leg.FORWARD),
                returning=tuple(step for step in own if step.leg is Leg.RETURN),
                repeats=bool(told_here & told),
                parallel=bool(told_here) and told_here <= told,
                elsewhere=followed_elsewhere(report.connections, index),
            )
        )
        told |= told_here
    return tuple(walks)
