# Clouds, accounts and Regions: VPCs in rows and columns of a pleasing shape, connectors left of them or between
# them, services above or at the right.
#
# In:  a Scene and one of its boxes. Out: a Placement whose origin is that box's upper left corner.
"""container, way_in."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import pairwise
from types import MappingProxyType

from docgen.diagram import theme
from docgen.diagram.alignment import Least, align
from docgen.diagram.cells import first_gateway, footprint, label_height, place_icon, place_on_side
from docgen.diagram.drawing import Rect
from docgen.diagram.lanes import spread
from docgen.diagram.neighbours import BESIDE, BUS, Grid, Tie, grid_of
from docgen.diagram.placement import PlacedBox, Placement, moved
from docgen.diagram.scene import ON_BORDER, Place, Scene, SceneBox, SceneIcon
from docgen.diagram.text import block
from docgen.diagram.titles import titles_of
from docgen.diagram.vpc_frame import SIDE_ROOM
from docgen.diagram.vpc_layout import arrange_vpc

NONE: Least = MappingProxyType({})
OVER_GATEWAY = 36
"""Above a VPC with gateways: half an icon and its label."""
ALIKE = 0.6
"""Containers at least this wide, in parts of the widest, are made as wide as it."""
LANES = 24
"""Between the labels of gateways and the one connector that all their lines end at."""
MANY = 4
"""More VPCs than these stand on both sides of what joins them."""
_TITLE = 150
"""Left of services whose place is given: room for the title of the box."""
FEW = 3
"""So many services stand above one VPC; more of them stand at its right where it is taller than wide."""


def container(
    scene: Scene, box: SceneBox, *, rows: bool = False, facing: bool = False, least: Least = NONE
) -> Placement:
    """A box with its content, its upper left corner at the origin.

    Args:
        rows: Zones stand below each other.
        facing: Connectors stand right of the VPCs rather than left: what they are joined to is there.
        least: What the zones of VPCs need to stand in line with those of VPCs in other boxes.
    """
    if box.style == "vpc":
        return arrange_vpc(box, scene.boxes, scene.icons, rows=rows, least=least.get(box.id))
    inside = [b for b in scene.boxes if b.parent == box.id]
    services = _in_order([i for i in scene.icons if i.parent == box.id and i.place in (Place.EDGE, Place.REGION)])
    connectors = [i for i in scene.icons if i.parent == box.id and i.place is Place.CONNECTOR]
    children = [container(scene, b, rows=rows, least=least) for b in inside]
    grid = grid_of(children, connectors, rows=rows)
    for at in grid.facing:
        grid.children[at] = container(scene, inside[at], rows=rows, facing=True, least=least)

    def again(at: int, least: Least = least, *, rows: bool) -> Placement:
        return container(scene, inside[at], rows=rows, facing=at in grid.facing, least=least)

    turned: frozenset[int] = frozenset() if rows else grid.turned(partial(again, rows=True))
    align(grid.columns, grid.children, lambda at, least: again(at, least, rows=rows or at in turned))
    sites = frozenset(i.id for i in scene.icons if i.place is Place.SITE)
    inner = _Inner(grid, connectors, box.id, sites, facing=facing)
    beside = len(services) > FEW and inner.bottom > inner.right
    above = [] if beside else services
    out = Placement()
    frame = PlacedBox(box, Rect(0, 0, 0, 0))
    out.boxes[box.id] = frame
    narrowest = 360 if services else 240
    width = max(inner.right + theme.PAD, narrowest)
    top = _services(inner.out, above, width, box.id) if above else theme.HEADER
    if inner.sticks_out:
        top += OVER_GATEWAY
    for icon in above:  # they stay where they are while the rest moves below them
        inner.out.icons[icon.id].rect = inner.out.icons[icon.id].rect.moved(0, -top)
        inner.out.icons[icon.id].label = moved(inner.out.icons[icon.id].label, 0, -top)
    out.take(inner.out, 0, top)
    bottom = top + inner.bottom - (0 if children or connectors or not above else 20)
    if beside:
        width, bottom = _at_the_right(out, services, inner.right, top, bottom, box.id)
    ends = [i.rect.union(i.label.rect).right for i in out.icons.values() if i.parent == box.id]
    width = max(width, max(ends, default=0) + theme.PAD)
    frame.rect = Rect(0, 0, width, bottom + theme.PAD)
    frame.titles = titles_of(box, frame.rect)
    return out


class _Inner:
    """The children and connectors of a container: the first child at x = PAD at the earliest, y = 0."""

    def __init__(
        self, grid: Grid, connectors: Sequence[SceneIcon], parent: str, sites: frozenset[str], *, facing: bool
    ) -> None:
        self.out = Placement()
        self.sticks_out = any(c.extent().y < 0 for c in grid.children)
        self._parent = parent
        tied = {t.icon.id for ties in grid.between.values() for t in ties}
        beside = [c for c in connectors if c.id not in tied]
        crowd = bool(beside) and len(grid.columns) > 1 and len(grid.children) > MANY
        if crowd and not facing:
            _narrow(grid)
        _even_out(grid)
        between = crowd or (facing and bool(grid.children))
        outward = {c.id for c in beside if c.level > 0 or (between and not sites.isdisjoint(c.joins))}
        near = [c for c in beside if c.id not in outward]
        far = [c for c in beside if c.id in outward]
        if between and not facing:  # one column of connectors, whomever they join
            across = [t for pair in grid.across(0) for t in grid.between.pop(pair)]
            near += [t.icon for t in across]
        x = theme.PAD
        heights = grid.height
        level = heights if len(grid.columns) > 1 else _level(grid.children, heights)
        for group in [far] if between else [far, near]:
            x = self._column(group, x, level)
        self._children(grid, near if between else [], x, level)
        for (one, other), ties in grid.between.items():
            self._between(grid, one, other, ties)
        rects = [b.rect for b in self.out.boxes.values()] + [
            i.rect.union(i.label.rect) for i in self.out.icons.values()
        ]
        self.right = max((r.right for r in rects), default=0) + (BUS if facing and near else 0)
        self.bottom = max([heights, *(r.bottom for r in rects)])
        low = min([0, *(i.rect.y - 8 for i in self.out.icons.values() if i.parent == parent)])
        if low < 0:  # a column of connectors taller than all VPCs
            self.out.shift(0, -low)
            self.bottom -= low

    def _column(self, icons: Sequence[SceneIcon], x: int, height: int, levels: Sequence[int] = ()) -> int:
        """Connectors below each other around the middle of a height, or near to their own levels.

        Returns:
            Where to go on at the right of them.
        """
        if not icons:
            return x
        wide = max(max(theme.ICON, block(i.label, 0, 0).rect.width) for i in icons)
        tall = [theme.ICON + theme.LABEL_GAP + block(i.label, 0, 0).rect.height for i in icons]
        y = (height - sum(tall[:-1]) - theme.ICON - BUS * (len(icons) - 1)) // 2
        y = max(y, 0) if height else 20
        tops = [y + sum(tall[:at]) + BUS * at for at in range(len(icons))]
        if levels:
            tops = spread([level - theme.ICON // 2 for level in levels], [own + BUS for own in tall[:-1]])
        for icon, top in zip(icons, tops, strict=True):
            self.out.icons[icon.id] = place_icon(icon, x + wide // 2, top, self._parent)
        return x + wide + BUS

    def _children(self, grid: Grid, near: Sequence[SceneIcon], x: int, level: int) -> None:
        """All children in their rows and columns, with connectors between the first column and the next."""
        tops = [grid.top(row) for row in range(grid.rows)]
        for at, column in enumerate(grid.columns):
            mirrored = bool(near) and at == 0
            if mirrored:
                _mirror([grid.children[c] for c in column], near)
            x += max((max(-grid.children[c].extent().x, 0) for c in column), default=0)
            for row, number in enumerate(column):
                self.out.take(grid.children[number], x, tops[row])
            x += grid.width(at)
            if mirrored:
                wanted = {icon.id: self._wanted(grid, tops, icon) for icon in near}
                near = sorted(near, key=lambda i: wanted[i.id])
                outside = max(grid.children[c].extent().right - grid.frame(c).right for c in column)
                x += max(outside + (LANES if len(near) == 1 else BUS), BUS)
                x = self._column(near, x, level, [wanted[i.id] for i in near] if len(near) > 1 else ())
            elif at + 1 < len(grid.columns):
                x += grid.gap_right(at)

    def _wanted(self, grid: Grid, tops: Sequence[int], icon: SceneIcon) -> int:
        """The height, on average, of the middles of the rows in which what a connector joins stands."""
        found = [
            tops[row] + grid.row_height(row) // 2
            for column in grid.columns
            for row, child in enumerate(grid.children[c] for c in column)
            if any(id in child.boxes or id in child.icons for id in icon.joins)
            or any(icon.id in i.scene.joins for i in child.icons.values())
        ]
        return sum(found) // len(found) if found else (tops[-1] + grid.row_height(grid.rows - 1)) // 2

    def _between(self, grid: Grid, one: int, other: int, ties: Sequence[Tie]) -> None:
        """What joins two neighbours, in the gap between them and level with what it joins."""
        first, second = grid.frame(one), grid.frame(other)
        across = second.x >= first.right
        wanted = []
        for tie in ties:
            rects = [(self.out.icons.get(id) or self.out.boxes[id]).rect for id in tie.icon.joins]
            centres = [r.centre.y if across else r.centre.x for r in rects]
            wanted.append(sum(centres) // len(centres))
        order = sorted(range(len(ties)), key=lambda at: wanted[at])
        icons = [ties[at].icon for at in order]
        if across:
            ys = spread([wanted[at] for at in order], [theme.ICON + label_height(i) + 40 for i in icons[:-1]])
            x = (first.right + second.x) // 2
            for icon, y in zip(icons, ys, strict=True):
                self.out.icons[icon.id] = place_icon(icon, x, y - theme.ICON // 2, self._parent)
            return
        xs = spread([wanted[at] for at in order], [footprint(i) + BUS for i in icons[:-1]])
        tall = theme.ICON + theme.LABEL_GAP + max(label_height(i) for i in icons)
        y = first.bottom + (grid.gap_below(_row_of(grid, one)) - tall) // 2
        for icon, x in zip(icons, xs, strict=True):
            self.out.icons[icon.id] = place_icon(icon, x, y, self._parent)


def _row_of(grid: Grid, child: int) -> int:
    return next(column.index(child) for column in grid.columns if child in column)


def _narrow(grid: Grid) -> None:
    """Where all gateways of all VPCs stand at one side, these have room for lines only there, which saves width."""
    if not all(_has_spare_room(child) for child in grid.children):
        return
    for child in grid.children:
        frame = next(iter(child.boxes.values()))
        frame.rect = Rect(frame.rect.x, frame.rect.y, frame.rect.width - SIDE_ROOM, frame.rect.height)
        _entitle(child, frame)


def _has_spare_room(child: Placement) -> bool:
    """Whether a VPC has gateways on its left border only, and at the right the room that balances theirs."""
    frame, *inner = child.boxes.values()
    places = {i.scene.place for i in child.icons.values() if i.parent == frame.scene.id}
    right = max((b.rect.right for b in inner if b.scene.style == "zone"), default=frame.rect.right)
    return places == {Place.SIDE} and frame.rect.right - right >= theme.PAD + SIDE_ROOM


def _even_out(grid: Grid) -> None:
    """Containers nearly as wide or high as the largest of their column or row become as large as it."""
    for at, column in enumerate(grid.columns):
        widest = grid.width(at)
        for child in (grid.children[c] for c in column):
            frame = next(iter(child.boxes.values()))
            if ALIKE * widest <= frame.rect.width < widest:
                _enlarge(child, frame, Rect(0, 0, widest, frame.rect.height))
    for at in range(grid.rows if len(grid.columns) > 1 else 0):
        highest = grid.row_height(at)
        for child in (grid.children[c] for c in grid.row(at)):
            frame = next(iter(child.boxes.values()))
            if ALIKE * highest <= frame.rect.height < highest:
                _enlarge(child, frame, Rect(0, 0, frame.rect.width, highest))


def _enlarge(child: Placement, frame: PlacedBox, rect: Rect) -> None:
    """The content of a VPC stays in the middle, that of other boxes where it is; gateways stay on their borders."""
    dx, dy = (rect.width - frame.rect.width) // 2, (rect.height - frame.rect.height) // 2
    if dy <= theme.PAD:  # level with its neighbours
        dy = 0
    if frame.scene.style == "vpc":
        inside = Placement({id: b for id, b in child.boxes.items() if b is not frame}, dict(child.icons))
        inside.shift(dx, dy)
        for icon in child.icons.values():
            if icon.scene.place in ON_BORDER and icon.parent == frame.scene.id:
                on_top = icon.scene.place is Place.BORDER or icon.rect.centre.y == dy
                back = (0, -dy) if on_top else (-dx, 0)
                icon.rect, icon.label = icon.rect.moved(*back), moved(icon.label, *back)
    frame.rect = rect
    _entitle(child, frame)


def _entitle(child: Placement, frame: PlacedBox) -> None:
    """The titles of a box anew, clear of what stands on its upper border or comes down its middle."""
    zones = {b.rect.x for b in child.boxes.values() if b.scene.style == "zone" and b.scene.parent == frame.scene.id}
    right = frame.rect.right if len(zones) == 1 else None
    frame.titles = titles_of(frame.scene, frame.rect, first_gateway(child) or right)


def _mirror(column: Sequence[Placement], hubs: Sequence[SceneIcon]) -> None:
    """Gateways of the left border that connectors are joined to stand on the right one, where these are.

    The room for the lines of gateways is there too, unless some stay.
    """
    named = {id for hub in hubs for id in hub.joins}
    ids = {hub.id for hub in hubs}
    gateways = {i.scene.id: i.scene for child in column for i in child.icons.values() if i.scene.place is Place.SIDE}
    turned = {id for id, icon in gateways.items() if id in named or not ids.isdisjoint(icon.joins)}
    for child in column:
        frame = next(iter(child.boxes.values()))
        zones = [
            b.rect.x for b in child.boxes.values() if b.scene.style == "zone" and b.scene.parent == frame.scene.id
        ]
        if turned and len(turned) == len(gateways) and zones and min(zones) >= theme.PAD + SIDE_ROOM:
            rect = frame.rect
            child.shift(-SIDE_ROOM, 0)
            frame.rect = rect
            _entitle(child, frame)
        for id, icon in child.icons.items():
            if id in turned and icon.parent == frame.scene.id:
                on_right = place_on_side(icon.scene, frame.rect.right, icon.rect.centre.y, icon.parent, right=True)
                child.icons[id] = on_right


def _level(children: Sequence[Placement], otherwise: int) -> int:
    """Twice the height at which connectors meet the gateways of VPCs that stand below each other."""
    ys, top = [], 0
    for child in children:
        top += max(-child.extent().y, 0) if top else 0
        ys += [top + i.rect.centre.y for i in child.icons.values() if i.scene.place is Place.SIDE]
        top += next(iter(child.boxes.values())).rect.height + BESIDE // 2
    return min(ys) + max(ys) if ys else otherwise


# -- services ------------------------------------------------------------------------------------
def _in_order(services: Sequence[SceneIcon]) -> Sequence[SceneIcon]:
    """As in the scene, but what others write to (a bucket of a flow log) stands right after these."""
    order = list(services)
    for icon in services:
        last = max((order.index(i) for i in order if icon.id in i.joins), default=-1)
        if last > order.index(icon):
            order.remove(icon)
            order.insert(last, icon)
    return order


def _services(out: Placement, services: Sequence[SceneIcon], width: int, parent: str) -> int:
    """Icons in rows above a box's children; the height that they take.

    Those that a gateway endpoint leads to stand over it. Of the others the first stands over the first zone, left of
    the way in; further ones to the right.
    """
    way = way_in(out, width // 2)
    over = _over_gateways(out, services, way, max(width - theme.PAD, 640))
    tallest = 0
    for icon, x in over:
        out.icons[icon.id] = placed = place_icon(icon, x, 24, parent)
        tallest = max(tallest, placed.label.rect.height)
    services = [i for i in services if i.id not in out.icons]
    zones = [b.rect.centre.x for b in out.boxes.values() if b.scene.style == "zone"]
    limit = max(width - theme.PAD, 640)
    left_bound, x_right, row, tall = theme.PAD, way + theme.ICON // 2 + 40, 24, tallest
    x_right = max([x_right, *(x + footprint(i) // 2 + theme.CELL_GAP for i, x in over)])
    beside = [x - footprint(i) // 2 for i, x in over if x < way]
    for at, icon in enumerate(services):
        label = block(icon.label, 0, 0).rect
        half = max(theme.ICON, label.width) // 2 + 1
        room = way - 30 - half
        if at == 0 and room >= left_bound + half and not beside:
            wanted = zones[0] if zones and zones[0] <= room else (left_bound + 90 + way - 30) // 2
            x = max(min(wanted, room), left_bound + half)
        else:
            if x_right + 2 * half > limit and tall:
                row += theme.ICON + theme.LABEL_GAP + tall + 24
                x_right, tall = left_bound + 100, 0
            x = x_right + half
            x_right = x + half + theme.CELL_GAP
        top = row if x - half > 130 or row > 24 else row + 10
        tall = max(tall, label.height + top - row)
        out.icons[icon.id] = place_icon(icon, x, top, parent)
    return row + theme.ICON + theme.LABEL_GAP + tall + 24


def _over_gateways(out: Placement, services: Sequence[SceneIcon], way: int, most: int) -> list[tuple[SceneIcon, int]]:
    """Services and x of their middles over the gateways that lead to them, clear of the way in."""
    places = {i.id: out.icons[i.near[0]].rect.centre.x for i in services if i.near and i.near[0] in out.icons}
    found: list[tuple[SceneIcon, int]] = []
    for left in (True, False):
        icons = sorted(
            (i for i in services if i.id in places and (places[i.id] < way) is left), key=lambda i: places[i.id]
        )
        if not icons:
            continue
        apart = [(footprint(a) + footprint(b)) // 2 + theme.CELL_GAP for a, b in pairwise(icons)]
        xs = spread([places[i.id] for i in icons], apart)
        first, last = xs[0] - footprint(icons[0]) // 2, xs[-1] + footprint(icons[-1]) // 2
        clear = theme.ICON // 2 + 40
        shift = min(way - clear - last, 0) if left else max(way + clear - first, 0)
        if first + shift >= _TITLE and last + shift <= most:
            found += [(icon, x + shift) for icon, x in zip(icons, xs, strict=True)]
    return found


def _at_the_right(
    out: Placement, services: Sequence[SceneIcon], left: int, top: int, bottom: int, parent: str
) -> tuple[int, int]:
    """Icons in columns at the right of a box's children; their right and lower end."""
    x, y, right = left + BESIDE, top, left
    for icon in services:
        label = block(icon.label, 0, 0).rect
        width, height = max(theme.ICON, label.width), theme.ICON + theme.LABEL_GAP + label.height
        if y > top and y + height > bottom:
            x, y = right + theme.CELL_GAP, top
        out.icons[icon.id] = place_icon(icon, x + 64, y, parent)
        right, y = max(right, x + 64 + width // 2), y + height + theme.CELL_GAP
    return right + theme.PAD, max(bottom, y - theme.CELL_GAP)


def way_in(placement: Placement, otherwise: int) -> int:
    """x of the first gateway to the internet, else of the first service at the edge."""
    for place in (Place.BORDER, Place.EDGE):
        found = (i.rect.centre.x for i in placement.icons.values() if i.scene.place is place and not i.scene.aside)
        way = next(found, None)
        if way is not None:
            return way
    return otherwise
