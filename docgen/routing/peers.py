# What two VPCs are to each other: in one Region, joined by peering, behind one transit gateway.
#
# Sources: How VPC peering connections work; Security group rules ("Security group referencing");
# Amazon VPC attachments in AWS Transit Gateway ("Security group referencing").
"""same_region, peering_between, may_name_group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

from docgen.model.component import Key
from docgen.model.network import Network
from docgen.routing.transit import attachment_in


def region_name(network: Network, vpc: Key) -> str:
    """The Region of a VPC: as written, else that of its zones; "" where nothing says."""
    component: Any = network.get(vpc)
    if component.region is not None:
        return str(component.region.name).rpartition("/")[2]
    return component.zones[0][:-1] if component.zones else ""


def same_region(network: Network, one: Key, other: Key) -> bool:
    """Whether two VPCs stand in one Region."""
    return region_name(network, one) == region_name(network, other)


def peering_between(network: Network, one: Key, other: Key) -> Key | None:
    """The active peering connection of two VPCs; None where there is none."""
    return network.derived.of("peerings", lambda: _peerings(network)).get((one, other))


def _peerings(network: Network) -> Mapping[tuple[Key, Key], Key]:
    found: dict[tuple[Key, Key], Key] = {}
    for component in network.of_kind("vpc_peering_connection"):
        peering: Any = component
        if peering.status == "active":
            one, other = peering.sides(network)
            found.setdefault((one, other), component.key)
            found.setdefault((other, one), component.key)
    return found


def may_name_group(network: Network, vpc: Key, group: Key, *, inbound: bool = False) -> bool:
    """Whether a rule of a group in one VPC may name a group of another: the same, or peered in the same Region.

    An inbound rule may also name one behind the same transit gateway, where that and both attachments support it.
    """
    owner = Key("vpc", group.path.rpartition("/")[0])
    if owner == vpc or (same_region(network, vpc, owner) and peering_between(network, vpc, owner) is not None):
        return True
    return inbound and any(
        hub.security_group_referencing_support and _refers_over(network, hub.key, vpc, owner)
        for hub in cast("Iterator[Any]", network.of_kind("transit_gateway"))
    )


def _refers_over(network: Network, hub: Key, *vpcs: Key) -> bool:
    """Whether all these VPCs are attached to a transit gateway, with group references on at each attachment."""
    attached = [attachment_in(network, hub, vpc) for vpc in vpcs]
    found: list[Any] = [network.get(key) for key in attached if key is not None]
    return len(found) == len(vpcs) and all(a.security_group_referencing_support for a in found)
