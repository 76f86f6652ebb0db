# How the routing core decides, as a picture: the checks at an interface in their order, and what becomes of a packet.
#
# In:  nothing. Out: a graph, and the picture for a page. A test holds the order against traces.
"""ALGORITHM, LEAVING, ARRIVING, algorithm."""

from __future__ import annotations

from itertools import pairwise

from markupsafe import Markup

from docgen.graphs import Graph, svg_text
from docgen.graphs.graph import Edge, Group, Look, Node
from docgen.model.trace import Check

LEAVING = (
    (Check.STATE, "Is it up?", ""),
    (Check.SOURCE_DEST_CHECK, "Source/destination check", "sends it in its own name?"),
    (Check.SECURITY_GROUP_EGRESS, "Security groups, out", "any rule that allows; answers pass"),
    (Check.ON_LINK, "Same subnet?", ""),
    (Check.NETWORK_ACL_EGRESS, "Network ACL, out", "lowest number that matches"),
    (Check.ROUTE_TABLE, "Route table", "longest prefix; a blackhole counts"),
)
"""Checks on the way out, in order, each with its name and what decides."""
ARRIVING = (
    (Check.NETWORK_ACL_INGRESS, "Network ACL, in", "lowest number that matches"),
    (Check.SOURCE_DEST_CHECK, "Source/destination check", "meant for this interface?"),
    (Check.SECURITY_GROUP_INGRESS, "Security groups, in", "any rule that allows; answers pass"),
    (Check.DELIVERY, "Does anything listen?", ""),
)
"""Checks on the way in."""


def _id(way: str, check: Check) -> str:
    return f"{way}-{check.value}"


def _nodes(way: str, checks: tuple[tuple[Check, str, str], ...]) -> tuple[Node, ...]:
    return tuple(
        Node(id=_id(way, check), lines=(name, more) if more else (name,), group=way, look=Look.TABLE)
        for check, name, more in checks
    )


def _chain(way: str, checks: tuple[tuple[Check, str, str], ...]) -> tuple[Edge, ...]:
    ids = [_id(way, check) for check, _, _ in checks]
    return tuple(
        Edge(source=a, target=b, lines=("no",) if a.endswith(Check.ON_LINK.value) else ()) for a, b in pairwise(ids)
    )


ALGORITHM = Graph(
    name="algorithm",
    title="How a packet is followed",
    description=(
        "A packet leaves an interface if it is up and passes the source/destination check, the security groups, and, "
        "unless it stays in its subnet, the network ACL and the route table. The route's target hands it on until it "
        "arrives. It enters an interface by the network ACL, the source/destination check and the security groups, "
        "and is delivered where something listens. Then the answer goes the same way back. Whatever refuses it ends "
        "the walk: blocked, with the code of that step. What nobody can know is unknown."
    ),
    nodes=(
        Node(id="flow", lines=("A flow", "source, destination, protocol, port"), look=Look.OUTSIDE),
        Node(id="names", lines=("The name, if there is one", "one connection for each address")),
        *_nodes("leave", LEAVING),
        Node(id="target", lines=("The route's target", "translates, remembers, hands on"), look=Look.TARGET),
        *_nodes("arrive", ARRIVING),
        Node(id="answer", lines=("The answer goes back", "the same checks, by its own tables"), look=Look.TARGET),
        Node(id="calls", lines=("What is called in turn", "targets, origins, databases: followed likewise")),
        Node(id="allowed", lines=("ALLOWED", "there and back, by every path"), look=Look.OUTSIDE),
        Node(id="blocked", lines=("BLOCKED", "by whatever refuses, with its code"), look=Look.OUTSIDE),
    ),
    edges=(
        Edge(source="flow", target="names"),
        Edge(source="names", target=_id("leave", Check.STATE)),
        *_chain("leave", LEAVING),
        Edge(source=_id("leave", Check.ON_LINK), target=_id("arrive", Check.SOURCE_DEST_CHECK), lines=("yes",)),
        Edge(source=_id("leave", Check.ROUTE_TABLE), target="target"),
        Edge(source="target", target=_id("arrive", Check.NETWORK_ACL_INGRESS)),
        *_chain("arrive", ARRIVING),
        Edge(source=_id("arrive", Check.DELIVERY), target="answer"),
        Edge(source="answer", target="calls"),
        Edge(source="calls", target="allowed"),
        Edge(source="target", target="blocked", dashed=True),
    ),
    groups=(Group(id="leave", title="Leaving"), Group(id="arrive", title="Entering")),
    down=True,
)


def algorithm() -> Markup:
    """The picture in the page itself, so that the style sheet gives it the colours of the page's palette."""
    frame = Markup('<div class="dg-map" role="region" tabindex="0" aria-label="The algorithm">\n{}\n</div>')
    return frame.format(Markup(svg_text(ALGORITHM).strip()))
