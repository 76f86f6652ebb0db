# LANs on premises as boxes: the hosts of one VLAN at one switch, and the premises around all of them.
#
# In:  a Network. Out: SceneBox values and the box of each component. Knows ports of LANs, no kind and no px.
"""lan_boxes, lan_of, PREMISES."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docgen.diagram.joints import hangs_on, joined
from docgen.diagram.scene import SceneBox
from docgen.model.component import Component
from docgen.model.kind import Role, Scope
from docgen.model.network import Network

PREMISES = "premises"
"""Id of the box around LANs that stand in no data center."""


def lan_of(network: Network, component: Component) -> str:
    """The box of a host, switch or router outside data centers: its LAN, else the premises."""
    port = _port(component)
    return _id(port) if port and hangs_on(network, component) else PREMISES


def lan_boxes(network: Network) -> Iterator[SceneBox]:
    """The premises, where there is a LAN, and a box for each VLAN at each switch that has hosts."""
    here = [c for c in network.components.values() if _is_apart(network, c)]
    if not here:
        return
    yield SceneBox(id=PREMISES, parent="", component=None, style="site", title="On premises")
    ports = {_id(port): port for c in here if (port := _port(c)) and hangs_on(network, c)}
    for id, port in ports.items():
        block = _block(here, port)
        several = sum(1 for other in ports.values() if other.switch.name == port.switch.name) > 1
        yield SceneBox(
            id=id,
            parent=PREMISES,
            component=None,
            style="lan",
            title=f"LAN {block}",
            subtitle=f"VLAN {port.vlan}" if several or port.vlan != 1 else "",
        )


def _is_apart(network: Network, component: Component) -> bool:
    """Whether something on premises stands in no data center."""
    if network.role_of(component.key) is not Role.ON_PREMISES:
        return False
    if network.kind_of(component.key).scope is Scope.LOCATION:
        return False
    return all(network.role_of(k) is not Role.SITE for k in joined(network, component))


def _ports(component: Component) -> tuple[Any, ...]:
    ports: Any = getattr(component, "lan_ports", None)
    return tuple(ports()) if ports else ()


def _port(component: Component) -> Any:
    """The port that a host is plugged into; None for what has several, or none at a switch."""
    ports = _ports(component)
    return ports[0] if len(ports) == 1 and ports[0].switch is not None else None


def _id(port: Any) -> str:
    return f"lan:{port.switch.name}/{port.vlan}"


def _block(components: list[Component], port: Any) -> str:
    """The addresses of a LAN: as its router has them, else as most of its hosts do."""
    there = [(c, p) for c in components for p in _ports(c) if p.switch is not None and _id(p) == _id(port)]
    routers = [str(p.address.network) for c, p in there if len(_ports(c)) > 1]
    blocks = routers or [str(p.address.network) for _, p in there]
    return max(blocks, key=blocks.count)
