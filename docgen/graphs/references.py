# Which component names which: what has to be there before what, and what a change touches.
#
# In:  a Network. Out: a Graph. What docgen adds itself (a default security group) and a VPC's own content
# naming that VPC are left out.
"""references_graph."""

from __future__ import annotations

from docgen.graphs.graph import Edge, Graph, Group, Look, Node, filled
from docgen.graphs.names import names_of
from docgen.model.component import Key
from docgen.model.kind import Role
from docgen.model.network import Network
from docgen.routing.binding import references


def references_graph(network: Network) -> Graph:
    """Every component of the definition, with a line to each that it names."""
    keys = [key for key in network.components if not _implicit(network, key)]
    shown = frozenset(k for k in keys if k.kind != "vpc")
    edges = tuple(edge for key in keys if key in shown for edge in _named(network, key, shown))
    inside = frozenset(network.components[k].scope for k in shown)
    nodes = tuple(_node(network, key) for key in keys if key in shown or key.path not in inside)
    return Graph(
        name="depends",
        title=f"{network.architecture.title}: what depends on what",
        description=f"Components: {len(nodes)}. References between them: {len(edges)}.",
        nodes=nodes,
        edges=edges,
        groups=filled((Group(id=str(v.key), title=network.label(v.key)) for v in network.of_kind("vpc")), nodes),
    )


def _implicit(network: Network, key: Key) -> bool:
    for held in (network.route_tables, network.acls, network.groups):
        if key in held:
            return held[key].implicit
    return False


def _node(network: Network, key: Key) -> Node:
    scope = network.get(key).scope
    policy = network.role_of(key) is Role.POLICY
    return Node(
        id=str(key),
        lines=names_of(network, key),
        group=str(Key("vpc", scope)) if scope else "",
        look=Look.TABLE if policy else Look.PLAIN,
    )


def _named(network: Network, key: Key, shown: frozenset[Key]) -> tuple[Edge, ...]:
    component = network.get(key)
    found = (network.bound.get((component.scope, ref.name, kinds)) for ref, kinds in references(component))
    targets = dict.fromkeys(target for target in found if target in shown and target != key)
    return tuple(Edge(source=str(key), target=str(target)) for target in targets)
