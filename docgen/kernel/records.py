# Which of several records of one name Route 53 may answer with, by health.
#
# Source: Amazon Route 53 Developer Guide, "Choosing a routing policy", "How Amazon Route 53 chooses records when
# health checking is configured", "Failover routing".
"""choose."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docgen.kernel.targets import chosen_by
from docgen.kernel.why import NotEmulatedError
from docgen.kernel.world import World
from docgen.model.component import Key
from docgen.model.records import Failover, Record, RoutingPolicy


def choose(world: World, zone: Any, records: Sequence[Record]) -> tuple[Record, ...]:
    """All that may be answered with: one record, or several that take turns.

    Raises:
        NotEmulatedError: it depends on where the client is.
    """
    policies = {record.policy for record in records}
    if policies == {RoutingPolicy.SIMPLE}:
        return tuple(records)
    if policies == {RoutingPolicy.FAILOVER}:
        return _failover(world, zone, records)
    if policies == {RoutingPolicy.WEIGHTED}:
        return _weighted(world, zone, records)
    if policies == {RoutingPolicy.MULTIVALUE}:
        return tuple(r for r in records if _is_healthy(world, zone, r)) or tuple(records)
    raise NotEmulatedError("Route 53 chooses between several records by where the client is")


def _failover(world: World, zone: Any, records: Sequence[Record]) -> tuple[Record, ...]:
    """The primary, or the secondary in its stead; where neither is healthy the primary after all."""
    ordered = sorted(records, key=lambda r: r.failover is not Failover.PRIMARY)
    return tuple(r for r in ordered if _is_healthy(world, zone, r))[:1] or tuple(ordered[:1])


def _weighted(world: World, zone: Any, records: Sequence[Record]) -> tuple[Record, ...]:
    """Healthy ones with a weight; those without one only where no other is healthy; all with one if nothing is."""
    heavy, light = [r for r in records if r.weight], [r for r in records if not r.weight]
    for some in (heavy, light):
        healthy = tuple(r for r in some if _is_healthy(world, zone, r))
        if healthy:
            return healthy
    return tuple(heavy or light)


def _is_healthy(world: World, zone: Any, record: Record) -> bool:
    """Whatever nobody watches counts as healthy."""
    if record.alias is not None and record.evaluate_target_health:
        target = world.bind_ref(record, "alias", record.alias, zone.scope)
        return target is None or _serves(world, target)
    if record.health_check:
        named = [record.alias] if record.alias is not None else list(record.a)
        field = "alias" if record.alias is not None else "a"
        bound = [world.bind_ref(record, field, ref, zone.scope) for ref in named]
        return any(key is None or _serves(world, key) for key in bound)
    return True


def _serves(world: World, key: Key) -> bool:
    """Whether a component works; a load balancer with at least one node that has a healthy target."""
    if key.kind != "load_balancer":
        return world.up(key)
    balancer: Any = world.network.get(key)
    nodes = [n for n in world.network.interfaces_of(key) if world.network.interface_is_up(n)]
    chosen = (c for n in nodes for listener in balancer.listeners for c in chosen_by(world, balancer, listener, n))
    return any(c.healthy for c in chosen)
