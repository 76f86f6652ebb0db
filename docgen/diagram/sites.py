# What stands at the left of the cloud: data centers as boxes, premises with LANs (lan_layout.py), and the Direct
# Connect locations between them and the cloud.
#
# In:  a Scene, the placement of its cloud and the heights of lanes. Out: the same placement with all of this in it.
"""place_sites."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from docgen.diagram import theme
from docgen.diagram.cells import footprint, place_icon
from docgen.diagram.drawing import Rect
from docgen.diagram.lan_layout import arrange_lans
from docgen.diagram.lanes import LANE, spread
from docgen.diagram.lans import PREMISES
from docgen.diagram.placement import PlacedBox, Placement, moved
from docgen.diagram.scene import Place, Scene, SceneBox, SceneIcon
from docgen.diagram.titles import titles_of, wanted_width

GAP = 84
"""Between sites, lines and the cloud."""
BELOW = 40
"""Between sites below each other, and between the icons of one."""
LEAST = 240
"""Width of a box at the left of the cloud, at least."""


def place_sites(scene: Scene, placement: Placement, lanes: Mapping[str, int]) -> None:
    """Stack locations left of what is there, and sites and LANs left of them, each level with its lanes."""
    icons = [i for i in scene.icons if i.place is Place.SITE]
    heights = _heights(scene.icons, lanes)
    here = bool(placement.boxes) or bool(placement.icons)
    middle = _level(placement)
    _stack(_boxes(scene, "location", icons, heights, middle), placement)
    parts = _boxes(scene, "site", icons, heights, middle)
    premises = next((b for b in scene.boxes if b.id == PREMISES), None)
    if premises:
        lans = {PREMISES, *(b.id for b in scene.boxes if b.parent == PREMISES)}
        lan = arrange_lans(premises, scene.boxes, [i for i in icons if i.parent in lans])
        lan.shift(0, _lan_level(lan, placement, middle) if here else -lan.extent().y)
        parts.append(lan)
    _stack(parts, placement)


def _heights(icons: Sequence[SceneIcon], lanes: Mapping[str, int]) -> Mapping[str, int]:
    """The wanted y of what leads out: that of its lane, or the middle of what it carries."""
    found = dict(lanes)
    for level in (3, 2, 1):
        here = [i for i in icons if i.place is Place.SITE and i.level == level]
        for icon in (i for i in here if i.id not in lanes):
            ends = [found[id] for id in icon.joins if id in found]
            ends += [found[i.id] for i in icons if icon.id in i.joins and i.id in found]
            if ends:
                found[icon.id] = (min(ends) + max(ends)) // 2
    return found


def _level(placement: Placement) -> int:
    """y of what sites are joined to: connectors, else gateways at the side, else the middle."""
    for place in (Place.CONNECTOR, Place.SIDE):
        ys = [i.rect.centre.y for i in placement.icons.values() if i.scene.place is place]
        if ys:
            return (min(ys) + max(ys)) // 2
    return placement.extent().centre.y


def _stack(parts: Sequence[Placement], placement: Placement) -> None:
    """Parts below each other at the left of all that is there, as near as may be to where they are."""
    if not parts:
        return
    whole = placement.extent()
    extents = [p.extent() for p in parts]
    order = sorted(range(len(parts)), key=lambda at: extents[at].centre.y)
    apart = [(extents[a].height + extents[b].height) // 2 + BELOW for a, b in pairwise(order)]
    centres = spread([extents[at].centre.y for at in order], apart)
    right = whole.x - GAP if placement.boxes or placement.icons else 0
    for at, y in zip(order, centres, strict=True):
        own = extents[at]
        placement.take(parts[at], right - own.right, y - own.centre.y)


def _boxes(
    scene: Scene, style: str, icons: Sequence[SceneIcon], heights: Mapping[str, int], middle: int
) -> list[Placement]:
    """All boxes of a style with their content, at their wanted heights."""
    found = []
    for box in (b for b in scene.boxes if b.style == style and b.id != PREMISES):
        inside = [i for i in icons if i.parent == box.id]
        ways = [heights[i.id] for i in (*inside, *icons) if i.id in heights and (i in inside or box.id in i.joins)]
        found.append(_site(box, inside, heights, (min(ways) + max(ways)) // 2 if ways else middle))
    return found


def _site(box: SceneBox, icons: Sequence[SceneIcon], heights: Mapping[str, int], middle: int) -> Placement:
    """Hosts at the left, what leads out at the right; lines at the left, what they carry at the right."""
    out = Placement()
    frame = PlacedBox(box, Rect(0, 0, 0, 0))
    out.boxes[box.id] = frame
    columns = [c for c in ([i for i in icons if i.level == level] for level in range(4)) if c]
    x = theme.PAD
    for column in columns:
        wide = max(footprint(i) for i in column)
        for icon, y in _levelled(column, heights, middle):
            out.icons[icon.id] = place_icon(icon, x + wide // 2, y - theme.ICON // 2, box.id)
        x += wide + GAP
    placed = list(out.icons.values())
    top = min((i.rect.y for i in placed), default=middle - 20)
    bottom = max((i.rect.union(i.label.rect).bottom for i in placed), default=middle + 20)
    content = x - GAP + theme.PAD if icons else 0
    width = max(content, LEAST, wanted_width(box))
    for icon_here in placed if content < width else ():  # in the middle
        icon_here.rect = icon_here.rect.moved((width - content) // 2, 0)
        icon_here.label = moved(icon_here.label, (width - content) // 2, 0)
    frame.rect = Rect(0, top - theme.HEADER - 8, width, bottom + theme.PAD - top + theme.HEADER + 8)
    frame.titles = titles_of(box, frame.rect)
    return out


def _levelled(column: Sequence[SceneIcon], heights: Mapping[str, int], middle: int) -> list[tuple[SceneIcon, int]]:
    """The icons of a column with the y of their middles: each near its wanted one, else around the middle."""
    ordered = sorted(column, key=lambda i: heights.get(i.id, middle))
    places = spread([heights.get(i.id, middle) for i in ordered], [_pitch(i) for i in ordered[:-1]])
    return list(zip(ordered, places, strict=True))


def _pitch(icon: SceneIcon) -> int:
    """From the middle of an icon to that of the next one below."""
    return max(place_icon(icon, 0, 0, "").label.rect.bottom + BELOW, LANE - 16)


def _lan_level(lan: Placement, placement: Placement, middle: int) -> int:
    """How far down a LAN has to go: its ways out level with what is at their right, its top not above the cloud."""
    own, whole = lan.extent(), placement.extent()
    ways = [i.rect.centre.y for i in lan.icons.values() if i.scene.level and not i.scene.beneath]
    return max(middle - ((min(ways) + max(ways)) // 2 if ways else own.centre.y), whole.y - own.y)
