# Connections of a flow as a tree: their numbers, their depth, and what their ends are called.
#
# In:  the connections of a report, depth first. Out: words that terminal and page share.
"""numbers_of, depth_of, ends_of, followed_elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from docgen.model.trace import Connection, Hop


def numbers_of(connections: Sequence[Connection]) -> tuple[str, ...]:
    """`1`, `2`, `2.1`, `2.1.1`, `2.2`: what a connection leads to is numbered below it."""
    numbers: list[str] = []
    below: dict[int | None, int] = {}
    for connection in connections:
        parent = connection.parent
        below[parent] = below.get(parent, 0) + 1
        numbers.append(f"{numbers[parent]}.{below[parent]}" if parent is not None else str(below[parent]))
    return tuple(numbers)


def depth_of(connections: Sequence[Connection], index: int) -> int:
    """How many connections lead to this one."""
    depth, parent = 0, connections[index].parent
    while parent is not None:
        depth, parent = depth + 1, connections[parent].parent
    return depth


def ends_of(connection: Connection) -> tuple[str, str]:
    """Both ends, each with its interface (`edge@a`) where it is one of several."""
    hops = connection.forward.hops
    return _end(hops[:1], connection.source_name), _end(hops[-1:], connection.destination_name)


def _end(hops: Sequence[Hop], name: str) -> str:
    return hops[0].interface if hops and hops[0].name == name and hops[0].interface else name


def followed_elsewhere(connections: Sequence[Connection], index: int) -> str:
    """Where the calls of a connection's end are traced, if not below it; "" where they are, and where it has none."""
    at = connections[index].followed_at
    if at is None:
        return ""
    number = numbers_of(connections)[at]
    above: int | None = index
    while above is not None and above != at:
        above = connections[above].parent
    if above == at:
        return f"in a circle: see {number}"
    return f"its calls: see {number}"
