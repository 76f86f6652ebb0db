# SVG in the profile that wikis and image viewers accept: presentation attributes only; no style sheet, script,
# foreignObject; icons as PNG data URIs; words for those who do not see; ids of its own per view.
#
# In:  a Drawing. Out: bytes. Classes and data-* attributes let a page's own style sheet and player find
# components (`data-component`), connectors (`data-connector`) and steps (`data-step`).
"""svg_document, svg_groups, path_data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from docgen.diagram import theme
from docgen.diagram.badges import BADGES
from docgen.diagram.drawing import (
    Box,
    Connector,
    Drawing,
    Icon,
    Marker,
    MarkerShape,
    Point,
    State,
    Text,
    Tone,
)
from docgen.diagram.icons import artwork, data_uri
from docgen.diagram.text import width_of
from docgen.diagram.theme import Palette
from docgen.renderers._markup import element, number
from docgen.renderers._markup import text as escaped
from docgen.renderers._renderer import Options

_ASCENT = 0.78
"""Of the font size: how far below the upper edge of its line a baseline lies, with the line's spare room."""


def svg_document(drawing: Drawing, options: Options, content: str | None = None) -> bytes:
    """The drawing as one SVG document.

    Args:
        drawing: What to write.
        options: Its theme and links count.
        content: Of the root's attribute of this name, where draw.io finds its diagram.
    """
    prefix = _prefix(drawing.view)
    palette = options.palette
    parts = [
        element("title", {"id": f"{prefix}-title"}, escaped(drawing.title)),
        element("desc", {"id": f"{prefix}-desc"}, escaped(drawing.description or drawing.title)),
        element(
            "rect",
            {"class": "dg-paper", "width": drawing.width, "height": drawing.height, "fill": palette.paper},
        ),
        *svg_groups(drawing, options),
    ]
    root = {
        "xmlns": "http://www.w3.org/2000/svg",
        "id": prefix,
        "class": "dg-drawing",
        "width": drawing.width,
        "height": drawing.height,
        "viewBox": f"0 0 {drawing.width} {drawing.height}",
        "role": "img",
        "aria-labelledby": f"{prefix}-title {prefix}-desc",
        "font-family": theme.FONT,
        "data-view": drawing.view,
        "data-theme": options.theme,
        "content": content,
    }
    return (element("svg", root, "\n" + "\n".join(p for p in parts if p) + "\n") + "\n").encode("utf-8")


def svg_groups(drawing: Drawing, options: Options) -> tuple[str, str, str, str]:
    """Boxes, connectors, icons and markers, in the order in which they lie on each other; "" for none."""
    palette, links = options.palette, options.links
    return (
        _group("dg-boxes", (_box(b, palette, links) for b in drawing.boxes)),
        _group("dg-connectors", (_connector(c, palette) for c in drawing.connectors)),
        _group("dg-icons", (_icon(i, palette, links) for i in drawing.icons)),
        _group("dg-markers", (_marker(m, palette) for m in drawing.markers)),
    )


def _prefix(view: str) -> str:
    return "dg-" + re.sub(r"[^A-Za-z0-9_-]", "-", view)


def _group(name: str, parts: Iterable[str]) -> str:
    content = "\n".join(parts)
    return element("g", {"class": name}, f"\n{content}\n") if content else ""


# -- boxes and icons -------------------------------------------------------------------------------
def _box(box: Box, palette: Palette, links: Mapping[str, str]) -> str:
    look = palette.boxes[box.style]
    down = box.state is State.DOWN
    stroke = palette.down if down and look.stroke else look.stroke
    rect = {
        "class": "dg-frame",
        "x": box.rect.x,
        "y": box.rect.y,
        "width": box.rect.width,
        "height": box.rect.height,
        "rx": 8 if box.style == "band" else None,
        "fill": look.fill,
        "stroke": stroke or None,
        "stroke-width": look.width if look.stroke else None,
        "stroke-dasharray": " ".join(map(str, theme.DASH)) if look.dashed else None,
    }
    head = "".join((*_badge(box, palette), *(_text(t, palette) for t in box.titles)))
    parts = [element("rect", rect), _linked(head, links.get(str(box.component), ""))]
    group = {
        "class": f"dg-box dg-{box.style}" + (" dg-down" if down else ""),
        "data-component": str(box.component) if box.component else None,
        "data-box": box.id,
    }
    return element("g", group, "".join(parts))


def _badge(box: Box, palette: Palette) -> Iterator[str]:
    look = palette.boxes[box.style]
    if not look.badge:
        return
    x, y = box.rect.x, box.rect.y
    yield element("rect", {"x": x, "y": y, "width": theme.BADGE, "height": theme.BADGE, "fill": look.badge_fill})
    paths = "".join(element("path", {"d": d}) for d in BADGES[look.badge])
    shape = {
        "transform": f"translate({x} {y})",
        "fill": "none",
        "stroke": palette.sign,
        "stroke-width": 1.3,
        "stroke-linejoin": "round",
        "stroke-linecap": "round",
    }
    yield element("g", shape, paths)


def _icon(icon: Icon, palette: Palette, links: Mapping[str, str]) -> str:
    opacity = theme.FADED_ICON if icon.state is not State.NORMAL else None
    dim = theme.FADED_TEXT if icon.state is not State.NORMAL else None
    group = {
        "class": "dg-icon" + ("" if icon.state is State.NORMAL else f" dg-{icon.state.value}"),
        "data-component": str(icon.component),
        "data-icon": icon.id,
    }
    content = element("g", {"class": "dg-art", "opacity": opacity}, _art(icon, palette)) + _text(
        icon.label, palette, dim
    )
    return element("g", group, _linked(content, links.get(icon.id) or links.get(str(icon.component), "")))


def _linked(content: str, address: str) -> str:
    return element("a", {"href": address}, content) if address and content else content


def _art(icon: Icon, palette: Palette) -> str:
    art = artwork(icon.artwork)
    x, y, width, height = icon.rect
    if art.paths:
        paths = "".join(element("path", {"d": d}) for d in art.paths)
        shape = {
            "transform": f"translate({x} {y})",
            "fill": "none",
            "stroke": palette.glyph(art.colour),
            "stroke-width": 2,
        }
        return element("g", shape, paths)
    ground = element("circle", {"cx": icon.rect.centre.x, "cy": icon.rect.centre.y, "r": 22, "fill": palette.paper})
    image = {
        "x": x,
        "y": y,
        "width": width,
        "height": height,
        "href": data_uri(icon.artwork, art.colour if art.tile else palette.glyph(art.colour)),
    }
    return (ground if icon.artwork.endswith("gateway") else "") + element("image", image)


def _text(block: Text, palette: Palette, opacity: float | None = None) -> str:
    lines, y = [], block.rect.y
    for line in block.lines:
        height = theme.LINE_HEIGHT[line.size]
        x = {
            "start": block.rect.x,
            "middle": block.rect.x + block.rect.width / 2,
            "end": block.rect.right,
        }[block.align.value]
        attributes = {
            "x": x,
            "y": y + (height - line.size) / 2 + line.size * _ASCENT + 1,
            "font-size": line.size,
            "font-weight": 700 if line.bold else None,
            "text-anchor": None if block.align.value == "start" else block.align.value,
            "fill": palette.ink(line.colour),
            "opacity": opacity,
            # as wide as it was measured, also where the reader's machine has none of our fonts
            "textLength": width_of(line.text, line.size, line.bold) or None,
            "lengthAdjust": "spacingAndGlyphs",
        }
        lines.append(element("text", attributes, escaped(line.text)))
        y += height
    return "".join(lines)


# -- lines -----------------------------------------------------------------------------------------
def _connector(connector: Connector, palette: Palette) -> str:
    colour, width = palette.tones[connector.tone], theme.WIDTHS[connector.tone]
    path = {
        "class": "dg-line",
        "d": path_data(_trimmed(connector)),
        "fill": "none",
        "stroke": colour,
        "stroke-width": width,
        "stroke-dasharray": " ".join(map(str, theme.DASH)) if connector.dashed else None,
    }
    parts = []
    if len(connector.rest) > 1:
        rest = {
            "class": "dg-rest",
            "d": path_data(connector.rest),
            "fill": "none",
            "stroke": colour,
            "stroke-width": 1.25,
            "stroke-dasharray": " ".join(map(str, theme.REST_DASH)),
            "opacity": 0.45,
        }
        parts.append(element("path", rest))
    parts.append(element("path", path))
    if connector.arrow_end:
        parts.append(_arrow(connector.points[-2], connector.points[-1], colour, connector.tone))
    if connector.arrow_start:
        parts.append(_arrow(connector.points[1], connector.points[0], colour, connector.tone))
    if connector.label:
        parts.append(_text(connector.label, palette))
    group = {
        "class": f"dg-connector dg-{connector.tone.value}" + (" dg-dashed" if connector.dashed else ""),
        "data-connector": connector.id,
        "data-source": connector.source,
        "data-target": connector.target,
        "data-step": " ".join(map(str, connector.steps)) or None,
    }
    return element("g", group, "".join(parts))


def _trimmed(connector: Connector) -> tuple[Point, ...]:
    """The line as far as its arrowheads, so that no blunt end shows through their tips."""
    points = list(connector.points)
    if connector.arrow_end:
        points[-1] = _back(points[-2], points[-1])
    if connector.arrow_start:
        points[0] = _back(points[1], points[0])
    return tuple(points)


def _back(before: Point, end: Point) -> Point:
    step = theme.ARROW - 2
    if before.y == end.y:
        return Point(end.x - step if end.x > before.x else end.x + step, end.y)
    return Point(end.x, end.y - step if end.y > before.y else end.y + step)


def path_data(points: tuple[Point, ...]) -> str:
    """A path with rounded corners.

    >>> path_data((Point(0, 0), Point(20, 0), Point(20, 20)))
    'M0 0L14 0Q20 0 20 6L20 20'
    """
    out = [f"M{points[0].x} {points[0].y}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        size = min(theme.CORNER, _length(before, corner) / 2, _length(corner, after) / 2)
        start, end = _toward(corner, before, size), _toward(corner, after, size)
        out.append(f"L{start}Q{corner.x} {corner.y} {end}")
    out.append(f"L{points[-1].x} {points[-1].y}")
    return "".join(out)


def _length(a: Point, b: Point) -> int:
    return abs(a.x - b.x) + abs(a.y - b.y)


def _toward(start: Point, goal: Point, size: float) -> str:
    x = start.x + (size if goal.x > start.x else -size if goal.x < start.x else 0)
    y = start.y + (size if goal.y > start.y else -size if goal.y < start.y else 0)
    return f"{number(x)} {number(y)}"


def _arrow(before: Point, tip: Point, colour: str, tone: Tone) -> str:
    long, half = (theme.ARROW, 3.5) if tone is Tone.PLAIN else (theme.ARROW + 1, 4.5)
    across = before.y == tip.y
    sign = 1 if (tip.x > before.x if across else tip.y > before.y) else -1
    base = (tip.x - sign * long, tip.y) if across else (tip.x, tip.y - sign * long)
    sides = [(base[0], base[1] + s * half) if across else (base[0] + s * half, base[1]) for s in (-1, 1)]
    corners = " ".join(f"{number(x)},{number(y)}" for x, y in ((tip.x, tip.y), *sides))
    return element("polygon", {"class": "dg-arrow", "points": corners, "fill": colour})


# -- markers ---------------------------------------------------------------------------------------
def _marker(marker: Marker, palette: Palette) -> str:
    draw = {MarkerShape.STEP: _step, MarkerShape.STOP: _stop, MarkerShape.DOWN: _down}.get(marker.shape, _change)
    group = {
        "class": f"dg-marker dg-marker-{marker.shape.value}" + (" dg-hollow" if marker.answer else ""),
        "data-marker": marker.id,
        "data-step": marker.text if marker.shape is MarkerShape.STEP else None,
        "data-reason": marker.text if marker.shape is MarkerShape.STOP else None,
        "data-connectors": " ".join(marker.connectors) or None,
    }
    return element("g", group, draw(marker, palette) + (_note(marker.note, palette) if marker.note else ""))


def _note(note: Text, palette: Palette) -> str:
    x, y, width, height = note.rect.grown(4, 2)
    pill = {"class": "dg-pill", "x": x, "y": y, "width": width, "height": height, "rx": 4, "fill": palette.tint}
    return element("rect", pill) + _text(note, palette)


def _step(marker: Marker, palette: Palette) -> str:
    colour = palette.tones[marker.tone]
    x, y = marker.centre
    fill, stroke = (palette.paper, colour) if marker.answer else (colour, palette.paper)
    circle = {"cx": x, "cy": y, "r": marker.size / 2, "fill": fill, "stroke": stroke, "stroke-width": 1.5}
    digits = {
        "x": x,
        "y": y + 3.7,
        "font-size": 10.5,
        "font-weight": 700,
        "text-anchor": "middle",
        "fill": stroke,
    }
    return element("circle", circle) + element("text", digits, escaped(marker.text))


def _square(marker: Marker, fill: str, corner: int, palette: Palette) -> str:
    x, y, size, _ = marker.rect
    square = {
        "x": x,
        "y": y,
        "width": size,
        "height": size,
        "rx": corner,
        "fill": fill,
        "stroke": palette.paper,
        "stroke-width": 1.5,
    }
    return element("rect", square)


def _stop(marker: Marker, palette: Palette) -> str:
    square = _square(marker, palette.tones[Tone.BLOCKED], 4, palette)
    c, r = marker.centre, 4.5
    cross = f"M{number(c.x - r)} {number(c.y - r)}L{number(c.x + r)} {number(c.y + r)}"
    cross += f"M{number(c.x - r)} {number(c.y + r)}L{number(c.x + r)} {number(c.y - r)}"
    lines = {"d": cross, "fill": "none", "stroke": palette.paper, "stroke-width": 2.2, "stroke-linecap": "round"}
    return square + element("path", lines)


def _down(marker: Marker, palette: Palette) -> str:
    square = _square(marker, palette.down, 3, palette)
    x, y, size, _ = marker.rect
    bar = {"x": x + 3.5, "y": y + size / 2 - 1.2, "width": size - 7, "height": 2.4, "fill": palette.paper}
    return square + element("rect", bar)


def _change(marker: Marker, palette: Palette) -> str:
    square = _square(marker, palette.changes[marker.shape], 4, palette)
    c, r = marker.centre, 4.5
    across = f"M{number(c.x - r)} {c.y}L{number(c.x + r)} {c.y}"
    signs = {
        MarkerShape.ADDED: f"{across}M{c.x} {number(c.y - r)}L{c.x} {number(c.y + r)}",
        MarkerShape.REMOVED: across,
        MarkerShape.CHANGED: f"M{number(c.x - r)} {number(c.y + 1.5)}q2.25 -5 4.5 -1.5q2.25 3.5 4.5 -1.5",
    }
    sign = {
        "d": signs[marker.shape],
        "fill": "none",
        "stroke": palette.paper,
        "stroke-width": 2.2,
        "stroke-linecap": "round",
    }
    return square + element("path", sign)
