# Where zones are: their ids, which mean the same in every account, and what is not known without them.
#
# In:  a Network whose accounts give ids for their zone names. Out: ids by VPC, and warnings.
# Source: AWS RAM User Guide, "Availability Zone IDs for your AWS resources".
"""zone_ids, zones_named, unsure_of_zones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from docgen.model.component import Key
from docgen.model.network import Network


def zone_ids(network: Network) -> Mapping[tuple[Key, str], str]:
    """The id of every zone of a VPC whose account gives it."""
    given: dict[Key, Mapping[str, str]] = {}
    for account in network.of_kind("account"):
        names: Iterable[Any] = account.availability_zone_ids  # type: ignore[attr-defined]
        given[account.key] = {z.zone_name: z.zone_id for z in names}
    found: dict[tuple[Key, str], str] = {}
    if any(given.values()):
        for vpc, zone in zones_with_subnets(network):
            owner = network.account_of(vpc)
            if owner is not None and zone in given.get(owner, {}):
                found[vpc, zone] = given[owner][zone]
    return MappingProxyType(found)


def zones_with_subnets(network: Network) -> Iterator[tuple[Key, str]]:
    """Every zone of every VPC in which that has a subnet, each once, in order."""
    found = {
        (Key("vpc", subnet.scope), zone): None
        for subnet in network.of_kind("subnet")
        if (zone := network.zone_of(subnet.key))
    }
    return iter(found)


def zones_named(network: Network, name: str) -> frozenset[str]:
    """The places that a zone's id, its full name or its letter means; in one Region one place, or several in doubt.

    A name without an id means the zones of this name in all accounts.
    """
    return frozenset(
        network.place(vpc, zone)
        for vpc, zone in zones_with_subnets(network)
        if name in (zone, zone[-1:], network.zone_ids.get((vpc, zone)))
    )


def places_in_doubt(network: Network, name: str) -> tuple[str, ...]:
    """The places that a zone's name means in one Region, each with its account, where these are several."""
    by_region: dict[str, dict[str, str]] = {}
    for vpc, zone in zones_with_subnets(network):
        if name in (zone, zone[-1:]):
            account = network.account_of(vpc)
            where = f" in {network.name(account)}" if account is not None else ""
            by_region.setdefault(zone[:-1], {}).setdefault(network.place(vpc, zone), f"{zone}{where}")
    return next((tuple(f"{p} ({n})" for p, n in r.items()) for r in by_region.values() if len(r) > 1), ())


def unsure_of_zones(network: Network) -> bool:
    """Whether a zone that is down may be another one for an account that gives no id for its zones of that Region."""
    if not network.zones_down:
        return False
    there = list(zones_with_subnets(network))
    regions = {zone[:-1] for vpc, zone in there if network.place(vpc, zone) in network.zones_down}
    for region in regions:
        accounts = {network.account_of(vpc) for vpc, zone in there if zone[:-1] == region}
        without = any((vpc, zone) not in network.zone_ids for vpc, zone in there if zone[:-1] == region)
        if len(accounts) > 1 and without:
            return True
    return False
