# Gives everything its place: VPCs by the semantic grid, then Regions, accounts and the cloud around them, then
# what stands at the edge and outside, then lines and markers.
#
# In:  a Scene. Out: a Drawing. Whole px, origin top left, y down.
"""place."""

from __future__ import annotations

from collections.abc import Sequence

from docgen.diagram import theme
from docgen.diagram.connectors import connect
from docgen.diagram.drawing import Box, Drawing, Icon, Rect
from docgen.diagram.markers import mark
from docgen.diagram.placement import PlacedBox, PlacedIcon, Placement
from docgen.diagram.scene import Place, Scene, SceneBox, SceneIcon
from docgen.diagram.text import block
from docgen.diagram.titles import titles_of
from docgen.diagram.vpc_layout import arrange_vpc, place_icon

BESIDE = 64
"""Between containers side by side."""
WIDEST = 2.2
"""Width over height of a row of containers that is still a row."""
OUTSIDE_GAP = 34
"""Between what stands outside and the cloud."""
OVER_GATEWAY = 36
"""Above a VPC with gateways: half an icon and its label."""


def place(scene: Scene) -> Drawing:
    """Place a scene and draw its lines."""
    placement = arrange(scene)
    connectors = connect(placement, scene.links)
    connectors, markers = mark(placement, scene.links, connectors)
    whole = placement.extent()
    for connector in connectors:
        for x, y in (*connector.points, *connector.rest):
            whole = whole.union(Rect(x, y, 0, 0))
        if connector.label:
            whole = whole.union(connector.label.rect)
    for marker in markers:
        whole = whole.union(marker.rect)
        if marker.note:
            whole = whole.union(marker.note.rect)
    width, height = max(whole.right + theme.MARGIN, 160), max(whole.bottom + theme.MARGIN, 80)
    return Drawing(
        view=scene.view,
        title=scene.title,
        description=scene.description,
        width=width,
        height=height,
        boxes=tuple(_box(b) for b in placement.boxes.values()),
        icons=tuple(_icon(i) for i in placement.icons.values()),
        connectors=connectors,
        markers=markers,
    )


def _box(placed: PlacedBox) -> Box:
    box = placed.scene
    return Box(
        id=box.id,
        parent=box.parent,
        component=box.component,
        style=box.style,
        rect=placed.rect,
        titles=placed.titles,
        state=box.state,
        facts=box.facts,
    )


def _icon(placed: PlacedIcon) -> Icon:
    icon = placed.scene
    return Icon(
        id=icon.id,
        parent=placed.parent,
        component=icon.component,
        artwork=icon.artwork,
        rect=placed.rect,
        label=placed.label,
        state=icon.state,
        facts=icon.facts,
    )


def arrange(scene: Scene) -> Placement:
    """Boxes and icons of a scene with their places; the margin is kept free on the left and above."""
    placement = Placement()
    top = [b for b in scene.boxes if not b.parent]
    for box in top:
        placement.take(_container(scene, box), 0, 0)
    _outside(scene, placement)
    whole = placement.extent()
    placement.shift(theme.MARGIN - whole.x, theme.MARGIN - whole.y)
    return placement


def _container(scene: Scene, box: SceneBox) -> Placement:
    """A box with its content, its upper left corner at the origin."""
    if box.style == "vpc":
        return arrange_vpc(box, scene.boxes, scene.icons)
    children = [_container(scene, b) for b in scene.boxes if b.parent == box.id]
    services = [i for i in scene.icons if i.parent == box.id and i.place in (Place.EDGE, Place.REGION)]
    out = Placement()
    frame = PlacedBox(box, Rect(0, 0, 0, 0))
    out.boxes[box.id] = frame
    height = max((block(i.label, 0, 0).rect.height for i in services), default=0)
    top = theme.HEADER
    if services:
        top = 24 + theme.ICON + theme.LABEL_GAP + height + 24
    if any(c.extent().y < 0 for c in children):  # gateways stick out of their VPC
        top += OVER_GATEWAY
    right, bottom = _children(out, children, top)
    width = max(right + theme.PAD, 360 if services else 240)
    width = max(width, _services(out, services, width, box.id) + theme.PAD)
    frame.rect = Rect(0, 0, width, bottom + theme.PAD)
    frame.titles = titles_of(box, frame.rect)
    return out


def _children(out: Placement, children: Sequence[Placement], top: int) -> tuple[int, int]:
    """Containers side by side, or below each other where a row would be too wide; their right and lower end."""
    sizes = [next(iter(c.boxes.values())).rect for c in children]
    row = sum(s.width + BESIDE for s in sizes) - BESIDE
    stacked = len(sizes) > 1 and row > WIDEST * max(s.height for s in sizes)
    x, y, right, bottom = theme.PAD, top, 0, top
    for child, size in zip(children, sizes, strict=True):
        if stacked and bottom > top and child.extent().y < 0:
            y += OVER_GATEWAY
        out.take(child, x, y)
        right, bottom = max(right, x + size.width), max(bottom, y + size.height)
        x, y = (x, bottom + BESIDE // 2) if stacked else (x + size.width + BESIDE, y)
    return right, bottom


def _services(out: Placement, services: Sequence[SceneIcon], width: int, parent: str) -> int:
    """Icons above a box's children: over the first zone, left of the way in; further ones to the right.

    Gives the right end of the last one: many of them may be wider than what is below.
    """
    way = _way_in(out, width // 2)
    zones = [b.rect.centre.x for b in out.boxes.values() if b.scene.style == "zone"]
    first = True
    left_bound, x_right = theme.PAD, way + theme.ICON // 2 + 40
    for icon in services:
        half = max(theme.ICON, block(icon.label, 0, 0).rect.width) // 2 + 1
        room = way - 30 - half
        if first and room >= left_bound + half:
            wanted = zones[0] if zones and zones[0] <= room else (left_bound + 90 + way - 30) // 2
            x = max(min(wanted, room), left_bound + half)
            first = False
        else:
            x = x_right + half
            x_right = x + half + theme.CELL_GAP
        top = 24 if x - half > 130 else 34
        out.icons[icon.id] = place_icon(icon, x, top, parent)
    return max((i.rect.union(i.label.rect).right for i in out.icons.values() if i.parent == parent), default=0)


def _way_in(placement: Placement, otherwise: int) -> int:
    """x of the first gateway."""
    return next((i.rect.centre.x for i in placement.icons.values() if i.scene.place is Place.BORDER), otherwise)


def _outside(scene: Scene, placement: Placement) -> None:
    """Users and hosts in a row above the cloud: the first over the way in, the others to its right."""
    icons = [i for i in scene.icons if i.place is Place.OUTSIDE]
    if not icons:
        return
    whole = placement.extent()
    way = _way_in(placement, whole.centre.x)
    y = whole.y - OUTSIDE_GAP - theme.ICON
    right = way
    for at, icon in enumerate(sorted((i for i in icons if not i.left), key=lambda i: i.rank)):
        x = way if at == 0 else right + theme.ICON // 2 + 56
        placed = place_icon(icon, x, y, "", beside=True)
        placement.icons[icon.id] = placed
        right = placed.label.rect.right
    left = way - theme.ICON // 2
    zones = [b.rect.centre.x for b in placement.boxes.values() if b.scene.style == "zone"]
    for at, icon in enumerate(i for i in icons if i.left):
        label = block(icon.label, 0, 0).rect.width + 8
        x = left - 72 - label - theme.ICON // 2
        if at == 0 and zones and zones[0] < x:
            x = zones[0]
        placement.icons[icon.id] = place_icon(icon, x, y, "", beside=True)
        left = x - theme.ICON // 2
