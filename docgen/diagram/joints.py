# What is joined without any packet: attachments, tunnels, cables, and what stands in which data center.
#
# Read from references between components; knows roles, no kind. Used by structure.py and links.py.
"""What components name: joined, joints_of, recorded, passed_between; where it puts them: site_of, levels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

from docgen.diagram.anchors import icons_of, is_drawn
from docgen.model.component import Component, Key, Ref
from docgen.model.kind import Role, Scope
from docgen.model.network import Network

LOCATION = "location:"
"""Before the name of a Direct Connect location: the id of its box."""
_JOINING = (Role.ON_PREMISES, Role.CONNECTOR, Role.PRIVATE_GATEWAY, Role.OFFER)


def joined(network: Network, component: Component) -> tuple[Key, ...]:
    """What a component names: each once, in the order of its fields."""
    return tuple(dict.fromkeys(_named(network, component, component.scope)))


def _named(network: Network, holder: Any, scope: str) -> Iterator[Key]:
    for name, kinds in _fields_of(holder.__class__):
        value = getattr(holder, name)
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, Ref) and kinds:
                key = network.bound.get((scope, item.name, kinds))
                if key is not None and key in network.components:
                    yield key
            elif is_dataclass(item) and not isinstance(item, type | Ref | Key):
                yield from _named(network, item, scope)


@cache
def _fields_of(holder: type) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Each field of a component or a part of one, and which kinds its names refer to."""
    return tuple((field.name, field.metadata.get("refers", ())) for field in fields(holder))


def joints_of(network: Network) -> Iterator[tuple[str, str]]:
    """Icon pairs that are joined for good: host and switch, tunnel and router, attachment and hub."""
    for component in network.components.values():
        if network.role_of(component.key) not in _JOINING:
            continue
        for key in joined(network, component):
            if network.role_of(key) in _JOINING:
                yield next(iter(icons_of(network, component.key))), next(iter(icons_of(network, key)))
    yield from _cables(network)
    for component in network.components.values():  # people at home and the endpoint that they are connected to
        if network.role_of(component.key) is Role.OUTSIDE:
            for key in joined(network, component):
                if network.role_of(key) is Role.SPANNING:
                    yield next(iter(icons_of(network, component.key))), next(iter(icons_of(network, key)))


def _cables(network: Network) -> Iterator[tuple[str, str]]:
    """Icons at the two ends of a cable without a switch."""
    ends: dict[str, list[str]] = {}
    for component in network.components.values():
        ports: Any = getattr(component, "lan_ports", None)
        for port in ports() if ports else ():
            if port.link:
                ends.setdefault(port.link, []).append(next(iter(icons_of(network, component.key))))
    yield from ((some[0], some[1]) for some in ends.values() if len(some) == 2)


def boxes_joined(network: Network) -> Iterator[tuple[str, str]]:
    """Icons of connectors (peerings), each with the boxes of the VPCs that it joins."""
    for component in network.components.values():
        if network.role_of(component.key) is not Role.CONNECTOR:
            continue
        for key in joined(network, component):
            if getattr(network.get(key), "cidr_block", None) is not None:
                yield next(iter(icons_of(network, component.key))), str(key)


def recorded(network: Network) -> Iterator[tuple[str, str, bool]]:
    """Icons of flow logs, each with the icon or box that it watches, and with where it writes to, if that is drawn.

    The last value tells whether it is where it writes to.
    """
    for component in network.components.values():
        watched: Any = getattr(component, "watched", None)
        if watched is None:
            continue
        own, what = next(iter(icons_of(network, component.key))), watched(network)
        for key in dict.fromkeys((what, *joined(network, component))):
            icons = list(icons_of(network, key)) if is_drawn(network, key) else []
            if icons or key == what:
                yield own, icons[0] if icons else str(key), key != what


def served_by(network: Network) -> Iterator[tuple[str, str]]:
    """Icons of Direct Connect lines, each with the routers in its site, else with the hosts there."""
    for component in network.components.values():
        for key in _behind(network, component):
            yield next(iter(icons_of(network, component.key))), next(iter(icons_of(network, key)))


def _behind(network: Network, component: Component) -> Iterator[Key]:
    """What in its site a line serves: the routers there, where there are any, else the hosts."""
    if _level_of(network, component.key) != 2:
        return
    sites = {k for k in joined(network, component) if network.role_of(k) is Role.SITE}
    there = [
        (other.key, _level_of(network, other.key))
        for other in network.components.values()
        if _level_of(network, other.key) in (0, 1) and sites & set(joined(network, other))
    ]
    nearest = 1 if any(at == 1 for _, at in there) else 0
    yield from (key for key, at in there if at == nearest)


def passed_between(network: Network, source: Key, target: Key) -> str:
    """The icon that a packet passes unseen between a host on premises and the cloud, either way; "" for none.

    Traces name what decides: the tunnel, the virtual interface. The router and the line that bear it are between.
    """
    for near, far in ((source, target), (target, source)):
        if _level_of(network, near) != 0 or far not in network.components:
            continue
        bears = [k for k in joined(network, network.get(far)) if _level_of(network, k) in (1, 2)]
        if bears and near not in bears:
            return next(iter(icons_of(network, bears[0])))
    return ""


def _level_of(network: Network, key: Key) -> int | None:
    """Of what stands on premises; None for all else."""
    if key not in network.components or network.role_of(key) is not Role.ON_PREMISES:
        return None
    return on_premises_level(network, network.get(key))


def joins_of(network: Network, component: Component) -> tuple[str, ...]:
    """Ids of the icons and boxes that a component names."""
    found: dict[str, None] = {}
    for key in joined(network, component):
        found |= dict.fromkeys(icons_of(network, key) if is_drawn(network, key) else (str(key),))
    return tuple(found)


def site_of(network: Network, component: Component) -> str:
    """The box that something on premises stands in: its site, or a Direct Connect location; "" for none."""
    if network.kind_of(component.key).scope is Scope.LOCATION:
        return location_of(network, component)
    sites = (k for k in joined(network, component) if network.role_of(k) is Role.SITE)
    return str(next(sites, ""))


def location_of(network: Network, component: Component) -> str:
    """The box of the Direct Connect location of a line, or of what it carries."""
    lines = (k for k in joined(network, component) if network.kinds[k.kind].scope is Scope.LOCATION)
    line = network.get(next(lines, component.key))
    return f"{LOCATION}{getattr(line, 'location', '')}"


def hangs_on(network: Network, component: Component) -> str:
    """The icon of the switch that a host hangs on; "" for what carries packets itself."""
    if not _is_host(network, component):
        return ""
    on = (k for k in joined(network, component) if network.role_of(k) is Role.ON_PREMISES)
    return next((next(iter(icons_of(network, k))) for k in on), "")


def on_premises_level(network: Network, component: Component) -> int:
    """0 for hosts, 1 for what carries packets; in a Direct Connect location 2 for lines, 3 for what they carry."""
    if network.kind_of(component.key).scope is Scope.LOCATION:
        return 3 if any(network.kinds[k.kind].scope is Scope.LOCATION for k in joined(network, component)) else 2
    return 0 if _is_host(network, component) else 1


def _is_host(network: Network, component: Component) -> bool:
    """Whether packets start and end at it, rather than pass it (a router has interfaces of its own)."""
    return network.kind_of(component.key).endpoint and not getattr(component, "interfaces", ())


def connector_level(network: Network, key: Key) -> int:
    """0 beside the VPCs, 1 for what leads to one beside them (a tunnel into a transit gateway)."""
    others = [k for k in joined(network, network.get(key)) if network.role_of(k) is Role.CONNECTOR]
    return 1 if others and key.kind not in {k.kind for k in others} else 0
