# LANs in px: routers above, the switches below them, below each switch a box for each of its LANs with its hosts.
#
# In:  the boxes and icons of the premises. Out: a Placement.
"""arrange_lans."""

from __future__ import annotations

from collections.abc import Sequence

from docgen.diagram import theme
from docgen.diagram.cells import footprint, label_height, place_icon
from docgen.diagram.drawing import Rect
from docgen.diagram.placement import PlacedBox, Placement
from docgen.diagram.scene import SceneBox, SceneIcon
from docgen.diagram.titles import titles_of, wanted_width

ACROSS = 3
"""Hosts side by side in a LAN."""
BELOW = 64
"""Between rows: room for lines with two signs on them."""
ASIDE = 40
"""Between LANs, and between routers."""


def arrange_lans(premises: SceneBox, boxes: Sequence[SceneBox], icons: Sequence[SceneIcon]) -> Placement:
    """The premises with all that stands in them."""
    switches = [i for i in icons if any(h.beneath == i.id for h in icons)]
    lans = {b.id: [i for i in icons if i.parent == b.id] for b in boxes if b.parent == premises.id}
    routers = [i for i in icons if i not in switches and i.parent == premises.id]
    inner = [r for r in routers if any(s.id in r.joins for s in switches)]
    tree = _trees(boxes, switches, lans)
    out, y = Placement(), 0
    whole = tree.extent()
    for row in ([r for r in routers if r not in inner], inner):
        if row:
            _row(out, row, whole.centre.x, y, premises.id)
            y += theme.ICON + theme.LABEL_GAP + max(label_height(i) for i in row) + BELOW
    out.take(tree, 0, y)
    inside = out.extent()
    width = max(inside.width, wanted_width(premises) - 2 * theme.PAD)
    rect = Rect(
        inside.x - theme.PAD - (width - inside.width) // 2,
        inside.y - theme.HEADER - 8,
        width + 2 * theme.PAD,
        inside.height + theme.HEADER + 8 + theme.PAD,
    )
    framed = Placement({premises.id: PlacedBox(premises, rect, titles_of(premises, rect))})
    framed.take(out, 0, 0)
    return framed


def _row(out: Placement, icons: Sequence[SceneIcon], middle: int, y: int, parent: str) -> None:
    wide = [footprint(i) for i in icons]
    x = middle - (sum(wide) + ASIDE * (len(icons) - 1)) // 2
    for icon, own in zip(icons, wide, strict=True):
        out.icons[icon.id] = place_icon(icon, x + own // 2, y, parent)
        x += own + ASIDE


def _trees(boxes: Sequence[SceneBox], switches: Sequence[SceneIcon], lans: dict[str, list[SceneIcon]]) -> Placement:
    """Switches side by side, each over the middle of its LANs."""
    out, x = Placement(), 0
    top = theme.ICON + theme.LABEL_GAP + max((label_height(i) for i in switches), default=0) + BELOW
    for switch in switches:
        left = x
        for box in boxes:
            hosts = lans.get(box.id, [])
            if any(h.beneath == switch.id for h in hosts):
                placed = _lan(box, hosts)
                out.take(placed, x, top)
                x += placed.boxes[box.id].rect.width + ASIDE
        right = max(x - ASIDE, left + footprint(switch))
        out.icons[switch.id] = place_icon(switch, (left + right) // 2, 0, switch.parent)
        x = right + ASIDE
    return out


def _lan(box: SceneBox, hosts: Sequence[SceneIcon]) -> Placement:
    """A LAN with its hosts in rows, its upper left corner at the origin."""
    rows = [hosts[at : at + ACROSS] for at in range(0, len(hosts), ACROSS)]
    pitch = max(footprint(i) for i in hosts) + theme.CELL_GAP
    width = max(pitch * len(rows[0]) + 12, wanted_width(box) + 12)
    width += width % 2
    out, y = Placement(), 20
    frame = PlacedBox(box, Rect(0, 0, 0, 0))
    out.boxes[box.id] = frame
    for row in rows:
        left = (width - pitch * len(row)) // 2
        for at, host in enumerate(row):
            out.icons[host.id] = place_icon(host, left + pitch * at + pitch // 2, y, box.id)
        y = max(out.icons[h.id].label.rect.bottom for h in row) + 20
    frame.rect = Rect(0, 0, width, y + 14)
    frame.titles = titles_of(box, frame.rect)
    return out
