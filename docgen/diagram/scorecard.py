# How good a drawing is, in numbers: what tests hold every picture to. Definitions as in docs/decisions/0010.
#
# In:  a Drawing. Out: a Scorecard. Looks at nothing but geometry.
"""Scorecard, score."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from itertools import combinations, pairwise

from docgen.core.data import dataclass
from docgen.diagram import theme
from docgen.diagram.drawing import Box, Drawing, Icon, MarkerShape, Point, Rect, crossings, segments
from docgen.diagram.siblings import siblings_of

RIDE = 4
_SPANNING = ("band", "scaling", "guard")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorecard:
    """Faults are lists of what is wrong (empty is the target); the rest are figures."""

    overlaps: tuple[str, ...]
    """Icons, labels, titles, line labels, step circles, stops and notes that cover each other."""
    containment: tuple[str, ...]
    """Children outside their box, sibling boxes that overlap."""
    through_icon: tuple[str, ...]
    through_text: tuple[str, ...]
    slanted: tuple[str, ...]
    collinear: tuple[str, ...]
    """Lines that share a stretch although they are no siblings."""
    rides: tuple[str, ...]
    """Lines along a border, nearer than 4 px."""
    label_on_border: tuple[str, ...]
    foreign_box: tuple[str, ...]
    """Lines into a box that holds neither end."""
    unequal_zones: tuple[str, ...]
    misaligned_tiers: tuple[str, ...]
    near: tuple[str, ...]
    """Parallel lines that are no siblings, nearer than 8 px."""
    crossings: int
    bends_mean: float
    bends_most: int
    detour: float
    """Length of lines over the distance of their icons, on average."""
    alignment: float
    aspect: float

    def faults(self) -> Mapping[str, tuple[str, ...]]:
        """The lists that are not empty."""
        found = {f.name: getattr(self, f.name) for f in fields(self)}
        return {name: value for name, value in found.items() if isinstance(value, tuple) and value}


def score(drawing: Drawing) -> Scorecard:
    """Measure a drawing."""
    lines = drawing.connectors
    bends = [len(c.points) - 2 for c in lines]
    return Scorecard(
        overlaps=tuple(_overlaps(drawing)),
        containment=tuple(_containment(drawing)),
        through_icon=tuple(_through_icon(drawing)),
        through_text=tuple(_through_text(drawing)),
        slanted=tuple(c.id for c in lines for a, b in segments(c.points) if a.x != b.x and a.y != b.y),
        collinear=tuple(_collinear(drawing, 0)),
        rides=tuple(_rides(drawing)),
        label_on_border=tuple(_label_on_border(drawing)),
        foreign_box=tuple(_foreign_box(drawing)),
        unequal_zones=tuple(_unequal_zones(drawing)),
        misaligned_tiers=tuple(_misaligned_tiers(drawing)),
        near=tuple(_collinear(drawing, theme.APART)),
        crossings=sum(crossings(a.points, b.points) for a, b in combinations(lines, 2)),
        bends_mean=sum(bends) / len(bends) if bends else 0.0,
        bends_most=max(bends, default=0),
        detour=_detour(drawing),
        alignment=_alignment(drawing),
        aspect=drawing.width / drawing.height,
    )


def _things(drawing: Drawing) -> Iterator[tuple[str, Rect]]:
    for icon in drawing.icons:
        yield f"icon {icon.id}", icon.rect
        if icon.label.lines:
            yield f"label {icon.id}", icon.label.rect
    for box in drawing.boxes:
        for title in box.titles:
            yield f"title {box.id}", title.rect
        if theme.BOXES[box.style].badge:
            yield f"badge {box.id}", Rect(box.rect.x, box.rect.y, theme.BADGE, theme.BADGE)
    for connector in drawing.connectors:
        if connector.label:
            yield f"words {connector.id}", connector.label.rect
    for marker in drawing.markers:
        if marker.note:
            yield f"note {marker.id}", marker.note.rect


def _overlaps(drawing: Drawing) -> Iterator[str]:
    things = list(_things(drawing))
    signs = [m for m in drawing.markers if m.shape in (MarkerShape.STEP, MarkerShape.STOP)]  # others sit on corners
    for (one, a), (other, b) in combinations([*things, *((m.id, m.rect) for m in signs)], 2):
        if a.overlaps(b):
            yield f"{one} / {other}"


def _containment(drawing: Drawing) -> Iterator[str]:
    places = {b.id: b for b in drawing.boxes}
    for box in drawing.boxes:
        if box.parent and not places[box.parent].rect.holds(box.rect):
            yield f"{box.id} leaves {box.parent}"
    for one, other in combinations(drawing.boxes, 2):
        spanning = one.style in _SPANNING or other.style in _SPANNING
        if one.parent == other.parent and not spanning and one.rect.overlaps(other.rect):
            yield f"{one.id} over {other.id}"
    for icon in drawing.icons:
        if not icon.parent:
            continue
        parent = places[icon.parent].rect
        on_border = _on_border(icon.rect, parent)
        if not parent.holds(icon.rect) and not on_border:
            yield f"{icon.id} leaves {icon.parent}"
        if not on_border and icon.label.lines and not parent.holds(icon.label.rect):
            yield f"label of {icon.id} leaves {icon.parent}"


def _on_border(icon: Rect, parent: Rect) -> bool:
    above = parent.y == icon.centre.y and parent.x < icon.x and icon.right < parent.right
    beside = icon.centre.x in (parent.x, parent.right) and parent.y < icon.y and icon.bottom < parent.bottom
    return above or beside


def _stretch(a: Point, b: Point) -> Rect:
    return Rect(min(a.x, b.x), min(a.y, b.y), abs(a.x - b.x), abs(a.y - b.y))


def _runs_through(a: Point, b: Point, rect: Rect) -> bool:
    """Whether a stretch lies inside a rectangle by more than half a px."""
    line = _stretch(a, b)
    return (
        line.x < rect.right - 0.5
        and rect.x + 0.5 < line.right + 0.01
        and line.y < rect.bottom - 0.5
        and rect.y + 0.5 < line.bottom + 0.01
    )


def _through_icon(drawing: Drawing) -> Iterator[str]:
    for connector in drawing.connectors:
        for icon in drawing.icons:
            if any(_runs_through(a, b, icon.rect) for a, b in segments(connector.points)):
                yield f"{connector.id} through {icon.id}"


def _through_text(drawing: Drawing) -> Iterator[str]:
    for connector in drawing.connectors:
        for name, rect in _things(drawing):
            if not name.startswith("icon") and any(_runs_through(a, b, rect) for a, b in segments(connector.points)):
                yield f"{connector.id} through {name}"


def _collinear(drawing: Drawing, apart: int) -> Iterator[str]:
    """Parallel stretches of lines that are no siblings and nearer than `apart` (0: on each other)."""
    siblings = siblings_of(drawing.connectors)
    for one, other in combinations(drawing.connectors, 2):
        if other.id in siblings[one.id]:
            continue
        for a, b in segments(one.points):
            for c, d in segments(other.points):
                flat = a.y == b.y and c.y == d.y and abs(a.y - c.y) <= max(apart - 1, 0)
                steep = a.x == b.x and c.x == d.x and abs(a.x - c.x) <= max(apart - 1, 0)
                along = (
                    min(max(a.x, b.x), max(c.x, d.x)) - max(min(a.x, b.x), min(c.x, d.x))
                    if flat
                    else min(max(a.y, b.y), max(c.y, d.y)) - max(min(a.y, b.y), min(c.y, d.y))
                )
                if (flat or steep) and along > 0:
                    yield f"{one.id} and {other.id}"


def _rides(drawing: Drawing) -> Iterator[str]:
    for connector in drawing.connectors:
        for a, b in segments(connector.points):
            line = _stretch(a, b)
            for box in drawing.boxes:
                r = box.rect
                across = min(line.right, r.right) - max(line.x, r.x)
                down = min(line.bottom, r.bottom) - max(line.y, r.y)
                flat = a.y == b.y and across > RIDE and min(abs(a.y - r.y), abs(a.y - r.bottom)) < RIDE
                steep = a.x == b.x and down > RIDE and min(abs(a.x - r.x), abs(a.x - r.right)) < RIDE
                if flat or steep:
                    yield f"{connector.id} along {box.id}"


def _label_on_border(drawing: Drawing) -> Iterator[str]:
    for name, rect in _things(drawing):
        if name.startswith(("icon", "badge")):
            continue
        for box in drawing.boxes:
            if box.rect.overlaps(rect) and not box.rect.holds(rect):
                yield f"{name} on {box.id}"


def _around(drawing: Drawing, box: str) -> set[str]:
    parents = {b.id: b.parent for b in drawing.boxes}
    found = set()
    while box:
        found.add(box)
        box = parents[box]
    return found


def _foreign_box(drawing: Drawing) -> Iterator[str]:
    icons: dict[str, Icon | Box] = {b.id: b for b in drawing.boxes}
    icons |= {i.id: i for i in drawing.icons}
    for connector in drawing.connectors:
        ends = [icons[connector.source], icons[connector.target]]
        held = {id for icon in ends for id in _around(drawing, icon.parent)}
        spanning = any(_spans(drawing, icon) for icon in ends)
        for box in drawing.boxes:
            if box.id in held or box.style in _SPANNING or (spanning and box.style == "zone"):
                continue
            if any(_runs_through(a, b, box.rect) for a, b in segments(connector.points)):
                yield f"{connector.id} into {box.id}"


def _spans(drawing: Drawing, icon: Icon | Box) -> bool:
    """Whether an icon stands across zones: its lines may pass through any of them."""
    return icon.parent.startswith("band:") or drawing.box(icon.parent).style == "vpc" if icon.parent else True


def _zones(drawing: Drawing) -> Mapping[str, list[Box]]:
    found: dict[str, list[Box]] = {}
    for box in drawing.boxes:
        if box.style == "zone":
            found.setdefault(box.parent, []).append(box)
    return found


def _unequal_zones(drawing: Drawing) -> Iterator[str]:
    for vpc, zones in _zones(drawing).items():
        sizes = {(z.rect.width, z.rect.height) for z in zones}
        in_line = 1 in (len({z.rect.y for z in zones}), len({z.rect.x for z in zones}))
        if len(sizes) > 1 or not in_line:
            yield vpc


def _misaligned_tiers(drawing: Drawing) -> Iterator[str]:
    """Tiers whose subnets do not stand in line: rows of zones side by side, columns of zones below each other."""
    for vpc, zones in _zones(drawing).items():
        subnets = [b.rect for b in drawing.boxes if b.parent in {z.id for z in zones}]
        turned = len(zones) > 1 and len({z.rect.x for z in zones}) == 1
        tiers = {(r.x, r.width) if turned else (r.y, r.height) for r in subnets}
        ordered = sorted(tiers)
        unlike = len({start for start, _ in tiers}) != len(tiers)
        if unlike or any(start + size > following for (start, size), (following, _) in pairwise(ordered)):
            yield vpc


def _detour(drawing: Drawing) -> float:
    icons = {b.id: b.rect.centre for b in drawing.boxes} | {i.id: i.rect.centre for i in drawing.icons}
    ratios = []
    for connector in drawing.connectors:
        a, b = icons[connector.source], icons[connector.target]
        whole = (*connector.points, *connector.rest[1:])
        length = sum(abs(p.x - q.x) + abs(p.y - q.y) for p, q in segments(whole))
        distance = abs(a.x - b.x) + abs(a.y - b.y)
        ratios.append(max(length / distance, 1.0) if distance and not connector.rest else 1.0)
    return sum(ratios) / len(ratios) if ratios else 1.0


def _alignment(drawing: Drawing) -> float:
    count = len(drawing.icons)
    if count < 2:
        return 1.0
    xs = {i.rect.centre.x for i in drawing.icons}
    ys = {i.rect.centre.y for i in drawing.icons}
    return 1 - (len(xs) + len(ys) - 2) / (2 * count - 2)
