# Frames around the members of a group that stand in several subnets (an Auto Scaling group across zones), and around
# what carries the same security groups.
#
# In:  the placement of one VPC. Out: the same with a box for each group, behind zones and subnets.
"""FOOT, framed, guarded, in_frames."""

from __future__ import annotations

from collections.abc import Iterable

from docgen.diagram.drawing import Rect
from docgen.diagram.placement import PlacedBox, PlacedIcon, Placement
from docgen.diagram.scene import SceneBox, SceneIcon
from docgen.diagram.titles import titles_of

FOOT = 20
"""Below the subnets of a group: room for its title."""
_ABOVE, _ASIDE, _BELOW = 5, 10, 24
_CLOSE = 5


def in_frames(icons: Iterable[SceneIcon]) -> bool:
    """Whether some icon is a member of a group."""
    return any(icon.frame for icon in icons)


def framed(placement: Placement, vpc: SceneBox) -> Placement:
    """The placement with frames: around whole subnets where they hold nothing else, else close around the members."""
    groups: dict[str, list[PlacedIcon]] = {}
    for icon in placement.icons.values():
        if icon.scene.frame:
            groups.setdefault(str(icon.scene.component), []).append(icon)
    behind: dict[str, PlacedBox] = {}
    before: dict[str, PlacedBox] = {}
    for name, members in groups.items():
        whole, close = _around_subnets(placement, members), _around_members(placement, members)
        rect = whole or close
        if rect is None:
            continue
        first = members[0].scene
        box = SceneBox(
            id=f"band:{name}",
            parent=vpc.id,
            component=first.component,
            style="scaling",
            title=first.frame,
            facts=first.facts[:3],
        )
        (behind if whole else before)[box.id] = PlacedBox(box, rect, titles_of(box, rect))
    outer = placement.boxes.pop(vpc.id)
    placement.boxes = {vpc.id: outer, **behind, **placement.boxes, **before}
    return placement


def guarded(placement: Placement) -> Placement:
    """The placement with a frame around what carries the same security groups in one subnet, or around each alone."""
    groups: dict[tuple[str, str], list[PlacedIcon]] = {}
    for icon in placement.icons.values():
        if icon.scene.guard:
            groups.setdefault((icon.parent, icon.scene.guard), []).append(icon)
    for (parent, guard), members in groups.items():
        whole = _union(_whole(m) for m in members)
        alone = _is_free(placement, whole, members)
        parts = [(members[0], whole)] if alone else [(m, _whole(m)) for m in members]
        for first, rect in parts:
            if alone or _is_free(placement, rect, [first]):
                box = SceneBox(
                    id=f"band:guard:{first.scene.id}",
                    parent=parent,
                    component=None,
                    style="guard",
                    title="",
                    facts=(("security groups", guard),),
                )
                placement.boxes[box.id] = PlacedBox(box, rect)
    return placement


def _whole(icon: PlacedIcon) -> Rect:
    return icon.rect.union(icon.label.rect).grown(_CLOSE)


def _is_free(placement: Placement, rect: Rect, members: list[PlacedIcon]) -> bool:
    """Whether a frame cuts nothing, and stays in the box around it."""
    frame = placement.boxes[members[0].parent].rect if members[0].parent else rect
    taken = [r for i in placement.icons.values() if i not in members for r in (i.rect, i.label.rect)]
    taken += [t.rect for b in placement.boxes.values() for t in b.titles]
    return frame.holds(rect) and not any(rect.overlaps(r) for r in taken)


def _around_subnets(placement: Placement, members: list[PlacedIcon]) -> Rect | None:
    """Around the subnets of a group; None where other things stand in them, or other subnets between them."""
    subnets = {m.parent for m in members}
    if any(i.parent in subnets and i not in members for i in placement.icons.values()):
        return None
    whole = _union(placement.boxes[id].rect for id in subnets)
    rect = Rect(whole.x - _ASIDE, whole.y - _ABOVE, whole.width + 2 * _ASIDE, whole.height + _ABOVE + _BELOW)
    apart = all(not rect.overlaps(other) for id, other in _subnets(placement) if id not in subnets)
    return rect if apart else None


def _around_members(placement: Placement, members: list[PlacedIcon]) -> Rect | None:
    """Close around the members, down to below their subnets; None where it would cut something."""
    rect = _union(r for m in members for r in (m.rect, m.label.rect)).grown(6)
    bottom = max(placement.boxes[m.parent].rect.bottom for m in members) + _BELOW
    rect = Rect(rect.x - 4, rect.y, rect.width + 8, bottom - rect.y)
    taken = [r for i in placement.icons.values() if i not in members for r in (i.rect, i.label.rect)]
    taken += [t.rect for b in placement.boxes.values() for t in b.titles]
    taken += [b.rect for b in placement.boxes.values() if b.scene.style == "band"]
    return None if any(rect.overlaps(r) for r in taken) else rect


def _subnets(placement: Placement) -> list[tuple[str, Rect]]:
    zones = _zones(placement)
    return [(id, b.rect) for id, b in placement.boxes.items() if b.scene.parent in zones]


def _zones(placement: Placement) -> set[str]:
    return {id for id, b in placement.boxes.items() if b.scene.style == "zone"}


def _union(rects: Iterable[Rect]) -> Rect:
    first, *others = rects
    for rect in others:
        first = first.union(rect)
    return first
