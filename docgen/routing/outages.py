# What is down: zones and components that a flow's `when: {outage: ...}` names.
"""outage_of, apply_outages."""

from __future__ import annotations

from collections.abc import Iterable

from docgen.model.component import Key, Ref
from docgen.model.network import Network


def outage_of(network: Network, ref: Ref) -> tuple[frozenset[Key], frozenset[str]] | None:
    """The components and zones that a name takes down; None where it names nothing.

    A zone is named by its letter (every Region's) or in full; a component by its id, by `kind:id`, or by the
    id that became one per zone, which takes all of them down. An id of several kinds takes the one that
    packets can reach.
    """
    zones = frozenset(
        zone
        for subnet in network.of_kind("subnet")
        if (zone := network.zone_of(subnet.key)) and ref.name in (zone, zone[-1:])
    )
    if zones:
        return frozenset(), zones
    matching = [
        c
        for c in network.components.values()
        if ref.name in (c.id, c.key.path, str(c.key)) or (c.group and ref.name in (c.group, f"{c.scope}/{c.group}"))
    ]
    part = _part(network, ref.name)
    if part is not None:
        return frozenset({part}), frozenset()
    live = [c for c in matching if network.kinds[c.kind].endpoint or network.kinds[c.kind].route_target]
    chosen = frozenset(c.key for c in (live or matching))
    return (chosen | _attached(network, chosen), frozenset()) if chosen else None


def _part(network: Network, name: str) -> Key | None:
    """A part of a component that can be down by itself: `vpn/tunnel-1`."""
    owner, _, wanted = name.rpartition("/")
    for component in network.components.values() if owner else ():
        parts = getattr(component, "parts", None)
        if parts is not None and owner in (component.id, component.key.path) and wanted in parts():
            return Key(component.kind, f"{component.key.path}/{wanted}")
    return None


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
