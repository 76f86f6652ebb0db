# Draws the lines of a view around its boxes, icons and texts: orthogonal, siblings together, all others apart.
#
# In:  a Placement and links. Out: Connectors with every corner. "Route" is for packets only; here it is "way".
"""connect."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence

from docgen.diagram import theme
from docgen.diagram.drawing import Connector, Point, crossings, segments
from docgen.diagram.placement import Placement
from docgen.diagram.scene import SceneLink
from docgen.diagram.search import BEND, BESIDE, CROSSING, Occupied, Task, find_way
from docgen.diagram.tracks import Port, Tracks, ports_of, tracks_of

ROUNDS = 3
"""How often lines are taken up and laid again, in the knowledge of all others."""
PATIENCE = 100_000
"""States that one round over all lines may look at before it takes what it finds."""
LEAST_PATIENCE = 600


def connect(placement: Placement, links: Sequence[SceneLink]) -> tuple[Connector, ...]:
    """Lay every link that has two ends; in the order of the links."""
    drawn = [link for link in links if link.target and link.source != link.target]
    if not drawn:
        return ()
    degree = Counter(end for link in drawn for end in (link.source, link.target))
    ports = {id: ports_of(placement.icons[id], lines) for id, lines in degree.items()}
    tracks = tracks_of(placement, [p for some in ports.values() for p in some])
    patience = max(PATIENCE // len(drawn), LEAST_PATIENCE)
    tasks = {link.id: _task(tracks, placement, link, ports, patience) for link in drawn}
    order = sorted(drawn, key=lambda link: (_distance(placement, link), link.id))
    laid = _Laid(tracks, drawn)
    ways = laid.ways
    costs: dict[str, float] = {}
    for turn in range(ROUNDS):
        changed = False
        for link in order:
            if turn and _is_plain(ways[link.id], costs[link.id]) and not _is_crossed(link.id, ways):
                continue
            way, costs[link.id] = find_way(tracks, tasks[link.id], laid.occupied(link))
            if way != ways.get(link.id):
                changed = True
                laid.put(link.id, way)
        if not changed:
            break
    return tuple(
        Connector(
            id=link.id,
            source=link.source,
            target=link.target,
            points=ways[link.id],
            tone=link.tone,
            dashed=link.dashed,
            arrow_start=link.both,
            arrow_end=link.arrow,
            steps=link.steps,
            says=link.says,
        )
        for link in drawn
    )


def _task(
    tracks: Tracks, placement: Placement, link: SceneLink, ports: Mapping[str, Sequence[Port]], patience: int
) -> Task:
    held = _around(placement, link.source) | _around(placement, link.target)
    foreign: dict[int, int] = {}
    for at, id in enumerate(tracks.boxes):
        if id:
            chain = _chain(placement, id)
            foreign[at] = sum(1 for box in chain if box not in held and not box.startswith("band:"))
    return Task(
        sources=ports[link.source],
        targets=ports[link.target],
        own=tracks.owners[link.source] | tracks.owners[link.target],
        near=tracks.around(placement.icons[link.source]) | tracks.around(placement.icons[link.target]),
        foreign={at: count for at, count in foreign.items() if count},
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


def _is_plain(way: Sequence[Point], cost: float) -> bool:
    """Whether a line needs no second try: at most two bends, and nothing but its length and bends to pay for."""
    length = sum(abs(a.x - b.x) + abs(a.y - b.y) for a, b in segments(tuple(way)))
    bends = len(way) - 2
    return bends <= 2 and cost <= length + bends * BEND + 2 * theme.PORT


def _is_crossed(id: str, ways: Mapping[str, tuple[Point, ...]]) -> bool:
    """Whether another line crosses this one by now."""
    return any(crossings(ways[id], other) for name, other in ways.items() if name != id)


def _siblings(one: SceneLink, other: SceneLink) -> bool:
    return one.family == other.family and (one.source == other.source or one.target == other.target)


class _Laid:
    """The lines that are there so far, and what they cost the next one."""

    def __init__(self, tracks: Tracks, links: Sequence[SceneLink]) -> None:
        self._tracks = tracks
        self._marks: dict[str, _Marks] = {}
        self._all: _Marks = ({}, {})
        self._siblings = {one.id: [o.id for o in links if o is not one and _siblings(one, o)] for one in links}
        self.ways: dict[str, tuple[Point, ...]] = {}

    def put(self, id: str, way: tuple[Point, ...]) -> None:
        """Lay a line, or lay it elsewhere."""
        if id in self._marks:
            _add(self._all, self._marks[id], -1)
        marks: _Marks = ({}, {})
        for a, b in segments(way):
            _keep_off(self._tracks, marks, a, b)
        _add(self._all, marks, 1)
        self._marks[id], self.ways[id] = marks, way

    def occupied(self, link: SceneLink) -> Occupied:
        """What all lines but this one and its siblings cost, and where the siblings run."""
        cost = (dict(self._all[0]), dict(self._all[1]))
        shared: tuple[set[int], set[int]] = (set(), set())
        for id in (link.id, *self._siblings[link.id]):
            if id in self._marks:
                _add(cost, self._marks[id], -1)
                if id != link.id:
                    for a, b in segments(self.ways[id]):
                        _share(self._tracks, shared, a, b)
        return Occupied(cost=cost, shared=shared)


_Marks = tuple[dict[int, int], dict[int, int]]
"""Costs by edge, across and down."""


def _add(total: _Marks, marks: _Marks, times: int) -> None:
    for sums, costs in zip(total, marks, strict=True):
        for edge, cost in costs.items():
            sums[edge] = sums.get(edge, 0) + times * cost


def _share(tracks: Tracks, shared: tuple[set[int], set[int]], a: Point, b: Point) -> None:
    first, last = sorted((tracks.index(*a), tracks.index(*b)))
    if a.y == b.y:
        shared[0].update(range(first, last))
    else:
        shared[1].update(range(first, last, tracks.nx))


def _keep_off(tracks: Tracks, marks: _Marks, a: Point, b: Point) -> None:
    """Nothing near and parallel; crossings cost."""
    nx, xs, ys = tracks.nx, tracks.xs, tracks.ys
    across, down = marks
    first, last = sorted((tracks.index(*a), tracks.index(*b)))
    if a.y == b.y:
        low, high = first % nx, last % nx
        start, end = _reach(xs, low, high)
        for j in range(bisect_right(ys, a.y - theme.APART), bisect_left(ys, a.y + theme.APART)):
            for n in range(j * nx + start, j * nx + end):
                across[n] = across.get(n, 0) + BESIDE
        j = first // nx
        for i in range(low, high + 1):
            if j > 0:
                down[(j - 1) * nx + i] = down.get((j - 1) * nx + i, 0) + CROSSING // 2
            down[j * nx + i] = down.get(j * nx + i, 0) + CROSSING - CROSSING // 2
        return
    low, high = first // nx, last // nx
    start, end = _reach(ys, low, high)
    for i in range(bisect_right(xs, a.x - theme.APART), bisect_left(xs, a.x + theme.APART)):
        for n in range(start * nx + i, end * nx + i, nx):
            down[n] = down.get(n, 0) + BESIDE
    i = first % nx
    for j in range(low, high + 1):
        if i > 0:
            across[j * nx + i - 1] = across.get(j * nx + i - 1, 0) + CROSSING // 2
        across[j * nx + i] = across.get(j * nx + i, 0) + CROSSING - CROSSING // 2


def _reach(places: Sequence[int], low: int, high: int) -> tuple[int, int]:
    """First and one past the last of the edges that come nearer than the clearance to a stretch of a track."""
    return max(low - 1, 0), min(high + 1, len(places) - 1)
