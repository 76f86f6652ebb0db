# The cheapest way of one line over the tracks: A* over crossings and directions.
#
# In:  Tracks, the ports of both ends, and what other lines already take. Out: corners. Costs follow the usual
# order: never through icons and text, then not through foreign boxes, not beside or over other lines, few
# crossings, few bends, short.
"""Costs, Effort, Task, TooManyLinesError, find_way."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from heapq import heapify, heappop, heappush

from docgen.core.data import dataclass
from docgen.diagram.drawing import Point, segments
from docgen.diagram.ports import OPPOSITE, Port
from docgen.diagram.tracks import Tag, Tracks

THROUGH = 6000
"""A piece of line through an icon or a text of somebody else."""
BESIDE = 2500
"""A piece nearer than the clearance to a parallel line that is no sibling."""
FOREIGN = 12
"""Per px inside a box that holds neither end."""
CROSSINGS = (400, 900, 2000)
"""What a crossing costs; the next one is tried where those before give crossings. Dear ones make long ways around."""
BEND = 140
HASTY = 700
"""A bend within the reach of the line's own ends."""
FAR = 1e11
"""Farther than any place; nearer than WALL, so that nothing is found behind it."""
SHARED = 0.5
"""Siblings like to run together."""
HURRY = 2.5
"""How much more the distance to go counts once a search has looked at as many states as it may."""


class TooManyLinesError(Exception):
    """The lines of a picture take more work than it is worth; whoever places it leaves them out."""


@dataclass(slots=True)
class Effort:
    """States that the lines of one picture may look at together."""

    left: int

    def spend(self, states: int) -> None:
        """Count them.

        Raises:
            TooManyLinesError: there are no more.
        """
        self.left -= states
        if self.left < 0:
            raise TooManyLinesError


@dataclass(frozen=True, slots=True)
class Task:
    """One line to find."""

    sources: Sequence[Port]
    targets: Sequence[Port]
    near: frozenset[int]
    """Crossings where it had better not turn."""
    prices: Sequence[tuple[int, int] | None]
    """By tag, what an edge of this sort costs this line: once, and for each px; None for nothing."""
    effort: Effort
    """Shared by all lines of the picture."""
    patience: int = 4000
    """States to look at before any good way will do."""


def prices_of(meanings: Sequence[Tag], own: int, foreign: Mapping[int, int]) -> list[tuple[int, int] | None]:
    """What edges cost a line.

    Args:
        meanings: The sorts of edges.
        own: Bits of the line's two ends.
        foreign: Box index to what each px there costs more, as it is no place for this line.
    """
    prices: list[tuple[int, int] | None] = []
    for loose, tight, inside in meanings:
        each = foreign.get(inside, 0)
        if loose & ~own or tight & own:
            prices.append((THROUGH, each + 20))
        else:
            prices.append((0, each) if each else None)
    return prices


def find_way(
    tracks: Tracks,
    task: Task,
    cost: tuple[Sequence[float], Sequence[float]],
    stems: Sequence[tuple[Point, ...]] = (),
) -> tuple[Point, ...]:
    """Corners from a source port to a target port.

    Args:
        tracks: Where lines run.
        task: The line.
        cost: Of each edge, across and down, for this line; without what it runs through.
        stems: Ways of siblings from the same source, which this line may branch off from.

    Raises:
        TooManyLinesError: the picture's effort is spent.
    """
    nx, xs, ys = tracks.nx, tracks.xs, tracks.ys
    size = nx * len(ys)
    goals = {tracks.index(p.x, p.y) * 4 + OPPOSITE[p.way]: p.cost for p in task.targets}
    left, right = min(p.x for p in task.targets), max(p.x for p in task.targets)
    top, bottom = min(p.y for p in task.targets), max(p.y for p in task.targets)
    aside, across = _ahead(xs, left, right, 3)
    above, down = _ahead(ys, top, bottom, 1)
    turns = [[BEND * times for times in row] for row in _TURNS_TO_GO]
    end = 4 * (size + nx)
    best = [FAR] * (end + 1)
    came = [-1] * (end + 1)
    starts = {tracks.index(p.x, p.y) * 4 + p.way: float(p.cost) for p in task.sources}
    for state, spent in starts.items():
        best[state] = spent
    begun = list(starts)
    for stem in stems:
        begun += _branches(tracks, stem, cost, task.prices, best, came)
    heap = []
    for state in begun:
        j, i = divmod(state >> 2, nx)
        to_go = aside[i] + above[j] + turns[state & 3][across[i] + down[j]]
        heap.append((best[state] + to_go, -best[state], state))
    heapify(heap)
    # Who comes to a place cheaper along the same track, but from the other side, has been where this one would go;
    # at the ends the direction counts.
    kept = goals.keys() | {state ^ 1 for state in starts}
    prices, near = task.prices, task.near
    ahead = [
        (turn, step, min(step, 0), cost[turn >> 1], tracks.tags[turn >> 1], tracks.length[turn >> 1])
        for turn, step in enumerate((-1, 1, -nx, nx))
    ]
    straight = [(move,) for move in ahead]
    moves = [[ahead[turn] for turn in onward] for onward in _ONWARD]
    weight, patience = 1.0, task.patience
    while heap:
        _, spent, state = heappop(heap)
        spent = -spent
        if spent > best[state]:
            continue
        if state == end:
            break
        patience -= 1
        if not patience:
            weight = HURRY
            heap = [(HURRY * f - (1 - HURRY) * g, g, s) for f, g, s in heap]
            heapify(heap)
        if state in goals:
            total = spent + goals[state]
            if total < best[end]:
                best[end], came[end] = total, state
                heappush(heap, (total, -total, end))
        node, way = state >> 2, state & 3
        bend = BEND + (HASTY if node in near else 0)
        for turn, step, before, costs, tag, length in moves[way] if state not in starts else straight[way]:
            edge = node + before
            total = spent + costs[edge]
            if turn != way:
                total += bend
            price = prices[tag[edge]]
            if price:
                total += price[0] + price[1] * length[edge]
            at = node + step
            reached = at * 4 + turn
            if total < best[reached] and (total < best[reached ^ 1] or reached in kept):
                best[reached], came[reached] = total, state
                j, i = divmod(at, nx)
                to_go = aside[i] + above[j] + turns[turn][across[i] + down[j]]
                heappush(heap, (total + weight * to_go, -total, reached))
    task.effort.spend(task.patience - patience)
    if came[end] < 0:
        return (Point(*task.sources[0][:2]), Point(*task.targets[0][:2]))
    return _corners(tracks, came, end)


def _branches(
    tracks: Tracks,
    stem: tuple[Point, ...],
    cost: tuple[Sequence[float], Sequence[float]],
    prices: Sequence[tuple[int, int] | None],
    best: list[float],
    came: list[int],
) -> Iterator[int]:
    """Where a line may leave the way of a sibling, as if it had come along it."""
    before, spent = -1, 0.0
    for a, b in segments(stem):
        turn = (0 if b.x < a.x else 1) if a.y == b.y else (2 if b.y < a.y else 3)
        step, axis = (-1, 1, -tracks.nx, tracks.nx)[turn], turn >> 1
        node, last = tracks.index(*a), tracks.index(*b)
        if before < 0:
            before = node * 4 + turn
            spent = best[before]
            if spent >= FAR:
                return
        else:
            spent += BEND * SHARED
        while node != last:
            edge = node if turn & 1 else node + step
            spent += cost[axis][edge]
            price = prices[tracks.tags[axis][edge]]
            if price:
                spent += price[0] + price[1] * tracks.length[axis][edge]
            node += step
            state = node * 4 + turn
            if spent < best[state]:
                best[state], came[state] = spent, before
                yield state
            before = state


_ONWARD = ((0, 2, 3), (1, 2, 3), (2, 0, 1), (3, 0, 1))
"""Straight on, and to both sides, by direction."""


_TURNS_TO_GO = (
    (0, 1, 1, 2, 2, 2, 0, 1, 1),
    (0, 1, 1, 0, 1, 1, 2, 2, 2),
    (0, 2, 0, 1, 2, 1, 1, 2, 1),
    (0, 0, 2, 1, 1, 2, 1, 1, 2),
)
"""How often a line must still turn at least, by its direction and by whether it is level with its target (0), before
it (1: left of it, above it) or beyond it (2): three times what it is across, and what it is down."""


def _ahead(places: Sequence[int], low: int, high: int, times: int) -> tuple[list[int], list[int]]:
    """Of each track, how far it is from a stretch, and whether it is level with it, before it or beyond it."""
    before, beyond = bisect_left(places, low), bisect_right(places, high)
    level = beyond - before
    far = [low - p for p in places[:before]] + [0] * level + [p - high for p in places[beyond:]]
    return far, [times] * before + [0] * level + [2 * times] * (len(places) - beyond)


def _corners(tracks: Tracks, came: Sequence[int], end: int) -> tuple[Point, ...]:
    state = came[end]
    points = []
    while state >= 0:
        points.append(Point(tracks.xs[(state >> 2) % tracks.nx], tracks.ys[(state >> 2) // tracks.nx]))
        state = came[state]
    return straightened(points[::-1])


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
