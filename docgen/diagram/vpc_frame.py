# What every VPC has, however its zones stand: what is in it, and the gateways on its borders.
#
# vpc_columns.py and vpc_rows.py place the zones; the origin is the VPC's upper left corner.
"""VpcFrame."""

from __future__ import annotations

from collections.abc import Sequence

from docgen.diagram import theme
from docgen.diagram.alignment import Zones
from docgen.diagram.cells import (
    Row,
    cell_of,
    extent_of,
    first_gateway,
    footprint,
    icons_extent,
    label_height,
    lines_of,
    place_icon,
    place_on_side,
)
from docgen.diagram.drawing import Align, Rect
from docgen.diagram.frames import FOOT, in_frames
from docgen.diagram.placement import PlacedBox, PlacedIcon, Placement
from docgen.diagram.scene import Place, SceneBox, SceneIcon
from docgen.diagram.text import block
from docgen.diagram.titles import beside_width, titles_of

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

    def __init__(
        self, vpc: SceneBox, boxes: Sequence[SceneBox], icons: Sequence[SceneIcon], least: Zones | None = None
    ) -> None:
        self.vpc = vpc
        self.least = least or Zones(0, 0)
        """What the zones need to stand in line with those of other VPCs."""
        self.zones = sorted((b for b in boxes if b.parent == vpc.id and b.style == "zone"), key=lambda z: z.column)
        homes = {z.id for z in self.zones}
        self.subnets = [b for b in boxes if b.parent in homes]
        own = [i for i in icons if i.parent == vpc.id]
        self.spine = [i for i in own if i.place is Place.SPINE]
        self.beside = [i for i in own if i.place in self.facing]
        self.gateways = _ordered([i for i in own if i.place in (Place.BORDER, Place.LINK) and i not in self.beside])
        self.left = max(theme.PAD + (SIDE_ROOM if self.beside else 0), self.least.left)
        self.cells = {s.id: cell_of(s, icons, len(self.zones)) for s in self.subnets}
        self.band = max([BAND, *(label_height(i) + 12 for i in self.spine)])
        self.banded = len(self.zones) % 2 == 1
        self.out = Placement()

    # -- subnets -------------------------------------------------------------------------------
    def width_of(self, subnet: SceneBox) -> int:
        """px of a subnet, once the widths are settled."""
        raise NotImplementedError

    def widths_for(self, subnet: SceneBox, *, straight: bool = True) -> list[int]:
        """What a subnet wants for its icons and its titles.

        Args:
            subnet: One of this VPC.
            straight: Lines come down on its icons, which have to stand beside the titles then.
        """
        lines = lines_of(self.cells[subnet.id])
        title = beside_width(subnet)
        widths = [max((extent_of(line) for line in lines), default=0) + 32, title + 12]
        clear = 2 * title + 28 + max((icons_extent(line) - theme.ICON for line in lines), default=0)
        return [*widths, clear] if straight and clear <= WIDEST else widths

    def row_of(self, members: Sequence[SceneBox], top: int) -> Row:
        """The common shape of subnets beside each other."""
        lines = [lines_of(self.cells[s.id]) for s in members]
        label = max((label_height(i) for cell in lines for line in cell for i in line), default=0)
        near = any(cell and self._is_near(s, cell[0]) for s, cell in zip(members, lines, strict=True))
        return Row(
            top=top,
            header=theme.SUBNET_TWO_LINES if near else theme.SUBNET_HEADER,
            line=theme.ICON + theme.LABEL_GAP + label,
            lines=max(map(len, lines), default=0),
        )

    def _is_near(self, subnet: SceneBox, line: Sequence[SceneIcon]) -> bool:
        """Whether an icon would come too near to the titles, so that these take room above it."""
        return beside_width(subnet) + 6 > (self.width_of(subnet) - icons_extent(line)) // 2

    def foot_of(self, members: Sequence[SceneBox]) -> int:
        """Room below subnets for the title of a group."""
        return FOOT if any(in_frames(self.cells[s.id]) for s in members) else 0

    def cell_icons(self, subnet: SceneBox, rect: Rect, row: Row) -> None:
        """The icons of a subnet in its place."""
        for at, line in enumerate(lines_of(self.cells[subnet.id])):
            x = rect.x + (rect.width - extent_of(line)) // 2
            y = rect.y + row.header + at * (row.line + 10)
            pitch = max(footprint(i) for i in line)
            for icon in line:
                self.put_icon(icon, x + pitch // 2, y, subnet.id)
                x += pitch + theme.CELL_GAP

    # -- gateways ------------------------------------------------------------------------------
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
