# The cheapest way of one line over the tracks: A* over crossings and directions.
#
# In:  Tracks, the ports of both ends, and what other lines already take. Out: corners. Costs follow the usual
# order: never through icons and text, then not through foreign boxes, not beside or over other lines, few
# crossings, few bends, short.
"""Costs, Occupied, find_way."""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from docgen.diagram.drawing import Point
from docgen.diagram.tracks import OPPOSITE, Port, Tracks, Way

THROUGH = 6000
"""A piece of line through an icon or a text of somebody else."""
RIDING = 900
BESIDE = 2500
"""A piece nearer than the clearance to a parallel line that is no sibling."""
FOREIGN = 12
"""Per px inside a box that holds neither end."""
CROSSING = 260
BEND = 90
HASTY = 700
"""A bend within the reach of the line's own ends."""
SHARED = 0.55
"""Siblings like to run together."""


@dataclass(slots=True)
class Occupied:
    """What lines that are there already do to the next one, per edge (across, down)."""

    cost: tuple[dict[int, int], dict[int, int]] = field(default_factory=lambda: ({}, {}))
    shared: tuple[set[int], set[int]] = field(default_factory=lambda: (set(), set()))


@dataclass(frozen=True, slots=True)
class Task:
    """One line to find."""

    sources: Sequence[Port]
    targets: Sequence[Port]
    own: int
    """Bits of its two ends."""
    foreign: Mapping[int, int]
    """Box index to how many boxes around that place hold neither end."""
    near: frozenset[int]
    """Crossings where it had better not turn."""


def find_way(tracks: Tracks, task: Task, occupied: Occupied) -> tuple[tuple[Point, ...], float]:
    """Corners from a source port to a target port, and what they cost."""
    nx, xs, ys = tracks.nx, tracks.xs, tracks.ys
    size = nx * len(ys)
    goals = {(tracks.index(p.x, p.y), OPPOSITE[p.way]): p.cost for p in task.targets}
    left, right = min(p.x for p in task.targets), max(p.x for p in task.targets)
    top, bottom = min(p.y for p in task.targets), max(p.y for p in task.targets)
    best: dict[int, float] = {}
    came: dict[int, int] = {}
    heap: list[tuple[float, int, int, float]] = []
    count = 0
    for port in task.sources:
        state = tracks.index(port.x, port.y) * 4 + port.way
        if port.cost < best.get(state, 1e18):
            best[state] = port.cost
            heap.append((float(port.cost), count, state, float(port.cost)))
            count += 1
    heapq.heapify(heap)
    starts = set(best)
    own, others = task.own, ~task.own
    steps = ((-1, 0, -1), (1, 0, 0), (-nx, 1, -nx), (nx, 1, 0))
    end = -1
    while heap:
        _, _, state, spent = heapq.heappop(heap)
        if spent > best[state]:
            continue
        if state == -1:
            break
        if state >= 4 * size:
            end = state - 4 * size
            break
        node, way = divmod(state, 4)
        goal = goals.get((node, Way(way)))
        if goal is not None:
            final = state + 4 * size
            if spent + goal < best.get(final, 1e18):
                best[final] = spent + goal
                came[final] = state
                heapq.heappush(heap, (spent + goal, count, final, spent + goal))
                count += 1
        i, j = node % nx, node // nx
        for turn in range(4):
            if turn ^ 1 == way or (turn != way and state in starts):
                continue
            if (turn == 0 and i == 0) or (turn == 1 and i == nx - 1):
                continue
            if (turn == 2 and j == 0) or (turn == 3 and j == len(ys) - 1):
                continue
            move, axis, back = steps[turn]
            edge, following = node + back, node + move
            length = abs(xs[following % nx] - xs[i]) if axis == 0 else abs(ys[following // nx] - ys[j])
            cost: float = length
            shared = edge in occupied.shared[axis]
            if shared:
                cost *= SHARED
            loose = tracks.loose[axis][edge]
            if loose and (loose & others or tracks.tight[axis][edge] & own):
                cost += THROUGH + 20 * length
            foreign = task.foreign.get(tracks.inside[axis][edge], 0)
            if foreign:
                cost += FOREIGN * length * foreign
            if tracks.rides[axis][edge]:
                cost += RIDING
            cost += occupied.cost[axis].get(edge, 0)
            if turn != way:
                cost += BEND
                if node in task.near:
                    cost += HASTY
            total = spent + cost
            reached = following * 4 + turn
            if total < best.get(reached, 1e18):
                best[reached] = total
                came[reached] = state
                x, y = xs[following % nx], ys[following // nx]
                ahead = max(left - x, 0, x - right) + max(top - y, 0, y - bottom)
                heapq.heappush(heap, (total + SHARED * ahead, count, reached, total))
                count += 1
    if end < 0:
        return (Point(*task.sources[0][:2]), Point(*task.targets[0][:2])), 1e9
    return _corners(tracks, came, end), best[end + 4 * size]


def _corners(tracks: Tracks, came: Mapping[int, int], end: int) -> tuple[Point, ...]:
    nodes = [end // 4]
    state = end
    while state in came:
        state = came[state]
        nodes.append(state // 4)
    points = [Point(tracks.xs[n % tracks.nx], tracks.ys[n // tracks.nx]) for n in reversed(nodes)]
    return straightened(points)


def straightened(points: Sequence[Point]) -> tuple[Point, ...]:
    """The same line without points in the middle of a straight stretch."""
    kept: list[Point] = []
    for point in points:
        if kept and point == kept[-1]:
            continue
        if len(kept) > 1 and (
            (kept[-2].x == kept[-1].x == point.x) or (kept[-2].y == kept[-1].y == point.y)
        ):
            kept[-1] = point
        else:
            kept.append(point)
    return tuple(kept)
