# Which icon stands for a component, and for which of its interfaces: the ids that scene, files and pages share.
#
# In:  a Network. Out: stable ids such as `instance:shop/app-a`, `db_instance:shop/orders@standby`.
"""icon_of, icons_of, is_drawn."""

from __future__ import annotations

from collections.abc import Mapping

from docgen.model.component import Key
from docgen.model.kind import Role
from docgen.model.network import Interface, Network

_ONE_FOR_ALL = (Role.SPANNING, Role.PRIVATE_GATEWAY)
_UNDRAWN = (Role.POLICY, Role.CONTAINER, Role.SITE)


def is_drawn(network: Network, key: Key) -> bool:
    """Whether a component is an icon (boxes and policies are not)."""
    return key in network.components and network.role_of(key) not in _UNDRAWN


def icons_of(network: Network, key: Key) -> Mapping[str, Interface | None]:
    """Ids of a component's icons, each with the interface it stands for.

    One icon as a rule. What stands in subnets with several interfaces (a database with a standby) has one
    for each; what spans zones keeps one for all of its nodes.
    """
    interfaces = network.interfaces_of(key)
    if network.role_of(key) in _ONE_FOR_ALL or len(interfaces) < 2:
        return {str(key): interfaces[0] if len(interfaces) == 1 else None}
    return {f"{key}@{i.suffix or i.zone}": i for i in interfaces}


def icon_of(network: Network, key: Key | None, interface: str = "") -> str:
    """The icon of a component (or of one of its interfaces, by id); "" for what is not drawn."""
    if key is None or not is_drawn(network, key):
        return ""
    icons = icons_of(network, key)
    for id, shown in icons.items():
        if shown is not None and shown.id == interface:
            return id
    return next(iter(icons), "")
