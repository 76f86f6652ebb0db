# Lines, steps and stops of draw.io files: edges that hang on their icons, or on the stop where a packet ends.
#
# In:  a Drawing and where its lines belong. Out: cells. An edge of an overview belongs to the innermost container
# that holds it whole, so that it moves along; those of a flow to the flow's layer, so that they show and hide as one.
"""Lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docgen.diagram import theme
from docgen.diagram.drawing import Box, Connector, Drawing, Icon, Marker, MarkerShape, Point, Rect, Tone, segments
from docgen.renderers._drawio_cells import COMPONENTS, glyph_rect, object_cell, text_cell, tooltip
from docgen.renderers._drawio_styles import FONT, dashes
from docgen.renderers._markup import element, number
from docgen.renderers._markup import text as escaped

_NOWHERE = Rect(0, 0, 0, 0)
_MOVING = (14, 3)
"""Dashes of a solid line while draw.io moves it: so long that it still looks solid beside a dashed one."""
_ROUTED = (
    f"edgeStyle=orthogonalEdgeStyle;rounded=1;arcSize={2 * theme.CORNER};html=1;jettySize=0;endFill=1;endSize=5;"
    "startFill=1;startSize=5;"
)

_SIGNS = {
    MarkerShape.STOP: "✕",
    MarkerShape.DOWN: "–",
    MarkerShape.ADDED: "+",
    MarkerShape.REMOVED: "–",
    MarkerShape.CHANGED: "~",
}
_STATES = {
    MarkerShape.DOWN: "out of order",
    MarkerShape.ADDED: "added",
    MarkerShape.REMOVED: "removed",
    MarkerShape.CHANGED: "changed",
}


class Lines:
    """The lines and signs of one drawing.

    Args:
        drawing: Whose lines.
        layer: Id of the layer that they belong to; "" where they belong to containers.
        prefix: Before every id, where another drawing's lines are on the same page.
        page: What a click on a step opens; "" for nothing.
    """

    def __init__(self, drawing: Drawing, *, layer: str = "", prefix: str = "", page: str = "") -> None:
        self._drawing = drawing
        self._layer = layer
        self._prefix = prefix
        self._page = page
        self._boxes = {box.id: box for box in drawing.boxes}
        self._ends: dict[str, Box | Icon] = {**self._boxes, **{icon.id: icon for icon in drawing.icons}}
        self._stops = {
            id: marker for marker in drawing.markers if marker.shape is MarkerShape.STOP for id in marker.connectors
        }

    def cells(self) -> Iterator[str]:
        """Lines, then what stands on them."""
        for connector in self._drawing.connectors:
            yield from self._connector(connector)
        for marker in self._drawing.markers:
            yield from self._marker(marker)

    def _home(self, connector: Connector) -> tuple[str, Rect]:
        """The cell that an edge belongs to, and where that is."""
        if self._layer:
            return self._layer, _NOWHERE
        around = self._around(self._ends[connector.target])
        for id in self._around(self._ends[connector.source]):
            rect = self._boxes[id].rect
            if id in around and all(rect.holds(Rect(p.x, p.y, 0, 0)) for p in connector.points):
                return id, rect
        return COMPONENTS, _NOWHERE

    def _around(self, icon: Box | Icon) -> list[str]:
        """Boxes around an icon, innermost first."""
        found, box = [], icon.parent
        while box:
            found.append(box)
            box = self._boxes[box].parent
        return found

    # -- lines -------------------------------------------------------------------------------------
    def _connector(self, connector: Connector) -> Iterator[str]:
        colour = theme.TONES[connector.tone]
        stop = self._stops.get(connector.id)
        if stop and len(connector.rest) > 1:
            yield self._rest(connector, stop, colour)
        head, tail = ("block" if arrow else "none" for arrow in (connector.arrow_end, connector.arrow_start))
        style = (
            f"{_ROUTED}endArrow={head};startArrow={tail};strokeColor={colour};"
            f"strokeWidth={number(theme.WIDTHS[connector.tone])};"
        )
        if connector.dashed:
            style += f"dashed=1;{dashes(theme.DASH)}"
        if connector.tone in (Tone.ACCENT, Tone.BLOCKED):
            style += "flowAnimation=1;" + ("" if connector.dashed else dashes(_MOVING))
        style += _end("exit", glyph_rect(self._ends[connector.source]), connector.points[0])
        end = stop.rect if stop else glyph_rect(self._ends[connector.target])
        style += _end("entry", end, connector.points[-1])
        steps = " ".join(map(str, connector.steps))
        stopped = f"stopped on the way to {connector.target}: {stop.text}" if stop else ""
        facts = [("from", connector.source), ("to", connector.target), ("steps", steps), ("stopped", stopped)]
        facts += [("decided", words) for words in connector.says]
        known = [(name, value) for name, value in facts if value]
        wrapper = {
            "id": f"{self._prefix}edge:{connector.id}",
            "label": "",
            "tooltip": tooltip(known),
            "link": self._page or None,
            "aws_from": connector.source,
            "aws_to": connector.target,
            "aws_steps": steps or None,
            "aws_stopped": stopped or None,
            "aws_decided": " | ".join(connector.says) or None,
        }
        parent, origin = self._home(connector)
        cell = {
            "style": style,
            "edge": 1,
            "parent": parent,
            "source": connector.source,
            "target": self._prefix + stop.id if stop else connector.target,
        }
        geometry = _way(connector.points[1:-1], origin)
        yield element("object", wrapper, element("mxCell", cell, geometry))
        if connector.label:
            yield text_cell(f"{self._prefix}label:{connector.id}", connector.label, origin, parent)

    def _rest(self, connector: Connector, stop: Marker, colour: str) -> str:
        """What a stopped packet did not walk: a faint dotted line of its own."""
        start, *way, end = connector.rest
        style = (
            f"{_ROUTED}endArrow=none;startArrow=none;strokeColor={colour};strokeWidth=1.25;dashed=1;"
            f"{dashes(theme.REST_DASH)}opacity=45;{_end('exit', stop.rect, start)}"
        )
        target = self._ends[connector.target]
        arrives = target.rect.grown(theme.END_GAP + 1).holds(Rect(end.x, end.y, 0, 0))
        if arrives:
            style += _end("entry", glyph_rect(target), end)
        parent, origin = self._home(connector)
        cell = {
            "id": f"{self._prefix}rest:{connector.id}",
            "value": "",
            "style": style,
            "edge": 1,
            "parent": parent,
            "source": self._prefix + stop.id,
            "target": connector.target if arrives else None,
        }
        return element("mxCell", cell, _way(way, origin, None if arrives else end))

    # -- markers -----------------------------------------------------------------------------------
    def _marker(self, marker: Marker) -> Iterator[str]:
        parent, rect = self._layer or COMPONENTS, marker.rect
        id = self._prefix + marker.id
        base = "html=1;whiteSpace=nowrap;spacing=0;aspect=fixed;strokeWidth=1.5;connectable=0;"
        if marker.shape is MarkerShape.STEP:
            fill, stroke = theme.TONES[marker.tone], theme.PAPER
            if marker.answer:
                fill, stroke = stroke, fill
            style = (
                f"ellipse;{base}fillColor={fill};strokeColor={stroke};fontColor={stroke};fontSize=10.5;fontStyle=1;"
            )
            style += FONT
            facts = (("step", marker.text), *self._said(marker))
            line, along = self._line_under(marker)
            parent = f"{self._prefix}edge:{line}" if line else parent
            yield object_cell(
                id, escaped(marker.text), style, rect, parent, facts=facts, link=self._page, along=along
            )
            return
        stop = marker.shape is MarkerShape.STOP
        fill = theme.CHANGES.get(marker.shape, theme.BLOCKED if stop else theme.DOWN)
        style = f"rounded=1;arcSize=20;{base}fillColor={fill};strokeColor={theme.PAPER};fontColor={theme.PAPER};"
        style += "fontSize=14;fontStyle=1;"
        facts = (("reason", marker.text), *self._said(marker)) if stop else (("state", _STATES[marker.shape]),)
        icon = self._ends.get(marker.id.removeprefix(f"{marker.shape}:"))
        if icon and not self._prefix:  # on its own page the sign goes where its icon goes
            parent, rect = icon.id, rect.moved(-glyph_rect(icon).x, -glyph_rect(icon).y)
        yield object_cell(id, _SIGNS[marker.shape], style, rect, parent, facts=facts, link=self._page)
        if marker.note:
            pill = f"labelBackgroundColor={theme.BLOCKED_TINT};"
            yield text_cell(f"{self._prefix}note:{marker.id}", marker.note, _NOWHERE, parent, pill)

    def _line_under(self, marker: Marker) -> tuple[str, float | None]:
        """The line drawn last of those that run under a circle, and how far along; nothing where none does."""
        for connector in reversed(self._drawing.connectors):
            if connector.id not in marker.connectors:
                continue
            whole = sum(_distance(a, b) for a, b in segments(connector.points))
            walked = 0
            for a, b in segments(connector.points):
                if _distance(a, marker.centre) + _distance(marker.centre, b) == _distance(a, b):
                    return connector.id, 2 * (walked + _distance(a, marker.centre)) / whole - 1
                walked += _distance(a, b)
        return "", None

    def _said(self, marker: Marker) -> tuple[tuple[str, str], ...]:
        """What was decided on the lines that a sign stands on."""
        said = [w for c in self._drawing.connectors if c.id in marker.connectors for w in c.says]
        return (("decided", " | ".join(dict.fromkeys(said))),) if said else ()


def _distance(a: Point, b: Point) -> int:
    return abs(a.x - b.x) + abs(a.y - b.y)


def _way(corners: Sequence[Point], origin: Rect, loose: Point | None = None) -> str:
    """The geometry of an edge: its corners, and its end where it hangs on nothing."""
    points = [{"x": p.x - origin.x, "y": p.y - origin.y} for p in corners]
    content = ""
    if loose is not None:
        content += element("mxPoint", {"x": loose.x - origin.x, "y": loose.y - origin.y, "as": "targetPoint"})
    if points:
        content += element("Array", {"as": "points"}, "".join(element("mxPoint", p) for p in points))
    return element("mxGeometry", {"relative": 1, "as": "geometry"}, content)


def _end(word: str, rect: Rect, point: Point) -> str:
    """Where an edge meets its end: a corner of the box or the middle of a side, and px from there, exactly."""
    across, down = _share(point.x, rect.x, rect.width), _share(point.y, rect.y, rect.height)
    dx, dy = point.x - rect.x - across * rect.width, point.y - rect.y - down * rect.height
    return (
        f"{word}X={number(across)};{word}Y={number(down)};{word}Dx={number(dx)};{word}Dy={number(dy)};"
        f"{word}Perimeter=0;"
    )


def _share(value: int, start: int, size: int) -> float:
    if value <= start:
        return 0.0
    return 1.0 if value >= start + size else 0.5
