"""The same boxes, icons and lines laid out by ELK layered and by Graphviz, as Layouts that can be measured."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from docgen.diagram import theme
from docgen.diagram.drawing import Box, Drawing, Icon, Point, Rect, crossings, segments

PAD, HEADER, INCH = theme.PAD, theme.HEADER, 72
ELK_OPTIONS = {
    "elk.algorithm": "layered",
    "elk.direction": "DOWN",
    "elk.edgeRouting": "ORTHOGONAL",
    "elk.hierarchyHandling": "INCLUDE_CHILDREN",
    "elk.spacing.nodeNode": str(theme.CELL_GAP),
    "elk.layered.spacing.nodeNodeBetweenLayers": str(theme.ROW_GAP),
    "json.edgeCoords": "ROOT",
    "json.shapeCoords": "ROOT",
}


@dataclass(slots=True)
class Layout:
    """Where a layout puts lines and words."""

    width: float
    height: float
    lines: list[tuple[Point, ...]] = field(default_factory=list)
    texts: list[Rect] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """Crossings, bends a line, area in thousands of px, lines through text."""
        pairs = [(a, b) for n, a in enumerate(self.lines) for b in self.lines[n + 1 :]]
        bends = sum(len(line) - 2 for line in self.lines)
        return {
            "crossings": sum(crossings(a, b) for a, b in pairs),
            "bends": round(bends / len(self.lines), 2) if self.lines else 0.0,
            "area": round(self.width * self.height / 1000),
            "through_text": sum(any(_hits(line, t) for t in self.texts) for line in self.lines),
        }


def ours(drawing: Drawing) -> Layout:
    """What docgen makes of it."""
    lines = [c.points for c in drawing.connectors]
    return Layout(drawing.width, drawing.height, lines, [t.rect for t in drawing.texts()])


def _hits(line: Sequence[Point], text: Rect) -> bool:
    for a, b in segments(tuple(line)):
        stretch = Rect(min(a.x, b.x), min(a.y, b.y), abs(a.x - b.x), abs(a.y - b.y))
        if (
            stretch.x < text.right - 0.5
            and text.x + 0.5 < stretch.right + 0.01
            and stretch.y < text.bottom - 0.5
            and text.y + 0.5 < stretch.bottom + 0.01
        ):
            return True
    return False


# -- what both get -------------------------------------------------------------------------------------
def _boxes(drawing: Drawing, parent: str) -> list[Box]:
    return [b for b in drawing.boxes if b.parent == parent and b.style != "band"]


def _icons(drawing: Drawing, parent: str) -> list[Icon]:
    """Icons in a box; what we draw in a band across zones stands in the VPC."""
    bands = {b.id: b.parent for b in drawing.boxes if b.style == "band"}
    return [i for i in drawing.icons if bands.get(i.parent, i.parent) == parent]


def _size(icon: Icon) -> tuple[int, int]:
    label = icon.label.rect if icon.label.lines else Rect(0, 0, 0, 0)
    return max(theme.ICON, label.width), theme.ICON + theme.LABEL_GAP + label.height


def _label(icon: Icon, x: float, y: float) -> Rect:
    """Under the icon, in the middle of the node."""
    width, _ = _size(icon)
    label = icon.label.rect
    return Rect(
        round(x + (width - label.width) / 2), round(y + theme.ICON + theme.LABEL_GAP), label.width, label.height
    )


def _titles(box: Box, x: float, y: float) -> list[Rect]:
    """Where we have them in our box."""
    return [t.rect.moved(round(x - box.rect.x), round(y - box.rect.y)) for t in box.titles]


def _title_size(box: Box) -> tuple[int, int]:
    width = max((t.rect.right - box.rect.x for t in box.titles), default=0)
    height = max((t.rect.bottom - box.rect.y for t in box.titles), default=0)
    return width + PAD, height


# -- ELK ---------------------------------------------------------------------------------------------
def elk(drawings: Sequence[Drawing], folder: Path) -> list[Layout]:
    """Lay out with elkjs, which node finds from `folder`.

    Raises:
        RuntimeError: node or elkjs is missing, or failed.
    """
    script = Path(__file__).with_name("elk.mjs")
    graphs = json.dumps([_elk_graph(d) for d in drawings])
    try:
        done = subprocess.run(
            ["node", str(script)], check=False, cwd=folder, input=graphs, capture_output=True, text=True
        )
    except FileNotFoundError:
        raise RuntimeError("node is missing") from None
    if done.returncode:
        missing = "Cannot find module" in done.stderr
        raise RuntimeError("elkjs is missing" if missing else done.stderr.strip()[-400:])
    return [_from_elk(d, graph) for d, graph in zip(drawings, json.loads(done.stdout), strict=True)]


def _elk_graph(drawing: Drawing) -> dict[str, Any]:
    edges = [
        {"id": f"edge {c.id}", "sources": [_elk_end(drawing, c.source)], "targets": [_elk_end(drawing, c.target)]}
        for c in drawing.connectors
    ]
    return {"id": "root", "layoutOptions": ELK_OPTIONS, "children": _elk_children(drawing, ""), "edges": edges}


def _elk_end(drawing: Drawing, id: str) -> str:
    """Lines may end at boxes."""
    return f"box {id}" if any(b.id == id for b in drawing.boxes) else id


def _elk_children(drawing: Drawing, parent: str) -> list[dict[str, Any]]:
    children: list[dict[str, Any]] = []
    for box in _boxes(drawing, parent):
        inside = _elk_children(drawing, box.id)
        width, height = _title_size(box)
        node: dict[str, Any] = {"id": f"box {box.id}"}
        if inside:
            node["children"] = inside
            node["layoutOptions"] = {
                "elk.padding": f"[top={max(HEADER, height + 8)},left={PAD},bottom={PAD},right={PAD}]",
                "elk.nodeSize.constraints": "MINIMUM_SIZE",
                "elk.nodeSize.minimum": f"({width},{height})",
            }
        else:
            node |= {"width": width, "height": height + 8}
        children.append(node)
    for icon in _icons(drawing, parent):
        width, height = _size(icon)
        children.append({"id": icon.id, "width": width, "height": height})
    return children


def _from_elk(drawing: Drawing, graph: Mapping[str, Any]) -> Layout:
    layout = Layout(graph["width"], graph["height"])
    icons = {i.id: i for i in drawing.icons}
    boxes = {f"box {b.id}": b for b in drawing.boxes}
    todo = list(graph["children"])
    while todo:
        node = todo.pop()
        todo += node.get("children", ())
        if node["id"] in icons:
            layout.texts.append(_label(icons[node["id"]], node["x"], node["y"]))
        else:
            layout.texts += _titles(boxes[node["id"]], node["x"], node["y"])
    for edge in graph["edges"]:
        for section in edge.get("sections", ()):
            corners = [section["startPoint"], *section.get("bendPoints", ()), section["endPoint"]]
            layout.lines.append(tuple(Point(round(p["x"]), round(p["y"])) for p in corners))
    return layout


# -- Graphviz ----------------------------------------------------------------------------------------
def dot(drawing: Drawing) -> Layout:
    """Lay out with `dot`, orthogonal lines.

    Raises:
        RuntimeError: `dot` is missing, or failed.
    """
    names = {icon.id: f"n{at}" for at, icon in enumerate(drawing.icons)}
    lines = [
        "digraph {",
        "graph [splines=ortho, labeljust=l, nodesep=0.3, ranksep=0.5]",
        "node [shape=box, fixedsize=true]",
    ]
    lines += _dot_content(drawing, "", names)
    ends = {**names, **{b.id: _dot_end(drawing, b, names) for b in drawing.boxes}}
    lines += [f"{ends[c.source]} -> {ends[c.target]}" for c in drawing.connectors]
    try:
        done = subprocess.run(
            ["dot", "-Tjson"], check=False, input="\n".join([*lines, "}"]), capture_output=True, text=True
        )
    except FileNotFoundError:
        raise RuntimeError("dot is missing") from None
    if done.returncode:
        raise RuntimeError(done.stderr.strip())
    return _from_dot(drawing, json.loads(done.stdout), names)


def _dot_end(drawing: Drawing, box: Box, names: Mapping[str, str]) -> str:
    """A node in a box: `dot` has no lines to clusters."""
    inside = [*_icons(drawing, box.id), None]
    if inside[0] is not None:
        return names[inside[0].id]
    boxes = _boxes(drawing, box.id)
    return _dot_end(drawing, boxes[0], names) if boxes else f"e{drawing.boxes.index(box)}"


def _dot_content(drawing: Drawing, parent: str, names: Mapping[str, str]) -> list[str]:
    lines = []
    for box in _boxes(drawing, parent):
        width, height = _title_size(box)
        at = drawing.boxes.index(box)
        title = f'<<TABLE BORDER="0" FIXEDSIZE="TRUE" WIDTH="{width}" HEIGHT="{height}"><TR><TD></TD></TR></TABLE>>'
        inside = _dot_content(drawing, box.id, names)
        if not inside:
            inside = [f'e{at} [style=invis, label="", width={width / INCH:.3f}, height=0.1]']
        lines += [f"subgraph cluster_{at} {{", f"label={title}; margin=12", *inside, "}"]
    for icon in _icons(drawing, parent):
        width, height = _size(icon)
        lines.append(f'{names[icon.id]} [label="", width={width / INCH:.3f}, height={height / INCH:.3f}]')
    return lines


def _from_dot(drawing: Drawing, graph: Mapping[str, Any], names: Mapping[str, str]) -> Layout:
    _, _, width, height = (float(part) for part in graph["bb"].split(","))
    layout = Layout(width, height)
    icons = {names[i.id]: i for i in drawing.icons}
    for item in graph.get("objects", ()):
        name = item["name"]
        if name in icons:
            wide, high = _size(icons[name])
            x, y = (float(part) for part in item["pos"].split(","))
            layout.texts.append(_label(icons[name], x - wide / 2, height - y - high / 2))
        elif name.startswith("cluster_"):
            left, _, _, upper = (float(part) for part in item["bb"].split(","))
            layout.texts += _titles(drawing.boxes[int(name.removeprefix("cluster_"))], left, height - upper)
    for edge in graph.get("edges", ()):
        places = [p for p in edge["pos"].split() if not p.startswith(("e,", "s,"))]
        corners = [tuple(float(part) for part in p.split(",")) for p in places[::3]]
        layout.lines.append(_straight([Point(round(x), round(height - y)) for x, y in corners]))
    return layout


def _straight(points: Sequence[Point]) -> tuple[Point, ...]:
    """Only the corners of a line."""
    kept: list[Point] = []
    for point in points:
        if len(kept) > 1 and (kept[-2].x == kept[-1].x == point.x or kept[-2].y == kept[-1].y == point.y):
            kept[-1] = point
        elif not kept or kept[-1] != point:
            kept.append(point)
    return tuple(kept)
