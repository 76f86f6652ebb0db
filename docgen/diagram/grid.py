# The semantic grid of one VPC: which zone is which column, which subnets make which row.
#
# In:  a Network and a VPC. Out: zone names from left to right and rows of subnets from top to bottom.
# Knows tiers, zones and routes; no px and no kind of component.
"""columns_of, rows_of, is_public."""

from __future__ import annotations

from collections.abc import Sequence
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
    rows: list[list[Key]] = []
    for subnet in subnets:
        zone = network.zone_of(subnet)
        home = next(
            (
                row
                for row in rows
                if _together(network, row[0], subnet) and all(network.zone_of(k) != zone for k in row)
            ),
            None,
        )
        if home is None:
            rows.append([subnet])
        else:
            home.append(subnet)
    order = {subnet: at for at, subnet in enumerate(subnets)}
    rows.sort(key=lambda row: (*_rank(network, row[0]), order[row[0]]))
    return tuple(tuple(sorted(row, key=network.zone_of)) for row in rows)


def _together(network: Network, one: Key, other: Key) -> bool:
    first, second = network.get(one), network.get(other)
    tiers = getattr(first, "tier", ""), getattr(second, "tier", "")
    if any(tiers):
        return tiers[0] == tiers[1] and is_public(network, one) == is_public(network, other)
    if first.group and first.group != first.id and first.group == second.group:
        return True
    return (
        is_public(network, one) == is_public(network, other)
        and network.subnet_route_table[one] == network.subnet_route_table[other]
        and _residents(network, one) == _residents(network, other)
    )


def _residents(network: Network, subnet: Key) -> frozenset[str]:
    return frozenset(i.owner.kind for i in network.interfaces.values() if i.subnet == subnet)


def _rank(network: Network, subnet: Key) -> tuple[int, int]:
    tier = str(getattr(network.get(subnet), "tier", "")).lower()
    public = 0 if is_public(network, subnet) else 1
    for at, names in enumerate(_TIERS):
        if tier in names:
            return (at if at != 0 or public else 0, public)
    return (_UNKNOWN if tier else (0 if not public else _UNKNOWN), public)
