# Cells of draw.io files: objects with data, plain texts, and the HTML that their labels are.
"""COMPONENTS, object_cell, text_cell, html, glyph_rect."""

from __future__ import annotations

from collections.abc import Sequence

from docgen.diagram import theme
from docgen.diagram.drawing import Box, Icon, Rect, Text
from docgen.diagram.icons import artwork
from docgen.renderers._drawio_styles import FONT
from docgen.renderers._markup import element
from docgen.renderers._markup import text as escaped

COMPONENTS = "1"
"""Id of the layer of boxes and icons."""
_TEXT = (
    "text;html=1;whiteSpace=nowrap;overflow=visible;verticalAlign=top;spacing=0;spacingTop=-5;spacingLeft=0;"
    "spacingRight=0;spacingBottom=0;resizable=0;fillColor=none;strokeColor=none;connectable=0;pointerEvents=0;" + FONT
)


def object_cell(
    id: str,
    label: str,
    style: str,
    rect: Rect,
    parent: str,
    *,
    facts: Sequence[tuple[str, str]] = (),
    link: str = "",
    along: float | None = None,
) -> str:
    """A vertex with its data; the tooltip is made of the same.

    Where it sits on an edge, its parent, `along` tells where: -1 at the source, 1 at the target.
    """
    wrapper = {"id": id, "label": label, "tooltip": tooltip(facts) or None, "link": link or None}
    wrapper |= {f"aws_{name}": value for name, value in facts}
    geometry = element("mxGeometry", _geometry(rect)) if along is None else _on_edge(rect, along)
    return element("object", wrapper, element("mxCell", {"style": style, "vertex": 1, "parent": parent}, geometry))


def tooltip(facts: Sequence[tuple[str, str]]) -> str:
    """Facts, one a line; draw.io takes it for HTML."""
    return "\n".join(f"{escaped(name.replace('_', ' '))}: {escaped(value)}" for name, value in facts)


def text_cell(id: str, text: Text, origin: Rect, parent: str, more: str = "") -> str:
    """Words at their own place in a container whose place is `origin`."""
    align = {"start": "left", "middle": "center", "end": "right"}[text.align.value]
    cell = {"id": id, "value": html(text), "style": f"{_TEXT}align={align};{more}", "vertex": 1, "parent": parent}
    return element("mxCell", cell, element("mxGeometry", _geometry(text.rect.moved(-origin.x, -origin.y))))


def html(text: Text) -> str:
    """Lines of a text as the HTML that labels are; the author's words cannot become markup."""
    lines = []
    for line in text.lines:
        style = (
            f"font-size:{line.size}px;line-height:{theme.LINE_HEIGHT[line.size]}px;color:{line.colour};"
            f"font-kerning:none;font-weight:{700 if line.bold else 400}"
        )
        lines.append(f'<div style="{style}">{escaped(line.text)}</div>')
    return "".join(lines)


def glyph_rect(icon: Box | Icon) -> Rect:
    """Where draw.io's stencil stands in the square of an icon, in its own proportions; a box whole."""
    if isinstance(icon, Box):
        return icon.rect
    width, height = artwork(icon.artwork).size
    x, y = icon.rect.x + (icon.rect.width - width) // 2, icon.rect.y + (icon.rect.height - height) // 2
    return Rect(x, y, width, height)


def _on_edge(rect: Rect, along: float) -> str:
    """Centred on a point of the edge."""
    share = f"{along:.6f}".rstrip("0").rstrip(".")
    place = {"x": share, "width": rect.width, "height": rect.height, "relative": 1, "as": "geometry"}
    offset = {"x": -rect.width / 2, "y": -rect.height / 2, "as": "offset"}
    return element("mxGeometry", place, element("mxPoint", offset))


def _geometry(rect: Rect) -> dict[str, object]:
    return {"x": rect.x, "y": rect.y, "width": rect.width, "height": rect.height, "as": "geometry"}
