# Whom a load balancer may choose: its nodes in use, and the targets of each.
#
# Sources: Elastic Load Balancing User Guide, "How Elastic Load Balancing works"; Network Load Balancers Guide, "Edit
# target group attributes", "Update the security groups"; AWS PrivateLink Guide, "Share your services".
"""Chosen, nodes_in_use, listener_on, chosen_by."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from ipaddress import ip_address
from typing import Any

from docgen.core.data import dataclass
from docgen.kernel.why import NotEmulatedError
from docgen.kernel.world import World
from docgen.model.component import Key
from docgen.model.network import Interface, one_at, part_of


@dataclass(frozen=True, slots=True)
class Chosen:
    """A target that a node may open a connection to."""

    interface: Interface
    port: int
    healthy: bool
    keeps_client: bool
    """Whether it sees the client's own address."""


def nodes_in_use(world: World, balancer: Any) -> tuple[Interface, ...]:
    """The nodes whose addresses its name gives: those that work, of a network one only where targets are healthy."""
    nodes = world.network.interfaces_of(balancer.key)
    working = tuple(n for n in nodes if world.network.interface_is_up(n)) or nodes[:1]
    if str(balancer.type) != "network":
        return working
    served = tuple(
        n for n in working if any(c.healthy for li in balancer.listeners for c in chosen_by(world, balancer, li, n))
    )
    return served or working


def listener_on(balancer: Any, protocol: str, port: int) -> Any | None:
    """The listener of a port; None where it has none."""
    for listener in balancer.listeners:
        udp = str(getattr(listener.protocol, "value", "")) in ("UDP", "TCP_UDP")
        tcp = str(getattr(listener.protocol, "value", "TCP")) != "UDP"
        if listener.port == port and (tcp if protocol == "tcp" else udp):
            return listener
    return None


def chosen_by(world: World, balancer: Any, listener: Any, node: Interface) -> tuple[Chosen, ...]:
    """The targets that a node may choose: healthy ones, or all where none is."""
    found = []
    zones = {i.zone for i in world.network.interfaces_of(balancer.key)}
    for chosen, cross in _registered(world, balancer, listener):
        near = chosen.interface.zone == node.zone
        if chosen.interface.zone in zones and (cross or near):
            found.append(chosen)
    healthy = tuple(c for c in found if c.healthy)
    return healthy or tuple(found)


def _registered(world: World, balancer: Any, listener: Any) -> Iterator[tuple[Chosen, bool]]:
    network_type = str(balancer.type) == "network"
    cross = (not network_type) if balancer.cross_zone is None else balancer.cross_zone
    for target in listener.targets:
        for interface in _interfaces(world, target, balancer.scope):
            yield _chosen(world, balancer.key, interface, target.port, network_type), cross
    for share in listener.target_groups:
        named = world.bind_ref(share, "target_group", share.target_group, balancer.scope)
        if named is None or not share.weight:
            continue
        group: Any = world.network.get(named)
        within = cross if group.cross_zone is None else group.cross_zone
        for target in group.targets:
            by_default = network_type and str(group.target_type) in ("instance", "alb")
            keeps = by_default if group.preserve_client_ip is None else group.preserve_client_ip
            for interface in _interfaces(world, target, group.scope):
                yield _chosen(world, group.key, interface, target.port or group.port, keeps), within


def _interfaces(world: World, target: Any, scope: str) -> tuple[Interface, ...]:
    key = world.bind_ref(target, "target", target.target, scope)
    if key is None:
        with suppress(ValueError):
            own = world.network.interface_at(Key("vpc", scope), ip_address(target.target.name))
            if own is not None:
                return (own,)
        raise NotEmulatedError("a load balancer's target that is no interface of the design")
    if key.kind in ("lambda_function", "load_balancer"):
        raise NotEmulatedError(f"a load balancer's target that is a {key.kind.replace('_', ' ')}")
    return world.network.interfaces_of(key)


def _chosen(world: World, pool: Key, interface: Interface, port: int, keeps: bool) -> Chosen:
    down = world.network.down
    name = world.network.name(interface.owner)
    out = part_of(pool, name) in down or part_of(pool, interface.id) in down or one_at(pool, interface.suffix) in down
    return Chosen(interface, port, world.network.interface_is_up(interface) and not out, keeps)
