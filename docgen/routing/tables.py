# What applies where once AWS's defaults are filled in: route tables, network ACLs and security groups.
"""Effective tables, and the implicit components behind them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from docgen.core.data import dataclass
from docgen.core.memo import Memo
from docgen.core.prefixes import Block
from docgen.model.component import Component, Key
from docgen.model.kind import Kind
from docgen.model.network import (
    EffectiveAcl,
    EffectiveGroup,
    EffectiveRoute,
    EffectiveRouteTable,
    Interface,
)
from docgen.model.policy import (
    ALLOW_ALL_OUT,
    ALLOW_ALL_OUT_IPV6,
    ANYWHERE_IPV6,
    AclAction,
    NetworkAclEntry,
    Route,
    RouteOrigin,
    RouteState,
    SecurityGroupRule,
)
from docgen.model.routes import Directory, brings_routes
from docgen.model.trace import Step
from docgen.routing.binding import Bound
from docgen.routing.prefix_lists import entries_of, named_aws_lists

_ALLOW_ALL_ENTRY = NetworkAclEntry(rule_number=100, rule_action=AclAction.ALLOW)
_ALLOW_ALL_IPV6_ENTRY = NetworkAclEntry(rule_number=101, rule_action=AclAction.ALLOW, cidr_block=ANYWHERE_IPV6)
_ORIGIN_RANK = {RouteOrigin.LOCAL: 0, RouteOrigin.STATIC: 1, RouteOrigin.ADVERTISED: 2, RouteOrigin.PROPAGATED: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Defaults:
    """The three things that every VPC has from its creation."""

    table: Key
    acl: Key
    group: Key


def _defaults(vpc: Component) -> _Defaults:
    return _Defaults(
        table=Key("route_table", f"{vpc.id}/main"),
        acl=Key("network_acl", f"{vpc.id}/default"),
        group=Key("security_group", f"{vpc.id}/default"),
    )


def implicit_components(components: Mapping[Key, Component], kinds: Mapping[str, Kind]) -> Iterator[Component]:
    """What AWS makes by itself and the author did not write; and the internet, which is always there."""
    yield kinds["internet"].component(id="internet", title="Internet")
    make_list: Any = kinds["prefix_list"].component
    for name, listed in named_aws_lists(tuple(components.values())):
        yield make_list(id=name, group=name, entries=listed)
    main = _main_tables(components)
    for vpc in [c for c in components.values() if c.kind == "vpc"]:
        default = _defaults(vpc)
        if main[vpc.id] is None:
            yield _make(kinds, "route_table", vpc, "main", main=True)
        if default.acl not in components:
            ipv6 = (_ALLOW_ALL_IPV6_ENTRY,) if _speaks_ipv6(vpc) else ()
            entries = (_ALLOW_ALL_ENTRY, *ipv6)
            yield _make(kinds, "network_acl", vpc, "default", ingress=entries, egress=entries)
        if default.group not in components:
            yield _default_group(kinds, vpc)
    for scope, name in _managed_groups(components):
        vpc = components[Key("vpc", scope)]
        yield _make(kinds, "security_group", vpc, name, egress=(ALLOW_ALL_OUT,))


def _managed_groups(components: Mapping[Key, Component]) -> dict[tuple[str, str], None]:
    """VPC and name of every security group that AWS makes there for a service of its own."""
    owners = (c for c in components.values() if hasattr(type(c), "managed_security_group"))
    return {(c.scope, c.managed_security_group): None for c in owners if Key("vpc", c.scope) in components}  # type: ignore[attr-defined]


def _speaks_ipv6(vpc: Any) -> bool:
    """Whether a VPC has an IPv6 block, or wishes for one."""
    return bool(vpc.ipv6_cidr_block or vpc.ipv6_blocks)


def _make(kinds: Mapping[str, Kind], kind: str, vpc: Component, name: str, **fields: Any) -> Component:
    make: Any = kinds[kind].component
    made: Component = make(id=name, group=name, scope=vpc.id, **fields)
    return made


def _default_group(kinds: Mapping[str, Kind], vpc: Component) -> Component:
    """Everything from its own members, everything out (Amazon VPC User Guide, "Default security groups")."""
    from docgen.model.component import Ref

    own_members = SecurityGroupRule(group=Ref(f"{vpc.id}/default"))
    return _make(kinds, "security_group", vpc, "default", ingress=(own_members,), egress=(ALLOW_ALL_OUT,))


def _main_tables(components: Mapping[Key, Component]) -> dict[str, Key | None]:
    """VPC's id to its main table, where the author wrote one."""
    tables: dict[str, list[Component]] = {}
    for component in components.values():
        if component.kind == "route_table":
            tables.setdefault(component.scope, []).append(component)
    return {c.id: _main_table(c, tables.get(c.id, ())) for c in components.values() if c.kind == "vpc"}


def _main_table(vpc: Component, tables: Sequence[Component]) -> Key | None:
    """The main one of a VPC's tables: named by the VPC, marked `main`, or called `main`."""
    named = getattr(vpc, "main_route_table", None)
    if named is not None:
        for table in tables:
            if named.name in (table.id, table.key.path):
                return table.key
    for table in tables:
        if getattr(table, "main", False):
            return table.key
    return next((table.key for table in tables if table.id == "main"), None)


def effective_tables(
    components: Mapping[Key, Component], bound: Bound, names: Mapping[Key, str]
) -> tuple[Mapping[Key, EffectiveRouteTable], Mapping[Key, Key]]:
    """Every route table with its local route, and the table of every subnet."""
    main = _main_tables(components)
    of_subnet: dict[Key, Key] = {}
    for subnet in components.values():
        if subnet.kind != "subnet":
            continue
        ref = subnet.route_table  # type: ignore[attr-defined]
        table = bound.get((subnet.scope, ref.name, ("route_table",))) if ref else None
        table = table or main.get(subnet.scope)
        if table is not None:
            of_subnet[subnet.key] = table
    used_by = _inverted(of_subnet)
    of_gateways = _inverted(_gateway_tables(components, bound))
    directory = Directory(components=components, bound=bound, main_tables=MappingProxyType(main))
    brought = _brought_routes(directory, names)
    tables: dict[Key, EffectiveRouteTable] = {}
    chosen: Memo[Any] = Memo()
    for table_component in components.values():
        if table_component.kind != "route_table":
            continue
        key = table_component.key
        blocks = directory.blocks_of(Key("vpc", table_component.scope))
        tables[key] = EffectiveRouteTable(
            key=key,
            name=names[key],
            main=main.get(table_component.scope) == key,
            implicit=not table_component.span.file,
            routes=_in_order([*_effective_routes(table_component, blocks, directory, names), *brought.get(key, ())]),
            subnets=used_by.get(key, ()),
            gateways=of_gateways.get(key, ()),
            chosen=chosen,
        )
    return MappingProxyType(tables), MappingProxyType(of_subnet)


def _gateway_tables(components: Mapping[Key, Component], bound: Bound) -> dict[Key, Key]:
    """Gateway to its route table: its own word first, then the table's."""
    found: dict[Key, Key] = {}
    for component in components.values():
        own = getattr(component, "route_table", None)
        if component.kind != "subnet" and own is not None:
            table = bound.get((component.scope, own.name, ("route_table",)))
            if table is not None:
                found[component.key] = table
    for component in components.values():
        if component.kind == "route_table":
            for ref in component.gateways:  # type: ignore[attr-defined]
                gateway = bound.get((component.scope, ref.name, _kinds_of_gateways(component)))
                if gateway is not None:
                    found.setdefault(gateway, component.key)
    return found


def _kinds_of_gateways(table: Component) -> tuple[str, ...]:
    kinds: tuple[str, ...] = type(table).__dataclass_fields__["gateways"].metadata["refers"]
    return kinds


def _brought_routes(directory: Directory, names: Mapping[Key, str]) -> Mapping[Key, list[EffectiveRoute]]:
    """Table to the routes that gateways and endpoints bring into it."""
    brought: dict[Key, list[EffectiveRoute]] = {}
    for component in directory.components.values():
        if not brings_routes(component):
            continue
        for route in component.contributed_routes(directory):
            effective = EffectiveRoute(
                destination=route.destination,
                target=route.target,
                target_name=names[route.target],
                origin=route.origin,
                state=route.state,
                prefix_list=route.prefix_list,
                preference=route.preference,
                announced_by=route.announced_by,
            )
            brought.setdefault(route.table, []).append(effective)
    return brought


def _in_order(routes: Iterable[EffectiveRoute]) -> tuple[EffectiveRoute, ...]:
    """Longest prefix first, local before others of its length."""
    return tuple(sorted(routes, key=_order))


def _order(route: EffectiveRoute) -> tuple[int, int, int, int, tuple[int, ...]]:
    block = route.destination
    return (-block.prefixlen, block.version, _ORIGIN_RANK[route.origin], int(block[0]), route.preference)


def _effective_routes(
    table: Component, blocks: tuple[Block, ...], directory: Directory, names: Mapping[Key, str]
) -> list[EffectiveRoute]:
    written: tuple[Route, ...] = table.routes  # type: ignore[attr-defined]
    replaced = {r.destination_cidr_block for r in written if r.target is not None}
    routes = [
        EffectiveRoute(
            destination=block,
            target=None,
            target_name="local",
            origin=RouteOrigin.LOCAL,
            state=RouteState.ACTIVE,
        )
        for block in blocks
        if block not in replaced  # the local route's target can be replaced
    ]
    for route in written:
        target = directory.bind(route.target, table.scope, "*route_target") if route.target else None
        if route.target is not None and target is None:
            continue
        for block, of_list in _destinations(route, directory):
            if target is None and block in blocks:
                continue  # written, and there anyway
            routes.append(
                EffectiveRoute(
                    destination=block,
                    target=target,  # a local route elsewhere AWS refuses; a trace says why it carries nothing
                    target_name=names[target] if target else "local",
                    origin=route.origin if target else RouteOrigin.STATIC,
                    state=route.state,
                    prefix_list=of_list,
                    span=route.span,
                )
            )
    return routes


def _destinations(route: Route, directory: Directory) -> Iterator[tuple[Block, str]]:
    """The block of a route, or the blocks of its prefix list with the list's name."""
    if route.destination_cidr_block is not None:
        yield route.destination_cidr_block, ""
    elif route.destination_prefix_list is not None:
        name = route.destination_prefix_list.name
        for block in entries_of(name, directory.components):
            yield block, name


def effective_acls(
    components: Mapping[Key, Component], bound: Bound, names: Mapping[Key, str]
) -> tuple[Mapping[Key, EffectiveAcl], Mapping[Key, Key]]:
    """Every network ACL, and the ACL of every subnet (its own word first, then the ACL's, then the default)."""
    claimed: dict[Key, Key] = {}
    for acl in components.values():
        if acl.kind == "network_acl":
            for ref in acl.subnets:  # type: ignore[attr-defined]
                subnet = bound.get((acl.scope, ref.name, ("subnet",)))
                if subnet is not None:
                    claimed.setdefault(subnet, acl.key)
    of_subnet: dict[Key, Key] = {}
    for subnet_component in components.values():
        if subnet_component.kind != "subnet":
            continue
        key = subnet_component.key
        ref = subnet_component.network_acl  # type: ignore[attr-defined]
        own = bound.get((subnet_component.scope, ref.name, ("network_acl",))) if ref else None
        of_subnet[key] = own or claimed.get(key) or Key("network_acl", f"{subnet_component.scope}/default")
    used_by = _inverted(of_subnet)
    acls: dict[Key, EffectiveAcl] = {}
    judged: Memo[Step] = Memo()
    for acl in components.values():
        if acl.kind != "network_acl":
            continue
        acls[acl.key] = EffectiveAcl(
            key=acl.key,
            name=names[acl.key],
            default=acl.id == "default",
            implicit=not acl.span.file,
            ingress=_by_number(acl.ingress),  # type: ignore[attr-defined]
            egress=_by_number(acl.egress),  # type: ignore[attr-defined]
            subnets=used_by.get(acl.key, ()),
            judged=judged,
        )
    return MappingProxyType(acls), MappingProxyType(of_subnet)


def _by_number(entries: tuple[NetworkAclEntry, ...]) -> tuple[NetworkAclEntry, ...]:
    return tuple(sorted(entries, key=lambda e: e.rule_number))


def effective_groups(
    components: Mapping[Key, Component],
    bound: Bound,
    names: Mapping[Key, str],
    interfaces: tuple[Interface, ...],
) -> Mapping[Key, EffectiveGroup]:
    """Every security group with the groups that its rules name, and who carries it."""
    carriers: dict[Key, list[str]] = {}
    for interface in interfaces:
        for group in interface.groups or ():
            carriers.setdefault(group, []).append(interface.id)
    groups: dict[Key, EffectiveGroup] = {}
    for component in components.values():
        if component.kind != "security_group":
            continue
        key = component.key
        ingress: tuple[SecurityGroupRule, ...] = component.ingress  # type: ignore[attr-defined]
        egress = _egress(component, components.get(Key("vpc", component.scope)))
        groups[key] = EffectiveGroup(
            key=key,
            name=names[key],
            implicit=not component.span.file,
            ingress=ingress,
            ingress_groups=_named_groups(ingress, component.scope, bound),
            egress=egress,
            egress_groups=_named_groups(egress, component.scope, bound),
            interfaces=tuple(carriers.get(key, ())),
        )
    return MappingProxyType(groups)


def _egress(group: Component, vpc: Component | None) -> tuple[SecurityGroupRule, ...]:
    """Outbound rules: those that nobody wrote let IPv6 out as well where the VPC has a block."""
    rules: tuple[SecurityGroupRule, ...] = group.egress  # type: ignore[attr-defined]
    untouched = rules == (ALLOW_ALL_OUT,) and not rules[0].span.file
    return (*rules, ALLOW_ALL_OUT_IPV6) if untouched and vpc is not None and _speaks_ipv6(vpc) else rules


def _named_groups(rules: tuple[SecurityGroupRule, ...], scope: str, bound: Bound) -> tuple[Key | None, ...]:
    return tuple(bound.get((scope, r.group.name, ("security_group",))) if r.group else None for r in rules)


def _inverted(mapping: Mapping[Key, Key]) -> dict[Key, tuple[Key, ...]]:
    inverted: dict[Key, tuple[Key, ...]] = {}
    for key, value in mapping.items():
        inverted[value] = (*inverted.get(value, ()), key)
    return inverted
