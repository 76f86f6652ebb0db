# VPC Block Public Access: what it refuses at an internet gateway or an egress-only internet gateway.
#
# In:  a gateway, and the address of ours behind it. Out: a drop, or None where the packet may pass.
# New connections are judged; answers belong to one that was allowed. A NAT gateway counts by its own subnet.
# Source: Amazon VPC User Guide, "VPC BPA basics".
"""public_access_refusal."""

from __future__ import annotations

from typing import Any

from docgen.core.prefixes import Address
from docgen.model.component import Key
from docgen.model.forwarding import Context, Drop
from docgen.model.network import Interface, Network
from docgen.model.trace import Check, Disposition, Outcome, Step

OFF, INGRESS, BIDIRECTIONAL = "off", "block-ingress", "block-bidirectional"
_ONLY_OUT = ("nat_gateway", "egress_only_internet_gateway")
"""Kinds that let connections out and none in."""


def public_access_refusal(gateway: Key, ours: Address, context: Context, *, outwards: bool) -> Drop | None:
    """The drop of a new connection at a gateway; `ours` is its source outwards, its destination inwards."""
    network = context.network
    if context.expected is not None or not network.inside.get(("", "vpc_block_public_access")):
        return None
    vpc = Key("vpc", gateway.path.rpartition("/")[0])
    owner = network.interface_at(vpc, ours) or network.interface_with_public(ours)
    by, mode = blocking(network, vpc, owner)
    if by is None or mode == OFF:
        return None
    if mode == INGRESS and outwards and _only_out(gateway, owner, ours, network):
        return None
    way = "out to the internet" if outwards else "in from the internet"
    spared = ""
    if mode == INGRESS and outwards:
        spared = " but what a NAT gateway or an egress-only internet gateway lets out"
    name = network.name(by)
    step = Step(
        check=Check.GATEWAY,
        outcome=Outcome.DROP,
        by=by,
        by_name=name,
        text=f"VPC Block Public Access ({mode}) lets nothing {way} at {network.name(gateway)}{spared}: neither VPC "
        f"{network.name(vpc)} nor the subnet is excluded from it.",
        rule=mode,
        code="VPC_BLOCK_PUBLIC_ACCESS_ENABLED",
    )
    return Drop(steps=(step,), disposition=Disposition.DROPPED)


def _only_out(gateway: Key, owner: Interface | None, ours: Address, network: Network) -> bool:
    if owner is None and ours in network.zonal_addresses.values():
        return True
    return gateway.kind in _ONLY_OUT or (owner is not None and owner.owner.kind in _ONLY_OUT)


def blocking(network: Network, vpc: Key, interface: Interface | None) -> tuple[Key | None, str]:
    """What holds for an interface of a VPC, exclusions applied, and where it is set.

    An exclusion `allow-bidirectional` turns it off; `allow-egress` leaves `block-ingress` of a bidirectional block.
    """
    component: Any = network.get(vpc)
    region = component.region.name if component.region else ""
    for key in network.inside.get(("", "vpc_block_public_access"), ()):
        options: Any = network.get(key)
        if options.holds_for(region):
            places = (vpc, interface.subnet) if interface is not None else (vpc,)
            excluded = ((e, network.bind(e.resource, options.scope, "vpc", "subnet")) for e in options.exclusions)
            spared = [e.mode for e, place in excluded if place in places]
            if "allow-bidirectional" in spared:
                return key, OFF
            return key, INGRESS if spared else str(options.mode)
    return None, OFF
