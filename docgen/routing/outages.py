# What is down: what a flow's `when: {outage: ...}` names. A zone, a Region, a component or a part of one.
#
# In:  a Network and names. Out: the network in that state, or why a name means nothing. Knows no kind: what can be
# down by itself (a tunnel, a route, a target) the kinds say by their `parts`.
"""outage_of, apply_outages, unclear_outage, parts_of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from docgen.model.component import Component, Key, Ref
from docgen.model.kind import Role
from docgen.model.network import Network, one_at, part_of
from docgen.routing.places import places_in_doubt, zones_named, zones_with_subnets
from docgen.routing.service_names import region_of


def outage_of(network: Network, ref: Ref) -> tuple[frozenset[Key], frozenset[str]] | None:
    """The components (or parts of them) and zones that a name takes down; None where it names nothing.

    A zone is named by its letter (every Region's), in full, or by its id; a Region by its code, which takes down its
    zones and everything that stands in it. A component is named by its id, by `kind:id`, or by the id that became one
    per zone, which takes all of them down; an id of several kinds takes the one that packets can reach. A part stands
    behind its component: `edge@a` is an interface, `vpn/tunnel-1` a tunnel, `private/0.0.0.0/0` a route, `web/app-a`
    a target that does not answer, `edge/listener-443` a listener, `private-vif/bgp` a BGP session.
    """
    if places_in_doubt(network, ref.name):
        return None
    zones = zones_named(network, ref.name)
    if zones:
        return frozenset(), zones
    region = _region(network, ref.name)
    if region is not None:
        return region
    part = _part(network, ref.name)
    if part is not None:
        return frozenset({part}), frozenset()
    matching = [c for c in network.components.values() if ref.name in _names(c)]
    live = [c for c in matching if network.kinds[c.kind].endpoint or network.kinds[c.kind].route_target]
    chosen = frozenset(key for c in (live or matching) for key in _what_fails(network, c))
    return (chosen | _attached(network, chosen), frozenset()) if chosen else None


def zones_of(network: Network) -> tuple[str, ...]:
    """The zones in which the design has subnets, in full, sorted."""
    return tuple(sorted({zone for _, zone in zones_with_subnets(network)}))


def parts_of(network: Network, component: Component) -> Iterator[tuple[str, Key]]:
    """What of a component can be down by itself: how it is named behind it, and what stands for it when it is."""
    key = component.key
    for interface in network.interfaces_of(key):
        if interface.suffix:
            yield f"@{interface.suffix}", one_at(key, interface.suffix)
    for owner, zone in network.zonal_addresses:
        if owner == key:
            yield f"@{zone[-1:]}", one_at(key, zone[-1:])
    parts = getattr(component, "parts", None)
    for part in parts(network) if parts is not None else ():
        yield f"/{part}", part_of(key, part)


def unclear_outage(network: Network, name: str) -> tuple[str, tuple[str, ...]]:
    """Why a name means nothing that can be down, and the names that may have been meant."""
    places = places_in_doubt(network, name)
    if places:
        ids = tuple(p.partition(" ")[0] for p in places)
        return f"{name!r} is not one place, but {' and '.join(places)}", ids
    for component in network.components.values():
        for called in _names(component):
            if not name.startswith((f"{called}/", f"{called}@")):
                continue
            parts: tuple[str, ...] = tuple(f"{called}{part}" for part, _ in parts_of(network, component))
            what = f"{called!r} ({network.kind_of(component.key).title})"
            if not parts:
                return f"{what} has no parts that can be down by themselves", (called,)
            return f"{what} has no part {name[len(called) + 1 :]!r} that can be down by itself", parts
    policy = next((c for c in network.components.values() if name in _names(c)), None)
    if policy is not None:
        title = network.kind_of(policy.key).title
        return f"{name!r} ({title}) is a policy: nothing of it can be down", ()
    names = (*zones_of(network), *_regions(network), *map(network.name, network.components))
    return f"there is no zone or component called {name!r}", names


def _names(component: Component) -> tuple[str, ...]:
    """What a component is called: by its id, its path, with its kind, and as one of those per zone."""
    key, group = component.key, component.group
    grouped = (group, f"{component.scope}/{group}", f"{key.kind}:{group}") if group else ()
    return tuple(dict.fromkeys((component.id, key.path, f"{key.kind}:{component.id}", str(key), *grouped)))


def _regions(network: Network) -> tuple[str, ...]:
    return tuple(dict.fromkeys(zone[:-1] for zone in zones_of(network)))


def _region(network: Network, name: str) -> tuple[frozenset[Key], frozenset[str]] | None:
    """A Region with its zones, its VPCs with all that is in them, and its services."""
    zones = frozenset(network.place(vpc, z) for vpc, z in zones_with_subnets(network) if z[:-1] == name)
    inside = frozenset(k for k, c in network.components.items() if region_of(network, c) == name)
    return (inside, zones) if zones else None


def _part(network: Network, name: str) -> Key | None:
    """A part of a component that can be down by itself."""
    for component in network.components.values() if "/" in name or "@" in name else ():
        for called in _names(component):
            if not name.startswith((f"{called}/", f"{called}@")):
                continue
            wanted = name[len(called) :]
            found = next((key for part, key in parts_of(network, component) if part == wanted), None)
            if found is not None:
                return found
    return None


def _what_fails(network: Network, component: Component) -> tuple[Key, ...]:
    """The component itself; of a policy, which is no thing that could fail, all its routes or targets."""
    if network.kinds[component.kind].role is not Role.POLICY:
        return (component.key,)
    return tuple(key for _, key in parts_of(network, component))


def _attached(network: Network, down: frozenset[Key]) -> frozenset[Key]:
    """Interfaces of their own that are attached to what is down."""
    found = set()
    for component in network.of_kind("network_interface"):
        ref: Ref | None = component.attachment  # type: ignore[attr-defined]
        if ref is not None and network.bind(ref, component.scope, "instance") in down:
            found.add(component.key)
    return frozenset(found)


def apply_outages(network: Network, refs: Iterable[Ref]) -> Network:
    """The network with what these names say out of order; names of nothing are passed over."""
    for ref in refs:
        outage = outage_of(network, ref)
        if outage is not None:
            network = network.with_outage(*outage)
    return network
