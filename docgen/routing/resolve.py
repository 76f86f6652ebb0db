# From what the author wrote to a network: references bound, defaults filled in, addresses given.
#
# In:  an Architecture and the kinds.
# Out: a Network, with a diagnostic for every reference that names nothing.
# Terms follow the semantics of the Amazon VPC User Guide (main route table, default ACL and group).
"""resolve: Architecture to Network."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from docgen.core.collector import paused_collector
from docgen.core.diagnostic import Diagnostic, Note, Result, Severity
from docgen.model.architecture import Architecture
from docgen.model.component import Component, Key, KindIndex, Ref
from docgen.model.kind import Kind
from docgen.model.network import Network
from docgen.model.routes import Directory
from docgen.routing.addresses import place_interfaces, public_addresses, zonal_addresses
from docgen.routing.binding import Binder, Bound, is_address
from docgen.routing.calls import check_calls
from docgen.routing.endpoints import (
    INTERNET,
    check_flow_ends,
    names_of_ends,
)
from docgen.routing.ipv6 import with_ipv6_blocks
from docgen.routing.outside_hosts import outside_addresses, outside_ipv6_addresses
from docgen.routing.places import zone_ids
from docgen.routing.service_names import opening_addresses
from docgen.routing.tables import effective_acls, effective_groups, effective_tables, implicit_components

Names = tuple[tuple[Ref, tuple[str, ...]], ...]
Named = Mapping[Key, Names]
"""Component to the references in it, with the kinds that each may name."""


@paused_collector()
def resolve(architecture: Architecture, kinds: Mapping[str, Kind]) -> Result[Network]:
    """Bind every reference, fill in AWS's defaults and give every interface its addresses.

    Returns:
        The network. Where the result has errors, components that could not be bound (and what stands on
        them) are left out and added to `architecture.broken`: fit for finding more mistakes, not for tracing.
    """
    diagnostics: list[Diagnostic] = []
    components = _index(architecture.components, diagnostics)
    for added in implicit_components(components, kinds):
        components.setdefault(added.key, added)
    components = with_ipv6_blocks(_grouped_by_vpc(components))

    binder = Binder(components, kinds, architecture.broken)
    bound = binder.bind_all()
    diagnostics += binder.diagnostics
    architecture, components = _sound(architecture, components, bound, binder.references)

    placed = place_interfaces(components, bound, names := _names(components), diagnostics)
    ends, end_groups = names_of_ends(components, kinds)
    outside = outside_addresses(Directory(components=components, bound=bound), placed)
    outside_ipv6 = outside_ipv6_addresses(components)
    opening = dict(opening_addresses(components, outside.values()))
    tables, subnet_table = effective_tables(components, bound, names)
    acls, subnet_acl = effective_acls(components, bound, names)
    network = Network(
        architecture=architecture,
        kinds=MappingProxyType(dict(kinds)),
        components=MappingProxyType(components),
        by_kind=KindIndex(components),
        interfaces=MappingProxyType({i.id: i for i in placed}),
        route_tables=tables,
        acls=acls,
        groups=effective_groups(components, bound, names, placed),
        subnet_route_table=subnet_table,
        subnet_acl=subnet_acl,
        gateway_route_table=MappingProxyType({g: key for key, table in tables.items() for g in table.gateways}),
        names=MappingProxyType(names),
        bound=bound,
        owned=_owned((i.owner, i.id) for i in placed),
        by_private_ip=MappingProxyType(
            {(i.vpc, a): i.id for i in reversed(placed) for a in i.addresses if a != i.public_ip}
        ),
        by_public_ip=MappingProxyType({a: i.id for i in reversed(placed) for a in public_addresses(i)}),
        inside=_inside(components),
        ends=ends,
        end_groups=end_groups,
        outside=outside,
        outside_ipv6=outside_ipv6,
        opening=MappingProxyType(opening),
        zonal_addresses=zonal_addresses(components, placed),
        outside_owners=MappingProxyType(
            {a: k for k, a in reversed((*outside.items(), *outside_ipv6.items(), *opening.items())) if k != INTERNET}
        ),
    )
    network = replace(network, zone_ids=zone_ids(network))
    diagnostics += check_flow_ends(network)
    diagnostics += check_calls(network)
    told_once = dict.fromkeys(diagnostics)  # copies per zone share their places
    return Result(network, tuple(sorted(told_once, key=lambda d: d.sort_key)))


def _sound(
    architecture: Architecture, components: dict[Key, Component], bound: Bound, named: Named
) -> tuple[Architecture, dict[Key, Component]]:
    """Without components whose references fail, or whose VPC or referent is left out; those become broken."""
    left = dict(components)
    while unsound := [k for k, c in left.items() if not _stands(c, left, bound, named[k])]:
        for key in unsound:
            del left[key]
    if len(left) == len(components):
        return architecture, components
    broken = architecture.broken | (components.keys() - left.keys())
    kept = tuple(c for c in architecture.components if c.key in left)
    return replace(architecture, components=kept, broken=broken), left


def _stands(component: Component, left: Mapping[Key, Component], bound: Bound, named: Names) -> bool:
    if component.scope and Key("vpc", component.scope) not in left:
        return False
    for ref, kinds in named:
        if "address" in kinds and is_address(ref.name):
            continue
        if bound.get((component.scope, ref.name, kinds)) not in left:
            return False
    return True


def _index(components: Iterable[Component], diagnostics: list[Diagnostic]) -> dict[Key, Component]:
    index: dict[Key, Component] = {}
    for component in components:
        first = index.setdefault(component.key, component)
        if first is not component:
            where = f" in {component.scope!r}" if component.scope else ""
            diagnostics.append(
                Diagnostic(
                    "DGR-03",
                    Severity.ERROR,
                    component.span,
                    f"there are two components of kind {component.kind} called {component.id!r}{where}",
                    hint="give one of them another id",
                    notes=(Note(first.span, "the first one is declared here"),),
                )
            )
    return index


def _grouped_by_vpc(components: Mapping[Key, Component]) -> dict[Key, Component]:
    """The same components, what belongs to a VPC right behind it, otherwise in the order given."""
    inside: dict[str, list[Component]] = {}
    for component in components.values():
        if component.scope:
            inside.setdefault(component.scope, []).append(component)
    ordered: dict[Key, Component] = {}
    for component in components.values():
        if component.scope:
            continue
        ordered[component.key] = component
        if component.kind == "vpc":
            ordered.update((c.key, c) for c in inside.pop(component.id, ()))
    for rest in inside.values():  # of a VPC that could not be read
        ordered.update((c.key, c) for c in rest)
    return ordered


def _names(components: Mapping[Key, Component]) -> dict[Key, str]:
    used = Counter((key.kind, component.id) for key, component in components.items())
    return {k: c.id if used[(k.kind, c.id)] == 1 else k.path for k, c in components.items()}


def _owned(pairs: Iterable[tuple[Key, str]]) -> Mapping[Key, tuple[str, ...]]:
    owned: dict[Key, tuple[str, ...]] = {}
    for owner, interface in pairs:
        owned[owner] = (*owned.get(owner, ()), interface)
    return MappingProxyType(owned)


def _inside(components: Mapping[Key, Component]) -> Mapping[tuple[str, str], tuple[Key, ...]]:
    inside: dict[tuple[str, str], list[Key]] = {}
    for key, component in components.items():
        inside.setdefault((component.scope, key.kind), []).append(key)
    return MappingProxyType({k: tuple(v) for k, v in inside.items()})
