# A graph in Mermaid's flowchart language, for places that take only text (a README, a wiki, a pull request).
#
# In:  a Graph. Out: text. Every word stands in double quotes, where all but letters, digits and a few signs is
# written as a character code. https://mermaid.js.org/syntax/flowchart.html#entity-codes-to-escape-characters
"""mermaid_text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from docgen.graphs.graph import Edge, Graph, Look, Node, plain_ids, shown

_PLAIN = frozenset(" ,:/()")
_INSIDE = frozenset(".-_+=")
"""Plain between letters and digits, where they begin no list, heading or emphasis of Markdown."""
_MEANT = re.compile(r"(?<=\\)(?=n)|(?<=\$)(?=\$)|(?<=:)(?=fa-)")
"""Inside what Mermaid still takes for a line break, a formula or an icon once the codes are characters again."""
_JOINER = "\u2060"
"""Shows nothing and parts nothing: the words look the same."""
_CLASSES = {Look.TABLE: "table", Look.TARGET: "target", Look.OUTSIDE: "outside"}
_CLASS_DEFINITIONS = (
    "classDef table fill:#f2f3f3,stroke:#545b64,color:#232f3e",
    "classDef target stroke-width:2px",
    "classDef outside stroke-dasharray:4 3",
)


def mermaid_text(graph: Graph) -> str:
    """The graph as a Mermaid flowchart."""
    return "".join(f"{line}\n" for line in _lines(graph))


def _lines(graph: Graph) -> Iterator[str]:
    names = plain_ids([*(n.id for n in graph.nodes), *(f"group {g.id}" for g in graph.groups)])
    yield f"flowchart {'TB' if graph.down else 'LR'}"
    yield f"  accTitle: {_accessible(graph.title)}"
    yield from _fill("", graph, names, "  ")
    for edge in graph.edges:
        yield f"  {names[edge.source]} {_arrow(edge)} {names[edge.target]}"
    used = {node.look for node in graph.nodes}
    yield from (f"  {line}" for look, line in zip(_CLASSES, _CLASS_DEFINITIONS, strict=True) if look in used)


def _fill(group: str, graph: Graph, names: Mapping[str, str], indent: str) -> Iterator[str]:
    """Nodes of a group, then the groups in it."""
    for node in graph.nodes:
        if node.group == group:
            yield f"{indent}{names[node.id]}{_node(node)}"
    for inner in graph.groups:
        if inner.parent == group:
            yield f"{indent}subgraph {names[f'group {inner.id}']} [{_quoted([inner.title])}]"
            yield from _fill(inner.id, graph, names, indent + "  ")
            yield f"{indent}end"


def _node(node: Node) -> str:
    name = _CLASSES.get(node.look)
    return f"[{_quoted(node.lines)}]" + (f":::{name}" if name else "")


def _arrow(edge: Edge) -> str:
    line = "-.-" if edge.dashed else "--"
    arrow = f"{'<' if edge.both else ''}{line}>"
    return f"{arrow}|{_quoted(edge.lines)}|" if edge.lines else arrow


def _quoted(lines: Iterable[str]) -> str:
    return '"' + "<br/>".join(_escaped(shown(line)) or " " for line in lines) + '"'


def _escaped(line: str) -> str:
    """Words that can be neither markup, nor Mermaid's syntax, nor Markdown, nor a directive.

    >>> _escaped('1. say "hi" & <b> %%{init}%% #35; a/b')
    '1#46; say #34;hi#34; #38; #60;b#62; #37;#37;#123;init#125;#37;#37; #35;35#59; a/b'
    >>> _escaped("10.0.0.0/16 web-a _b_")
    '10.0.0.0/16 web-a #95;b#95;'
    """
    line = _MEANT.sub(_JOINER, line)
    return "".join(c if _is_plain(line, at) else f"#{ord(c)};" for at, c in enumerate(line))


def _is_plain(line: str, at: int) -> bool:
    character = line[at]
    if character in _INSIDE:
        return 0 < at < len(line) - 1 and line[at - 1].isalnum() and line[at + 1].isalnum()
    return character in _PLAIN or character.isalnum()


def _accessible(title: str) -> str:
    """The rest of the line is the title, unquoted: letters, digits and a few signs; others become blanks."""
    return " ".join("".join(c if c in " ,-" or c.isalnum() else " " for c in shown(title)).split()) or "Network"
