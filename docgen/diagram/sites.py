# What stands at the left of the cloud: data centers as boxes, LANs as trees of routers, switches and hosts, and the
# lines between them and the cloud.
#
# In:  a Scene and the placement of its cloud. Out: the same placement with all of this in it.
"""place_sites."""

from __future__ import annotations

from collections.abc import Sequence

from docgen.diagram import theme
from docgen.diagram.drawing import Rect
from docgen.diagram.placement import PlacedBox, Placement
from docgen.diagram.scene import Place, Scene, SceneBox, SceneIcon
from docgen.diagram.text import block
from docgen.diagram.titles import titles_of
from docgen.diagram.vpc_layout import place_icon

GAP = 84
"""Between sites, lines and the cloud."""
BELOW = 40
"""Between sites below each other, and between the icons of one."""
ACROSS = 3
"""Hosts side by side below a switch."""


def place_sites(scene: Scene, placement: Placement) -> None:
    """Stack sites and LANs left of what is there, level with its middle."""
    icons = [i for i in scene.icons if i.place is Place.SITE]
    parts = [_site(b, [i for i in icons if i.parent == b.id]) for b in scene.boxes if b.style == "site"]
    alone = [i for i in icons if not i.parent]
    lan = [i for i in alone if i.level < 2]
    if lan:
        parts.append(_lan(lan))
    lines = [i for i in alone if i.level == 2]
    if not parts and not lines:
        return
    whole = placement.extent()
    stack, y = Placement(), 0
    for part in parts:
        own = part.extent()
        stack.take(part, -own.x, y - own.y)
        y += own.height + BELOW
    left = stack.extent()
    if lines:
        between = _column(lines, left.right + GAP // 2)
        own = between.extent()
        stack.take(between, left.right + GAP - own.x, left.centre.y - own.centre.y)
    own = stack.extent()
    placed = bool(placement.boxes) or bool(placement.icons)
    ways = [i.rect.centre.y for i in stack.icons.values() if i.scene.level and not i.scene.beneath]
    middle = (min(ways) + max(ways)) // 2 if ways else own.centre.y
    level = _level(placement, whole) if placed else middle
    x = whole.x - GAP - own.right if placed else 0
    placement.take(stack, x, max(level - middle, whole.y - own.y) if placed else 0)


def _level(placement: Placement, whole: Rect) -> int:
    """y of what sites are joined to: connectors, else gateways at the side, else the middle."""
    for place in (Place.CONNECTOR, Place.SIDE):
        ys = [i.rect.centre.y for i in placement.icons.values() if i.scene.place is place]
        if ys:
            return (min(ys) + max(ys)) // 2
    return whole.centre.y


def _site(box: SceneBox, icons: Sequence[SceneIcon]) -> Placement:
    """Hosts at the left, what leads out at the right."""
    out = Placement()
    frame = PlacedBox(box, Rect(0, 0, 0, 0))
    out.boxes[box.id] = frame
    columns = [c for c in ([i for i in icons if i.level == level] for level in (0, 1)) if c]
    placed = [_column(column, 0, box.id) for column in columns]
    height = max((p.extent().height for p in placed), default=40)
    x = theme.PAD
    for part in placed:
        own = part.extent()
        out.take(part, x - own.x, theme.HEADER + 8 + (height - own.height) // 2 - own.y)
        x += own.width + GAP
    width = max(x - GAP + theme.PAD if placed else 0, 240)
    frame.rect = Rect(0, 0, width, theme.HEADER + 8 + height + theme.PAD)
    frame.titles = titles_of(box, frame.rect)
    return out


def _column(icons: Sequence[SceneIcon], x: int, parent: str = "") -> Placement:
    out, y = Placement(), 0
    for icon in icons:
        out.icons[icon.id] = placed = place_icon(icon, x, y, parent)
        y = max(placed.rect.bottom, placed.label.rect.bottom) + BELOW
    return out


def _lan(icons: Sequence[SceneIcon]) -> Placement:
    """Routers in a row, below them the switches, below each switch its hosts."""
    out = Placement()
    switches = [i for i in icons if any(h.beneath == i.id for h in icons)]
    hosts = [i for i in icons if i.beneath in {s.id for s in switches}]
    routers = [i for i in icons if i not in switches and i not in hosts]
    x, tree_top = 0, (theme.ICON + BELOW + 40) if routers else 0
    for switch in switches:
        below = [h for h in hosts if h.beneath == switch.id]
        rows = [below[at : at + ACROSS] for at in range(0, len(below), ACROSS)]
        pitch = max(_footprint(i) for i in (switch, *below)) + theme.CELL_GAP
        width = pitch * max(len(row) for row in rows)
        out.icons[switch.id] = placed = place_icon(switch, x + width // 2, tree_top, "")
        y = placed.label.rect.bottom + BELOW
        for row in rows:
            left = x + (width - pitch * len(row)) // 2
            for at, host in enumerate(row):
                out.icons[host.id] = place_icon(host, left + pitch * at + pitch // 2, y, "")
            y = max(out.icons[h.id].label.rect.bottom for h in row) + BELOW
        x += width + theme.CELL_GAP
    across = sum(_footprint(i) + GAP for i in routers) - GAP
    at = max((x - theme.CELL_GAP - across) // 2, 0) if switches else 0
    for router in routers:
        own = _footprint(router)
        out.icons[router.id] = place_icon(router, at + own // 2, 0, "")
        at += own + GAP
    return out


def _footprint(icon: SceneIcon) -> int:
    wide = max(theme.ICON, block(icon.label, 0, 0).rect.width)
    return wide + wide % 2
