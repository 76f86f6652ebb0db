# Route tables and filters as a reader checks them: effective lines, implicit ones included.
#
# In:  a Network and its coverage. Out: values for the page's template.
"""TableCard, GroupRow, AclCard, Idle and the functions that make them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docgen.analysis.coverage import Coverage
from docgen.core.data import dataclass
from docgen.model.component import Key
from docgen.model.network import EffectiveAcl, EffectiveGroup, EffectiveRoute, EffectiveRouteTable, Network
from docgen.model.policy import NetworkAclEntry, RouteOrigin, RouteState, SecurityGroupRule
from docgen.pages.address_plan import policy_anchor

_ORIGINS = {
    RouteOrigin.LOCAL: "local",
    RouteOrigin.STATIC: "static",
    RouteOrigin.PROPAGATED: "propagated",
    RouteOrigin.ADVERTISED: "advertised",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCard:
    """A route table: what it is called, who uses it, its lines in the order of evaluation."""

    key: Key
    name: str
    anchor: str
    note: str
    users: tuple[str, ...]
    rows: tuple[tuple[str, str, str, bool], ...]
    """Destination, target, origin (or `blackhole`), whether nothing exercises it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRow:
    """A security group: who carries it, what it lets in and out."""

    key: Key
    name: str
    anchor: str
    note: str
    carriers: tuple[str, ...]
    ingress: tuple[tuple[str, bool], ...]
    """Rules, and whether nothing exercises them."""
    egress: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AclCard:
    """A network ACL with its entries ascending, the final deny last."""

    key: Key
    name: str
    anchor: str
    note: str
    users: tuple[str, ...]
    rows: tuple[tuple[str, str, str, bool, bool], ...]
    """Direction, number, match, whether it allows, whether nothing exercises it."""


class Idle:
    """The written lines that no flow and no invariant exercises."""

    def __init__(self, coverage: Coverage = Coverage()) -> None:  # noqa: B008 - it is immutable
        self._lines = {(line.holder, line.direction, line.span, line.text) for line in coverage.uncovered}

    def route(self, table: Key, route: EffectiveRoute) -> bool:
        """Whether a route is one of them."""
        return (table, "", route.span, f"{route.part} -> {route.target_name}") in self._lines

    def rule(self, group: Key, direction: str, rule: SecurityGroupRule) -> bool:
        """Whether a security group rule is."""
        return (group, direction, rule.span, rule.text(direction)) in self._lines

    def entry(self, acl: Key, direction: str, entry: NetworkAclEntry) -> bool:
        """Whether a network ACL entry is."""
        return (acl, direction, entry.span, f"{entry.rule_number} {entry.text(direction)}") in self._lines


def route_tables(network: Network, idle: Idle) -> tuple[TableCard, ...]:
    """Every table that a subnet uses or the author wrote, in order."""
    return tuple(_table(network, t, idle) for t in network.route_tables.values() if t.subnets or not t.implicit)


def security_groups(network: Network, idle: Idle) -> tuple[GroupRow, ...]:
    """Every group that an interface carries or the author wrote, in order."""
    return tuple(_group(network, g, idle) for g in network.groups.values() if g.interfaces or not g.implicit)


def network_acls(network: Network, idle: Idle) -> tuple[AclCard, ...]:
    """Every ACL that a subnet uses or the author wrote, in order."""
    return tuple(_acl(network, a, idle) for a in network.acls.values() if a.subnets or not a.implicit)


def _table(network: Network, table: EffectiveRouteTable, idle: Idle) -> TableCard:
    notes = [word for word, true in (("main", table.main), ("implicit", table.implicit)) if true]
    return TableCard(
        key=table.key,
        name=table.name,
        anchor=policy_anchor(table.key),
        note=", ".join(notes),
        users=_names(network, table.subnets),
        rows=tuple((str(r.destination), r.target_name, _origin(r), idle.route(table.key, r)) for r in table.routes),
    )


def _origin(route: EffectiveRoute) -> str:
    return "blackhole" if route.state is RouteState.BLACKHOLE else _ORIGINS[route.origin]


def _group(network: Network, group: EffectiveGroup, idle: Idle) -> GroupRow:
    return GroupRow(
        key=group.key,
        name=group.name,
        anchor=policy_anchor(group.key),
        note="implicit" if group.implicit else "",
        carriers=group.interfaces,
        ingress=tuple(_rules(network, group, group.ingress, group.ingress_groups, "ingress", idle)),
        egress=tuple(_rules(network, group, group.egress, group.egress_groups, "egress", idle)),
    )


def _rules(
    network: Network,
    group: EffectiveGroup,
    rules: Sequence[SecurityGroupRule],
    peers: Sequence[Key | None],
    direction: str,
    idle: Idle,
) -> Iterator[tuple[str, bool]]:
    for rule, peer in zip(rules, peers, strict=True):
        words = rule.text(direction)
        text = words if peer is None else f"{words.rpartition(' ')[0]} {network.name(peer)}"
        yield text, idle.rule(group.key, direction, rule)


def _acl(network: Network, acl: EffectiveAcl, idle: Idle) -> AclCard:
    notes = [word for word, true in (("default", acl.default), ("implicit", acl.implicit)) if true]
    rows = (*_entries(acl, acl.ingress, "ingress", idle), *_entries(acl, acl.egress, "egress", idle))
    return AclCard(
        key=acl.key,
        name=acl.name,
        anchor=policy_anchor(acl.key),
        note=", ".join(dict.fromkeys(notes)),
        users=_names(network, acl.subnets),
        rows=rows,
    )


def _entries(
    acl: EffectiveAcl, entries: Sequence[NetworkAclEntry], direction: str, idle: Idle
) -> Iterator[tuple[str, str, str, bool, bool]]:
    word = "in" if direction == "ingress" else "out"
    anything = "all from 0.0.0.0/0" if direction == "ingress" else "all to 0.0.0.0/0"
    for entry in entries:
        action, _, match = entry.text(direction).partition(" ")
        yield word, str(entry.rule_number), match, action == "allow", idle.entry(acl.key, direction, entry)
    yield word, "*", anything, False, False


def _names(network: Network, keys: Sequence[Key]) -> tuple[str, ...]:
    return tuple(network.name(key) for key in keys)
