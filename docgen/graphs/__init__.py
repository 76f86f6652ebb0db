"""Generic graphs and their formats; see README.md in this folder."""

from __future__ import annotations

from docgen.core.errors import UnknownNameError
from docgen.graphs.dot import dot_text
from docgen.graphs.extends import Growing, extends_graph
from docgen.graphs.graph import Edge, Graph, GraphTooLargeError, Group, Look, Node
from docgen.graphs.mermaid import mermaid_text
from docgen.graphs.references import references_graph
from docgen.graphs.routes import routes_graph
from docgen.graphs.svg import THEMES, svg_text
from docgen.graphs.topology import topology_graph

__all__ = [
    "FORMATS",
    "THEMES",
    "Edge",
    "Graph",
    "GraphTooLargeError",
    "Group",
    "Growing",
    "Look",
    "Node",
    "extends_graph",
    "references_graph",
    "routes_graph",
    "svg_text",
    "topology_graph",
    "write",
]

FORMATS = ("svg", "dot", "mermaid")


def write(graph: Graph, name: str = "svg", palette: str = "light") -> str:
    """A graph in one format.

    Raises:
        UnknownNameError: there is no such format or palette.
        GraphTooLargeError: too much for a picture.
    """
    if name == "svg":
        return svg_text(graph, palette)
    if name == "dot":
        return dot_text(graph)
    if name == "mermaid":
        return mermaid_text(graph)
    raise UnknownNameError("format", name, FORMATS)
