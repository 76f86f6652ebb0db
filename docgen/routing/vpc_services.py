# What every VPC offers by itself, without route, group or ACL: its resolver, metadata, time.
#
# Source: Amazon VPC User Guide, "DNS attributes for your VPC", "Security group rules".
"""is_vpc_service, is_resolver, vpc_service, dns_is_off."""

from __future__ import annotations

from typing import Any

from docgen.core.prefixes import LINK_LOCAL_SERVICES, LINK_LOCAL_SERVICES_IPV6, RESOLVER, RESOLVER_IPV6, Address
from docgen.model.component import Key
from docgen.model.network import Interface, Network
from docgen.model.packet import Packet
from docgen.model.trace import Check, Outcome, Step


def is_vpc_service(network: Network, vpc: Key, destination: Address) -> bool:
    """The VPC resolver and the link-local services: reached without route, group or ACL."""
    if destination in LINK_LOCAL_SERVICES or destination in LINK_LOCAL_SERVICES_IPV6:
        return True
    return is_resolver(network, vpc, destination)


def is_resolver(network: Network, vpc: Key, address: Address) -> bool:
    """Whether an address inside a VPC's block is that of its resolver."""
    return address == _resolver(network, vpc)


def _resolver(network: Network, vpc: Key) -> Address:
    component: Any = network.get(vpc)
    base: Address = component.cidr_block.network_address
    return base + 2


def dns_is_off(network: Network, vpc: Key) -> bool:
    """Whether the VPC's resolver answers nobody."""
    return not getattr(network.get(vpc), "enable_dns_support", True)


def vpc_service(network: Network, interface: Interface, packet: Packet) -> Step:
    """The step of an interface that asks such a service; it drops where the VPC's resolver is switched off."""
    asked = packet.destination
    if asked in (RESOLVER, RESOLVER_IPV6, _resolver(network, interface.vpc)) and dns_is_off(network, interface.vpc):
        name = network.name(interface.vpc)
        return Step(
            check=Check.DELIVERY,
            outcome=Outcome.DROP,
            by=interface.vpc,
            by_name=name,
            text=f"VPC {name} has enable_dns_support off: nobody answers at {asked}.",
            code="DG_DNS_ATTRIBUTES_DISABLED",
        )
    return Step(
        check=Check.DELIVERY,
        outcome=Outcome.PASS,
        by=interface.vpc,
        by_name=network.name(interface.vpc),
        text=f"{asked} is a service of the VPC itself (resolver, metadata, time): neither security groups nor "
        "network ACLs nor routes apply.",
    )
