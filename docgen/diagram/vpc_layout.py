# The semantic grid in px: one VPC with its zones as equal columns and its tiers as aligned rows.
#
# In:  the boxes and icons of one VPC. Out: a Placement whose origin is the VPC's upper left corner.
# Sizes come from measured text; nothing is ever nudged by hand. Every size is a whole px.
"""arrange_vpc."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from docgen.diagram import theme
from docgen.diagram.drawing import Align, Rect, TextLine
from docgen.diagram.placement import PlacedBox, PlacedIcon, Placement
from docgen.diagram.scene import Place, SceneBox, SceneIcon
from docgen.diagram.text import block, width_of
from docgen.diagram.titles import beside_width, titles_of, zone_title_width

PER_LINE = 3
"""Icons side by side in one subnet."""
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


@dataclass(slots=True)
class _Row:
    """A tier: its place and the common shape of its subnets."""

    top: int
    header: int
    line: int
    """Height of one line of icons with their labels."""
    lines: int

    @property
    def height(self) -> int:
        if not self.lines:
            return theme.SUBNET_TWO_LINES + theme.SUBNET_FOOT
        return self.header + self.lines * self.line + (self.lines - 1) * 10 + theme.SUBNET_FOOT

    @property
    def middle(self) -> int:
        """y of the centres of its first icons."""
        return self.top + (self.header + theme.ICON // 2 if self.lines else self.height // 2)


def arrange_vpc(vpc: SceneBox, boxes: Sequence[SceneBox], icons: Sequence[SceneIcon]) -> Placement:
    """Place a VPC, its zones and subnets and what stands in, between and on the border of them."""
    return _Grid(vpc, boxes, icons).placed()


class _Grid:
    def __init__(self, vpc: SceneBox, boxes: Sequence[SceneBox], icons: Sequence[SceneIcon]) -> None:
        self.vpc = vpc
        self.zones = sorted((b for b in boxes if b.parent == vpc.id and b.style == "zone"), key=lambda z: z.column)
        homes = {z.id for z in self.zones}
        self.subnets = [b for b in boxes if b.parent in homes]
        self.spine = [i for i in icons if i.parent == vpc.id and i.place is Place.SPINE]
        self.gateways = [i for i in icons if i.parent == vpc.id and i.place is Place.BORDER]
        self.beside = [i for i in icons if i.parent == vpc.id and i.place is Place.SIDE]
        self.left = theme.PAD + (SIDE_ROOM if self.beside else 0)
        self.cells = {s.id: _cell(s, icons, len(self.zones)) for s in self.subnets}
        self.width = self._subnet_width()
        self.band = max([BAND, *(_label_height(i) + 12 for i in self.spine)])
        self.banded = len(self.zones) % 2 == 1
        self.out = Placement()

    # -- sizes ---------------------------------------------------------------------------------
    def _subnet_width(self) -> int:
        widths = [theme.MIN_SUBNET]
        widths += [2 * (zone_title_width(z) + 10 - theme.PAD) for z in self.zones]  # lines pass in the middle
        for subnet in self.subnets:
            lines = _lines(self.cells[subnet.id])
            content = max((_extent(line) for line in lines), default=0)
            title = beside_width(subnet)
            widths += [content + 32, title + 12]
            clear = 2 * title + 28 + max((_icons_extent(line) - theme.ICON for line in lines), default=0)
            if clear <= WIDEST:  # so that lines come down on every icon beside the titles
                widths.append(clear)
        return -(-max(widths) // 4) * 4

    def _rows(self, top: int) -> list[_Row]:
        rows: list[_Row] = []
        count = max((s.row for s in self.subnets), default=-1) + 1
        for number in range(count):
            members = [s for s in self.subnets if s.row == number]
            top += self._band_room(number)
            lines = [line for s in members for line in _lines(self.cells[s.id])]
            label = max((_label_height(i) for line in lines for i in line), default=0)
            row = _Row(
                top=top,
                header=self._header(members),
                line=theme.ICON + theme.LABEL_GAP + label,
                lines=max((len(_lines(self.cells[s.id])) for s in members), default=0),
            )
            rows.append(row)
            top = row.top + row.height + theme.ROW_GAP
        return rows

    def _header(self, members: Sequence[SceneBox]) -> int:
        """Titles take room above the icons only where an icon would come too near to them."""
        for subnet in members:
            lines = _lines(self.cells[subnet.id])
            if lines and beside_width(subnet) + 6 > (self.width - _icons_extent(lines[0])) // 2:
                return theme.SUBNET_TWO_LINES
        return theme.SUBNET_HEADER

    def _band_room(self, row: int) -> int:
        """What bands above a row need, beyond the usual gap."""
        if not self.banded:
            return 0
        bands = sum(1 for i in self.spine if i.level == 2 * row - 1)
        room = bands * (self.band + BAND_GAP)
        return room + (BAND_GAP - theme.ROW_GAP // 2 if bands and row else 0) + (8 if bands and not row else 0)

    # -- placing -------------------------------------------------------------------------------
    def placed(self) -> Placement:
        header = GATEWAY_HEADER if self.gateways else theme.HEADER
        zone_width = self.width + 2 * theme.PAD
        lefts = self._zone_lefts(zone_width)
        narrow = self._gateways_width() - ((lefts[-1] + zone_width if lefts else 2 * theme.MIN_SUBNET) + self.left)
        if narrow > 0:
            self.left += (narrow + 1) // 2
            lefts = self._zone_lefts(zone_width)
        rows = self._rows(header + theme.ZONE_HEADER)
        bottom = max((r.top + r.height for r in rows), default=header + theme.ZONE_HEADER) + theme.PAD - 4
        width = (lefts[-1] + zone_width if lefts else 2 * theme.MIN_SUBNET) + self.left
        height = max(bottom + (theme.PAD if self.zones else 60), header + len(self.beside) * SIDE_PITCH + theme.PAD)
        self._box(self.vpc, Rect(0, 0, width, height))
        for zone, left in zip(self.zones, lefts, strict=True):
            self._box(zone, Rect(left, header, zone_width, bottom - header))
            for subnet in (s for s in self.subnets if s.parent == zone.id):
                row = rows[subnet.row]
                rect = Rect(left + theme.PAD, row.top, self.width, row.height)
                self._box(subnet, rect)
                self._cell_icons(subnet, rect, row)
        middle = self._middle(lefts, zone_width, width)
        self._spine_icons(rows, lefts, zone_width, middle)
        self._border_icons(middle)
        self._side_icons(rows, header, height)
        return self.out

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
            levels[icon.level] = levels.get(icon.level, -theme.CELL_GAP) + _footprint(icon) + theme.CELL_GAP
        widest = max(levels.values(), default=0)
        least = MIDDLE_GAP if self.spine or self.gateways else theme.ZONE_GAP
        width = max(least, widest + 2 * theme.SPINE_PAD if widest else 0)
        return -(-width // 4) * 4

    def _middle(self, lefts: Sequence[int], zone_width: int, width: int) -> int:
        if not lefts:
            return width // 2
        return (lefts[0] + lefts[-1] + zone_width) // 2

    def _cell_icons(self, subnet: SceneBox, rect: Rect, row: _Row) -> None:
        lines = _lines(self.cells[subnet.id])
        for at, line in enumerate(lines):
            x = rect.x + (rect.width - _extent(line)) // 2
            y = row.top + row.header + at * (row.line + 10)
            pitch = max(_footprint(i) for i in line)
            for icon in line:
                self._icon(icon, x + pitch // 2, y, subnet.id)
                x += pitch + theme.CELL_GAP

    def _spine_icons(self, rows: Sequence[_Row], lefts: Sequence[int], zone_width: int, middle: int) -> None:
        if self.banded:
            self._bands(rows, lefts, zone_width, middle)
            return
        free = 0
        for level in sorted({i.level for i in self.spine}):
            line = [i for i in self.spine if i.level == level]
            y = max(_level_middle(rows, level) - theme.ICON // 2, free)
            x = middle - (sum(_footprint(i) for i in line) + theme.CELL_GAP * (len(line) - 1)) // 2
            for icon in line:
                self._icon(icon, x + _footprint(icon) // 2, y, self.vpc.id)
                x += _footprint(icon) + theme.CELL_GAP
            free = y + theme.ICON + theme.LABEL_GAP + max(_label_height(i) for i in line) + 12

    def _bands(self, rows: Sequence[_Row], lefts: Sequence[int], zone_width: int, middle: int) -> None:
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
            self._icon(icon, middle, y + (self.band - theme.ICON) // 2, box.id, beside=True)

    def _pitch(self) -> int:
        return max((_footprint(i) + theme.ICON + 40 for i in self.gateways), default=0)

    def _gateways_width(self) -> int:
        """Room for all gateways on the upper border, with a title left of them."""
        return (len(self.gateways) - 1) * self._pitch() + theme.ICON + 2 * TITLE_ROOM if self.gateways else 0

    def _border_icons(self, middle: int) -> None:
        """Gateways on the upper border, their labels above it."""
        pitch = self._pitch()
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

    def _side_icons(self, rows: Sequence[_Row], header: int, height: int) -> None:
        """Gateways on the left border, level with the middle row; their labels below, outside the VPC."""
        middle = rows[len(rows) // 2].middle if rows else (header + height) // 2
        first = middle - SIDE_PITCH * ((len(self.beside) - 1) // 2)
        first = min(first, height - theme.PAD - SIDE_PITCH * len(self.beside) + SIDE_PITCH // 2)
        first = max(first, header + theme.ICON // 2)
        for at, icon in enumerate(self.beside):
            self.out.icons[icon.id] = place_on_side(icon, 0, first + at * SIDE_PITCH, self.vpc.id)

    def _box(self, box: SceneBox, rect: Rect) -> None:
        self.out.boxes[box.id] = PlacedBox(box, rect, titles_of(box, rect))

    def _icon(self, icon: SceneIcon, centre: int, top: int, parent: str, beside: bool = False) -> None:
        self.out.icons[icon.id] = place_icon(icon, centre, top, parent, beside=beside)


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


def _cell(subnet: SceneBox, icons: Sequence[SceneIcon], zones: int) -> list[SceneIcon]:
    """A subnet's icons from left to right: what leads out stands on the outer side."""
    inside = [i for i in icons if i.parent == subnet.id]
    left = 2 * subnet.column < zones - 1 or zones == 1
    inside.sort(key=lambda i: i.outward is not left)
    return inside


def _lines(icons: Sequence[SceneIcon]) -> list[Sequence[SceneIcon]]:
    """Broken into lines of nearly equal length."""
    if not icons:
        return []
    count = -(-len(icons) // PER_LINE)
    size = -(-len(icons) // count)
    return [icons[at : at + size] for at in range(0, len(icons), size)]


def _footprint(icon: SceneIcon) -> int:
    """Width of an icon with its label: even, so that centres stay on whole px."""
    widest = max([theme.ICON, *(_width(t) for t in icon.label)])
    return widest + widest % 2


def _width(line: TextLine) -> int:
    return width_of(line.text, line.size, line.bold)


def _label_height(icon: SceneIcon) -> int:
    return sum(theme.LINE_HEIGHT[t.size] for t in icon.label)


def _extent(line: Sequence[SceneIcon]) -> int:
    """Width of a line of icons with their labels."""
    return len(line) * max(_footprint(i) for i in line) + (len(line) - 1) * theme.CELL_GAP


def _icons_extent(line: Sequence[SceneIcon]) -> int:
    """The same without what the outer labels stick out."""
    pitch = max(_footprint(i) for i in line) + theme.CELL_GAP
    return (len(line) - 1) * pitch + theme.ICON


def _level_middle(rows: Sequence[_Row], level: int) -> int:
    """y of the centre of what stands at a level of the spine."""
    if not rows:
        return theme.HEADER + theme.ICON
    row = min(level // 2, len(rows) - 1)
    if level % 2 == 0 or row + 1 >= len(rows):
        return rows[row].middle
    return (rows[row].top + rows[row].height + rows[row + 1].top) // 2
