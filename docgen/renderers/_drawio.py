# draw.io files: true containers, the official AWS shapes, connectors that hang on their icons with every corner
# where the SVG has it, data on every cell. Plain XML, no clock and no random id: the same bytes every time.
#
# In:  Drawings. Out: text. Cells lie flat, one a line, and name their parent; coordinates are relative to it.
"""mxfile."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from docgen.diagram import theme
from docgen.diagram.drawing import Align, Box, Drawing, Icon, Rect, State, Tone
from docgen.diagram.icons import artwork
from docgen.diagram.views import folded_views
from docgen.renderers._drawio_cells import COMPONENTS, glyph_rect, html, object_cell, text_cell
from docgen.renderers._drawio_lines import Lines
from docgen.renderers._drawio_styles import group_style, icon_style
from docgen.renderers._markup import element
from docgen.renderers._renderer import Options

_BASE = 5
"""What draw.io adds to `spacingTop` of its own."""


def mxfile(drawings: Sequence[Drawing], options: Options) -> str:
    """A file with one page for each drawing, in order.

    A flow's page has its lines and steps in a layer of its own. Pages of the same placement show each of
    `options.layers` as a hidden layer: a click in draw.io's list of layers lays the flow over the network.
    """
    names = frozenset(d.view for d in drawings)
    pages = "\n".join(_page(d, options, names) for d in drawings)
    root = {"host": "docgen", "agent": "docgen", "type": "device", "pages": len(drawings)}
    return element("mxfile", root, f"\n{pages}\n") + "\n"


def _page(drawing: Drawing, options: Options, names: frozenset[str]) -> str:
    model = {
        "dx": drawing.width,
        "dy": drawing.height,
        "grid": 0,
        "gridSize": 10,
        "guides": 1,
        "tooltips": 1,
        "connect": 1,
        "arrows": 1,
        "fold": 1,
        "page": 1,
        "pageScale": 1,
        "pageWidth": drawing.width,
        "pageHeight": drawing.height,
        "math": 0,
        "shadow": 0,
    }
    cells = "\n".join(_cells(drawing, options, names))
    root = element("root", {}, f"\n{cells}\n")
    page = {"id": drawing.view, "name": drawing.title or drawing.view}
    return element("diagram", page, element("mxGraphModel", model, root))


def _cells(drawing: Drawing, options: Options, names: frozenset[str]) -> Iterator[str]:
    yield element("mxCell", {"id": "0"})
    yield element("mxCell", {"id": COMPONENTS, "parent": "0", "value": "Components"})
    places = {box.id: box.rect for box in drawing.boxes}
    for box in drawing.boxes:
        yield from _box(box, places, options.links)
    links = {**options.links, **{id: f"data:page/id,{v}" for id, v in folded_views(drawing).items() if v in names}}
    for icon in drawing.icons:
        yield _icon(icon, places, links)
    if _tells_a_flow(drawing):
        layer = f"layer:{drawing.view}"
        yield element("mxCell", {"id": layer, "parent": "0", "value": drawing.title or drawing.view})
        yield from Lines(drawing, layer=layer).cells()
        return
    yield from Lines(drawing).cells()
    for other in options.layers:
        boxes, icons = {b.id: b.rect for b in other.boxes}, {i.id: i.rect for i in other.icons}
        if other.view != drawing.view and drawing.holds(boxes, icons):
            layer = f"layer:{other.view}"
            yield element("mxCell", {"id": layer, "parent": "0", "value": other.title or other.view, "visible": "0"})
            page = f"data:page/id,{other.view}" if other.view in names else ""
            yield from Lines(other, layer=layer, prefix=f"{other.view}/", page=page).cells()


def _tells_a_flow(drawing: Drawing) -> bool:
    return bool(drawing.markers) or any(c.tone is not Tone.PLAIN for c in drawing.connectors)


# -- boxes and icons -------------------------------------------------------------------------------
def _box(box: Box, places: Mapping[str, Rect], links: Mapping[str, str]) -> Iterator[str]:
    look = theme.BOXES[box.style]
    if box.state is State.DOWN and look.stroke:
        look = replace(look, stroke=theme.DOWN, badge_fill=theme.DOWN)
    yield object_cell(
        box.id,
        "",
        group_style(look),
        _relative(box.rect, box.parent, places),
        box.parent or COMPONENTS,
        facts=box.facts,
        link=links.get(str(box.component), ""),
    )
    for at, title in enumerate(box.titles, 1):
        yield text_cell(f"{box.id}#title-{at}", title, box.rect, box.id)


def _icon(icon: Icon, places: Mapping[str, Rect], links: Mapping[str, str]) -> str:
    art = artwork(icon.artwork)
    rect = glyph_rect(icon)
    style = icon_style(art) + _label_place(icon, rect)
    if icon.state is not State.NORMAL:
        style += f"opacity={round(theme.FADED_ICON * 100)};textOpacity={round(theme.FADED_TEXT * 100)};"
    return object_cell(
        icon.id,
        html(icon.label),
        style,
        _relative(rect, icon.parent, places),
        icon.parent or COMPONENTS,
        facts=icon.facts,
        link=links.get(icon.id) or links.get(str(icon.component), ""),
    )


def _label_place(icon: Icon, rect: Rect) -> str:
    """draw.io's words for where the label is, in px from the icon's own sides."""
    label = icon.label.rect
    plain = "spacing=0;spacingTop=0;spacingBottom=0;spacingLeft=0;spacingRight=0;whiteSpace=nowrap;"
    if label.y >= icon.rect.bottom:
        below = f"{plain}spacingTop={label.y - rect.bottom - _BASE};"
        if icon.label.align is Align.END:
            return f"{below}labelPosition=left;align=right;spacingRight={rect.x - label.right};"
        if icon.label.align is Align.START:
            return f"{below}labelPosition=right;align=left;spacingLeft={label.x - rect.right};"
        return below
    top = label.y - rect.y - _BASE
    if label.right <= icon.rect.x:
        return (
            f"{plain}labelPosition=left;verticalLabelPosition=middle;align=right;verticalAlign=top;"
            f"spacingRight={rect.x - label.right};spacingTop={top};"
        )
    return (
        f"{plain}labelPosition=right;verticalLabelPosition=middle;align=left;verticalAlign=top;"
        f"spacingLeft={label.x - rect.right};spacingTop={top};"
    )


def _relative(rect: Rect, parent: str, places: Mapping[str, Rect]) -> Rect:
    if not parent:
        return rect
    return rect.moved(-places[parent].x, -places[parent].y)
