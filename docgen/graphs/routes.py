# Who uses which route table and where its routes lead.
#
# In:  a Network. Out: a Graph. Local routes are left out: every table of a VPC has them, and nothing can change them.
"""routes_graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from docgen.graphs.graph import Edge, Graph, Group, Look, Node, filled
from docgen.graphs.names import names_of
from docgen.model.component import Key
from docgen.model.network import EffectiveRoute, EffectiveRouteTable, Network
from docgen.model.policy import RouteOrigin, RouteState
from docgen.routing.transit import HubTable, attachments_of, table_of_attachment

_HUB_TABLE = "Transit gateway route table"
_BLACKHOLE = Key("", "blackhole")
_SHOWN = 6
"""Destinations on one edge; further ones are counted."""


def routes_graph(network: Network) -> Graph:
    """Subnets and gateways with the route tables that they use, and every target with the blocks that lead to it."""
    tables = [t for t in network.route_tables.values() if t.subnets or t.gateways or not t.implicit]
    hubs = dict(_hub_tables(network))
    edges = [edge for table in tables for edge in _of_table(network, table)]
    edges += [edge for table, users in hubs.values() for edge in _of_hub(table, users)]
    ends = {end for e in edges for end in (e.source, e.target)}
    shown = {t.key for t in tables}
    used = [k for k in network.components if k not in hubs and (str(k) in ends or k in shown)]
    nodes = [_node(network, key) for key in used]
    nodes += [Node(id=str(t.key), lines=(t.name, _HUB_TABLE), look=Look.TABLE) for t, _ in hubs.values()]
    if str(_BLACKHOLE) in ends:
        nodes.append(Node(id=str(_BLACKHOLE), lines=("blackhole", "packets are dropped"), look=Look.TARGET))
    groups = filled((Group(id=str(v.key), title=network.label(v.key)) for v in network.of_kind("vpc")), nodes)
    return Graph(
        name="routes",
        title=f"{network.architecture.title}: route tables",
        description=_words(len(tables) + len(hubs), edges),
        nodes=tuple(nodes),
        edges=tuple(edges),
        groups=groups,
    )


def _words(tables: int, edges: Iterable[Edge]) -> str:
    targets = len({e.target for e in edges if e.lines})
    return f"Route tables: {tables}. Targets of their routes: {targets}."


def _node(network: Network, key: Key) -> Node:
    vpc = Key("vpc", network.get(key).scope)
    table = key in network.route_tables or key.kind.endswith("route_table")
    return Node(
        id=str(key),
        lines=names_of(network, key),
        group=str(vpc) if vpc.path else "",
        look=Look.TABLE if table else Look.PLAIN if key.kind == "subnet" else Look.TARGET,
    )


def _of_table(network: Network, table: EffectiveRouteTable) -> Iterator[Edge]:
    for user in (*table.subnets, *table.gateways):
        yield Edge(source=str(user), target=str(table.key))
    targets: dict[Key, list[EffectiveRoute]] = {}
    for route in table.routes:
        if route.target is not None and route.target in network.components:
            targets.setdefault(route.target, []).append(route)
    for target, routes in targets.items():
        yield Edge(
            source=str(table.key),
            target=str(target),
            lines=_few(_route(r) for r in routes),
            dashed=all(r.state is RouteState.BLACKHOLE for r in routes),
        )


def _route(route: EffectiveRoute) -> str:
    words = str(route.prefix_list or route.destination)
    if route.state is RouteState.BLACKHOLE:
        return f"{words} (blackhole)"
    return f"{words} (propagated)" if route.origin is RouteOrigin.PROPAGATED else words


def _hub_tables(network: Network) -> Iterator[tuple[Key, tuple[HubTable, list[Key]]]]:
    """Every table of a transit gateway that an attachment uses, by key, with these attachments."""
    for hub in network.of_kind("transit_gateway"):
        found: dict[Key, tuple[HubTable, list[Key]]] = {}
        for attachment in attachments_of(network, hub.key):
            table = table_of_attachment(network, hub.key, attachment)
            if table is not None:
                found.setdefault(table.key, (table, []))[1].append(attachment)
        yield from found.items()


def _of_hub(table: HubTable, users: Iterable[Key]) -> Iterator[Edge]:
    """The attachments that use a table, and where it leads."""
    for user in users:
        yield Edge(source=str(user), target=str(table.key))
    targets: dict[Key, list[str]] = {}
    for route in table.routes:
        targets.setdefault(route.attachment or _BLACKHOLE, []).append(str(route.destination))
    for target, blocks in targets.items():
        yield Edge(source=str(table.key), target=str(target), lines=_few(blocks), dashed=target == _BLACKHOLE)


def _few(words: Iterable[str]) -> tuple[str, ...]:
    lines = tuple(dict.fromkeys(words))
    return lines if len(lines) <= _SHOWN else (*lines[: _SHOWN - 1], f"and {len(lines) - _SHOWN + 1} more")
