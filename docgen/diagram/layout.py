# Gives everything its place: VPCs by the semantic grid, then Regions, accounts and the cloud around them, then
# what stands at the edge and outside, then lines and markers.
#
# In:  a Scene. Out: a Drawing. Whole px, origin top left, y down.
"""place, place_on, arrange."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from docgen.diagram import theme
from docgen.diagram.cells import place_icon
from docgen.diagram.connectors import connect
from docgen.diagram.containers import container, way_in
from docgen.diagram.drawing import Box, Drawing, Icon, Rect, State, around
from docgen.diagram.ends import at_boxes, with_ends
from docgen.diagram.lanes import lanes_of
from docgen.diagram.markers import mark
from docgen.diagram.neighbours import SHAPE
from docgen.diagram.pins import pinned
from docgen.diagram.placement import PlacedBox, PlacedIcon, Placement
from docgen.diagram.scene import Place, Scene, SceneBox, SceneIcon, check_size
from docgen.diagram.search import TooManyLinesError
from docgen.diagram.sites import place_sites
from docgen.diagram.text import block
from docgen.model.pins import Pin

OUTSIDE_GAP = 34
"""Between what stands outside and the cloud."""
TURNING = 0.4
"""So much nearer to the pleasing shape, in the logarithm, a picture has to be for zones as rows."""
FROM_ABOVE = 0.4
"""So much more where gateways stand on the upper borders."""
FACING = 1.2
"""So much less where nothing comes from above, and VPCs face each other (consumers and the provider of a service) or
hubs of two Regions do."""


def place(scene: Scene, pins: Sequence[Pin] = ()) -> Drawing:
    """Place a scene, with what a person moved where it fits, and draw its lines.

    Lines that nobody could follow any more, because they are too many, are left out; the description says so.

    Raises:
        PictureTooLargeError: it shows too much.
    """
    return _lined(scene, _held(scene, pins))


def place_on(grounds: Sequence[Drawing], scene: Scene, pins: Sequence[Pin] = ()) -> Drawing | None:
    """`place` for a scene that is to be laid over one of these drawings; None where it fits on none of them."""
    placement = _held(scene, pins)
    boxes = {id: box.rect for id, box in placement.boxes.items()}
    icons = {id: icon.rect for id, icon in placement.icons.items()}
    return _lined(scene, placement) if any(ground.holds(boxes, icons) for ground in grounds) else None


def _held(scene: Scene, pins: Sequence[Pin]) -> Placement:
    placement = arrange(scene)
    return pinned(placement, pins)[0] if pins else placement


def _lined(scene: Scene, placement: Placement) -> Drawing:
    ended, links = with_ends(placement, scene.links)
    description = scene.description
    try:
        laid = connect(ended, links)
    except TooManyLinesError:
        words = f"{len(links):,} lines are too many for one picture and are left out."
        description, links, laid = f"{description} {words}".strip(), (), ()
    connectors, markers = mark(ended, links, laid)
    connectors = at_boxes(connectors, scene.links)
    shown = [placement.extent()]
    for connector in connectors:
        shown += [Rect(x, y, 0, 0) for x, y in (*connector.points, *connector.rest)]
        shown += [connector.label.rect] if connector.label else []
    for marker in markers:
        shown += [marker.rect, marker.note.rect] if marker.note else [marker.rect]
    whole = around(shown)
    width, height = max(whole.right + theme.MARGIN, 160), max(whole.bottom + theme.MARGIN, 80)
    return Drawing(
        view=scene.view,
        title=scene.title,
        description=description,
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
    """Boxes and icons of a scene with their places; the margin is kept free on the left and above.

    Zones are columns, unless the picture has a much better shape, or reads better, with zones as rows.

    Raises:
        PictureTooLargeError: it shows too much.
    """
    check_size(scene.view, len(scene.boxes) + len(scene.icons))
    alike = (i if i.state is State.NORMAL else replace(i, state=State.NORMAL) for i in scene.icons)
    shared = _shared(scene.boxes, tuple(alike))
    states = {f"band:{icon.id}": icon.state for icon in scene.icons}
    boxes = {id: replace(b, scene=_in_state(b.scene, states.get(id, State.NORMAL))) for id, b in shared.boxes.items()}
    icons = {icon.id: icon for icon in scene.icons}
    return Placement(boxes, {id: replace(i, scene=icons.get(id, i.scene)) for id, i in shared.icons.items()})


def _in_state(box: SceneBox, state: State) -> SceneBox:
    """A band is in the state of the icon that it stands for."""
    return replace(box, state=state) if box.style == "band" and state is not State.NORMAL else box


@lru_cache(maxsize=8)
def _shared(boxes: tuple[SceneBox, ...], icons: tuple[SceneIcon, ...]) -> Placement:
    """Where all views of one network have the same boxes and icons; not to be changed."""
    scene = Scene(view="", title="", description="", boxes=boxes, icons=icons, links=())
    upright = _arranged(scene, rows=False)
    if sum(1 for b in boxes if b.style == "zone") < 2:
        return upright
    turned = _arranged(scene, rows=True)
    return turned if _misshape(turned) + _for_columns(scene) < _misshape(upright) else upright


def _misshape(placement: Placement) -> float:
    """How far the shape of a picture is from a pleasing one."""
    whole = placement.extent()
    return abs(math.log(whole.width / max(whole.height, 1) / SHAPE))


def _for_columns(scene: Scene) -> float:
    """How much better the shape has to be for zones as rows: packets from the internet come from above."""
    hubs = {i.id: i.parent for i in scene.icons if i.place is Place.CONNECTOR}
    facing = any(i.place is Place.LINK for i in scene.icons) or any(
        len({hubs[id] for id in i.joins if id in hubs}) == 2 for i in scene.icons if i.place is Place.CONNECTOR
    )
    above = any(
        (i.place is Place.BORDER and not i.aside) or (i.place is Place.OUTSIDE and i.joins) for i in scene.icons
    )
    return TURNING + (FROM_ABOVE if above else -FACING if facing else 0.0)


def _arranged(scene: Scene, *, rows: bool) -> Placement:
    placement = Placement()
    top = [b for b in scene.boxes if not b.parent]
    for box in top:
        if box.style not in ("site", "location"):  # they stand at the left
            placement.take(container(scene, box, rows=rows), 0, 0)
    place_sites(scene, placement, lanes_of(scene, placement))
    _outside(scene, placement)
    whole = placement.extent()
    placement.shift(theme.MARGIN - whole.x, theme.MARGIN - whole.y)
    return placement


def _outside(scene: Scene, placement: Placement) -> None:
    """Users and hosts in a row above the cloud: the first over the way in, the others to its right."""
    icons = [i for i in scene.icons if i.place is Place.OUTSIDE]
    if not icons:
        return
    whole = placement.extent()
    way = way_in(placement, whole.centre.x)
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
