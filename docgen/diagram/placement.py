# Where everything stands, before lines: what layout.py makes and connectors.py draws through.
"""Placement, PlacedIcon, shift."""

from __future__ import annotations

from dataclasses import dataclass, field

from docgen.diagram.drawing import Rect, Text, around
from docgen.diagram.scene import SceneBox, SceneIcon


def moved(text: Text, dx: int, dy: int) -> Text:
    """The same text elsewhere."""
    return Text(text.rect.moved(dx, dy), text.lines, text.align)


@dataclass(slots=True)
class PlacedBox:
    """A container with its place; band boxes have no counterpart in the scene."""

    scene: SceneBox
    rect: Rect
    titles: tuple[Text, ...] = ()


@dataclass(slots=True)
class PlacedIcon:
    """An icon with its place and that of its label."""

    scene: SceneIcon
    rect: Rect
    label: Text
    parent: str = ""


@dataclass(slots=True)
class Placement:
    """Boxes and icons by id, containers before content."""

    boxes: dict[str, PlacedBox] = field(default_factory=dict)
    icons: dict[str, PlacedIcon] = field(default_factory=dict)

    def shift(self, dx: int, dy: int) -> None:
        """Move everything."""
        for box in self.boxes.values():
            box.rect = box.rect.moved(dx, dy)
            box.titles = tuple(moved(t, dx, dy) for t in box.titles)
        for icon in self.icons.values():
            icon.rect = icon.rect.moved(dx, dy)
            icon.label = moved(icon.label, dx, dy)

    def take(self, other: Placement, dx: int, dy: int) -> None:
        """Take over another placement, moved."""
        other.shift(dx, dy)
        self.boxes.update(other.boxes)
        self.icons.update(other.icons)

    def extent(self) -> Rect:
        """The smallest rectangle around everything."""
        rects = [b.rect for b in self.boxes.values()]
        for icon in self.icons.values():
            rects += [icon.rect, icon.label.rect] if icon.label.lines else [icon.rect]
        if not rects:
            return Rect(0, 0, 0, 0)
        return around(rects)
