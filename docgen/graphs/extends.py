# Which definition grows from which.
#
# In:  what grows, in its order. Out: a Graph.
"""Growing, extends_graph."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Protocol
from urllib.parse import quote

from docgen.graphs.graph import Edge, Graph, Node

_NONE: Mapping[str, str] = MappingProxyType({})


class Growing(Protocol):
    """A definition, as far as the graph shows it."""

    @property
    def slug(self) -> str:
        """Its name."""

    @property
    def title(self) -> str:
        """What people call it."""

    @property
    def extends(self) -> str:
        """The slug of what it grows from; "" for nothing."""


def extends_graph(designs: Iterable[Growing], pages: Mapping[str, str] = _NONE) -> Graph:
    """A node for each definition, an arrow from each to those that extend it.

    Args:
        designs: In the order of the index.
        pages: Address of a design's page by slug, relative to the page that shows the graph.
    """
    designs = tuple(designs)
    known = {d.slug for d in designs}
    steps = tuple(Edge(source=d.extends, target=d.slug) for d in designs if d.extends in known)
    return Graph(
        name="extends",
        title="How the designs build on each other",
        description=_words(designs, steps),
        nodes=tuple(_node(d, at, pages) for at, d in enumerate(designs, 1)),
        edges=steps,
        down=True,
    )


def _node(design: Growing, number: int, pages: Mapping[str, str]) -> Node:
    return Node(
        id=design.slug, lines=(f"{number} {design.title}",), href=quote(pages.get(design.slug, ""), safe="/.#")
    )


def _words(designs: tuple[Growing, ...], steps: tuple[Edge, ...]) -> str:
    titles = {d.slug: d.title for d in designs}
    return " ".join(f"{titles[s.target]} extends {titles[s.source]}." for s in steps) or "No design extends another."
