"""Graphs for tests: of a small network, and one whose every word is hostile."""

from __future__ import annotations

from docgen.graphs import Edge, Graph, Group, Look, Node

HOSTILE = (
    '<script>alert("1")</script> & \'"]]><!-- \u202e%id% &amp; \x07{{ x }} 東京',
    "1. one",
    "- dash",
    "# head",
    "`code`",
    '"`**md**`"',
    "_em_ *b* __x__",
    '%%{init: {"theme":"dark"}}%%',
    "end",
    "subgraph a[b]",
    "a;b",
    "|x|",
    "#quot; #35;",
    "[click](javascript:alert(1))",
    "<img src=x onerror=alert(1)>",
    "two\nlines",
    "fa:fa-ban",
    "$$x^2$$",
    "\\n \\N \\G \\E",
    "trailing backslash\\",
    "<<b>html-like</b>>",
    "https://example.com/a",
    "&lt;",
    "@{ shape: circle }",
    ":::danger",
    "= a",
    '"; n_x [URL="javascript:alert(1)"]; "',
    "",
)


def hostile_graph() -> Graph:
    """Every hostile word as the name of a node, of an edge and of a group."""
    groups = tuple(Group(id=f"g{i}", title=w, parent=f"g{i - 1}" if i % 3 else "") for i, w in enumerate(HOSTILE))
    nodes = tuple(
        Node(id=w or "empty", lines=(w, w), group=f"g{i}", look=list(Look)[i % 4]) for i, w in enumerate(HOSTILE)
    )
    edges = tuple(
        Edge(
            source=node.id,
            target=nodes[(i * 5 + 1) % len(nodes)].id,
            lines=(HOSTILE[i],),
            dashed=i % 2 == 0,
            both=i % 3 == 0,
        )
        for i, node in enumerate(nodes)
    )
    return Graph(name=HOSTILE[0], title=HOSTILE[0], description=HOSTILE[0], nodes=nodes, edges=edges, groups=groups)
