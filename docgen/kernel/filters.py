# Security groups and network ACLs as rules of nftables.
#
# Sources: Amazon VPC User Guide, "Security group rules", "Network ACLs"; Amazon VPC Peering Guide, "Update security
# groups to reference peer groups"; Transit Gateway Guide, "Security group referencing".
"""group_chains, acl_chain."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docgen.kernel.world import World, in_set, ipv4, lines
from docgen.model.component import Key
from docgen.model.network import EffectiveAcl, Interface
from docgen.model.packet import ANY_PORT, PortRange, Protocol
from docgen.model.policy import AclAction

PASSED_ON = 10
"""DSCP of what an appliance passed on: rules that name a group no longer know whose it is."""


def matches(protocol: Protocol, ports: PortRange) -> str:
    """Protocol and destination ports as nftables says them; "" for everything."""
    if protocol is Protocol.ALL:
        return ""
    if protocol is Protocol.ICMP or ports == ANY_PORT:
        return f"meta l4proto {protocol.value} "
    return f"{protocol.value} dport {ports} "


def group_chains(world: World, interface: Interface) -> str:
    """Two chains, `inward` and `outward`: they return what the groups of an interface allow and drop the rest."""
    chains = ""
    for way, end, direction in (("inward", "saddr", "ingress"), ("outward", "daddr", "egress")):
        allowed = () if interface.groups is None else _allowed(world, interface, direction, end)
        refused = world.drop(interface.owner, f"refuses it by its security groups ({direction})")
        rest = ("return",) if interface.groups is None else (*allowed, refused)
        chains += f"chain {way} {{\n{lines(rest)}}}\n"
    return chains


def _allowed(world: World, interface: Interface, direction: str, end: str) -> Iterator[str]:
    assert interface.groups is not None
    for key in interface.groups:
        group = world.network.groups[key]
        rules = getattr(group, direction)
        for rule, named in zip(rules, getattr(group, f"{direction}_groups"), strict=True):
            what = matches(rule.protocol, rule.ports)
            if named is None:
                blocks = ipv4(world.network.blocks_of_rule(rule))
                if blocks:
                    yield f"ip {end} {in_set(blocks)} {what}return"
                continue
            for balancer in _balancers(world, interface.vpc, named):
                yield f"ip dscp {world.dscp_of(balancer)} {what}return"
            members = tuple(_members(world, interface.vpc, named, direction))
            if members:
                yield f"ip {end} {in_set(members)} ip dscp != {PASSED_ON} {what}return"


def _balancers(world: World, here: Key, group: Key) -> Iterator[Key]:
    """Network Load Balancers that carry a group: it stands for what they pass on with the client's address too."""
    for name in world.network.groups[group].interfaces:
        member = world.network.interfaces[name]
        if is_network_balancer(world, member) and member.vpc == here:
            yield member.owner


def is_network_balancer(world: World, interface: Interface) -> bool:
    """Whether an interface is a node of a Network Load Balancer."""
    owner: Any = world.network.get(interface.owner)
    return interface.owner.kind == "load_balancer" and str(owner.type) == "network"


def _members(world: World, here: Key, group: Key, direction: str) -> Iterator[str]:
    """Private addresses of a group's members, as far as a rule in a VPC may name them."""
    for name in world.network.groups[group].interfaces:
        member = world.network.interfaces[name]
        if member.private_ip.version == 4 and may_name(world, here, member.vpc, direction):
            yield str(member.private_ip)


def may_name(world: World, here: Key, there: Key, direction: str) -> bool:
    """Whether rules of a VPC may name a group of another: peered in one Region, or by a hub that lets them."""
    if here == there:
        return True
    if world.region_of(here) != world.region_of(there):
        return False
    for peering in world.of("vpc_peering_connection"):
        ends = {world.bind(peering, "requester_vpc"), world.bind(peering, "accepter_vpc")}
        if ends == {here, there} and str(peering.status) == "active":
            return True
    return direction == "ingress" and any(_hub_lets(world, hub, here, there) for hub in world.of("transit_gateway"))


def _hub_lets(world: World, hub: Any, here: Key, there: Key) -> bool:
    taking = {
        attachment.scope
        for attachment in world.of("transit_gateway_vpc_attachment")
        if world.bind(attachment, "transit_gateway") == hub.key and attachment.security_group_referencing_support
    }
    return hub.security_group_referencing_support and {here.path, there.path} <= taking


def acl_chain(world: World, name: str, acl: EffectiveAcl, direction: str) -> str:
    """A chain that returns what a network ACL lets pass, entry by entry, and drops the rest."""
    end = "daddr" if direction == "egress" else "saddr"
    entries = []
    for entry in sorted(getattr(acl, direction), key=lambda e: e.rule_number):
        if entry.cidr_block.version != 4:
            continue
        text = f"denies it by entry {entry.rule_number} ({direction})"
        verdict = "return" if entry.rule_action is AclAction.ALLOW else world.drop(acl.key, text)
        entries.append(f"ip {end} {entry.cidr_block} {matches(entry.protocol, entry.ports)}{verdict}")
    entries.append(world.drop(acl.key, f"denies it: no entry allows it ({direction})"))
    return f"chain {name} {{\n{lines(entries)}}}\n"
