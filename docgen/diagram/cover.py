# What a sign or a text would hide at a place: icons, words, lines, borders.
#
# In:  a Placement, the lines, and what was put on the picture since. Out: a cost. Asked for thousands of places in a
# picture, so that everything is kept as plain sides (left, upper, right, lower) and dear places are given up early.
"""Cover, arrowheads, segment_rect."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from docgen.diagram import theme
from docgen.diagram.drawing import Connector, Point, Rect, segments
from docgen.diagram.placement import Placement

_Sides = tuple[int, int, int, int]

HIDES = 10_000
"""What it costs to hide an icon, a text, a sign, or a line that is not the own one."""


_HEAD = 1_500
"""What it costs to hide a part of an arrowhead."""


class Cover:
    """What is taken already, with a price for each sort."""

    def __init__(self, placement: Placement) -> None:
        self.fixed: list[Rect] = []
        """Icons, their words, titles and badges of boxes."""
        for icon in placement.icons.values():
            self.fixed.append(icon.rect)
            if icon.label.lines:
                self.fixed.append(icon.label.rect)
        for box in placement.boxes.values():
            self.fixed += [t.rect for t in box.titles]
            if theme.BOXES[box.scene.style].badge:
                self.fixed.append(Rect(box.rect.x, box.rect.y, theme.BADGE, theme.BADGE))
        self._taken = [_sides(rect) for rect in self.fixed]
        self._boxes = [
            (*_sides(b.rect), 1_000 if theme.BOXES[b.scene.style].stroke else 300) for b in placement.boxes.values()
        ]
        self._lines: list[tuple[str, list[_Sides]]] = []
        self._heads: list[_Sides] = []

    def lay(self, lines: Sequence[Connector]) -> None:
        """These lines are on the picture, and no others."""
        self._lines = [
            (c.id, [_sides(segment_rect(a, b)) for points in (c.points, c.rest) for a, b in segments(points)])
            for c in lines
        ]

        self._heads = [_sides(head) for head in arrowheads(lines)]

    def take(self, rect: Rect) -> None:
        """Something was put here."""
        self._taken.append(_sides(rect))

    def cost(self, rect: Rect, own: tuple[str, ...] = (), enough: int | None = None) -> int:
        """How much a rectangle would hide.

        Args:
            rect: The place.
            own: Lines that it belongs to: those it may cover, and others cost less.
            enough: A cost from which on the exact sum does not matter.
        """
        x, y, right, bottom = _sides(rect)
        cost = 2 * HIDES if x < 0 or y < 0 else 0  # off the picture
        for left, upper, end, lower in self._taken:
            if left < right and x < end and upper < bottom and y < lower:
                cost += HIDES
                if enough is not None and cost >= enough:
                    return cost
        each = 3_000 if own else HIDES
        for id, parts in self._lines:
            if id in own:
                continue
            for left, upper, end, lower in parts:
                if left < right and x < end and upper < bottom and y < lower:
                    cost += each
        if enough is not None and cost >= enough:
            return cost
        for left, upper, end, lower in self._heads:
            if left < right and x < end and upper < bottom and y < lower:
                cost += _HEAD
        for left, upper, end, lower, border in self._boxes:
            if left < right and x < end and upper < bottom and y < lower:
                inside = left <= x and upper <= y and right <= end and bottom <= lower
                around = x <= left and y <= upper and end <= right and lower <= bottom
                if not inside and not around:
                    cost += border if own else 4_000
        return cost


def arrowheads(lines: Iterable[Connector]) -> Iterator[Rect]:
    """Where lines have their heads."""
    for line in lines:
        for end, shown in ((line.points[0], line.arrow_start), (line.points[-1], line.arrow_end)):
            if shown:
                yield Rect(end.x, end.y, 0, 0).grown(theme.ARROW // 2 + 1)


def segment_rect(a: Point, b: Point) -> Rect:
    """The room that a straight part of a line takes."""
    return Rect(min(a.x, b.x), min(a.y, b.y), abs(a.x - b.x), abs(a.y - b.y)).grown(1)


def _sides(rect: Rect) -> _Sides:
    x, y, width, height = rect
    return x, y, x + width, y + height
