# A graph in Graphviz's language, for places that lay it out themselves.
#
# In:  a Graph. Out: text. Quoting is that of the `graphviz` package; words of a definition are never HTML-like
# labels, escape sequences or attributes. https://graphviz.org/doc/info/lang.html
"""dot_text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from docgen.graphs.graph import Edge, Graph, Group, Look, Node, plain_ids, shown

_STYLES = {
    Look.PLAIN: {},
    Look.TABLE: {"style": "rounded,filled", "fillcolor": "#f2f3f3"},
    Look.TARGET: {"style": "bold"},
    Look.OUTSIDE: {"style": "dashed"},
}


def dot_text(graph: Graph) -> str:
    """The graph as DOT: ids are plain words, labels what people read."""
    import graphviz

    names = plain_ids(n.id for n in graph.nodes)
    top = graphviz.Digraph(name="design", graph_attr=_head(graph), node_attr={"shape": "box", "style": "rounded"})
    clusters = plain_ids(g.id for g in graph.groups)
    _fill(top, "", graph, names, clusters)
    for edge in graph.edges:
        top.edge(names[edge.source], names[edge.target], **_edge(edge))
    source: str = top.source
    return source


def _head(graph: Graph) -> dict[str, Any]:
    return {
        "label": _label([graph.title]),
        "labelloc": "t",
        "rankdir": "TB" if graph.down else "LR",
        "fontname": "Helvetica,Arial,sans-serif",
    }


def _fill(into: Any, group: str, graph: Graph, names: Any, clusters: Any) -> None:
    """Nodes of a group, then the groups in it."""
    for node in graph.nodes:
        if node.group == group:
            into.node(names[node.id], **_node(node))
    for inner in graph.groups:
        if inner.parent == group:
            with into.subgraph(name=f"cluster_{clusters[inner.id]}", graph_attr=_group(inner)) as part:
                _fill(part, inner.id, graph, names, clusters)


def _node(node: Node) -> dict[str, Any]:
    return {"label": _label(node.lines), **_STYLES[node.look]}


def _group(group: Group) -> dict[str, Any]:
    return {"label": _label([group.title]), "labeljust": "l"}


def _edge(edge: Edge) -> dict[str, Any]:
    label = {"label": _label(edge.lines)} if edge.lines else {}
    style = {"style": "dashed"} if edge.dashed else {}
    return {**label, **style, **({"dir": "both"} if edge.both else {})}


def _label(lines: Iterable[str]) -> Any:
    r"""Lines as one label: a backslash of an author's is a backslash, `<b>` no markup, `&amp;` no entity.

    >>> print(_label(["a\\N & <b>", 'say "hi"']))
    a\\N &amp; <b>\nsay "hi"
    """
    from graphviz import nohtml

    words = (shown(line).replace("&", "&amp;").replace("\\", "\\\\") for line in lines)
    return nohtml(r"\n".join(words))
