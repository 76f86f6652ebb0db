# The sparse grid that lines run on: tracks through the middle of every gap and through every port, and what
# each piece of track costs or hits.
#
# In:  a Placement. Out: Tracks: coordinates, and per edge the obstacles (as bits), the box it lies in and
# whether it rides on a border. Knows nothing of links; search.py walks here.
"""Tracks, Port, ports_of, tracks_of."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import pairwise
from typing import NamedTuple

from docgen.diagram import theme
from docgen.diagram.drawing import Rect
from docgen.diagram.placement import PlacedIcon, Placement

RIDE = 4
"""A line nearer than this to a parallel border rides on it."""


CHANNEL = 76
"""Widest gap that gets lanes beside its middle; wider ones are open ground."""
LANE = 10
LANES = 2
TOO_NEAR = 4
"""Tracks nearer than this to another bring nothing."""
ELBOW = 14
"""A line does not turn nearer than this to its ends."""


class Way(IntEnum):
    """A direction on the grid."""

    LEFT = 0
    RIGHT = 1
    UP = 2
    DOWN = 3


OPPOSITE = {Way.LEFT: Way.RIGHT, Way.RIGHT: Way.LEFT, Way.UP: Way.DOWN, Way.DOWN: Way.UP}


class Port(NamedTuple):
    """Where a line may meet an icon; `way` leads away from the icon."""

    x: int
    y: int
    way: Way
    cost: int


def ports_of(icon: PlacedIcon, lines: int = 3) -> tuple[Port, ...]:
    """One port on each side of an icon with a single line, else three; below (or beside) it behind the label."""
    rect, label = icon.rect, icon.label.rect
    gap = theme.END_GAP
    below = icon.label.lines and label.y >= rect.bottom
    bottom = (label.bottom if below else rect.bottom) + gap
    centre = rect.centre
    ports = []
    for offset, cost in ((0, 0), (-theme.PORT, 16), (theme.PORT, 16))[: 1 if lines == 1 else 3]:
        ports += [
            _side_port(icon, centre.y + offset, cost, Way.LEFT),
            _side_port(icon, centre.y + offset, cost, Way.RIGHT),
            Port(centre.x + offset, rect.y - gap, Way.UP, cost),
            Port(centre.x + offset, bottom, Way.DOWN, cost + (6 if below else 0)),
        ]
    return tuple(ports)


def _side_port(icon: PlacedIcon, y: int, cost: int, way: Way) -> Port:
    """Beside the icon, or behind the label where that stands in the way."""
    rect, label = icon.rect, icon.label.rect
    level = bool(icon.label.lines) and label.y - 3 < y < label.bottom + 3
    if way is Way.LEFT:
        beside = level and label.right <= rect.x
        return Port((label.x - 2 if beside else rect.x) - theme.END_GAP, y, way, cost + (160 if beside else 0))
    beside = level and label.x >= rect.right
    return Port((label.right + 2 if beside else rect.right) + theme.END_GAP, y, way, cost + (160 if beside else 0))


class Tag(NamedTuple):
    """What an edge runs through and along: the same for very many edges."""

    loose: int
    """Bits of those whose obstacle it hits, with clearance."""
    tight: int
    """The same without clearance: what even the obstacle's own lines must not hit."""
    inside: int
    """Index of the innermost box."""
    rides: int


@dataclass(slots=True)
class Tracks:
    """A grid of nx times ny crossings; an edge bears the index of its left or upper crossing."""

    xs: list[int]
    ys: list[int]
    owners: dict[str, int]
    """Icon id to its bit; bit 0 is texts and badges of boxes."""
    boxes: list[str]
    """Box ids; index 0 is the open ground."""
    loose: tuple[list[int], list[int]] = field(default_factory=lambda: ([], []))
    """Across and down: whose obstacle with clearance an edge hits."""
    tight: tuple[list[int], list[int]] = field(default_factory=lambda: ([], []))
    """The same without clearance: what even the obstacle's own lines must not hit."""
    inside: tuple[list[int], list[int]] = field(default_factory=lambda: ([], []))
    """Index of the innermost box."""
    rides: tuple[bytearray, bytearray] = field(default_factory=lambda: (bytearray(), bytearray()))
    tags: tuple[list[int], list[int]] = field(default_factory=lambda: ([], []))
    """The four above in one: an index into `meanings`, 0 where there is nothing."""
    meanings: list[Tag] = field(default_factory=lambda: [Tag(0, 0, 0, 0)])

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
    spans_x: list[int] = [frame.x, frame.right]
    spans_y: list[int] = [frame.y, frame.bottom]
    for box in placement.boxes.values():
        spans_x += [box.rect.x, box.rect.right]
        spans_y += [box.rect.y, box.rect.bottom]
    for icon in placement.icons.values():
        whole = icon.rect.union(icon.label.rect) if icon.label.lines else icon.rect
        spans_x += [whole.x, whole.right]
        spans_y += [whole.y, whole.bottom]
    tracks = Tracks(
        xs=_positions(spans_x, (p.x for p in ports)),
        ys=_positions(spans_y, (p.y for p in ports)),
        owners={"": 1, **{id: 1 << at for at, id in enumerate(placement.icons, 1)}},
        boxes=["", *placement.boxes],
    )
    _fill(tracks, placement)
    known = {tuple(tag): at for at, tag in enumerate(tracks.meanings)}
    for axis, tags in enumerate(tracks.tags):
        edges = zip(tracks.loose[axis], tracks.tight[axis], tracks.inside[axis], tracks.rides[axis], strict=True)
        tags.extend(known.setdefault(edge, len(known)) for edge in edges)
    tracks.meanings = [Tag(*edge) for edge in known]
    return tracks


def _positions(borders: Sequence[int], ports: Iterable[int]) -> list[int]:
    """The middle of every gap between borders, tracks beside it where there is room, and the ports."""
    found = set(ports)
    ordered = sorted(set(borders))
    for low, high in pairwise(ordered):
        gap = high - low
        if gap < 2 * RIDE + 2:
            continue
        middle = (low + high) // 2
        reach = min(gap // 2 - RIDE, LANES * LANE) if gap <= CHANNEL else 0
        for lane in range(0, reach + 1, LANE):
            for place in {middle - lane, middle + lane}:
                if not any(abs(place - other) < TOO_NEAR for other in found if other != place):
                    found.add(place)
    return sorted(found)


def _fill(tracks: Tracks, placement: Placement) -> None:
    nx, ny = len(tracks.xs), len(tracks.ys)
    for pair in (tracks.loose, tracks.tight, tracks.inside):
        pair[0].extend([0] * (nx * ny))
        pair[1].extend([0] * (nx * ny))
    tracks.rides[0].extend(bytes(nx * ny))
    tracks.rides[1].extend(bytes(nx * ny))
    for at, box in enumerate(placement.boxes.values(), 1):
        _mark_box(tracks, box.rect, at)
    for rect, owner, clearance in _obstacles(placement):
        bit = tracks.owners[owner]
        across, down = rect.grown(*clearance), rect.grown(2)
        for n in _across(tracks, across):
            tracks.loose[0][n] |= bit
        for n in _down(tracks, across):
            tracks.loose[1][n] |= bit
        for n in _across(tracks, down):
            tracks.tight[0][n] |= bit
        for n in _down(tracks, down):
            tracks.tight[1][n] |= bit


def _obstacles(placement: Placement) -> Iterator[tuple[Rect, str, tuple[int, int]]]:
    for id, icon in placement.icons.items():
        yield icon.rect, id, (theme.APART, theme.APART)
        if icon.label.lines:
            yield icon.label.rect, id, (5, 4)
    for box in placement.boxes.values():
        for title in box.titles:
            yield title.rect, "", (5, 3)
        if theme.BOXES[box.scene.style].badge:
            yield Rect(box.rect.x, box.rect.y, theme.BADGE, theme.BADGE), "", (4, 4)


def _across(tracks: Tracks, rect: Rect) -> Iterator[int]:
    """Horizontal edges that run through a rectangle."""
    xs, ys, nx = tracks.xs, tracks.ys, tracks.nx
    first = max(bisect_right(xs, rect.x) - 1, 0)
    last = min(bisect_left(xs, rect.right), nx - 1)
    for j in range(bisect_right(ys, rect.y), bisect_left(ys, rect.bottom)):
        yield from range(j * nx + first, j * nx + last)


def _down(tracks: Tracks, rect: Rect) -> Iterator[int]:
    """Vertical edges that run through a rectangle."""
    xs, ys, nx = tracks.xs, tracks.ys, tracks.nx
    first = max(bisect_right(ys, rect.y) - 1, 0)
    last = min(bisect_left(ys, rect.bottom), len(ys) - 1)
    for j in range(first, last):
        yield from range(j * nx + bisect_right(xs, rect.x), j * nx + bisect_left(xs, rect.right))


def _mark_box(tracks: Tracks, rect: Rect, at: int) -> None:
    xs, ys, nx = tracks.xs, tracks.ys, tracks.nx
    left, right = _between(xs, rect.x, rect.right)
    top, bottom = _between(ys, rect.y, rect.bottom)
    for j in range(bisect_right(ys, rect.y + 1), bisect_left(ys, rect.bottom - 1)):
        tracks.inside[0][j * nx + left : j * nx + right] = [at] * (right - left)
    low, high = bisect_right(xs, rect.x + 1), bisect_left(xs, rect.right - 1)
    for j in range(top, bottom):
        tracks.inside[1][j * nx + low : j * nx + high] = [at] * (high - low)
    for y in (rect.y, rect.bottom):
        for n in _across(tracks, Rect(rect.x, y - RIDE, rect.width, 2 * RIDE)):
            tracks.rides[0][n] = 1
    for x in (rect.x, rect.right):
        for n in _down(tracks, Rect(x - RIDE, rect.y, 2 * RIDE, rect.height)):
            tracks.rides[1][n] = 1


def _between(places: Sequence[int], low: int, high: int) -> tuple[int, int]:
    """First and one past the last of the edges between tracks whose middle lies in a stretch."""
    first = max(bisect_right(places, low + 1) - 1, 0)
    last = max(min(bisect_left(places, high - 1), len(places) - 1), first)
    while first < last and (places[first] + places[first + 1]) // 2 < low:
        first += 1
    while last > first and (places[last - 1] + places[last]) // 2 > high:
        last -= 1
    return first, last
