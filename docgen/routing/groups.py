# Judges one packet at the security groups of one interface: any rule of any group that matches allows.
#
# Stateful: the tracer asks only for packets that no tracked connection covers. A reference to a group stands
# for the private addresses of its members and is lost on the way through translators and middleboxes.
# Source: Amazon VPC User Guide, "Security group rules".
"""judge_groups."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from docgen.core.prefixes import in_any
from docgen.model.component import Key
from docgen.model.forwarding import Arrival
from docgen.model.network import EffectiveGroup, Interface, Network
from docgen.model.packet import Packet, PortRange, Protocol
from docgen.model.policy import SecurityGroupRule
from docgen.model.trace import Candidate, Check, Outcome, Step
from docgen.routing.peers import may_name_group
from docgen.routing.ports import join, subtract

INGRESS, EGRESS = "ingress", "egress"
_LOST = "that was lost on the way"
_WAY = {INGRESS: "in", EGRESS: "out"}


@dataclass(frozen=True, slots=True)
class _Line:
    group: EffectiveGroup
    rule: SecurityGroupRule
    named: Key | None

    def text(self, direction: str) -> str:
        return f"{self.group.name}: {self.rule.text(direction)}"


def judge_groups(
    network: Network,
    interface: Interface,
    packet: Packet,
    direction: str,
    arrival: Arrival | None = None,
    client: Interface | None = None,
) -> tuple[Step, tuple[str, ...]]:
    """The step at an interface, and further codes that are true as well where it drops.

    `arrival` tells an ingress check whom the packet comes from, for references to groups; `client` is whoever
    stands behind a translator or a proxy, and is a member of nothing here.
    """
    sender = arrival.sender if arrival else None
    # Everything that the judgement looks at: a remembered one must be the one that would be made again.
    asked = (
        (interface.id, direction, packet.protocol, packet.destination_ports),
        packet.source if direction == INGRESS else packet.destination,
        sender.id if sender else None,
        arrival.membership if arrival else None,
        client.id if client else None,
        arrival.via.id if arrival and arrival.via else None,
        arrival.lost_by if arrival else None,
    )
    found: tuple[Step, tuple[str, ...]] | None = network.judged.get(asked)
    return found or network.judged.keep(asked, _judge(network, interface, packet, direction, arrival, client))


def _judge(
    network: Network,
    interface: Interface,
    packet: Packet,
    direction: str,
    arrival: Arrival | None,
    client: Interface | None,
) -> tuple[Step, tuple[str, ...]]:
    groups = [network.groups[k] for k in interface.groups or () if k in network.groups]
    lines = list(_lines(groups, direction))
    left: tuple[PortRange, ...] = (packet.destination_ports,)
    candidates: list[Candidate] = []
    used: list[_Line] = []
    for line in lines:
        reason = _mismatch(line, packet, direction, network, arrival, client)
        if not reason and left:
            rest = () if _portless(packet) else subtract(left, line.rule.ports)
            if rest != left:
                used.append(line)
                left = rest
                candidates.append(Candidate(text=line.text(direction), chosen=True, reason="matches"))
                continue
            reason = f"does not cover port {join(left)}"
        candidates.append(Candidate(text=line.text(direction), chosen=False, reason=reason or "allowed already"))
    check = Check.SECURITY_GROUP_INGRESS if direction == INGRESS else Check.SECURITY_GROUP_EGRESS
    owner = network.name(interface.owner)
    if not left:
        line = used[0]
        text = f"Security group {line.group.name} lets it {_WAY[direction]} at {owner}: {line.rule.text(direction)}."
        passed = Step(
            check=check,
            outcome=Outcome.PASS,
            by=line.group.key,
            by_name=line.group.name,
            text=text,
            rule=line.rule.text(direction),
            candidates=tuple(candidates),
        )
        return passed, ()
    code, why, secondary = _refusal(network, lines, packet, direction, arrival, client)
    names = ", ".join(g.name for g in groups) or "none"
    step = Step(
        check=check,
        outcome=Outcome.DROP,
        by=interface.owner,
        by_name=owner,
        text=f"The security groups of {owner} ({names}) do not let it {_WAY[direction]}: {why}.",
        candidates=tuple(candidates),
        code=code,
    )
    return step, secondary


def _lines(groups: list[EffectiveGroup], direction: str) -> Iterator[_Line]:
    for group in groups:
        rules = group.ingress if direction == INGRESS else group.egress
        named = group.ingress_groups if direction == INGRESS else group.egress_groups
        for rule, key in zip(rules, named, strict=True):
            yield _Line(group, rule, key)


def _portless(packet: Packet) -> bool:
    return packet.protocol is Protocol.ICMP


def _mismatch(
    line: _Line, packet: Packet, direction: str, network: Network, arrival: Arrival | None, client: Interface | None
) -> str:
    """Why a rule does not match, "" where it does (ports apart)."""
    rule = line.rule
    if rule.protocol not in (Protocol.ALL, packet.protocol):
        return f"is for {rule.protocol}"
    if not _portless(packet) and not rule.ports.overlaps(packet.destination_ports):
        return f"does not cover port {packet.destination_ports}"
    remote = packet.source if direction == INGRESS else packet.destination
    if rule.group is None:
        return "" if in_any(remote, network.blocks_of_rule(rule)) else f"does not contain {remote}"
    if direction == INGRESS:
        return _not_a_member_behind(line, packet, network, arrival, client)
    assert line.named is not None
    member = _owner_of(network, line.named, remote)
    if member is None or line.named not in (member.groups or ()):
        return f"{remote} is not a member of {rule.group}"
    if not may_name_group(network, Key("vpc", line.group.key.path.rpartition("/")[0]), line.named):
        return f"{rule.group} is in a VPC that this one is not peered with in its Region"
    return ""


def _not_a_member_behind(
    line: _Line, packet: Packet, network: Network, arrival: Arrival | None, client: Interface | None
) -> str:
    if arrival is not None and arrival.via is not None and line.named in (arrival.via.groups or ()):
        return ""  # the load balancer's own group counts although the address is its client's
    sender = arrival.sender if arrival else None
    if sender is not None and line.named in (sender.groups or ()):
        if arrival is not None and arrival.membership and sender.owns(packet.source):
            return ""
        return f"{network.name(sender.owner)} is a member of {line.rule.group}, but {_LOST}"
    if client is not None and line.named in (client.groups or ()):
        return f"{network.name(client.owner)} is a member of {line.rule.group}, but {_LOST}"
    return f"{packet.source} is not a member of {line.rule.group}"


def _owner_of(network: Network, group: Key, address: object) -> Interface | None:
    vpc = Key("vpc", group.path.rpartition("/")[0])
    found = network.by_private_ip.get((vpc, address))  # type: ignore[arg-type]
    return network.interfaces[found] if found else None


def _refusal(
    network: Network,
    lines: list[_Line],
    packet: Packet,
    direction: str,
    arrival: Arrival | None,
    client: Interface | None,
) -> tuple[str, str, tuple[str, ...]]:
    """Code, words and further codes of a packet that no rule matches."""
    ports = "" if _portless(packet) else f" {packet.destination_ports}"
    what = f"{packet.protocol}{ports}"
    if not lines:
        return "SG_HAS_NO_RULES", f"there is no {direction} rule at all", ()
    if direction == INGRESS:
        for line in lines:
            lost = _mismatch(line, packet, direction, network, arrival, client) if line.named is not None else ""
            if _LOST in lost:
                why = f"the rule {line.rule.text(direction)} does not match {packet.source}; {lost}"
                by_hub = arrival.lost_by if arrival else ""
                return by_hub or "SG_REFERENCES_NOT_PRESERVED", why, ("ENI_SG_RULES_MISMATCH",)
        return "ENI_SG_RULES_MISMATCH", f"no rule allows {what} from {packet.source}", ()
    return "ENI_SG_RULES_MISMATCH", f"no rule allows {what} to {packet.destination}", ()
