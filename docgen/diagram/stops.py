# Cuts a line where its packet stops, so that the stop stands there with room for a step's circle before it.
#
# In:  a line with its corners and why it stops. Out: its parts before and behind the stop. Knows no words.
"""cut, along."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from docgen.diagram import theme
from docgen.diagram.drawing import Connector, Point, Rect, segments
from docgen.diagram.placement import Placement
from docgen.diagram.scene import Stop, StopPlace
from docgen.diagram.search import straightened

_SLIDES = tuple(sign * by for by in range(0, 33, 4) for sign in (1, -1))
"""A stop on a border may slide this far along its line so that it covers no words."""
_REST = 44
"""How far the dotted rest of a stopped line goes on."""


def cut(placement: Placement, connector: Connector, stop: Stop, fixed: Sequence[Rect]) -> tuple[Connector, Point]:
    """The line up to where the packet stops, the rest of it, and the place of the stop."""
    points = connector.points
    where = _length(points)
    if stop.place is StopPlace.START:
        where = min(theme.STOP + 12, where)
    elif stop.place is StopPlace.END:
        where -= theme.STOP // 2 + 1
    else:
        box = placement.boxes.get(stop.box)
        crossing = _crossing(points, box.rect) if box else None
        leaves = stop.leaving or (box is not None and _inside(box.rect, points[0]))
        if crossing is None:
            where = min(theme.STOP + 12, where) if leaves else where - theme.STOP // 2 - 1
        else:
            where = crossing
    least = theme.STEP + theme.STOP // 2 + 6  # room for the step's circle before it
    where = min(max(where, least), _length(points) - theme.STOP // 2)
    while where < _length(points) - theme.STOP // 2 and not _bears_step(points, where):
        where += 2
    if stop.place is not StopPlace.END:
        where = min((where + s for s in _SLIDES), key=lambda w: _hidden(points, w, fixed))
    before, after = _split(points, where)
    centre = before[-1]
    if stop.place is not StopPlace.END and _length(after) > _REST:
        after = _split(after, _REST)[0]  # where it would have gone on nobody knows
    return replace(connector, points=before, rest=after, arrow_end=False), centre


def _bears_step(points: tuple[Point, ...], where: int) -> bool:
    """Whether a line that stops there has room for a circle which the stop leaves free."""
    centre = _split(points, where)[0][-1]
    apart = (theme.STEP + theme.STOP) // 2 + 3
    for at in range(theme.STEP // 2, where - apart + 1, 2):
        before = _split(points, at)[0][-1]
        if max(abs(before.x - centre.x), abs(before.y - centre.y)) >= apart:
            return True
    return False


def _hidden(points: tuple[Point, ...], where: int, fixed: Sequence[Rect]) -> int:
    """How many things a stop at this place of a line would cover."""
    if not theme.STOP // 2 <= where <= _length(points) - theme.STOP // 2:
        return len(fixed) + 1
    centre = _split(points, where)[0][-1]
    square = Rect(centre.x, centre.y, 0, 0).grown(theme.STOP // 2)
    return sum(1 for rect in fixed if rect.overlaps(square))


def _inside(rect: Rect, point: Point) -> bool:
    return rect.x < point.x < rect.right and rect.y < point.y < rect.bottom


def _crossing(points: tuple[Point, ...], rect: Rect) -> int | None:
    """How far along a line it first crosses the border of a rectangle."""
    walked = 0
    for a, b in segments(points):
        length = abs(a.x - b.x) + abs(a.y - b.y)
        for at in range(length):
            here, there = along(a, b, at), along(a, b, at + 1)
            if _inside(rect, here) != _inside(rect, there):
                return walked + at + 1
        walked += length
    return None


def along(a: Point, b: Point, at: int) -> Point:
    """So many px from one corner toward the next."""
    if a.y == b.y:
        return Point(a.x + (at if b.x > a.x else -at), a.y)
    return Point(a.x, a.y + (at if b.y > a.y else -at))


def _length(points: tuple[Point, ...]) -> int:
    return sum(abs(a.x - b.x) + abs(a.y - b.y) for a, b in segments(points))


def _split(points: tuple[Point, ...], where: int) -> tuple[tuple[Point, ...], tuple[Point, ...]]:
    walked = 0
    for at, (a, b) in enumerate(segments(points)):
        length = abs(a.x - b.x) + abs(a.y - b.y)
        if walked + length >= where:
            cut = along(a, b, where - walked)
            return straightened((*points[: at + 1], cut)), straightened((cut, *points[at + 1 :]))
        walked += length
    return points, ()
