# Zones of VPCs below each other, in one line: the same left end and the same width, whatever stands in them.
#
# In:  the placed children of a container in their columns. Out: the same, some placed again with more room. Knows
#      boxes and sizes, nothing of what they hold.
"""Zones, Least, align."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from docgen.core.data import dataclass
from docgen.diagram.drawing import Rect
from docgen.diagram.placement import PlacedBox, Placement

WASTE = 1.12
"""So much wider than its widest a column may become by being aligned."""
WASTE_ACROSS = 1.06
"""So much wider than they are all columns together may become, to be alike."""


@dataclass(frozen=True, slots=True)
class Zones:
    """How wide the zones of a VPC are and where they begin, in px."""

    left: int
    """From the VPC's left border to its first zone."""
    width: int
    middle: int = 0
    """Between the two in the middle, where zones stand side by side."""

    def or_more(self, other: Zones) -> Zones:
        """Room for both."""
        return Zones(max(self.left, other.left), max(self.width, other.width), max(self.middle, other.middle))

    def across(self, count: int) -> int:
        """Width of a VPC with so many of them side by side, as far as it differs between VPCs."""
        return 2 * self.left + count * self.width + (self.middle if count % 2 == 0 else 0)


Least = Mapping[str, Zones]
"""By the id of a VPC: what its zones need at least to stand in line with those of others."""
_Again = Callable[[int, Least], Placement]


def align(columns: Sequence[Sequence[int]], children: list[Placement], again: _Again) -> None:
    """Place children again, where that brings their zones in line.

    Args:
        columns: Children below each other, by their index.
        children: VPCs, and boxes with VPCs in them; other boxes stay.
        again: Places a child again, by its index, with so much room.
    """
    known = {at: _zones_of(child) for at, child in enumerate(children)}
    counts = sorted({count for some in known.values() for count, _ in some.values()})
    wanted: dict[str, Zones] = {}
    for count in counts:
        groups = [
            {id: zones for at in column for id, (own, zones) in known[at].items() if own == count}
            for column in columns
        ]
        for group in _merged([g for g in groups if g], count):
            common = _common(group)
            if common.across(count) <= WASTE * max(z.across(count) for z in group.values()):
                wanted |= dict.fromkeys(group, common)
    for at, own in known.items():
        if any(id in wanted and wanted[id] != zones for id, (_, zones) in own.items()):
            children[at] = again(at, wanted)
    _widened(children, wanted)


def _merged(groups: Sequence[Mapping[str, Zones]], count: int) -> Sequence[Mapping[str, Zones]]:
    """All columns as one group where that takes little room."""
    whole = {id: zones for group in groups for id, zones in group.items()}
    alone = sum(_common(group).across(count) for group in groups)
    if len(groups) > 1 and _common(whole).across(count) * len(groups) <= WASTE_ACROSS * alone:
        return [whole]
    return groups


def _common(group: Mapping[str, Zones]) -> Zones:
    first, *others = group.values()
    for zones in others:
        first = first.or_more(zones)
    return first


def _zones_of(child: Placement) -> dict[str, tuple[int, Zones]]:
    """The leftmost VPCs in a child, with the number of their zones; none of what stands in a Region of its own."""
    frame, *inner = child.boxes.values()
    vpcs = [b for b in (frame, *inner) if b.scene.style == "vpc"]
    if any(b.scene.style == "region" for b in (frame, *inner)) or not vpcs:
        return {}
    first = min(b.rect.x for b in vpcs)
    zones: dict[str, list[Rect]] = {b.scene.id: [] for b in vpcs if b.rect.x == first}
    for box in inner:
        if box.scene.style == "zone" and box.scene.parent in zones:
            zones[box.scene.parent].append(box.rect)
    return {id: (len(own), _measured(child.boxes[id].rect, own)) for id, own in zones.items() if own}


def _measured(vpc: Rect, zones: Sequence[Rect]) -> Zones:
    at = len(zones) // 2
    side_by_side = len(zones) % 2 == 0 and zones[at].x > zones[0].x
    return Zones(zones[0].x - vpc.x, zones[0].width, zones[at].x - zones[at - 1].right if side_by_side else 0)


def _widened(children: Sequence[Placement], wanted: Least) -> None:
    """VPCs in line end in line, too."""
    frames: dict[Zones, list[PlacedBox]] = {}
    for child in children:
        frame = next(iter(child.boxes.values()))
        if frame.scene.id in wanted:
            frames.setdefault(wanted[frame.scene.id], []).append(frame)
    for some in frames.values():
        widest = max(f.rect.width for f in some)
        for frame in some:
            frame.rect = Rect(frame.rect.x, frame.rect.y, widest, frame.rect.height)
