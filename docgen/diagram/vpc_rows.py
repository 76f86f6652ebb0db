# The semantic grid turned: one VPC with its zones below each other and its tiers as columns from left to right.
#
# In:  the boxes and icons of one VPC. Out: a Placement whose origin is the VPC's upper left corner.
# For pictures that read from left to right: what is joined to other networks, and many zones with few tiers.
"""ZoneRows."""

from __future__ import annotations

from collections.abc import Sequence

from docgen.diagram import theme
from docgen.diagram.alignment import Zones
from docgen.diagram.cells import first_gateway, footprint, label_height
from docgen.diagram.drawing import Rect
from docgen.diagram.placement import PlacedBox, Placement
from docgen.diagram.scene import Place, SceneBox, SceneIcon
from docgen.diagram.titles import titles_of, zone_title_width
from docgen.diagram.vpc_frame import BAND_GAP, GATEWAY_HEADER, SIDE_PITCH, VpcFrame

TIER_GAP = 48
"""Between two tiers."""
ZONE_GAP = 28
"""Between two zones where nothing stands between them."""
ALIKE = 0.4
"""Zones at least this wide, in parts of those that they stand in line with, are made as wide as these."""
SPINE_PAD = 12
"""Above and below what stands between zones."""


class ZoneRows(VpcFrame):
    """One VPC with zones below each other and its tiers as columns."""

    facing = frozenset({Place.SIDE, Place.LINK})

    def __init__(
        self, vpc: SceneBox, boxes: Sequence[SceneBox], icons: Sequence[SceneIcon], least: Zones | None = None
    ) -> None:
        super().__init__(vpc, boxes, icons, least)
        offers = {i.id for i in icons if i.place is Place.LINK}
        for cell in self.cells.values():  # what leads to another VPC stands on the side of that
            cell.sort(key=lambda i: not offers.isdisjoint(i.joins))
        self.tiers = max((s.row for s in self.subnets), default=-1) + 1
        self.widths = [self._tier_width([s for s in self.subnets if s.row == at]) for at in range(self.tiers)]
        self.band = max([theme.ICON + 20, *(footprint(i) + 16 for i in self.spine)])

    def _tier_width(self, members: Sequence[SceneBox]) -> int:
        widths = [theme.MIN_SUBNET]
        for subnet in members:
            widths += self.widths_for(subnet, straight=bool(self.spine))
        return -(-max(widths) // 4) * 4

    def width_of(self, subnet: SceneBox) -> int:
        """A tier's subnets are equally wide."""
        return self.widths[subnet.row]

    # -- placing -------------------------------------------------------------------------------
    def placed(self) -> Placement:
        """Everything with its place."""
        header = GATEWAY_HEADER if self.gateways else theme.HEADER
        balance = self.left - theme.PAD  # what is left free beside gateways is so at the right too
        columns, zone_width = self._columns(), self._zone_width()
        if ALIKE * self.least.width <= zone_width < self.least.width:  # in line with other VPCs
            more = (self.least.width - zone_width) // self.tiers
            self.widths = [width + more // 2 * 2 for width in self.widths]
            columns, zone_width = self._columns(), self.least.width
        row = self.row_of(self.subnets, 0)
        self.left += max(self.gateways_width() - self.left - zone_width - theme.PAD, 0) // 2
        zone_height = theme.ZONE_HEADER + row.height + theme.PAD - 4 + self.foot_of(self.subnets)
        tops = self._zone_tops(header, zone_height)
        bottom = tops[-1] + zone_height
        self._spine_icons(tops, zone_height, columns)
        right = max([self.left + zone_width, *(i.label.rect.right for i in self.out.icons.values())])
        width = max(right + theme.PAD + balance, self.gateways_width())
        height = max(bottom + theme.PAD, header + len(self.beside) * SIDE_PITCH + theme.PAD)
        spine, self.out = self.out, Placement()
        self.put_box(self.vpc, Rect(0, 0, width, height))
        for zone, top in zip(self.zones, tops, strict=True):
            self.put_box(zone, Rect(self.left, top, zone_width, zone_height))
            for subnet in (s for s in self.subnets if s.parent == zone.id):
                rect = Rect(
                    self.left + columns[subnet.row],
                    top + theme.ZONE_HEADER,
                    self.widths[subnet.row],
                    row.height,
                )
                self.put_box(subnet, rect)
                self.cell_icons(subnet, rect, row)
        self.out.take(spine, 0, 0)
        self.border_icons((self.left + width - theme.PAD) // 2 if not self.beside else (self.left + width) // 2)
        frame = self.out.boxes[self.vpc.id]
        frame.titles = titles_of(self.vpc, frame.rect, first_gateway(self.out) or frame.rect.right)
        self.side_icons((tops[0] + bottom) // 2, header, height)
        return self.out

    def _zone_width(self) -> int:
        content = self._columns()[-1] + self.widths[-1] + theme.PAD
        return max(content, *(zone_title_width(z) + 24 for z in self.zones))

    def _columns(self) -> list[int]:
        """x of every tier inside a zone; bands stand before the tiers that they serve."""
        found, x = [], theme.PAD
        for at, width in enumerate(self.widths):
            if self.banded:
                x += sum(1 for i in self.spine if (i.level + 1) // 2 == at) * (self.band + BAND_GAP)
            found.append(x)
            x += width + TIER_GAP
        return found

    def _zone_tops(self, header: int, height: int) -> list[int]:
        """y of every zone; the middle gap of an even number of zones is the spine."""
        count, tops, y = len(self.zones), [], header
        for at in range(count):
            tops.append(y)
            middle = not self.banded and at == count // 2 - 1
            y += height + (self._spine_height() if middle and self.spine else ZONE_GAP)
        return tops

    def _spine_height(self) -> int:
        """Room on both sides for a label: what leads on from the middle of the zones stands level with it."""
        return theme.ICON + 2 * (theme.LABEL_GAP + max((label_height(i) for i in self.spine), default=0) + SPINE_PAD)

    def _spine_icons(self, tops: Sequence[int], zone_height: int, columns: Sequence[int]) -> None:
        if self.banded:
            self._bands(tops, zone_height, columns)
            return
        y = (tops[0] + tops[-1] + zone_height - theme.ICON) // 2
        free = self.left
        for icon in sorted(self.spine, key=lambda i: i.level):
            half = footprint(icon) // 2
            x = max(self.left + self._level_middle(icon.level, columns), free + half)
            self.put_icon(icon, x, y, self.vpc.id)
            free = x + half + theme.CELL_GAP

    def _level_middle(self, level: int, columns: Sequence[int]) -> int:
        """x, inside a zone, of the centre of what stands at a level of the spine."""
        at = min(level // 2, len(columns) - 1)
        if level % 2 == 0 or at + 1 >= len(columns):
            return columns[at] + self.widths[at] // 2
        return (columns[at] + self.widths[at] + columns[at + 1]) // 2

    def _bands(self, tops: Sequence[int], zone_height: int, columns: Sequence[int]) -> None:
        """Across an odd number of zones: a band before the tier that it serves."""
        used: dict[int, int] = {}
        bottom = tops[-1] + zone_height
        for icon in self.spine:
            tier = min(max((icon.level + 1) // 2, 0), len(columns) - 1)
            used[tier] = used.get(tier, 0) + 1
            x = self.left + columns[tier] - used[tier] * (self.band + BAND_GAP)
            top, tall = tops[0] + theme.ZONE_HEADER, bottom - tops[0] - theme.ZONE_HEADER - theme.PAD // 2
            box = SceneBox(
                id=f"band:{icon.id}", parent=self.vpc.id, component=None, style="band", title="", state=icon.state
            )
            self.out.boxes[box.id] = PlacedBox(box, Rect(x, top, self.band, tall))
            high = theme.ICON + theme.LABEL_GAP + label_height(icon)
            self.put_icon(icon, x + self.band // 2, top + (tall - high) // 2, box.id)
