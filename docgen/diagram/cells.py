# Icons with their labels in px: how large they are and how they are put down, one by one or in lines in a subnet.
"""place_icon, place_on_side, cell_of, lines_of, Row, and the sizes of icons with their labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from docgen.diagram import theme
from docgen.diagram.drawing import Align, Rect, TextLine
from docgen.diagram.placement import PlacedIcon, Placement
from docgen.diagram.scene import Place, SceneBox, SceneIcon
from docgen.diagram.text import block, width_of

PER_LINE = 3
"""Icons side by side in one subnet."""


def first_gateway(placement: Placement) -> int | None:
    """x of the middle of the first gateway on the upper border, for the title beside it."""
    return min((i.rect.centre.x for i in placement.icons.values() if i.scene.place is Place.BORDER), default=None)


def place_on_side(icon: SceneIcon, x: int, y: int, parent: str, *, right: bool = False) -> PlacedIcon:
    """An icon with its centre on a side border, its label outside below it."""
    rect = Rect(x - theme.ICON // 2, y - theme.ICON // 2, theme.ICON, theme.ICON)
    anchor, align = (x + 8, Align.START) if right else (x - 8, Align.END)
    return PlacedIcon(icon, rect, block(icon.label, anchor, rect.bottom + theme.LABEL_GAP, align), parent)


def place_icon(icon: SceneIcon, centre: int, top: int, parent: str, *, beside: bool = False) -> PlacedIcon:
    """An icon with its label below, or to its right."""
    rect = Rect(centre - theme.ICON // 2, top, theme.ICON, theme.ICON)
    if not beside:
        return PlacedIcon(icon, rect, block(icon.label, centre, rect.bottom + theme.LABEL_GAP), parent)
    height = block(icon.label, 0, 0).rect.height
    label = block(icon.label, rect.right + 8, top + (theme.ICON - height) // 2, Align.START)
    return PlacedIcon(icon, rect, label, parent)


def cell_of(subnet: SceneBox, icons: Sequence[SceneIcon], zones: int) -> list[SceneIcon]:
    """A subnet's icons from left to right: what leads out on the outer side, members of a group on the inner."""
    inside = [i for i in icons if i.parent == subnet.id]
    left = 2 * subnet.column < zones - 1 or zones == 1
    inside.sort(key=lambda i: 0 if i.outward else 2 if i.frame else 1, reverse=not left)
    return inside


def lines_of(icons: Sequence[SceneIcon]) -> list[Sequence[SceneIcon]]:
    """Broken into lines of nearly equal length."""
    if not icons:
        return []
    count = -(-len(icons) // PER_LINE)
    size = -(-len(icons) // count)
    return [icons[at : at + size] for at in range(0, len(icons), size)]


def footprint(icon: SceneIcon) -> int:
    """Width of an icon with its label: even, so that centres stay on whole px."""
    widest = max([theme.ICON, *(_width(t) for t in icon.label)])
    return widest + widest % 2


def _width(line: TextLine) -> int:
    return width_of(line.text, line.size, line.bold)


def label_height(icon: SceneIcon) -> int:
    """Height of an icon's label."""
    return sum(theme.LINE_HEIGHT[t.size] for t in icon.label)


def extent_of(line: Sequence[SceneIcon]) -> int:
    """Width of a line of icons with their labels."""
    return len(line) * max(footprint(i) for i in line) + (len(line) - 1) * theme.CELL_GAP


def icons_extent(line: Sequence[SceneIcon]) -> int:
    """The same without what the outer labels stick out."""
    pitch = max(footprint(i) for i in line) + theme.CELL_GAP
    return (len(line) - 1) * pitch + theme.ICON


@dataclass(slots=True)
class Row:
    """A tier: its place and the common shape of its subnets."""

    top: int
    header: int
    line: int
    """Height of one line of icons with their labels."""
    lines: int

    @property
    def height(self) -> int:
        """Of its subnets."""
        if not self.lines:
            return theme.SUBNET_TWO_LINES + theme.SUBNET_FOOT
        return self.header + self.lines * self.line + (self.lines - 1) * 10 + theme.SUBNET_FOOT

    @property
    def middle(self) -> int:
        """y of the centres of its first icons."""
        return self.top + (self.header + theme.ICON // 2 if self.lines else self.height // 2)
