# A graph as a picture: Graphviz's places, our own shapes and words, in the same SVG profile as the drawings.
#
# In:  a Graph. Out: text. Presentation attributes only, so that viewers and wikis take it; classes let a page's
# own style sheet give the colours of its palette.
"""svg_text."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from xml.sax.saxutils import escape, quoteattr

from docgen.core.data import dataclass
from docgen.core.errors import UnknownNameError
from docgen.diagram import theme
from docgen.diagram.text import width_of
from docgen.graphs.engine import PlacedEdge, PlacedGroup, PlacedNode, Words, place
from docgen.graphs.graph import Graph, Look

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours:
    """Of one palette."""

    paper: str
    ink: str
    quiet: str
    line: str
    card: str
    table: str
    group: str


THEMES: Mapping[str, Colours] = MappingProxyType(
    {
        "light": Colours(
            paper=theme.PAPER, ink=theme.INK, quiet=theme.QUIET, line=theme.LINE, card="#ffffff", table="#f2f3f3",
            group="#8d99a8",
        ),
        "dark": Colours(
            paper="#10171f", ink="#e8eef5", quiet="#a3b1c2", line="#93a3b5", card="#141c27", table="#1a2430",
            group="#6f7f92",
        ),
    }
)  # fmt: skip


def svg_text(graph: Graph, palette: str = "light") -> str:
    """The graph as one SVG document.

    Raises:
        GraphTooLargeError: it holds too much to be drawn in bounded time.
        UnknownNameError: there is no such palette.
    """
    if palette not in THEMES:
        raise UnknownNameError("theme", palette, THEMES)
    placed, colours = place(graph), THEMES[palette]
    prefix = "dg-graph-" + re.sub(r"[^A-Za-z0-9_-]", "-", graph.name)
    width, height = _number(placed.width), _number(placed.height)
    root = (
        f'<svg xmlns="http://www.w3.org/2000/svg" id="{prefix}" class="dg-graph" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="{"group" if _linked(graph) else "img"}" '
        f'aria-labelledby="{prefix}-title {prefix}-desc" font-family="{theme.FONT}">'
    )
    parts = [
        root,
        f'<title id="{prefix}-title">{_text(graph.title)}</title>',
        f'<desc id="{prefix}-desc">{_text(graph.description)}</desc>',
        f'<rect class="dg-graph-paper" width="{width}" height="{height}" fill="{colours.paper}"/>',
        *(_group(g, colours) for g in placed.groups),
        *(_edge(e, colours) for e in placed.edges),
        *(_node(n, colours) for n in placed.nodes),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _linked(graph: Graph) -> bool:
    return any(node.href for node in graph.nodes)


def _group(placed: PlacedGroup, colours: Colours) -> str:
    left, top, right, bottom = placed.box
    rect = (
        f'<rect x="{_number(left)}" y="{_number(top)}" width="{_number(right - left)}" '
        f'height="{_number(bottom - top)}" rx="6" fill="none" stroke="{colours.group}"/>'
    )
    words = "".join(_words(placed.words, colours, bold=True))
    return f'<g class="dg-graph-group">{rect}{words}</g>'


def _node(placed: PlacedNode, colours: Colours) -> str:
    node, words = placed.node, placed.words
    x, y = words.x - placed.width / 2, words.y - placed.height / 2
    fill = colours.table if node.look is Look.TABLE else colours.card
    more = ' stroke-dasharray="4 3"' if node.look is Look.OUTSIDE else ""
    width = 2 if node.look is Look.TARGET else 1.25
    rect = (
        f'<rect x="{_number(x)}" y="{_number(y)}" width="{placed.width}" height="{placed.height}" rx="6" '
        f'fill="{fill}" stroke="{colours.line}" stroke-width="{_number(width)}"{more}/>'
    )
    body = rect + "".join(_words(words, colours, bold=True))
    if node.href:
        body = f"<a href={_attribute(node.href)}>{body}</a>"
    return f'<g class="dg-graph-node dg-graph-{node.look}" data-node={_attribute(node.id)}>{body}</g>'


def _edge(placed: PlacedEdge, colours: Colours) -> str:
    first, *rest = placed.points
    path = f"M{_number(first[0])} {_number(first[1])}C" + " ".join(f"{_number(x)} {_number(y)}" for x, y in rest)
    dash = ' stroke-dasharray="5 4"' if placed.edge.dashed else ""
    parts = [f'<path d="{path}" fill="none" stroke="{colours.line}" stroke-width="1.5"{dash}/>']
    if placed.end:
        parts.append(_arrow(placed.points[-1], placed.end, colours))
    if placed.start:
        parts.append(_arrow(placed.points[0], placed.start, colours))
    if placed.words:
        parts += _words(placed.words, colours, size=theme.SMALL_SIZE, quiet=True)
    ends = f"data-source={_attribute(placed.edge.source)} data-target={_attribute(placed.edge.target)}"
    return f'<g class="dg-graph-edge" {ends}>{"".join(parts)}</g>'


def _arrow(base: tuple[float, float], tip: tuple[float, float], colours: Colours) -> str:
    dx, dy = tip[0] - base[0], tip[1] - base[1]
    length = math.hypot(dx, dy) or 1.0
    aside = (-dy / length * 4, dx / length * 4)
    corners = (tip, (base[0] + aside[0], base[1] + aside[1]), (base[0] - aside[0], base[1] - aside[1]))
    points = " ".join(f"{_number(x)},{_number(y)}" for x, y in corners)
    return f'<polygon points="{points}" fill="{colours.line}"/>'


def _words(
    words: Words, colours: Colours, *, bold: bool = False, size: int = theme.NAME_SIZE, quiet: bool = False
) -> Iterator[str]:
    """Lines around their middle; with `bold` the first is the name and the others are said quietly."""
    step = theme.LINE_HEIGHT[size]
    top = words.y - words.height / 2
    for at, line in enumerate(words.lines):
        strong = bold and at == 0
        faint = quiet or (bold and not strong)
        weight = ' font-weight="700"' if strong else ""
        kind = "dg-graph-quiet" if faint else "dg-graph-name"
        yield (
            f'<text class="{kind}" x="{_number(words.x)}" y="{_number(top + at * step + step * 0.75)}" '
            f'text-anchor="middle" font-size="{size}"{weight}{_fitted(line, size, strong)} '
            f'fill="{colours.quiet if faint else colours.ink}">{_text(line)}</text>'
        )


def _fitted(line: str, size: int, bold: bool) -> str:
    """The measured width, so that words stay in their box where the font of the pictures is not installed."""
    return f' textLength="{width_of(line, size, bold)}" lengthAdjust="spacingAndGlyphs"' if line else ""


def _text(value: str) -> str:
    return escape(_FORBIDDEN.sub("", value))


def _attribute(value: str) -> str:
    return quoteattr(_FORBIDDEN.sub("", value))


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
