# Places that a person gave, kept as far as the picture stays right: inside the box around, over nothing else.
#
# In:  a placement and pins. Out: the placement with what fits, and what does not with its reason. Lines come later:
#      they find their way around whatever stands where.
"""Unfit, pinned, pins_of_view, frame_of."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from docgen.core.data import dataclass
from docgen.diagram import theme
from docgen.diagram.drawing import Rect
from docgen.diagram.placement import PlacedBox, PlacedIcon, Placement, moved
from docgen.diagram.scene import ON_BORDER
from docgen.diagram.titles import titles_of
from docgen.model.pins import Pin, Pins

_ONE_BY_ONE = 12
"""Attempts that send one pin back; later ones send back all that clash, so that many bad pins cost little."""
_ATTEMPTS = 24


@dataclass(frozen=True, slots=True)
class Unfit:
    """A pin that does not hold, and why."""

    pin: Pin
    reason: str


def pins_of_view(pins: Pins, view: str) -> tuple[Pin, ...]:
    """What is pinned in a view: its own, else that of the overview."""
    return pins.get(view) or pins.get("overview", ())


def frame_of(placement: Placement, parent: str) -> Rect:
    """Where places inside a box count from; what stands in none counts from the outermost box."""
    if parent in placement.boxes:
        return placement.boxes[parent].rect
    outermost = outermost_of(placement)
    return placement.boxes[outermost].rect if outermost else Rect(0, 0, 0, 0)


def outermost_of(placement: Placement) -> str:
    """The box that everything outside all boxes, other outermost boxes too, is placed by; "" where there is none."""
    return next((id for id, box in placement.boxes.items() if not box.scene.parent), "")


def pinned(placement: Placement, pins: Sequence[Pin]) -> tuple[Placement, tuple[Unfit, ...]]:
    """The placement with every pin that fits.

    All are tried at once (two icons may change places); then, as long as one stands where it cannot, the last such
    one goes back to its own place.
    """
    unfit = [Unfit(p, reason) for p in pins if (reason := _gone(placement, p))]
    lost = {u.pin.id for u in unfit}
    held = [p for p in pins if p.id not in lost]
    for attempt in range(_ATTEMPTS):
        tried = _moved(placement, held)
        clashes = (Unfit(p, reason) for p in reversed(held) if (reason := _clash(tried, p.id)))
        wrong = list(clashes) if attempt >= _ONE_BY_ONE else list(islice(clashes, 1))
        if not wrong:
            break
        unfit += wrong
        lost = {u.pin.id for u in wrong}
        held = [p for p in held if p.id not in lost]
    else:
        unfit += (Unfit(p, "too many other places clash") for p in held)
        held = []
    if not held:
        return placement, tuple(unfit)
    whole = tried.extent()
    tried.shift(theme.MARGIN - whole.x, theme.MARGIN - whole.y)
    return tried, tuple(unfit)


def _gone(placement: Placement, pin: Pin) -> str:
    if pin.id in placement.icons:
        parent = placement.icons[pin.id].parent
    elif pin.id in placement.boxes:
        parent = placement.boxes[pin.id].scene.parent
        if pin.id == outermost_of(placement):
            return "the outermost box has no place to be moved to"
    else:
        return "it is not in the picture any more"
    if parent != pin.parent:
        return f"it stands in {parent or 'no box'} now, and was pinned in {pin.parent or 'no box'}"
    return ""


def _moved(placement: Placement, pins: Iterable[Pin]) -> Placement:
    """All pins applied, containers before content, which goes along with its container."""
    tried = Placement(
        boxes={id: copy.copy(b) for id, b in placement.boxes.items()},
        icons={id: copy.copy(i) for id, i in placement.icons.items()},
    )
    by_id = {p.id: p for p in pins}
    for id, box in tried.boxes.items():
        if id in by_id:
            pin, frame = by_id[id], frame_of(tried, box.scene.parent)
            _carry(tried, id, frame.x + pin.x - box.rect.x, frame.y + pin.y - box.rect.y)
            rect = box.rect
            box.rect = Rect(rect.x, rect.y, pin.width or rect.width, pin.height or rect.height)
            if box.rect != rect:
                box.titles = titles_of(box.scene, box.rect)
    for id, icon in tried.icons.items():
        if id in by_id:
            pin, frame = by_id[id], frame_of(tried, icon.parent)
            _move_icon(icon, frame.x + pin.x - icon.rect.x, frame.y + pin.y - icon.rect.y)
    return tried


def _carry(placement: Placement, id: str, dx: int, dy: int) -> None:
    inside = {id}
    for name, box in placement.boxes.items():
        if name == id or box.scene.parent in inside:
            inside.add(name)
            box.rect = box.rect.moved(dx, dy)
            box.titles = tuple(moved(t, dx, dy) for t in box.titles)
    for icon in placement.icons.values():
        if icon.parent in inside:
            _move_icon(icon, dx, dy)


def _move_icon(icon: PlacedIcon, dx: int, dy: int) -> None:
    icon.rect = icon.rect.moved(dx, dy)
    icon.label = moved(icon.label, dx, dy)


# -- what fits -------------------------------------------------------------------------------------
def _clash(placement: Placement, id: str) -> str:
    """Why something cannot stand where it stands; "" where it can."""
    if id in placement.icons:
        return next(_icon_clashes(placement, placement.icons[id]), "")
    return next(_box_clashes(placement, placement.boxes[id]), "")


def _icon_clashes(placement: Placement, icon: PlacedIcon) -> Iterator[str]:
    id = icon.scene.id
    around = _around(placement.boxes, icon.parent)
    whole = [icon.rect, icon.label.rect] if icon.label.lines else [icon.rect]
    straddles = icon.scene.place in ON_BORDER
    if icon.parent:
        frame = placement.boxes[icon.parent].rect
        if straddles and not _on_border(icon.rect, frame):
            yield f"it would leave the border of {icon.parent}"
        if not straddles and not all(frame.holds(r) for r in whole):
            yield f"it would stick out of {icon.parent}"
    for name, box in placement.boxes.items():
        over = any(box.rect.overlaps(r) for r in whole)
        if over and name not in around:
            yield f"it would stand in {name}"
        if any(t.rect.overlaps(r) for t in box.titles for r in whole):
            yield f"it would cover the title of {name}"
    for name, other in placement.icons.items():
        taken = [other.rect, other.label.rect] if other.label.lines else [other.rect]
        if name != id and any(a.overlaps(b) for a in whole for b in taken):
            yield f"it would cover {name}"


def _box_clashes(placement: Placement, box: PlacedBox) -> Iterator[str]:
    id, parent = box.scene.id, box.scene.parent
    around = _around(placement.boxes, id)
    if parent and not placement.boxes[parent].rect.holds(box.rect):
        yield f"it would stick out of {parent}"
    for name, other in placement.boxes.items():
        if other.scene.parent == id and not box.rect.holds(other.rect):
            yield f"{name} would stick out of it"
        if name not in around and id not in _around(placement.boxes, name) and other.rect.overlaps(box.rect):
            yield f"it would cover {name}"
        if name in around and name != id and any(t.rect.overlaps(box.rect) for t in other.titles):
            yield f"it would cover the title of {name}"
    for name, icon in placement.icons.items():
        inside = id in _around(placement.boxes, icon.parent)
        if inside:
            clash = next(_icon_clashes(placement, icon), "")
            if clash:
                yield f"{name} in it: {clash}"
        elif any(box.rect.overlaps(r) for r in (icon.rect, icon.label.rect)):
            yield f"it would cover {name}"


def _around(boxes: Mapping[str, PlacedBox], id: str) -> frozenset[str]:
    """A box and all boxes around it."""
    found: list[str] = []
    while id in boxes and id not in found:
        found.append(id)
        id = boxes[id].scene.parent
    return frozenset(found)


def _on_border(rect: Rect, frame: Rect) -> bool:
    inner = Rect(frame.x + 1, frame.y + 1, frame.width - 2, frame.height - 2)
    return rect.overlaps(frame) and not inner.holds(rect)
