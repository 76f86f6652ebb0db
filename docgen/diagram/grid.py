# The semantic grid of one VPC: which zone is which column, which subnets make which row.
#
# In:  a Network and a VPC. Out: zone names from left to right and rows of subnets from top to bottom.
# Knows tiers, zones and routes; no px and no kind of component.
"""columns_of, rows_of, is_public."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from ipaddress import IPv4Network

from docgen.model.component import Key
from docgen.model.kind import Role
from docgen.model.network import Network

_EVERYWHERE = IPv4Network("0.0.0.0/0")
_TIERS = (
    ("public", "edge", "dmz", "ingress"),
    ("web", "front", "frontend", "presentation"),
    ("app", "application", "service", "services", "api", "logic", "middle", "compute", "private"),
    (),  # tiers that no list knows
    ("data", "database", "databases", "db", "cache", "storage"),
    ("tgw", "transit", "attachment", "endpoints", "management"),
)
_UNKNOWN = 3


def subnets_of(network: Network, vpc: Key) -> tuple[Key, ...]:
    """The subnets of a VPC, in the order of the definition."""
    return tuple(k for k in network.subnet_route_table if network.container(k) == vpc)


def columns_of(network: Network, subnets: Sequence[Key]) -> tuple[str, ...]:
    """The zones that subnets stand in, from left to right: by name."""
    return tuple(sorted({network.zone_of(k) for k in subnets}))


def is_public(network: Network, subnet: Key) -> bool:
    """Whether the default route of a subnet leads straight to a gateway of the VPC."""
    return any(
        route.target is not None
        and route.destination == _EVERYWHERE
        and network.role_of(route.target) is Role.GATEWAY
        for route in network.table_of(subnet).routes
    )


def rows_of(network: Network, subnets: Sequence[Key]) -> tuple[tuple[Key, ...], ...]:
    """Subnets in rows of at most one for each zone.

    Subnets of one tier (else of one block per zone, else of one route table) share a row. Rows are
    ordered by the tier's name where that is a known one, public before private, then as defined.
    """
    residents = _residents(network)
    rows: list[dict[str, Key]] = []
    """By zone; the first of each is what others are compared with."""
    alike: dict[Hashable, list[int]] = {}
    full: dict[tuple[Hashable, str], int] = {}
    """How many rows of a likeness, from the first on, have something in a zone."""
    for subnet in subnets:
        zone = network.zone_of(subnet)
        likenesses = _likenesses(network, subnet, residents.get(subnet, frozenset()))
        free = []
        for likeness in likenesses:
            known, at = alike.setdefault(likeness, []), full.get((likeness, zone), 0)
            while at < len(known) and zone in rows[known[at]]:
                at += 1
            full[likeness, zone] = at
            free += known[at : at + 1]
        if free:
            rows[min(free)][zone] = subnet
            continue
        for likeness in likenesses:
            alike[likeness].append(len(rows))
        rows.append({zone: subnet})
    order = {subnet: at for at, subnet in enumerate(subnets)}
    ordered = sorted(rows, key=lambda row: (*_rank(network, first := next(iter(row.values()))), order[first]))
    return tuple(tuple(row[zone] for zone in sorted(row)) for row in ordered)


def _likenesses(network: Network, subnet: Key, residents: frozenset[str]) -> tuple[Hashable, ...]:
    """What it shares with every subnet that may stand in its row; one of these is enough."""
    component, public = network.get(subnet), is_public(network, subnet)
    tier = getattr(component, "tier", "")
    if tier:
        return (("tier", tier, public),)
    like = ("like", public, network.subnet_route_table[subnet], residents)
    if component.group and component.group != component.id:
        return ("group", component.group), like
    return (like,)


def _residents(network: Network) -> Mapping[Key, frozenset[str]]:
    """Kinds of what stands in each subnet."""
    found: dict[Key, set[str]] = {}
    for interface in network.interfaces.values():
        found.setdefault(interface.subnet, set()).add(interface.owner.kind)
    return {subnet: frozenset(kinds) for subnet, kinds in found.items()}


def _rank(network: Network, subnet: Key) -> tuple[int, int]:
    tier = str(getattr(network.get(subnet), "tier", "")).lower()
    public = 0 if is_public(network, subnet) else 1
    for at, names in enumerate(_TIERS):
        if tier in names:
            return (at if at != 0 or public else 0, public)
    return (_UNKNOWN if tier else (0 if not public else _UNKNOWN), public)
