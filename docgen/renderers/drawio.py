# draw.io files: true containers, the official AWS shapes, connectors that hang on their icons with every corner
# where the SVG has it, data on every cell. Plain XML, no clock and no random id: the same bytes every time.
#
# In:  Drawings. Out: bytes. Cells lie flat and name their parent; coordinates are relative to it.
"""RENDERER, render, render_pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from docgen.diagram import theme
from docgen.diagram.drawing import (
    Box,
    Connector,
    Drawing,
    Icon,
    Marker,
    MarkerShape,
    Point,
    Rect,
    State,
    Text,
)
from docgen.diagram.icons import artwork
from docgen.renderers._drawio_styles import group_style, icon_style
from docgen.renderers._markup import element, number
from docgen.renderers._markup import text as escaped
from docgen.renderers._renderer import Renderer

_LAYER, _LINES, _SIGNS = "1", "connectors", "markers"
_BASE = 5
"""What draw.io adds to `spacingTop` of its own."""
_TEXT = (
    "text;html=1;whiteSpace=nowrap;overflow=visible;verticalAlign=top;spacing=0;spacingTop=-5;spacingLeft=0;"
    "spacingRight=0;spacingBottom=0;resizable=0;fillColor=none;strokeColor=none;connectable=0;pointerEvents=0;"
)


def render(drawing: Drawing, scale: float = 1.0) -> bytes:
    """One drawing as a file with one page."""
    del scale
    return render_pages([drawing])


def render_pages(drawings: Sequence[Drawing]) -> bytes:
    """A file with one page for each drawing, in order."""
    pages = "\n".join(_page(d) for d in drawings)
    root = {"host": "docgen", "agent": "docgen", "type": "device", "pages": len(drawings)}
    return (element("mxfile", root, f"\n{pages}\n") + "\n").encode("utf-8")


def _page(drawing: Drawing) -> str:
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
    cells = "\n".join(_cells(drawing))
    root = element("root", {}, f"\n{cells}\n")
    page = {"id": drawing.view, "name": drawing.title or drawing.view}
    return element("diagram", page, element("mxGraphModel", model, root))


def _cells(drawing: Drawing) -> Iterator[str]:
    yield element("mxCell", {"id": "0"})
    yield element("mxCell", {"id": _LAYER, "parent": "0", "value": "Components"})
    yield element("mxCell", {"id": _LINES, "parent": "0", "value": "Connectors"})
    if drawing.markers:
        yield element("mxCell", {"id": _SIGNS, "parent": "0", "value": "Steps"})
    places = {box.id: box.rect for box in drawing.boxes}
    for box in drawing.boxes:
        yield from _box(box, places)
    for icon in drawing.icons:
        yield _icon(icon, places)
    icons = {icon.id: icon for icon in drawing.icons}
    for connector in drawing.connectors:
        yield from _connector(connector, icons)
    for marker in drawing.markers:
        yield from _marker(marker)


# -- boxes and icons -------------------------------------------------------------------------------
def _box(box: Box, places: Mapping[str, Rect]) -> Iterator[str]:
    style = group_style(theme.BOXES[box.style])
    if box.state is State.DOWN:
        style += "opacity=60;"
    yield _object(box.id, "", style, _relative(box.rect, box.parent, places), box.parent or _LAYER, box.facts)
    for at, title in enumerate(box.titles, 1):
        yield _text(f"{box.id}#title-{at}", title, box.rect, box.id)


def _icon(icon: Icon, places: Mapping[str, Rect]) -> str:
    art = artwork(icon.artwork)
    width, height = art.size
    rect = Rect(
        icon.rect.x + (icon.rect.width - width) // 2, icon.rect.y + (icon.rect.height - height) // 2, width, height
    )
    style = icon_style(art) + _label_place(icon, rect)
    if icon.state is not State.NORMAL:
        style += f"opacity={round(theme.FADED_ICON * 100)};textOpacity={round(theme.FADED_TEXT * 100)};"
    return _object(
        icon.id,
        _html(icon.label),
        style,
        _relative(rect, icon.parent, places),
        icon.parent or _LAYER,
        icon.facts,
    )


def _label_place(icon: Icon, rect: Rect) -> str:
    """draw.io's words for where the label is, in px from the icon's own sides."""
    label = icon.label.rect
    plain = "spacing=0;spacingTop=0;spacingBottom=0;spacingLeft=0;spacingRight=0;whiteSpace=nowrap;"
    if label.y >= icon.rect.bottom:
        return f"{plain}spacingTop={label.y - rect.bottom - _BASE};"
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


def _object(id: str, label: str, style: str, rect: Rect, parent: str, facts: Sequence[tuple[str, str]] = ()) -> str:
    """A vertex with its data; the tooltip is made of the same."""
    tooltip = "\n".join(f"{escaped(name.replace('_', ' '))}: {escaped(value)}" for name, value in facts)
    data = {f"aws_{name}": value for name, value in facts}
    wrapper = {"id": id, "label": label, "tooltip": tooltip or None, **data}
    geometry = element(
        "mxGeometry", {"x": rect.x, "y": rect.y, "width": rect.width, "height": rect.height, "as": "geometry"}
    )
    return element("object", wrapper, element("mxCell", {"style": style, "vertex": 1, "parent": parent}, geometry))


def _text(id: str, text: Text, origin: Rect, parent: str, more: str = "") -> str:
    align = {"start": "left", "middle": "center", "end": "right"}[text.align.value]
    rect = text.rect.moved(-origin.x, -origin.y)
    cell = {"id": id, "value": _html(text), "style": f"{_TEXT}align={align};{more}", "vertex": 1, "parent": parent}
    geometry = {"x": rect.x, "y": rect.y, "width": rect.width, "height": rect.height, "as": "geometry"}
    return element("mxCell", cell, element("mxGeometry", geometry))


def _html(text: Text) -> str:
    """Lines of a text as the HTML that labels are; the author's words cannot become markup."""
    lines = []
    for line in text.lines:
        style = (
            f"font-size:{line.size}px;line-height:{theme.LINE_HEIGHT[line.size]}px;color:{line.colour};"
            f"font-family:Arimo,Arial,Helvetica;font-weight:{700 if line.bold else 400}"
        )
        lines.append(f'<div style="{style}">{escaped(line.text)}</div>')
    return "".join(lines)


# -- lines and markers -----------------------------------------------------------------------------
def _connector(connector: Connector, icons: Mapping[str, Icon]) -> Iterator[str]:
    colour = theme.TONES[connector.tone]
    head = "block" if connector.arrow_end else "none"
    tail = "block" if connector.arrow_start else "none"
    style = (
        f"edgeStyle=orthogonalEdgeStyle;rounded=1;arcSize={2 * theme.CORNER};html=1;jettySize=0;"
        f"endArrow={head};endFill=1;endSize=5;startArrow={tail};startFill=1;startSize=5;strokeColor={colour};"
        f"strokeWidth={number(theme.WIDTHS[connector.tone])};"
    )
    if connector.dashed:
        style += f"dashed=1;dashPattern={theme.DASH[0]} {theme.DASH[1]};"
    source = icons[connector.source]
    style += _end("exit", source, connector.points[0])
    stopped = bool(connector.rest)
    if not stopped:
        style += _end("entry", icons[connector.target], connector.points[-1])
    points = connector.points[1:-1]
    inner = element("Array", {"as": "points"}, "".join(element("mxPoint", {"x": p.x, "y": p.y}) for p in points))
    target_point = ""
    if stopped:
        last = connector.points[-1]
        target_point = element("mxPoint", {"x": last.x, "y": last.y, "as": "targetPoint"})
    geometry = element("mxGeometry", {"relative": 1, "as": "geometry"}, target_point + (inner if points else ""))
    wrapper = {
        "id": f"edge:{connector.id}",
        "label": "",
        "tooltip": _line_tooltip(connector),
        "steps": " ".join(map(str, connector.steps)) or None,
        "leads_to": connector.target if stopped else None,
    }
    cell = {
        "style": style,
        "edge": 1,
        "parent": _LINES,
        "source": connector.source,
        "target": None if stopped else connector.target,
    }
    if stopped:
        yield _rest(connector, colour)
    yield element("object", wrapper, element("mxCell", cell, geometry))
    if connector.label:
        yield _text(f"label:{connector.id}", connector.label, Rect(0, 0, 0, 0), _LINES)


def _line_tooltip(connector: Connector) -> str:
    steps = f"step {', '.join(map(str, connector.steps))}: " if connector.steps else ""
    stopped = " (stopped on the way)" if connector.rest else ""
    return escaped(f"{steps}{connector.source} to {connector.target}{stopped}")


def _rest(connector: Connector, colour: str) -> str:
    """What a stopped packet did not walk: a faint dotted line of its own."""
    start, *way, end = connector.rest
    style = (
        f"edgeStyle=orthogonalEdgeStyle;rounded=1;arcSize={2 * theme.CORNER};html=1;endArrow=none;startArrow=none;"
        f"strokeColor={colour};strokeWidth=1.25;dashed=1;dashPattern={theme.REST_DASH[0]} {theme.REST_DASH[1]};"
        "opacity=45;"
    )
    first = element("mxPoint", {"x": start.x, "y": start.y, "as": "sourcePoint"})
    first += element("mxPoint", {"x": end.x, "y": end.y, "as": "targetPoint"})
    inner = element("Array", {"as": "points"}, "".join(element("mxPoint", {"x": p.x, "y": p.y}) for p in way))
    geometry = element("mxGeometry", {"relative": 1, "as": "geometry"}, first + (inner if way else ""))
    cell = {"id": f"rest:{connector.id}", "value": "", "style": style, "edge": 1, "parent": _LINES}
    return element("mxCell", cell, geometry)


def _end(word: str, icon: Icon, point: Point) -> str:
    """Where an edge meets its icon: a corner of the shape's box and px from there, exactly."""
    width, height = artwork(icon.artwork).size
    x = icon.rect.x + (icon.rect.width - width) // 2
    y = icon.rect.y + (icon.rect.height - height) // 2
    across, down = _share(point.x, x, width), _share(point.y, y, height)
    dx, dy = point.x - x - across * width, point.y - y - down * height
    return (
        f"{word}X={number(across)};{word}Y={number(down)};{word}Dx={number(dx)};{word}Dy={number(dy)};"
        f"{word}Perimeter=0;"
    )


def _share(value: int, start: int, size: int) -> float:
    if value <= start:
        return 0.0
    return 1.0 if value >= start + size else 0.5


def _marker(marker: Marker) -> Iterator[str]:
    colour = theme.TONES[marker.tone]
    base = "html=1;whiteSpace=nowrap;spacing=0;aspect=fixed;strokeColor=#ffffff;strokeWidth=1.5;connectable=0;"
    if marker.shape is MarkerShape.STEP:
        style = f"ellipse;{base}fillColor={colour};fontColor=#ffffff;fontSize=10;fontStyle=1;"
        yield _object(marker.id, escaped(marker.text), style, marker.rect, _SIGNS, (("step", marker.text),))
        return
    stop = marker.shape is MarkerShape.STOP
    style = f"rounded=1;arcSize=20;{base}fillColor={theme.BLOCKED if stop else theme.DOWN};"
    style += "fontColor=#ffffff;fontSize=14;fontStyle=1;"
    facts = (("reason", marker.text),) if stop else (("state", "out of order"),)
    yield _object(marker.id, "✕" if stop else "–", style, marker.rect, _SIGNS, facts)
    if marker.note:
        pill = f"labelBackgroundColor={theme.BLOCKED_TINT};"
        yield _text(f"note:{marker.id}", marker.note, Rect(0, 0, 0, 0), _SIGNS, pill)


RENDERER = Renderer(name="drawio", suffix=".drawio", media_type="application/vnd.jgraph.mxfile", render=render)
