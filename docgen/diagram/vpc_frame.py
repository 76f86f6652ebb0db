# What every VPC has, however its zones stand: what is in it, and the gateways on its borders.
#
# vpc_columns.py and vpc_rows.py place the zones; the origin is the VPC's upper left corner.
"""VpcFrame."""

from __future__ import annotations

from collections.abc import Sequence

from docgen.diagram import theme
from docgen.diagram.cells import cell_of, first_gateway, footprint, label_height, place_icon, place_on_side
from docgen.diagram.drawing import Align, Rect
from docgen.diagram.placement import PlacedBox, PlacedIcon, Placement
from docgen.diagram.scene import Place, SceneBox, SceneIcon
from docgen.diagram.text import block
from docgen.diagram.titles import titles_of

BAND = 68
BAND_GAP = 26
GATEWAY_HEADER = 64
WIDEST = 440
"""Subnets are not made wider than this for straighter lines only."""
TITLE_ROOM = 140
"""Left of the first gateway on a VPC's upper border."""
SIDE_ROOM = 40
"""Inside a VPC beside gateways on its border."""
SIDE_PITCH = 116
"""Between gateways on a side border."""
MIDDLE_GAP = 124
"""Between the two middle zones: room for gateways' lines and a label."""


class VpcFrame:
    """The boxes and icons of one VPC, and how those on its borders are placed."""

    facing = frozenset({Place.SIDE})
    """What stands on the left border, rather than on the upper one."""

    def __init__(self, vpc: SceneBox, boxes: Sequence[SceneBox], icons: Sequence[SceneIcon]) -> None:
        self.vpc = vpc
        self.zones = sorted((b for b in boxes if b.parent == vpc.id and b.style == "zone"), key=lambda z: z.column)
        homes = {z.id for z in self.zones}
        self.subnets = [b for b in boxes if b.parent in homes]
        own = [i for i in icons if i.parent == vpc.id]
        self.spine = [i for i in own if i.place is Place.SPINE]
        self.beside = [i for i in own if i.place in self.facing]
        self.gateways = _ordered([i for i in own if i.place in (Place.BORDER, Place.LINK) and i not in self.beside])
        self.left = theme.PAD + (SIDE_ROOM if self.beside else 0)
        self.cells = {s.id: cell_of(s, icons, len(self.zones)) for s in self.subnets}
        self.band = max([BAND, *(label_height(i) + 12 for i in self.spine)])
        self.banded = len(self.zones) % 2 == 1
        self.out = Placement()

    def pitch(self) -> int:
        """Between gateways on the upper border."""
        return max((footprint(i) + theme.ICON + 40 for i in self.gateways), default=0)

    def gateways_width(self) -> int:
        """Room for all gateways on the upper border, with a title left of them."""
        return (len(self.gateways) - 1) * self.pitch() + theme.ICON + 2 * TITLE_ROOM if self.gateways else 0

    def border_icons(self, middle: int) -> None:
        """Gateways on the upper border, their labels above it."""
        pitch = self.pitch()
        x = middle - pitch * (len(self.gateways) - 1) // 2
        for icon in self.gateways:
            rect = Rect(x - theme.ICON // 2, -theme.ICON // 2, theme.ICON, theme.ICON)
            height = block(icon.label, 0, 0).rect.height
            label = block(icon.label, rect.x - 8, -5 - height, Align.END)
            self.out.icons[icon.id] = PlacedIcon(icon, rect, label, self.vpc.id)
            x += pitch
        if self.gateways or not self.zones:
            frame = self.out.boxes[self.vpc.id]
            frame.titles = titles_of(self.vpc, frame.rect, first_gateway(self.out) or frame.rect.right)

    def side_icons(self, middle: int, header: int, height: int) -> None:
        """Gateways on the left border around a height; their labels below, outside the VPC."""
        first = middle - SIDE_PITCH * ((len(self.beside) - 1) // 2)
        first = min(first, height - theme.PAD - SIDE_PITCH * len(self.beside) + SIDE_PITCH // 2)
        first = max(first, header + theme.ICON // 2)
        for at, icon in enumerate(self.beside):
            self.out.icons[icon.id] = place_on_side(icon, 0, first + at * SIDE_PITCH, self.vpc.id)

    def put_box(self, box: SceneBox, rect: Rect) -> None:
        """A box with its titles."""
        self.out.boxes[box.id] = PlacedBox(box, rect, titles_of(box, rect))

    def put_icon(self, icon: SceneIcon, centre: int, top: int, parent: str, beside: bool = False) -> None:
        """An icon with its label."""
        self.out.icons[icon.id] = place_icon(icon, centre, top, parent, beside=beside)


def _ordered(gateways: list[SceneIcon]) -> list[SceneIcon]:
    """What leads outside in the middle, what leads to services of the Region on both sides of it."""
    aside = [i for i in gateways if i.aside]
    ways = [i for i in gateways if not i.aside]
    half = len(aside) // 2
    return [*aside[:half], *ways, *aside[half:]]
