# Edits of security groups and network ACLs.
"""PROPOSERS."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from docgen.analysis.remedies.proposal import Proposal, Proposer, Situation, edited_component
from docgen.core.prefixes import Block
from docgen.model.component import Key, Ref
from docgen.model.network import EffectiveAcl, Interface
from docgen.model.packet import ANY_PORT, Packet, PortRange, Protocol
from docgen.model.policy import AclAction, NetworkAclEntry, SecurityGroupRule
from docgen.model.trace import Check

_INWARDS = (Check.SECURITY_GROUP_INGRESS, Check.NETWORK_ACL_INGRESS)


def _security_group(situation: Situation) -> Iterator[Proposal]:
    """One more rule in one of the groups of the interface."""
    interface = situation.interface
    if interface is None or not interface.groups:
        return
    direction = "ingress" if situation.step.check in _INWARDS else "egress"
    for packet in situation.packets:
        for group in interface.groups:
            for rule, breadth in _rules(situation, packet, direction):
                yield _with_rule(situation, group, direction, rule, breadth)


def _rules(situation: Situation, packet: Packet, direction: str) -> Iterator[tuple[SecurityGroupRule, int]]:
    ports = ANY_PORT if packet.protocol is Protocol.ICMP else packet.destination_ports
    remote = packet.source if direction == "ingress" else packet.destination
    for block in situation.blocks_for(remote):
        rule = SecurityGroupRule(protocol=packet.protocol, ports=ports, cidr=block)
        yield rule, block.num_addresses * _width(ports)
    other = next((i for i in situation.network.interfaces.values() if i.private_ip == remote), None)
    for group in (other.groups or ()) if other else ():
        members = len(situation.network.groups[group].interfaces)
        rule = SecurityGroupRule(protocol=packet.protocol, ports=ports, group=Ref(group.path))
        yield rule, members * _width(ports)


def _with_rule(situation: Situation, group: Key, direction: str, rule: SecurityGroupRule, breadth: int) -> Proposal:
    network = situation.network
    component: Any = network.get(group)
    rules: tuple[SecurityGroupRule, ...] = getattr(component, direction)
    carriers = max(1, len(network.groups[group].interfaces))
    return Proposal(
        edited=edited_component(network, group, **{direction: (*rules, rule)}),
        field=direction,
        text=f"add `{_rule_text(situation, rule, direction)}` to the {direction} rules of security group "
        f"{network.name(group)}",
        breadth=breadth * carriers,
    )


def _rule_text(situation: Situation, rule: SecurityGroupRule, direction: str) -> str:
    text = rule.text(direction)
    if rule.group is None:
        return text
    return text.replace(rule.group.name, situation.network.name(Key("security_group", rule.group.name)))


def _network_acl(situation: Situation) -> Iterator[Proposal]:
    """One more entry, with a number below the one that denies."""
    network = situation.network
    acl = network.acls.get(situation.step.by)
    if acl is None:
        return
    direction = "ingress" if situation.step.check in _INWARDS else "egress"
    number = _free_number(acl, direction, situation.step.rule)
    if number is None:
        return
    for packet in situation.packets:
        ports = ANY_PORT if packet.protocol is Protocol.ICMP else packet.destination_ports
        remote = packet.source if direction == "ingress" else packet.destination
        for block in situation.blocks_for(remote):
            yield _with_entry(situation, acl, direction, number, packet, ports, block)


def _with_entry(
    situation: Situation,
    acl: EffectiveAcl,
    direction: str,
    number: int,
    packet: Packet,
    ports: PortRange,
    block: Block,
) -> Proposal:
    component: Any = situation.network.get(acl.key)
    entries: tuple[NetworkAclEntry, ...] = getattr(component, direction)
    entry = NetworkAclEntry(
        rule_number=number,
        rule_action=AclAction.ALLOW,
        protocol=packet.protocol,
        ports=ports,
        cidr_block=block,
    )
    behind = sum(1 for i in situation.network.interfaces.values() if i.subnet in acl.subnets)
    return Proposal(
        edited=edited_component(situation.network, acl.key, **{direction: (*entries, entry)}),
        field=direction,
        text=f"add `{number}: {entry.text(direction)}` to the {direction} entries of network ACL {acl.name}",
        breadth=block.num_addresses * _width(ports) * max(1, behind),
    )


def _free_number(acl: EffectiveAcl, direction: str, denied_by: str) -> int | None:
    """A number before the entry that denied (or after all, where the final `*` did)."""
    used = sorted(e.rule_number for e in (acl.ingress if direction == "ingress" else acl.egress))
    first = denied_by.partition(" ")[0]
    if first == "*":
        wanted = (used[-1] // 10 + 1) * 10 if used else 100
        return wanted if wanted <= 32766 else None
    below = int(first) if first.isdigit() else 1
    return next((n for n in range(below - 1, 0, -1) if n not in used), None)


def _width(ports: PortRange) -> int:
    return ports.last - ports.first + 1


def _source_dest_check(situation: Situation) -> Iterator[Proposal]:
    """Switch the check off where somebody else's packets pass."""
    interface: Interface | None = situation.interface
    if interface is None or not hasattr(situation.network.get(interface.owner), "source_dest_check"):
        return
    yield Proposal(
        edited=edited_component(situation.network, interface.owner, source_dest_check=False),
        field="source_dest_check",
        text=f"set `source_dest_check: false` on {situation.network.name(interface.owner)}",
        breadth=1,
    )


PROPOSERS: Mapping[str, tuple[Proposer, ...]] = MappingProxyType(
    {
        "ENI_SG_RULES_MISMATCH": (_security_group,),
        "SG_HAS_NO_RULES": (_security_group,),
        "SG_REFERENCES_NOT_PRESERVED": (_security_group,),
        "SUBNET_ACL_RESTRICTION": (_network_acl,),
        "ENI_SOURCE_DEST_CHECK_RESTRICTION": (_source_dest_check,),
    }
)
