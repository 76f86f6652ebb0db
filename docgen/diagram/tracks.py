# The sparse grid that lines run on: tracks through the middle of every gap and through every port, and what
# each piece of track costs or hits.
#
# In:  a Placement. Out: Tracks: coordinates, and per edge its price, the obstacles (as bits) and the box it lies in.
# Knows nothing of links; search.py walks here.
"""Tracks, tracks_of."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import NamedTuple

from docgen.diagram import theme
from docgen.diagram.drawing import Rect
from docgen.diagram.placement import PlacedIcon, Placement
from docgen.diagram.ports import Port

RIDE = 4
"""A line nearer than this to a parallel border rides on it."""
RIDING = 900
"""What that costs."""
BORDER = 40
"""What it costs to cross the border of a box."""
WALL = 1e12
"""Where the grid ends."""
CHANNEL = 76
"""Widest gap that gets lanes beside its middle; wider ones are open ground."""
LANE = 10
LANES = 2
SHORE = 8
"""Nearest that a lane comes to the border of its gap."""
TOO_NEAR = 4
"""Tracks nearer than this to another bring nothing."""
ELBOW = 14
"""A line does not turn nearer than this to its ends."""


class Tag(NamedTuple):
    """What an edge runs through: the same for very many edges."""

    loose: int
    """Bits of those whose obstacle it hits, with clearance."""
    tight: int
    """The same without clearance: what even the obstacle's own lines must not hit."""
    inside: int
    """Index of the innermost box."""


@dataclass(slots=True)
class Tracks:
    """A grid of nx times ny crossings; an edge bears the index of its left or upper crossing."""

    xs: list[int]
    ys: list[int]
    owners: dict[str, int]
    """Icon id to its bit; bit 0 is texts and badges of boxes."""
    boxes: list[str]
    """Box ids; index 0 is the open ground."""
    length: tuple[list[int], list[int]]
    """Of each edge, across and down."""
    price: tuple[list[float], list[float]]
    """What it costs every line: its length, and more along a border; WALL behind the last crossing."""
    tags: tuple[list[int], list[int]]
    """What it runs through: an index into `meanings`, 0 where there is nothing."""
    meanings: list[Tag]

    @property
    def nx(self) -> int:
        """Number of vertical tracks."""
        return len(self.xs)

    def around(self, icon: PlacedIcon) -> frozenset[int]:
        """Crossings too near to an icon for its own lines to turn there."""
        zones = [icon.rect.grown(ELBOW)]
        if icon.label.lines:
            zones.append(icon.label.rect.grown(theme.APART, ELBOW))
        nodes: set[int] = set()
        for zone in zones:
            low, high = bisect_right(self.xs, zone.x), bisect_left(self.xs, zone.right)
            for j in range(bisect_right(self.ys, zone.y), bisect_left(self.ys, zone.bottom)):
                nodes.update(range(j * self.nx + low, j * self.nx + high))
        return frozenset(nodes)

    def index(self, x: int, y: int) -> int:
        """The crossing at a place that lies on two tracks."""
        return bisect_left(self.ys, y) * self.nx + bisect_left(self.xs, x)


def tracks_of(placement: Placement, ports: Sequence[Port]) -> Tracks:
    """The grid for lines between these ports."""
    frame = placement.extent().grown(24)
    things = [frame, *(b.rect for b in placement.boxes.values())]
    for icon in placement.icons.values():
        things.append(icon.rect.union(icon.label.rect) if icon.label.lines else icon.rect)
    xs = _positions((e for t in things for e in (t.x, t.right)), (p.x for p in ports))
    ys = _positions((e for t in things for e in (t.y, t.bottom)), (p.y for p in ports))
    return _Grid(placement, xs, ys).tracks()


def _positions(borders: Iterable[int], ports: Iterable[int]) -> list[int]:
    """The ports, the middle of every gap between borders, and lanes beside it where there is room."""
    found = sorted(set(ports))
    for low, high in pairwise(sorted(set(borders))):
        gap, middle = high - low, (low + high) // 2
        if gap < 2 * RIDE + 2:
            continue
        reach = min(gap // 2 - SHORE, LANES * LANE) if gap <= CHANNEL else 0
        for place in sorted(
            range(middle - max(reach, 0) // LANE * LANE, middle + max(reach, 0) + 1, LANE),
            key=lambda p: abs(p - middle),
        ):
            at = bisect_left(found, place)
            if all(abs(place - near) >= TOO_NEAR for near in found[max(at - 1, 0) : at + 1]):
                found.insert(at, place)
    return found


class _Grid:
    """A grid that is being filled."""

    def __init__(self, placement: Placement, xs: list[int], ys: list[int]) -> None:
        self.placement, self.xs, self.ys, self.nx = placement, xs, ys, len(xs)
        self.owners = {"": 1, **{id: 1 << at for at, id in enumerate(placement.icons, 1)}}
        self.loose = len(placement.boxes).bit_length()
        self.tight = self.loose + len(self.owners)
        size = len(xs) * len(ys)
        self.meant: tuple[list[int], list[int]] = ([0] * size, [0] * size)
        """Of each edge, its tag as one number: the box, from the bit `loose` and from `tight` on whom it hits."""
        self.rides: tuple[set[int], set[int]] = (set(), set())
        self.borders: tuple[Counter[int], Counter[int]] = (Counter(), Counter())
        for at, box in enumerate(placement.boxes.values(), 1):
            self._mark_box(box.rect, at)
            self._mark_border(box.rect)
        for rect, owner, clearance in _obstacles(placement):
            self._mark_obstacle(rect, self.owners[owner], clearance)

    def tracks(self) -> Tracks:
        """The grid as the search wants it."""
        nx, xs, ys = self.nx, self.xs, self.ys
        row = [b - a for a, b in pairwise(xs)]
        across = [*row, 0] * len(ys)
        down = [b - a for a, b in pairwise(ys) for _ in range(nx)] + [0] * nx
        price: tuple[list[float], list[float]] = ([*row, WALL] * len(ys), [*down[: len(down) - nx], *[WALL] * nx])
        for axis in (0, 1):
            for edge, times in self.borders[axis].items():
                price[axis][edge] += BORDER * times
            for edge in self.rides[axis]:
                price[axis][edge] += RIDING
        meanings = [*dict.fromkeys((0, *self.meant[0], *self.meant[1]))]
        known = {meaning: at for at, meaning in enumerate(meanings)}
        tags = [[*map(known.__getitem__, meant)] for meant in self.meant]
        return Tracks(
            xs=xs,
            ys=ys,
            owners=self.owners,
            boxes=["", *self.placement.boxes],
            length=(across, down),
            price=price,
            tags=(tags[0], tags[1]),
            meanings=[self._tag(meaning) for meaning in meanings],
        )

    def _tag(self, meaning: int) -> Tag:
        all_bits = (1 << len(self.owners)) - 1
        return Tag(meaning >> self.loose & all_bits, meaning >> self.tight, meaning & (1 << self.loose) - 1)

    def _mark_obstacle(self, rect: Rect, bit: int, clearance: tuple[int, int]) -> None:
        for bits, zone in ((bit << self.loose, rect.grown(*clearance)), (bit << self.tight, rect.grown(2))):
            for meant, edges in zip(self.meant, (self._across(zone), self._down(zone)), strict=True):
                for n in chain.from_iterable(edges):
                    meant[n] |= bits

    def _mark_box(self, rect: Rect, at: int) -> None:
        xs, ys, nx = self.xs, self.ys, self.nx
        left, right = _between(xs, rect.x, rect.right)
        top, bottom = _between(ys, rect.y, rect.bottom)
        for j in range(bisect_right(ys, rect.y + 1), bisect_left(ys, rect.bottom - 1)):
            self.meant[0][j * nx + left : j * nx + right] = [at] * (right - left)
        low, high = bisect_right(xs, rect.x + 1), bisect_left(xs, rect.right - 1)
        for j in range(top, bottom):
            self.meant[1][j * nx + low : j * nx + high] = [at] * (high - low)
        for y in (rect.y, rect.bottom):
            self.rides[0].update(*self._across(Rect(rect.x, y - RIDE, rect.width, 2 * RIDE)))
        for x in (rect.x, rect.right):
            self.rides[1].update(*self._down(Rect(x - RIDE, rect.y, 2 * RIDE, rect.height)))

    def _mark_border(self, rect: Rect) -> None:
        """What it costs to go in or out, so that nobody does so oftener than he must."""
        xs, ys, nx = self.xs, self.ys, self.nx
        rows = range(bisect_right(ys, rect.y), bisect_left(ys, rect.bottom))
        for x in (rect.x, rect.right):
            at = bisect_left(xs, x) - 1
            self.borders[0].update(range(rows.start * nx + at, rows.stop * nx + at, nx))
        columns = range(bisect_right(xs, rect.x), bisect_left(xs, rect.right))
        for y in (rect.y, rect.bottom):
            at = bisect_left(ys, y) - 1
            self.borders[1].update(range(at * nx + columns.start, at * nx + columns.stop))

    def _across(self, rect: Rect) -> list[range]:
        """Horizontal edges that run through a rectangle, by rows."""
        xs, ys, nx = self.xs, self.ys, self.nx
        first = max(bisect_right(xs, rect.x) - 1, 0)
        last = min(bisect_left(xs, rect.right), nx - 1)
        rows = range(bisect_right(ys, rect.y), bisect_left(ys, rect.bottom))
        return [range(j * nx + first, j * nx + last) for j in rows]

    def _down(self, rect: Rect) -> list[range]:
        """Vertical edges that run through a rectangle, by rows."""
        xs, ys, nx = self.xs, self.ys, self.nx
        first = max(bisect_right(ys, rect.y) - 1, 0)
        last = min(bisect_left(ys, rect.bottom), len(ys) - 1)
        left, right = bisect_right(xs, rect.x), bisect_left(xs, rect.right)
        return [range(j * nx + left, j * nx + right) for j in range(first, last)]


def _obstacles(placement: Placement) -> Iterator[tuple[Rect, str, tuple[int, int]]]:
    for id, icon in placement.icons.items():
        if icon.rect.width:  # an end at a box has no size
            yield icon.rect, id, (theme.APART, theme.APART)
        if icon.label.lines:
            yield icon.label.rect, id, (5, 4)
    for box in placement.boxes.values():
        for title in box.titles:
            yield title.rect, "", (5, 3)
        if theme.BOXES[box.scene.style].badge:
            yield Rect(box.rect.x, box.rect.y, theme.BADGE, theme.BADGE), "", (4, 4)


def _between(places: Sequence[int], low: int, high: int) -> tuple[int, int]:
    """First and one past the last of the edges between tracks whose middle lies in a stretch."""
    first = max(bisect_right(places, low + 1) - 1, 0)
    last = max(min(bisect_left(places, high - 1), len(places) - 1), first)
    while first < last and (places[first] + places[first + 1]) // 2 < low:
        first += 1
    while last > first and (places[last - 1] + places[last]) // 2 > high:
        last -= 1
    return first, last
