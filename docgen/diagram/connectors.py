# Draws the lines of a view around its boxes, icons and texts: orthogonal, siblings together, all others apart.
#
# In:  a Placement and links. Out: Connectors with every corner. "Route" is for packets only; here it is "way".
"""connect."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import combinations

from docgen.diagram import theme
from docgen.diagram.drawing import Connector, Point, crossings, segments
from docgen.diagram.placement import Placement
from docgen.diagram.ports import Port, ports_of
from docgen.diagram.scene import SceneLink
from docgen.diagram.search import (
    BESIDE,
    CROSSINGS,
    FOREIGN,
    SHARED,
    Effort,
    Task,
    TooManyLinesError,
    find_way,
    prices_of,
)
from docgen.diagram.siblings import siblings_of
from docgen.diagram.tracks import Tracks, tracks_of

ROUNDS = 2
"""How often lines are laid; from the second time on those that cross others or run beside them."""
PATIENCE = 1_000_000
"""States that one round over all lines may look at before it takes what it finds."""
LEAST_PATIENCE = 600
MOST_STATES = 2_500_000
"""Of all rounds over all lines: beyond it the lines are a thicket, and take longer than anybody waits."""
WHOLE = {"cloud": 12, "region": 12, "account": 12}
"""What a px outside such a box costs a line between two of its icons: it looks as if the packet left it."""
MET = 0.3
"""What it costs to cross a sibling, in parts of a crossing; half of that to leave it, or to join it."""
ONE_LINE = 16
"""Two lines of which one begins where the other ends, with less than these px between, read as one."""
AS_ONE = 12
"""What each px of that costs."""
MANY = 25
"""Up to so many lines the dearer crossings are tried as well."""


def connect(placement: Placement, links: Sequence[SceneLink]) -> tuple[Connector, ...]:
    """Lay every link that has two ends; in the order of the links.

    Raises:
        TooManyLinesError: they are a thicket.
    """
    drawn = [link for link in links if link.target and link.source != link.target]
    if not drawn:
        return ()
    degree = Counter(end for link in drawn for end in (link.source, link.target))
    ends = [(link.source, link.target) for link in drawn]
    several = {id for pair in ends for id in pair if any(degree[end] > 1 for end in pair)}
    ports = {id: ports_of(placement.icons[id], several=id in several) for id in degree}
    tracks = tracks_of(placement, [port for some in ports.values() for port in some])
    patience = max(PATIENCE // len(drawn), LEAST_PATIENCE)
    effort = Effort(MOST_STATES)
    tasks = {link.id: _task(tracks, placement, link, ports, patience, effort) for link in drawn}
    order = sorted(drawn, key=lambda link: (_distance(placement, link), link.id))
    ways = _lay(tracks, tasks, order, CROSSINGS[0])
    with suppress(TooManyLinesError):
        for crossing in CROSSINGS[1:] if len(drawn) <= MANY else ():
            if _unrest(ways)[0]:
                ways = min(ways, _lay(tracks, tasks, order, crossing), key=_unrest)
    return tuple(
        Connector(
            id=link.id,
            source=link.source,
            target=link.target,
            points=ways[link.id],
            tone=link.tone,
            dashed=link.dashed,
            answer=link.answer,
            arrow_start=link.both,
            arrow_end=link.arrow,
            steps=link.steps,
            says=link.says,
        )
        for link in drawn
    )


def _lay(
    tracks: Tracks, tasks: Mapping[str, Task], links: Sequence[SceneLink], crossing: int
) -> Mapping[str, tuple[Point, ...]]:
    """Ways of all links, laid one by one and again, where a crossing costs so much."""
    laid = _Laid(tracks, links, crossing)
    for turn in range(ROUNDS):
        changed = False
        for link in links:
            if turn and not laid.burden(link.id):
                continue
            way = laid.way_for(link, tasks[link.id])
            if way != laid.ways.get(link.id):
                changed = True
                laid.put(link.id, way)
        if not changed:
            break
    return laid.ways


def _unrest(ways: Mapping[str, tuple[Point, ...]]) -> tuple[int, int, int]:
    """How hard lines are to follow: crossings and bends beyond the fourth of a line; then bends; then length."""
    crossed = sum(crossings(one, other) for one, other in combinations(ways.values(), 2))
    bends = [len(way) - 2 for way in ways.values()]
    length = sum(abs(a.x - b.x) + abs(a.y - b.y) for way in ways.values() for a, b in segments(way))
    return crossed + sum(max(count - 4, 0) for count in bends), sum(bends), length


def _task(
    tracks: Tracks,
    placement: Placement,
    link: SceneLink,
    ports: Mapping[str, Sequence[Port]],
    patience: int,
    effort: Effort,
) -> Task:
    around = _around(placement, link.source), _around(placement, link.target)
    held = around[0] | around[1]
    whole = {box: WHOLE.get(placement.boxes[box].scene.style, 0) for box in around[0] & around[1]}
    foreign: dict[int, int] = {}
    for at, id in enumerate(tracks.boxes):
        chain = _chain(placement, id)
        foreign[at] = FOREIGN * len(chain - held) + sum(cost for box, cost in whole.items() if box not in chain)
    own = tracks.owners[link.source] | tracks.owners[link.target]
    return Task(
        sources=ports[link.source],
        targets=ports[link.target],
        near=tracks.around(placement.icons[link.source]) | tracks.around(placement.icons[link.target]),
        prices=prices_of(tracks.meanings, own, {at: cost for at, cost in foreign.items() if cost}),
        effort=effort,
        patience=patience,
    )


def _around(placement: Placement, icon: str) -> set[str]:
    return _chain(placement, placement.icons[icon].parent)


def _chain(placement: Placement, box: str) -> set[str]:
    """A box and all boxes around it."""
    chain = set()
    while box:
        chain.add(box)
        box = placement.boxes[box].scene.parent
    return chain


def _distance(placement: Placement, link: SceneLink) -> int:
    a, b = placement.icons[link.source].rect.centre, placement.icons[link.target].rect.centre
    straight = 0 if a.x == b.x or a.y == b.y else 200
    return abs(a.x - b.x) + abs(a.y - b.y) + straight


_Costs = tuple[list[float], list[float]]
"""By edge, across and down."""
_Marks = tuple[dict[int, int], dict[int, int]]
"""What one line costs others, by edge, across and down."""


class _Laid:
    """The lines that are there so far, and what they cost the next one."""

    def __init__(self, tracks: Tracks, links: Sequence[SceneLink], crossing: int) -> None:
        self._tracks = tracks
        self._marks: dict[str, _Marks] = {}
        self._crossed: dict[str, _Marks] = {}
        self._all: _Costs = (list(tracks.price[0]), list(tracks.price[1]))
        self._crossing = crossing
        self._links = {link.id: link for link in links}
        self._siblings = siblings_of(links)
        self.ways: dict[str, tuple[Point, ...]] = {}

    def put(self, id: str, way: tuple[Point, ...]) -> None:
        """Lay a line, or lay it elsewhere."""
        for known in (self._marks, self._crossed):
            if id in known:
                _add(self._all, known[id], -1)
        marks: _Marks = ({}, {})
        crossed: _Marks = ({}, {})
        for a, b in segments(way):
            _keep_off(self._tracks, marks, a, b)
            _crossed(self._tracks, crossed, a, b, self._crossing)
        for some in (marks, crossed):
            _add(self._all, some, 1)
        self._marks[id], self._crossed[id], self.ways[id] = marks, crossed, way

    def burden(self, id: str) -> float:
        """What a line pays for the others that it crosses or runs beside."""
        own = (id, *self._siblings[id])
        marks = [*(self._marks[s] for s in own), *(self._crossed[s] for s in own)]
        paid = 0.0
        for axis, edge in _edges(self._tracks, self.ways[id]):
            paid += self._all[axis][edge] - self._tracks.price[axis][edge]
            paid -= sum(mark[axis].get(edge, 0) for mark in marks)
        return paid

    def way_for(self, link: SceneLink, task: Task) -> tuple[Point, ...]:
        """The best way of a line beside all others but its siblings."""
        cost = (list(self._all[0]), list(self._all[1]))
        shared: set[tuple[int, int]] = set()
        met: list[_Marks] = []
        fans: tuple[list[tuple[Point, ...]], list[tuple[Point, ...]]] = ([], [])
        for id in (link.id, *self._siblings[link.id]):
            if id in self._marks:
                _add(cost, self._marks[id], -1)
                _add(cost, self._crossed[id], -1)
                if id != link.id:
                    met.append(self._crossed[id])
                    shared.update(_edges(self._tracks, self.ways[id]))
                    if self._links[id].source == link.source:
                        fans[0].append(self.ways[id])
                    elif self._links[id].target == link.target:
                        fans[1].append(self.ways[id][::-1])
        for marks in met:
            for axis, costs in enumerate(marks):
                for edge, more in costs.items():
                    if (axis, edge) not in shared:
                        cost[axis][edge] += more * MET
        for axis, edge in shared:
            cost[axis][edge] -= self._tracks.length[axis][edge] * (1 - SHARED)
        if len(fans[1]) > len(fans[0]):
            turned = replace(task, sources=task.targets, targets=task.sources)
            return find_way(self._tracks, turned, cost, fans[1])[::-1]
        return find_way(self._tracks, task, cost, fans[0])


def _add(total: _Costs, marks: _Marks, times: int) -> None:
    for sums, costs in zip(total, marks, strict=True):
        for edge, cost in costs.items():
            sums[edge] += times * cost


def _edges(tracks: Tracks, way: Sequence[Point]) -> Iterator[tuple[int, int]]:
    """Axis and index of every edge that a way runs over."""
    for a, b in segments(tuple(way)):
        first, last = sorted((tracks.index(*a), tracks.index(*b)))
        axis, step = (0, 1) if a.y == b.y else (1, tracks.nx)
        for edge in range(first, last, step):
            yield axis, edge


def _keep_off(tracks: Tracks, marks: _Marks, a: Point, b: Point) -> None:
    """Nothing near and parallel."""
    nx, xs, ys = tracks.nx, tracks.xs, tracks.ys
    across, down = marks
    first, last = sorted((tracks.index(*a), tracks.index(*b)))
    if a.y == b.y:
        low, high = first % nx, last % nx
        start, end = _reach(xs, low, high)
        for j in range(bisect_right(ys, a.y - theme.APART), bisect_left(ys, a.y + theme.APART)):
            for n in range(j * nx + start, j * nx + end):
                across[n] = across.get(n, 0) + BESIDE
        rows = range(bisect_left(ys, a.y - theme.PORT), bisect_right(ys, a.y + theme.PORT))
        for i, more in _behind(xs, low, high):
            for n in (j * nx + i for j in rows):
                across[n] = across.get(n, 0) + more
        return
    low, high = first // nx, last // nx
    start, end = _reach(ys, low, high)
    for i in range(bisect_right(xs, a.x - theme.APART), bisect_left(xs, a.x + theme.APART)):
        for n in range(start * nx + i, end * nx + i, nx):
            down[n] = down.get(n, 0) + BESIDE
    columns = range(bisect_left(xs, a.x - theme.PORT), bisect_right(xs, a.x + theme.PORT))
    for j, more in _behind(ys, low, high):
        for n in (j * nx + i for i in columns):
            down[n] = down.get(n, 0) + more


def _behind(places: Sequence[int], low: int, high: int) -> Iterator[tuple[int, int]]:
    """Edges of a track beyond those next to a stretch of it, as far as a line there reads as going on."""
    at, left = low - 2, ONE_LINE - (places[low] - places[low - 1]) if low else 0
    while at >= 0 and left > 0:
        length = places[at + 1] - places[at]
        yield at, AS_ONE * min(length, left)
        at, left = at - 1, left - length
    at, left = high + 1, ONE_LINE - (places[high + 1] - places[high]) if high + 1 < len(places) else 0
    while at + 1 < len(places) and left > 0:
        length = places[at + 1] - places[at]
        yield at, AS_ONE * min(length, left)
        at, left = at + 1, left - length


def _crossed(tracks: Tracks, marks: _Marks, a: Point, b: Point, crossing: int) -> None:
    """Half of what a crossing costs on each side of a line."""
    nx = tracks.nx
    axis, along, beyond = (1, 1, nx) if a.y == b.y else (0, nx, 1)
    first, last = sorted((tracks.index(*a), tracks.index(*b)))
    costs = marks[axis]
    for node in range(first, last + 1, along):
        for edge, half in ((node - beyond, crossing // 2), (node, crossing - crossing // 2)):
            if edge >= 0:
                costs[edge] = costs.get(edge, 0) + half


def _reach(places: Sequence[int], low: int, high: int) -> tuple[int, int]:
    """First and one past the last of the edges that come nearer than the clearance to a stretch of a track."""
    return max(low - 1, 0), min(high + 1, len(places) - 1)
