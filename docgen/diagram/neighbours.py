# Which containers stand beside which: in what order, in how many columns, and what stands between two of them.
#
# In:  the placed children of a container and its connectors. Out: a Grid of the children and the gaps of connectors
#      that join two neighbours (a peering). Knows ids, sizes and places, nothing of networks.
"""Grid, Tie, grid_of."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import field
from itertools import pairwise, permutations

from docgen.core.data import dataclass
from docgen.diagram import theme
from docgen.diagram.cells import footprint, label_height
from docgen.diagram.drawing import Rect
from docgen.diagram.placement import Placement
from docgen.diagram.scene import Place, SceneIcon

BESIDE = 64
"""Between containers side by side."""
BUS = 56
"""Between connectors and what they join: room for their lines."""
SHAPE = 1.35
"""Width over height that rows and columns of containers aim at."""
APART = 0.25
"""What it costs, in the logarithm of the shape, that two containers that are joined do not stand side by side."""
STACKED = 0.6
"""The same for two hubs that are joined and stand one above the other."""
LOW = 0.6
"""Children as low as this, in parts of the highest of their row, leave room for zones below each other."""
SAVED = 0.94
"""So much of its area a grid has at most once a column is turned."""
MOST_ORDERS = 7
"""So many containers are tried in every order."""


@dataclass(frozen=True, slots=True)
class Tie:
    """A connector and the two children that it joins."""

    icon: SceneIcon
    one: int
    other: int
    hubs: bool
    """Whether it joins icons in them (transit gateways) rather than boxes (VPCs)."""


@dataclass(slots=True)
class Grid:
    """Containers in columns, by their place in the order of the scene."""

    columns: list[list[int]]
    children: list[Placement]
    between: dict[tuple[int, int], list[Tie]] = field(default_factory=dict)
    """Ties of neighbours, by the two children: the upper or left one first."""
    facing: frozenset[int] = frozenset()
    """Children whose connectors stand at their right: a hub is at the right of them."""

    def frame(self, child: int) -> Rect:
        """The outermost box of a child."""
        return next(iter(self.children[child].boxes.values())).rect

    def row(self, at: int) -> list[int]:
        """The containers of one row."""
        return [c[at] for c in self.columns if at < len(c)]

    @property
    def rows(self) -> int:
        """How many there are."""
        return max((len(c) for c in self.columns), default=0)

    def row_height(self, at: int) -> int:
        """Height of a row without what sticks out above."""
        return max(self.frame(c).height for c in self.row(at))

    def above(self, at: int) -> int:
        """What sticks out above a row."""
        return max((max(-self.children[c].extent().y, 0) for c in self.row(at)), default=0)

    def width(self, at: int) -> int:
        """Width of a column without what sticks out at its sides."""
        return max(self.frame(c).width for c in self.columns[at])

    def gap_below(self, at: int) -> int:
        """Between a row and the next: room for lines, and for what joins two of them."""
        ties = self._between(self.row(at), self.row(at + 1))
        tall = max((theme.ICON + theme.LABEL_GAP + label_height(t.icon) + 48 for t in ties), default=0)
        return max(BESIDE // 2, tall)

    def gap_right(self, at: int) -> int:
        """Between a column and the next."""
        ties = self._between(self.columns[at], self.columns[at + 1])
        return max([BESIDE, *(footprint(t.icon) + 2 * BUS for t in ties)])

    def across(self, at: int) -> list[tuple[int, int]]:
        """Pairs in `between` of which one stands in a column and the other in the next."""
        return [(a, b) for a, b in self.between if a in self.columns[at] and b in self.columns[at + 1]]

    def _between(self, some: Sequence[int], others: Sequence[int]) -> list[Tie]:
        return [t for (a, b), ties in self.between.items() if a in some and b in others for t in ties]

    @property
    def height(self) -> int:
        """From the upper border of the first row to the lower one of the last."""
        return self.top(self.rows - 1) + self.row_height(self.rows - 1) if self.rows else 0

    def top(self, at: int) -> int:
        """y of the upper borders of a row."""
        return sum(self.row_height(r) + self.gap_below(r) + self.above(r + 1) for r in range(at))

    def size(self, lane: bool) -> tuple[int, int]:
        """Width and height of the whole, with the box around it.

        Args:
            lane: Connectors stand beside the children.
        """
        outside = sum(max((-self.children[c].extent().x for c in column), default=0) for column in self.columns)
        gaps = sum(self.gap_right(at) for at in range(len(self.columns) - 1)) + (3 * BUS + theme.ICON if lane else 0)
        width = sum(self.width(at) for at in range(len(self.columns))) + max(outside, 0) + gaps + 2 * theme.PAD
        return width, self.height + 2 * theme.HEADER + theme.PAD

    def misshape(self, lane: bool) -> float:
        """How far the shape of the whole is from a pleasing one."""
        width, height = self.size(lane)
        return abs(math.log(width / height / SHAPE))

    def turned(self, again: Callable[[int], Placement]) -> frozenset[int]:
        """Turn the zones of a column of low children to rows where tall ones stand beside it, and that saves room.

        Args:
            again: A child of this grid with its zones as rows.
        """
        found: set[int] = set()
        for column in self.columns if len(self.columns) > 1 else ():
            low = any(self.frame(c).height <= LOW * self.row_height(row) for row, c in enumerate(column))
            icons = [i.scene.place for c in column for i in self.children[c].icons.values()]
            if not low or any(place in (Place.BORDER, Place.SPINE) for place in icons):  # these read from above
                continue
            before, wide, high = list(self.children), *self.size(False)
            for child in column:
                self.children[child] = again(child)
            now_wide, now_high = self.size(False)
            if now_wide * now_high <= SAVED * wide * high and now_wide >= now_high:
                found.update(column)
            else:
                self.children = before
        return frozenset(found)


def grid_of(children: Sequence[Placement], connectors: Sequence[SceneIcon], *, rows: bool) -> Grid:
    """In the order and in as many columns as make a good shape and neighbours of what is joined.

    Args:
        rows: Zones are rows: those who use a service stand at the left of those who offer it, else above.
    """
    homes = {id: at for at, child in enumerate(children) for id in (*child.boxes, *child.icons)}
    ties = list(_ties(children, connectors, homes))
    users = {at for at in range(len(children)) if _uses(children, at, homes)}
    providers = [at for at in range(len(children)) if at not in users and _is_used(children, at)]
    if users and providers and rows:
        consumers = [at for at in range(len(children)) if at not in providers]
        return _with_gaps(Grid([consumers, providers], list(children)), ties)
    order = _ordered(len(children), ties, users, providers if users else ())
    grids = [
        _with_gaps(Grid([order[at::count] for at in range(count)], list(children)), ties)
        for count in range(1, len(children) + 1)
    ]
    joined = bool(connectors) and len(connectors) > len(ties)
    return min(grids, key=lambda grid: grid.misshape(joined) + _strain(grid, ties)) if grids else Grid([], [])


def _ties(children: Sequence[Placement], connectors: Sequence[SceneIcon], homes: dict[str, int]) -> Iterator[Tie]:
    for icon in connectors:
        inside = [id for id in icon.joins if id in homes]
        ends = sorted({homes[id] for id in inside})
        if len(ends) == 2 and len(icon.joins) == 2:
            icons = [children[homes[id]].icons[id].scene for id in inside if id in children[homes[id]].icons]
            if all(i.place is Place.CONNECTOR for i in icons):  # not gateways of VPCs, which one way leads to
                yield Tie(icon, ends[0], ends[1], hubs=bool(icons))


def _services_used(children: Sequence[Placement], at: int) -> Iterator[str]:
    """What icons of a child name in other children."""
    own = children[at].icons
    for placed in own.values():
        yield from (id for id in placed.scene.joins if id not in own)


def _uses(children: Sequence[Placement], at: int, homes: dict[str, int]) -> bool:
    return any(
        id in homes and id in children[homes[id]].icons and _is_service(children, homes[id], id)
        for id in _services_used(children, at)
    )


def _is_service(children: Sequence[Placement], home: int, id: str) -> bool:
    return children[home].icons[id].scene.place is Place.LINK


def _is_used(children: Sequence[Placement], at: int) -> bool:
    offered = {id for id, i in children[at].icons.items() if i.scene.place is Place.LINK}
    others = (other for other in range(len(children)) if other != at)
    return any(id in offered for other in others for id in _services_used(children, other))


def _ordered(count: int, ties: Sequence[Tie], users: Collection[int], providers: Sequence[int]) -> list[int]:
    """The order of the scene, with those that are joined beside each other where that can be.

    Providers stand right behind the last of their users.
    """
    order = [at for at in range(count) if at not in providers]
    behind = max((order.index(at) for at in users), default=count) + 1
    order[behind:behind] = providers
    pairs = {frozenset((t.one, t.other)) for t in ties}
    if not pairs or count > MOST_ORDERS:
        return order
    best = max(permutations(order), key=lambda some: sum(1 for p in pairwise(some) if frozenset(p) in pairs))
    return list(best)


def _with_gaps(grid: Grid, ties: Sequence[Tie]) -> Grid:
    """The grid with what stands between neighbours; hubs that face each other turn to the middle."""
    places = {child: (x, y) for x, column in enumerate(grid.columns) for y, child in enumerate(column)}
    facing = set()
    for tie in ties:
        one, other = sorted((tie.one, tie.other), key=lambda c: places[c])
        dx, dy = (places[other][at] - places[one][at] for at in (0, 1))
        if (dx, dy) in ((0, 1), (1, 0)):
            grid.between.setdefault((one, other), []).append(tie)
            if tie.hubs and dx:
                facing.add(one)
    grid.facing = frozenset(facing)
    return grid


def _strain(grid: Grid, ties: Sequence[Tie]) -> float:
    near = [t for some in grid.between.values() for t in some]
    stacked = sum(1 for (one, _), some in grid.between.items() for t in some if t.hubs and one not in grid.facing)
    return APART * (len(ties) - len(near)) + STACKED * stacked
