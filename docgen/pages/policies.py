# Route tables and filters as a reader checks them: effective lines, implicit ones included.
#
# In:  a Network. Out: values for the page's template.
"""TableCard, GroupRow, AclCard and the functions that make them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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
    rows: tuple[tuple[str, str, str], ...]
    """Destination, target, origin (or `blackhole`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRow:
    """A security group: who carries it, what it lets in and out."""

    key: Key
    name: str
    anchor: str
    note: str
    carriers: tuple[str, ...]
    ingress: tuple[str, ...]
    egress: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AclCard:
    """A network ACL with its entries ascending, the final deny last."""

    key: Key
    name: str
    anchor: str
    note: str
    users: tuple[str, ...]
    rows: tuple[tuple[str, str, str, bool], ...]
    """Direction, number, match, whether it allows."""


def route_tables(network: Network) -> tuple[TableCard, ...]:
    """Every table that a subnet uses or the author wrote, in order."""
    return tuple(_table(network, t) for t in network.route_tables.values() if t.subnets or not t.implicit)


def security_groups(network: Network) -> tuple[GroupRow, ...]:
    """Every group that an interface carries or the author wrote, in order."""
    return tuple(_group(network, g) for g in network.groups.values() if g.interfaces or not g.implicit)


def network_acls(network: Network) -> tuple[AclCard, ...]:
    """Every ACL that a subnet uses or the author wrote, in order."""
    return tuple(_acl(network, a) for a in network.acls.values() if a.subnets or not a.implicit)


def _table(network: Network, table: EffectiveRouteTable) -> TableCard:
    notes = [word for word, true in (("main", table.main), ("implicit", table.implicit)) if true]
    return TableCard(
        key=table.key,
        name=table.name,
        anchor=policy_anchor(table.key),
        note=", ".join(notes),
        users=_names(network, table.subnets),
        rows=tuple((str(r.destination), r.target_name, _origin(r)) for r in table.routes),
    )


def _origin(route: EffectiveRoute) -> str:
    return "blackhole" if route.state is RouteState.BLACKHOLE else _ORIGINS[route.origin]


def _group(network: Network, group: EffectiveGroup) -> GroupRow:
    return GroupRow(
        key=group.key,
        name=group.name,
        anchor=policy_anchor(group.key),
        note="implicit" if group.implicit else "",
        carriers=group.interfaces,
        ingress=_rules(network, group.ingress, group.ingress_groups, "ingress"),
        egress=_rules(network, group.egress, group.egress_groups, "egress"),
    )


def _rules(
    network: Network, rules: Sequence[SecurityGroupRule], peers: Sequence[Key | None], direction: str
) -> tuple[str, ...]:
    texts = []
    for rule, peer in zip(rules, peers, strict=True):
        words = rule.text(direction)
        texts.append(words if peer is None else f"{words.rpartition(' ')[0]} {network.name(peer)}")
    return tuple(texts)


def _acl(network: Network, acl: EffectiveAcl) -> AclCard:
    notes = [word for word, true in (("default", acl.default), ("implicit", acl.implicit)) if true]
    return AclCard(
        key=acl.key,
        name=acl.name,
        anchor=policy_anchor(acl.key),
        note=", ".join(dict.fromkeys(notes)),
        users=_names(network, acl.subnets),
        rows=(*_entries(acl.ingress, "ingress"), *_entries(acl.egress, "egress")),
    )


def _entries(entries: Sequence[NetworkAclEntry], direction: str) -> tuple[tuple[str, str, str, bool], ...]:
    word = "in" if direction == "ingress" else "out"
    anything = "all from 0.0.0.0/0" if direction == "ingress" else "all to 0.0.0.0/0"
    rows = []
    for entry in entries:
        action, _, match = entry.text(direction).partition(" ")
        rows.append((word, str(entry.rule_number), match, action == "allow"))
    return (*rows, (word, "*", anything, False))


def _names(network: Network, keys: Sequence[Key]) -> tuple[str, ...]:
    return tuple(network.name(key) for key in keys)
