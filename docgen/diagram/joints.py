# What is joined without any packet: attachments, tunnels, cables, and what stands in which data center.
#
# Read from references between components; knows roles, no kind. Used by structure.py and links.py.
"""joined, joints_of, site_of, hangs_on, on_premises_level, connector_level."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from docgen.diagram.anchors import icons_of
from docgen.model.component import Component, Key, Ref
from docgen.model.kind import Role, Scope
from docgen.model.network import Network

_JOINING = (Role.ON_PREMISES, Role.CONNECTOR, Role.PRIVATE_GATEWAY)


def joined(network: Network, component: Component) -> tuple[Key, ...]:
    """What a component names: each once, in the order of its fields."""
    return tuple(dict.fromkeys(_named(network, component, component.scope)))


def _named(network: Network, holder: Any, scope: str) -> Iterator[Key]:
    for field in fields(holder):
        kinds = field.metadata.get("refers", ())
        value = getattr(holder, field.name)
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, Ref) and kinds:
                key = network.bound.get((scope, item.name, kinds))
                if key is not None and key in network.components:
                    yield key
            elif is_dataclass(item) and not isinstance(item, type | Ref | Key):
                yield from _named(network, item, scope)


def joints_of(network: Network) -> Iterator[tuple[str, str]]:
    """Icon pairs that are joined for good: host and switch, tunnel and router, attachment and hub."""
    for component in network.components.values():
        if network.role_of(component.key) not in _JOINING:
            continue
        for key in joined(network, component):
            if network.role_of(key) in _JOINING:
                yield next(iter(icons_of(network, component.key))), next(iter(icons_of(network, key)))


def site_of(network: Network, component: Component) -> str:
    """The site that something on premises stands in; "" for none (lines stand between site and cloud)."""
    if network.kind_of(component.key).scope is Scope.LOCATION:
        return ""
    sites = (k for k in joined(network, component) if network.role_of(k) is Role.SITE)
    return str(next(sites, ""))


def hangs_on(network: Network, component: Component) -> str:
    """The icon of the switch that a host hangs on; "" for what carries packets itself."""
    if not _is_host(network, component):
        return ""
    on = (k for k in joined(network, component) if network.role_of(k) is Role.ON_PREMISES)
    return next((next(iter(icons_of(network, k))) for k in on), "")


def on_premises_level(network: Network, component: Component) -> int:
    """0 for hosts, 1 for what carries packets, 2 for lines between a site and the cloud."""
    if network.kind_of(component.key).scope is Scope.LOCATION:
        return 2
    return 0 if _is_host(network, component) else 1


def _is_host(network: Network, component: Component) -> bool:
    """Whether packets start and end at it, rather than pass it (a router has interfaces of its own)."""
    return network.kind_of(component.key).endpoint and not getattr(component, "interfaces", ())


def connector_level(network: Network, key: Key) -> int:
    """0 beside the VPCs, 1 for what leads to one beside them (a tunnel into a transit gateway)."""
    others = [k for k in joined(network, network.get(key)) if network.role_of(k) is Role.CONNECTOR]
    return 1 if others and key.kind not in {k.kind for k in others} else 0
