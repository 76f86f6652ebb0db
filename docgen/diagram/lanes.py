# Heights of the ways between private networks: every VPN connection and every Direct Connect way is a lane of its
# own between what it leads to and the data centers, so that lines run straight and none through another's icons.
#
# In:  the placement of the cloud. Out: the same with tunnels and Direct Connect gateways on their lanes, and the
#      height of each lane, for what stands on it at the left of the cloud (sites.py).
"""lanes_of, spread, LANE."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import combinations

from docgen.core.data import dataclass
from docgen.diagram import theme
from docgen.diagram.drawing import Rect
from docgen.diagram.placement import PlacedIcon, Placement, moved
from docgen.diagram.scene import Place, Scene, SceneIcon

LANE = 128
"""Between two lanes: an icon with a label of three lines."""


@dataclass(frozen=True, slots=True)
class _Lane:
    icon: SceneIcon
    """What stands in the cloud; else the virtual interface that ends at a gateway of a VPC."""
    direct: bool
    """Direct Connect rather than a tunnel: above."""


def lanes_of(scene: Scene, placement: Placement) -> Mapping[str, int]:
    """Put what stands on lanes in the cloud to their heights; y of every lane by the id of its icon.

    What is reached over a lane stays where it is, and the lane is level with it where no other wants to be.
    """
    lanes = _lanes(scene)
    levels: dict[str, int] = {}
    for lane in lanes:
        ys = [placement.icons[id].rect.centre.y for id in _ends(scene, lane.icon) if id in placement.icons]
        if ys:
            levels[lane.icon.id] = (min(ys) + max(ys)) // 2
    ordered = sorted((k for k in lanes if k.icon.id in levels), key=lambda k: (levels[k.icon.id], not k.direct))
    places = spread([levels[k.icon.id] for k in ordered], [LANE] * (len(ordered) - 1))
    found = {k.icon.id: y for k, y in zip(ordered, places, strict=True)}
    here = {id: placement.icons[id] for id in found if id in placement.icons}
    before = {id: (icon.rect, icon.label) for id, icon in here.items()}
    together = {id: _lifted(placement, icon, found[id], found) for id, icon in here.items()}
    if any(_whole(a).overlaps(_whole(b)) for a, b in combinations(here.values(), 2)):  # no room: one by one
        for id, icon in here.items():
            icon.rect, icon.label = before[id]
        together = {id: _lifted(placement, icon, found[id], ()) for id, icon in here.items()}
    return {**found, **together}


def _whole(icon: PlacedIcon) -> Rect:
    return icon.rect.union(icon.label.rect)


def spread(wanted: Sequence[int], apart: Sequence[int]) -> list[int]:
    """Places in this order, each as near to the wanted one as the distances to its neighbours let it be.

    Args:
        wanted: Where each would stand alone.
        apart: The least distance from each to the next: one fewer.
    """
    offsets = [0]
    for gap in apart:
        offsets.append(offsets[-1] + gap)
    blocks: list[list[int]] = []  # those that touch stand around the middle of what they want
    for want, offset in zip(wanted, offsets, strict=False):
        blocks.append([want - offset])
        while len(blocks) > 1 and _mean(blocks[-2]) > _mean(blocks[-1]):
            last = blocks.pop()
            blocks[-1] += last
    places = [_mean(block) for block in blocks for _ in block]
    return [place + offset for place, offset in zip(places, offsets, strict=False)]


def _mean(values: Sequence[int]) -> int:
    return sum(values) // len(values)


def _lanes(scene: Scene) -> list[_Lane]:
    """Direct Connect before tunnels, else in the order of the scene."""
    places = {i.id: i.place for i in scene.icons}
    lines = [i for i in scene.icons if i.place is Place.SITE and i.level == 3]
    carried = {id for i in lines for id in i.joins}
    found = [_Lane(i, True) for i in lines if any(places.get(id) is Place.SIDE for id in i.joins)]
    connectors = [i for i in scene.icons if i.place is Place.CONNECTOR]
    found += [_Lane(i, True) for i in connectors if i.id in carried]
    found += [_Lane(i, False) for i in connectors if any(places.get(id) is Place.SITE for id in i.joins)]
    return found


def _ends(scene: Scene, icon: SceneIcon) -> list[str]:
    """What a lane leads to in the cloud."""
    places = {i.id: i.place for i in scene.icons}
    return [id for id in icon.joins if places.get(id) in (Place.CONNECTOR, Place.SIDE)]


def _lifted(placement: Placement, icon: PlacedIcon, y: int, lanes: Collection[str]) -> int:
    """Move an icon to a height, or as near as its box has room, unless something stands there; where it is then."""
    frame = placement.boxes[icon.parent].rect if icon.parent else placement.extent()
    half, label = theme.ICON // 2, icon.label.rect.bottom - icon.rect.bottom
    y = min(max(y, frame.y + theme.HEADER + half), frame.bottom - theme.PAD - label - half)
    dy = y - icon.rect.centre.y
    there = _whole(icon).moved(0, dy).grown(theme.APART)
    if any(there.overlaps(r) for r in _others(placement, icon, lanes)):
        return icon.rect.centre.y
    icon.rect, icon.label = icon.rect.moved(0, dy), moved(icon.label, 0, dy)
    return y


def _others(placement: Placement, icon: PlacedIcon, lanes: Collection[str]) -> list[Rect]:
    """All that an icon must not cover: what stands on lanes too goes to its own."""
    around, box = set(), icon.parent
    while box:
        around.add(box)
        box = placement.boxes[box].scene.parent
    found = [b.rect for id, b in placement.boxes.items() if id not in around]
    for other in placement.icons.values():
        if other is not icon and other.scene.id not in lanes:
            found += [other.rect, other.label.rect]
    return found
