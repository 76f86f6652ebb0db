# The semantic grid in px: one VPC with its zones as equal columns and its tiers as aligned rows.
#
# In:  the boxes and icons of one VPC. Out: a Placement whose origin is the VPC's upper left corner.
# Sizes come from measured text; nothing is ever nudged by hand. Every size is a whole px.
"""ZoneColumns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from docgen.diagram import theme
from docgen.diagram.alignment import Zones
from docgen.diagram.cells import Row, footprint, label_height
from docgen.diagram.drawing import Rect
from docgen.diagram.placement import PlacedBox, Placement
from docgen.diagram.scene import SceneBox, SceneIcon
from docgen.diagram.titles import zone_title_width
from docgen.diagram.vpc_frame import BAND_GAP, GATEWAY_HEADER, MIDDLE_GAP, SIDE_PITCH, VpcFrame

SPINE_GAP = 12
"""Between what stands below each other between zones."""


class ZoneColumns(VpcFrame):
    """One VPC with zones side by side and its tiers as rows."""

    def __init__(
        self, vpc: SceneBox, boxes: Sequence[SceneBox], icons: Sequence[SceneIcon], least: Zones | None = None
    ) -> None:
        super().__init__(vpc, boxes, icons, least)
        self.width = max(self._subnet_width(), self.least.width - 2 * theme.PAD)
        self.spine_room: dict[int, int] = {}
        """By row: room above it for what stands in the spine."""

    # -- sizes ---------------------------------------------------------------------------------
    def width_of(self, subnet: SceneBox) -> int:
        """All are equally wide."""
        del subnet
        return self.width

    def _subnet_width(self) -> int:
        widths = [theme.MIN_SUBNET]
        widths += [2 * (zone_title_width(z) + 10 - theme.PAD) for z in self.zones]  # lines pass in the middle
        for subnet in self.subnets:
            widths += self.widths_for(subnet)
        return -(-max(widths) // 4) * 4

    def _rows(self, top: int) -> list[Row]:
        rows: list[Row] = []
        count = max((s.row for s in self.subnets), default=-1) + 1
        for number in range(count):
            members = [s for s in self.subnets if s.row == number]
            top += self._band_room(number) + self.spine_room.get(number, 0)
            row = self.row_of(members, top)
            rows.append(row)
            top = row.top + row.height + theme.ROW_GAP + self.foot_of(members)
        return rows

    def _band_room(self, row: int) -> int:
        """What bands above a row need, beyond the usual gap."""
        if not self.banded:
            return 0
        bands = sum(1 for i in self.spine if i.level == 2 * row - 1)
        room = bands * (self.band + BAND_GAP)
        return room + (BAND_GAP - theme.ROW_GAP // 2 if bands and row else 0) + (8 if bands and not row else 0)

    # -- placing -------------------------------------------------------------------------------
    def placed(self) -> Placement:
        """Everything with its place."""
        header = GATEWAY_HEADER if self.gateways else theme.HEADER
        zone_width = self.width + 2 * theme.PAD
        lefts = self._zone_lefts(zone_width)
        narrow = self.gateways_width() - ((lefts[-1] + zone_width if lefts else 2 * theme.MIN_SUBNET) + self.left)
        if narrow > 0:
            self.left += (narrow + 1) // 2
            lefts = self._zone_lefts(zone_width)
        rows, spine = self._rows_and_spine(header + theme.ZONE_HEADER)
        bottom = max((r.top + r.height for r in rows), default=header + theme.ZONE_HEADER) + theme.PAD - 4
        bottom += self.foot_of([s for s in self.subnets if s.row == len(rows) - 1])
        width = (lefts[-1] + zone_width if lefts else 2 * theme.MIN_SUBNET) + self.left
        height = max(bottom + (theme.PAD if self.zones else 60), header + len(self.beside) * SIDE_PITCH + theme.PAD)
        self.put_box(self.vpc, Rect(0, 0, width, height))
        for zone, left in zip(self.zones, lefts, strict=True):
            self.put_box(zone, Rect(left, header, zone_width, bottom - header))
            for subnet in (s for s in self.subnets if s.parent == zone.id):
                row = rows[subnet.row]
                rect = Rect(left + theme.PAD, row.top, self.width, row.height)
                self.put_box(subnet, rect)
                self.cell_icons(subnet, rect, row)
        middle = self._middle(lefts, zone_width, width)
        self._spine_icons(rows, spine, lefts, zone_width, middle)
        self.border_icons(middle)
        self.side_icons(self._side_middle(rows) if rows else (header + height) // 2, header, height)
        return self.out

    def _side_middle(self, rows: Sequence[Row]) -> int:
        """y of the row that gateways on the left border lead to, most of them."""
        levels = sorted(i.level // 2 for i in self.beside)
        return rows[levels[len(levels) // 2] if levels else 0].middle

    def _zone_lefts(self, zone_width: int) -> list[int]:
        """x of every zone; the middle gap of an even number of zones is the spine."""
        count = len(self.zones)
        lefts, x = [], self.left
        for at in range(count):
            lefts.append(x)
            spine = not self.banded and at == count // 2 - 1
            x += zone_width + (self._spine_width() if spine else theme.ZONE_GAP)
        return lefts

    def _spine_width(self) -> int:
        levels: dict[int, int] = {}
        for icon in self.spine:
            levels[icon.level] = levels.get(icon.level, -theme.CELL_GAP) + footprint(icon) + theme.CELL_GAP
        widest = max(levels.values(), default=0)
        least = MIDDLE_GAP if self.spine or self.gateways else theme.ZONE_GAP
        width = max(least, self.least.middle, widest + 2 * theme.SPINE_PAD if widest else 0)
        return -(-width // 4) * 4

    def _middle(self, lefts: Sequence[int], zone_width: int, width: int) -> int:
        if not lefts:
            return width // 2
        return (lefts[0] + lefts[-1] + zone_width) // 2

    def _rows_and_spine(self, top: int) -> tuple[list[Row], Mapping[int, int]]:
        """The rows, and y of what stands at each level of the spine: what is level with a row is exactly so."""
        rows = self._rows(top)
        if self.banded:
            return rows, {}
        while True:
            tops = self._spine_tops(rows)
            levels = (n for n in tops if n % 2 == 0 and n // 2 < len(rows))
            low = next((n for n in levels if tops[n] + theme.ICON // 2 > level_middle(rows, n)), None)
            if low is None:
                return rows, tops
            more = tops[low] + theme.ICON // 2 - level_middle(rows, low)
            self.spine_room[low // 2] = self.spine_room.get(low // 2, 0) + more
            rows = self._rows(top)

    def _spine_tops(self, rows: Sequence[Row]) -> dict[int, int]:
        """y of each level: what stands between two rows gives way to what is level with the next one."""
        levels = sorted({i.level for i in self.spine})
        wanted = {level: level_middle(rows, level) - theme.ICON // 2 for level in levels}
        tops: dict[int, int] = {}
        free = 0
        for at, level in enumerate(levels):
            tall = theme.ICON + theme.LABEL_GAP + max(label_height(i) for i in self.spine if i.level == level)
            y = wanted[level]
            if level % 2 and at + 1 < len(levels):
                y = min(y, wanted[levels[at + 1]] - tall - SPINE_GAP)
            tops[level] = max(y, free)
            free = tops[level] + tall + SPINE_GAP
        return tops

    def _spine_icons(
        self, rows: Sequence[Row], tops: Mapping[int, int], lefts: Sequence[int], zone_width: int, middle: int
    ) -> None:
        if self.banded:
            self._bands(rows, lefts, zone_width, middle)
            return
        for level, y in tops.items():
            line = [i for i in self.spine if i.level == level]
            x = middle - (sum(footprint(i) for i in line) + theme.CELL_GAP * (len(line) - 1)) // 2
            for icon in line:
                self.put_icon(icon, x + footprint(icon) // 2, y, self.vpc.id)
                x += footprint(icon) + theme.CELL_GAP

    def _bands(self, rows: Sequence[Row], lefts: Sequence[int], zone_width: int, middle: int) -> None:
        """Across an odd number of zones: a band above the row that it serves, one below the other."""
        used: dict[int, int] = {}
        for icon in self.spine:
            row = (icon.level + 1) // 2
            used[row] = used.get(row, 0) + 1
            top = rows[row].top if rows else theme.HEADER
            y = top - used[row] * (self.band + BAND_GAP)
            rect = Rect(lefts[0] + theme.PAD // 2, y, lefts[-1] + zone_width - lefts[0] - theme.PAD, self.band)
            box = SceneBox(
                id=f"band:{icon.id}", parent=self.vpc.id, component=None, style="band", title="", state=icon.state
            )
            self.out.boxes[box.id] = PlacedBox(box, rect)
            self.put_icon(icon, middle, y + (self.band - theme.ICON) // 2, box.id, beside=True)


def level_middle(rows: Sequence[Row], level: int) -> int:
    """y of the centre of what stands at a level of the spine."""
    if not rows:
        return theme.HEADER + theme.ICON
    row = min(level // 2, len(rows) - 1)
    if level % 2 == 0 or row + 1 >= len(rows):
        return rows[row].middle
    return (rows[row].top + rows[row].height + rows[row + 1].top) // 2
