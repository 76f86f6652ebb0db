# A generic graph: what the views of this package give and what the formats of this package write.
#
# Knows words only: no px, no network, no escaping. The same graph in
# the same order gives the same bytes.
"""Graph, Node, Edge, Group, Look, plain_ids, shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum

from docgen.core.data import dataclass
from docgen.core.errors import DocgenError
from docgen.diagram.text import clean

MOST_NODES = 200
MOST_EDGES = 250
"""Beyond these nobody reads the picture, and Graphviz takes minutes; text formats have no limit."""


class GraphTooLargeError(DocgenError, ValueError):
    """A graph has more in it than can be drawn in bounded time."""


class Look(StrEnum):
    """What a node is, as far as its look tells."""

    PLAIN = "plain"
    TABLE = "table"
    """A policy: a route table."""
    TARGET = "target"
    """Where routes lead."""
    OUTSIDE = "outside"
    """Outside the cloud."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A box around nodes and other groups."""

    id: str
    title: str
    parent: str = ""
    """Id of the group around it, which comes before it; "" at the top."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One thing."""

    id: str
    lines: tuple[str, ...]
    """What it is called, then what else there is to say."""
    group: str = ""
    look: Look = Look.PLAIN
    href: str = ""
    """Where a click leads, relative to the page; "" for nowhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """A line from one node to another."""

    source: str
    target: str
    lines: tuple[str, ...] = ()
    dashed: bool = False
    both: bool = False
    """Arrows at both ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """One view of a design, or of many."""

    name: str
    title: str
    description: str
    """The picture in words, for those who do not see it."""
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    groups: tuple[Group, ...] = ()
    """Outer ones before inner ones; none is empty."""
    down: bool = False
    """Edges lead downwards rather than to the right."""

    def check_size(self) -> None:
        """Refuse what cannot be drawn.

        Raises:
            GraphTooLargeError: too many nodes or edges.
        """
        if len(self.nodes) + len(self.groups) > MOST_NODES or len(self.edges) > MOST_EDGES:
            raise GraphTooLargeError(
                f"the view {self.name!r} has {len(self.nodes)} nodes and {len(self.edges)} edges; pictures hold up "
                f"to {MOST_NODES} and {MOST_EDGES}: take `-f dot` or `-f mermaid`, which have no limit"
            )


def filled(groups: Iterable[Group], nodes: Iterable[Node]) -> tuple[Group, ...]:
    """Those groups that hold a node, themselves or in a group inside."""
    groups = tuple(groups)
    parents = {g.id: g.parent for g in groups}
    used: set[str] = set()
    for node in nodes:
        group = node.group
        while group and group not in used:
            used.add(group)
            group = parents[group]
    return tuple(g for g in groups if g.id in used)


def plain_ids(ids: Iterable[str]) -> Mapping[str, str]:
    """Names that every text format takes as they are: ASCII letters, digits and underscores, each once.

    The prefix keeps clear of words that mean something to a format (`end`, `graph`, `style`).

    >>> list(plain_ids(["subnet:shop/web-a", "subnet:shop/web_a", "end"]).values())
    ['n_subnet_shop_web_a', 'n_subnet_shop_web_a_2', 'n_end']
    """
    found: dict[str, str] = {}
    taken: set[str] = set()
    for id in ids:
        base = "n_" + re.sub(r"[^A-Za-z0-9]+", "_", id).strip("_")
        name, count = base, 1
        while name in taken:
            count += 1
            name = f"{base}_{count}"
        taken.add(name)
        found[id] = name
    return found


def shown(line: str) -> str:
    """A line as people may see it: no control characters, none that turn the writing direction."""
    return clean(line)
