# The cheapest way of one line over the tracks: A* over crossings and directions.
#
# In:  Tracks, the ports of both ends, and what other lines already take. Out: corners. Costs follow the usual
# order: never through icons and text, then not through foreign boxes, not beside or over other lines, few
# crossings, few bends, short.
"""Costs, Occupied, find_way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush

from docgen.diagram.drawing import Point
from docgen.diagram.tracks import OPPOSITE, Port, Tag, Tracks

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
FAR = 1e18
SHARED = 0.55
"""Siblings like to run together."""
PACE = 0.85
"""What a px to go counts at least, where siblings may take a part of it."""
HURRY = 2.5
"""How much more the distance to go counts once a search has looked at as many states as it may."""


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
    patience: int = 4000
    """States to look at before any good way will do."""


def find_way(tracks: Tracks, task: Task, occupied: Occupied) -> tuple[tuple[Point, ...], float]:
    """Corners from a source port to a target port, and what they cost."""
    nx, xs, ys = tracks.nx, tracks.xs, tracks.ys
    size = nx * len(ys)
    goals = {tracks.index(p.x, p.y) * 4 + OPPOSITE[p.way]: p.cost for p in task.targets}
    left, right = min(p.x for p in task.targets), max(p.x for p in task.targets)
    top, bottom = min(p.y for p in task.targets), max(p.y for p in task.targets)
    best: dict[int, float] = {}
    came: dict[int, int] = {}
    heap: list[tuple[float, int, int, float]] = []
    count = 0
    for port in task.sources:
        state = tracks.index(port.x, port.y) * 4 + port.way
        if port.cost < best.get(state, FAR):
            best[state] = port.cost
            heap.append((float(port.cost), count, state, float(port.cost)))
            count += 1
    heapify(heap)
    starts = set(best)
    tags, prices = tracks.tags, [_price(tag, task) for tag in tracks.meanings]
    dear, shared, ny = occupied.cost, occupied.shared, len(ys)
    pace = PACE if shared[0] or shared[1] else 1.0
    weight, patience = 1.0, task.patience
    end = -1
    while heap:
        _, _, state, spent = heappop(heap)
        if spent > best[state]:
            continue
        patience -= 1
        if not patience:
            weight = HURRY
            heap = [(g + HURRY * (f - g), c, s, g) for f, c, s, g in heap]
            heapify(heap)
        if state >= 4 * size:
            end = state - 4 * size
            break
        node, way = state >> 2, state & 3
        goal = goals.get(state)
        if goal is not None:
            final = state + 4 * size
            if spent + goal < best.get(final, FAR):
                best[final] = spent + goal
                came[final] = state
                heappush(heap, (spent + goal, count, final, spent + goal))
                count += 1
        j, i = divmod(node, nx)
        fixed = state in starts
        for turn in range(4):
            if turn ^ 1 == way or (fixed and turn != way):
                continue
            if turn < 2:
                ahead_i, ahead_j, axis = i + (1 if turn else -1), j, 0
                if not 0 <= ahead_i < nx:
                    continue
                edge = node if turn else node - 1
                length = xs[ahead_i] - xs[i] if turn else xs[i] - xs[ahead_i]
            else:
                ahead_i, ahead_j, axis = i, j + (1 if turn == 3 else -1), 1
                if not 0 <= ahead_j < ny:
                    continue
                edge = node if turn == 3 else node - nx
                length = ys[ahead_j] - ys[j] if turn == 3 else ys[j] - ys[ahead_j]
            cost: float = length * SHARED if edge in shared[axis] else length
            tag = tags[axis][edge]
            if tag:
                fixed_price, price = prices[tag]
                cost += fixed_price + price * length
            if edge in dear[axis]:
                cost += dear[axis][edge]
            if turn != way:
                cost += BEND + (HASTY if node in task.near else 0)
            total = spent + cost
            reached = (ahead_j * nx + ahead_i) * 4 + turn
            if total < best.get(reached, FAR):
                best[reached] = total
                came[reached] = state
                x, y = xs[ahead_i], ys[ahead_j]
                across = left - x if x < left else x - right if x > right else 0
                down = top - y if y < top else y - bottom if y > bottom else 0
                to_go = pace * (across + down)
                if (across and turn > 1) or (down and turn < 2):
                    to_go += BEND  # it must turn at least once more
                if (
                    (turn == 0 and x < left)
                    or (turn == 1 and x > right)
                    or (turn == 2 and y < top)
                    or (turn == 3 and y > bottom)
                ):
                    to_go += BEND if (down if turn < 2 else across) else 2 * BEND
                heappush(heap, (total + weight * to_go, count, reached, total))
                count += 1
    if end < 0:
        return (Point(*task.sources[0][:2]), Point(*task.targets[0][:2])), 1e9
    return _corners(tracks, came, end), best[end + 4 * size]


def _price(tag: Tag, task: Task) -> tuple[int, int]:
    """What an edge of this sort costs this line: once, and for each px."""
    once, each = 0, FOREIGN * task.foreign.get(tag.inside, 0)
    if tag.loose & ~task.own or tag.tight & task.own:
        once, each = THROUGH, each + 20
    return once + (RIDING if tag.rides else 0), each


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
        if len(kept) > 1 and ((kept[-2].x == kept[-1].x == point.x) or (kept[-2].y == kept[-1].y == point.y)):
            kept[-1] = point
        else:
            kept.append(point)
    return tuple(kept)
