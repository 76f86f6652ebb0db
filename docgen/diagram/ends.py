# Lines that end at a box: where they meet its border.
#
# In:  a Placement and links. Out: the same with a point on the border for each end at a box, for connectors.py to lay
#      lines to; `at_boxes` gives the boxes their names back.
"""with_ends, at_boxes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from docgen.diagram import theme
from docgen.diagram.drawing import Align, Connector, Point, Rect, Text
from docgen.diagram.lanes import spread
from docgen.diagram.placement import PlacedBox, PlacedIcon, Placement
from docgen.diagram.scene import Place, SceneIcon, SceneLink

_END = "end:"
_APART = 16
"""Between two ends on one side of a box."""
_NEAR = 12
_CORNER = 24
"""No end nearer than this to a corner."""


def with_ends(placement: Placement, links: Sequence[SceneLink]) -> tuple[Placement, tuple[SceneLink, ...]]:
    """Points on borders instead of boxes as the targets of links."""
    wanted: dict[tuple[str, str], list[tuple[int, SceneLink]]] = {}
    for link in links:
        if link.target in placement.boxes:
            side, along = _side(placement.boxes[link.target].rect, placement.icons[link.source].rect)
            wanted.setdefault((link.target, side), []).append((along, link))
    if not wanted:
        return placement, tuple(links)
    out = Placement(dict(placement.boxes), dict(placement.icons))
    for (id, side), ends in wanted.items():
        box = placement.boxes[id]
        ends.sort(key=lambda end: (end[0], end[1].id))
        taken = _taken(placement, box.rect, side)
        places = spread([_free(along, taken) for along, _ in ends], [_APART] * (len(ends) - 1))
        for (_, link), along in zip(ends, places, strict=True):
            end = _end(box, _point(box.rect, side, along), f"{_END}{link.id}")
            out.icons[end.scene.id] = end
    known = out.icons
    return out, tuple(replace(k, target=f"{_END}{k.id}") if f"{_END}{k.id}" in known else k for k in links)


def at_boxes(connectors: Sequence[Connector], links: Sequence[SceneLink]) -> tuple[Connector, ...]:
    """Lines with the boxes that the links name as their targets."""
    targets = {link.id: link.target for link in links}
    return tuple(replace(c, target=targets[c.id]) if c.target.startswith(_END) else c for c in connectors)


def _side(box: Rect, source: Rect) -> tuple[str, int]:
    """The side of a box that faces an icon, and how far along it the icon is."""
    at = source.centre
    if box.x < at.x < box.right:
        return "top" if at.y < box.y else "bottom", min(max(at.x, box.x + _CORNER), box.right - _CORNER)
    return "left" if at.x < box.x else "right", min(max(at.y, box.y + theme.HEADER), box.bottom - _CORNER)


def _taken(placement: Placement, box: Rect, side: str) -> list[tuple[int, int]]:
    """Stretches of a side where icons or words stand, on the border or just outside."""
    flat = side in ("top", "bottom")
    at = {"top": box.y, "bottom": box.bottom, "left": box.x, "right": box.right}[side]
    found = []
    for icon in placement.icons.values():
        for rect in (icon.rect, icon.label.rect):
            low, high = (rect.y, rect.bottom) if flat else (rect.x, rect.right)
            if low - _NEAR <= at <= high + _NEAR:
                start, end = (rect.x, rect.right) if flat else (rect.y, rect.bottom)
                found.append((start - _APART, end + _APART))
    return found


def _free(along: int, taken: list[tuple[int, int]]) -> int:
    """The nearest place that nothing stands at."""
    places = [along, *(edge for stretch in taken for edge in stretch)]
    free = [p for p in places if not any(start < p < end for start, end in taken)]
    return min(free, key=lambda p: abs(p - along), default=along)


def _point(box: Rect, side: str, along: int) -> Point:
    if side in ("top", "bottom"):
        return Point(along, box.y if side == "top" else box.bottom)
    return Point(box.x if side == "left" else box.right, along)


def _end(box: PlacedBox, at: Point, id: str) -> PlacedIcon:
    """An icon of no size, outside the box."""
    assert box.scene.component is not None
    parent = box.scene.parent
    icon = SceneIcon(id=id, parent=parent, component=box.scene.component, artwork="", label=(), place=Place.CONNECTOR)
    return PlacedIcon(icon, Rect(at.x, at.y, 0, 0), Text(Rect(at.x, at.y, 0, 0), (), Align.MIDDLE), parent)
