# Draws the lines of a view around its boxes, icons and texts: orthogonal, siblings together, all others apart.
#
# In:  a Placement and links. Out: Connectors with every corner. "Route" is for packets only; here it is "way".
"""connect."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from docgen.diagram import theme
from docgen.diagram.drawing import Connector, Point, crossings, segments
from docgen.diagram.placement import Placement
from docgen.diagram.scene import SceneLink
from docgen.diagram.search import BEND, BESIDE, CROSSING, Occupied, Task, find_way
from docgen.diagram.tracks import Tracks, ports_of, tracks_of

ROUNDS = 3
"""How often lines are taken up and laid again, in the knowledge of all others."""


def connect(placement: Placement, links: Sequence[SceneLink]) -> tuple[Connector, ...]:
    """Lay every link that has two ends; in the order of the links."""
    drawn = [link for link in links if link.target and link.source != link.target]
    if not drawn:
        return ()
    ends = dict.fromkeys(end for link in drawn for end in (link.source, link.target))
    tracks = tracks_of(placement, ends)
    tasks = {link.id: _task(tracks, placement, link) for link in drawn}
    order = sorted(drawn, key=lambda link: (_distance(placement, link), link.id))
    ways: dict[str, tuple[Point, ...]] = {}
    costs: dict[str, float] = {}
    for turn in range(ROUNDS):
        changed = False
        for link in order:
            if turn and _is_plain(ways[link.id], costs[link.id]) and not _is_crossed(link.id, ways):
                continue
            occupied = _occupied(tracks, link, order, ways)
            way, cost = find_way(tracks, tasks[link.id], occupied)
            changed |= way != ways.get(link.id)
            ways[link.id], costs[link.id] = way, cost
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
            steps=link.steps,
            says=link.says,
        )
        for link in drawn
    )


def _task(tracks: Tracks, placement: Placement, link: SceneLink) -> Task:
    held = _around(placement, link.source) | _around(placement, link.target)
    foreign: dict[int, int] = {}
    for at, id in enumerate(tracks.boxes):
        if id:
            chain = _chain(placement, id)
            foreign[at] = sum(1 for box in chain if box not in held and not box.startswith("band:"))
    return Task(
        sources=ports_of(placement.icons[link.source]),
        targets=ports_of(placement.icons[link.target]),
        own=tracks.owners[link.source] | tracks.owners[link.target],
        near=tracks.around(placement.icons[link.source]) | tracks.around(placement.icons[link.target]),
        foreign={at: count for at, count in foreign.items() if count},
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


def _occupied(
    tracks: Tracks, link: SceneLink, links: Sequence[SceneLink], ways: Mapping[str, tuple[Point, ...]]
) -> Occupied:
    occupied = Occupied()
    for other in links:
        if other.id == link.id or other.id not in ways:
            continue
        for a, b in segments(ways[other.id]):
            if _siblings(link, other):
                _share(tracks, occupied, a, b)
            else:
                _keep_off(tracks, occupied, a, b)
    return occupied


def _share(tracks: Tracks, occupied: Occupied, a: Point, b: Point) -> None:
    nx = tracks.nx
    first, last = sorted((tracks.index(*a), tracks.index(*b)))
    if a.y == b.y:
        occupied.shared[0].update(range(first, last))
    else:
        occupied.shared[1].update(range(first, last, nx))


def _keep_off(tracks: Tracks, occupied: Occupied, a: Point, b: Point) -> None:
    """Nothing near and parallel; crossings cost."""
    nx, xs, ys = tracks.nx, tracks.xs, tracks.ys
    first, last = sorted((tracks.index(*a), tracks.index(*b)))
    if a.y == b.y:
        low, high = first % nx, last % nx
        for j, y in enumerate(ys):
            if abs(y - a.y) < theme.APART:
                for n in range(j * nx + max(low - 1, 0), j * nx + min(high + 1, nx - 1)):
                    if xs[n % nx] < xs[high] + theme.APART and xs[n % nx + 1] > xs[low] - theme.APART:
                        occupied.cost[0][n] = occupied.cost[0].get(n, 0) + BESIDE
        j = first // nx
        for i in range(low, high + 1):
            if j > 0:
                _add(occupied.cost[1], (j - 1) * nx + i, CROSSING // 2)
            _add(occupied.cost[1], j * nx + i, CROSSING - CROSSING // 2)
        return
    low, high = first // nx, last // nx
    for i, x in enumerate(xs):
        if abs(x - a.x) < theme.APART:
            for j in range(max(low - 1, 0), min(high + 1, len(ys) - 1)):
                if ys[j] < ys[high] + theme.APART and ys[j + 1] > ys[low] - theme.APART:
                    _add(occupied.cost[1], j * nx + i, BESIDE)
    i = first % nx
    for j in range(low, high + 1):
        if i > 0:
            _add(occupied.cost[0], j * nx + i - 1, CROSSING // 2)
        _add(occupied.cost[0], j * nx + i, CROSSING - CROSSING // 2)


def _add(costs: dict[int, int], edge: int, cost: int) -> None:
    costs[edge] = costs.get(edge, 0) + cost
