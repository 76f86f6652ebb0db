# Judges one packet at the security groups of one interface: any rule of any group that matches allows.
#
# Stateful: the tracer asks only for packets that no tracked connection covers. A reference to a group stands
# for the private addresses of its members and is lost on the way through translators and middleboxes.
# Source: Amazon VPC User Guide, "Security group rules".
"""judge_groups."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from docgen.core.prefixes import in_any
from docgen.core.values import later
from docgen.model.component import Key
from docgen.model.forwarding import Arrival
from docgen.model.network import EffectiveGroup, Interface, Network
from docgen.model.packet import Packet, PortRange, Protocol
from docgen.model.policy import SecurityGroupRule
from docgen.model.trace import Candidate, Check, Line, Outcome, Step
from docgen.routing.peers import may_name_group
from docgen.routing.ports import join, subtract

INGRESS, EGRESS = "ingress", "egress"
_FEW = 2
"""Rules that a sentence tells of."""
_LOST = "{} is a member of {}, but that was lost on the way"
_WAY = {INGRESS: "in", EGRESS: "out"}


class _Line(NamedTuple):
    group: EffectiveGroup
    rule: SecurityGroupRule
    named: Key | None

    def text(self, direction: str) -> str:
        return f"{self.group.name}: {self.rule.text(direction)}"


class _Seen(NamedTuple):
    """What is judged: a packet at an interface, and how it came there."""

    packet: Packet
    direction: str
    network: Network
    arrival: Arrival | None
    client: Interface | None


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
    seen = _Seen(packet, direction, network, arrival, client)
    left: tuple[PortRange, ...] = (packet.destination_ports,)
    first: _Line | None = None
    for line, rest, _ in _walk(lines, seen):
        first = first or (line if rest != left else None)
        left = rest
        if not left:
            break
    check = Check.SECURITY_GROUP_INGRESS if direction == INGRESS else Check.SECURITY_GROUP_EGRESS
    owner = network.name(interface.owner)
    if first is not None and not left:
        group, rule, _ = first
        passed = Step(
            check=check,
            outcome=Outcome.PASS,
            by=group.key,
            by_name=group.name,
            text=later(
                lambda: f"Security group {group.name} lets it {_WAY[direction]} at {owner}: {rule.text(direction)}."
            ),
            rule=later(lambda: rule.text(direction)),
            lines=later(lambda: tuple(_deciding(lines, seen))),
            candidates=later(lambda: tuple(_candidates(lines, seen))),
        )
        return passed, ()
    code, why, secondary = _refusal(lines, seen)

    def refused() -> str:
        names = ", ".join(g.name for g in groups) or "none"
        return f"The security groups of {owner} ({names}) do not let it {_WAY[direction]}: {why()}."

    step = Step(
        check=check,
        outcome=Outcome.DROP,
        by=interface.owner,
        by_name=owner,
        text=later(refused),
        lines=later(lambda: tuple(_deciding(lines, seen))),
        candidates=later(lambda: tuple(_candidates(lines, seen))),
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


def _walk(lines: list[_Line], seen: _Seen) -> Iterator[tuple[_Line, tuple[PortRange, ...], _Mismatch | None]]:
    """Every rule in order, with the ports that no rule has allowed after it, and why it allowed none."""
    left: tuple[PortRange, ...] = (seen.packet.destination_ports,)
    for line in lines:
        mismatch = _mismatch(line, seen)
        if mismatch is None and left:
            rest = () if _portless(seen.packet) else subtract(left, line.rule.ports)
            mismatch = None if rest != left else ("does not cover port {}", join(left))
            left = rest
        elif mismatch is None:
            mismatch = ("allowed already",)
        yield line, left, mismatch


def _deciding(lines: list[_Line], seen: _Seen) -> Iterator[Line]:
    return (Line(line.group.key, line.rule) for line, _, mismatch in _walk(lines, seen) if mismatch is None)


def _candidates(lines: list[_Line], seen: _Seen) -> Iterator[Candidate]:
    for line, _, mismatch in _walk(lines, seen):
        reason = "matches" if mismatch is None else _words(mismatch)
        yield Candidate(text=line.text(seen.direction), chosen=mismatch is None, reason=reason)


_Mismatch = tuple[object, ...]
"""Why a rule does not match: words, and what belongs into them. Put together only where somebody reads it."""


def _words(mismatch: _Mismatch) -> str:
    form, *parts = mismatch
    return str(form).format(*parts)


def _mismatch(line: _Line, seen: _Seen) -> _Mismatch | None:
    """Why a rule does not match, None where it does (ports apart)."""
    rule, packet, network = line.rule, seen.packet, seen.network
    if rule.protocol is not Protocol.ALL and rule.protocol is not packet.protocol:
        return "is for {}", rule.protocol
    if not _portless(packet) and not rule.ports.overlaps(packet.destination_ports):
        return "does not cover port {}", packet.destination_ports
    remote = packet.source if seen.direction == INGRESS else packet.destination
    if rule.group is None:
        return None if in_any(remote, network.blocks_of_rule(rule)) else ("does not contain {}", remote)
    if seen.direction == INGRESS:
        return _not_a_member_behind(line, seen)
    assert line.named is not None
    member = _owner_of(network, line.named, remote)
    if member is None or line.named not in (member.groups or ()):
        return "{} is not a member of {}", remote, rule.group
    if not may_name_group(network, Key("vpc", line.group.key.path.rpartition("/")[0]), line.named):
        return "{} is in a VPC that this one is not peered with in its Region", rule.group
    return None


def _not_a_member_behind(line: _Line, seen: _Seen) -> _Mismatch | None:
    arrival, client, network = seen.arrival, seen.client, seen.network
    if arrival is not None and arrival.via is not None and line.named in (arrival.via.groups or ()):
        return None  # the load balancer's own group counts although the address is its client's
    sender = arrival.sender if arrival else None
    if sender is not None and line.named in (sender.groups or ()):
        if arrival is not None and arrival.membership and sender.owns(seen.packet.source):
            return None
        return _LOST, network.name(sender.owner), line.rule.group
    if client is not None and line.named in (client.groups or ()):
        return _LOST, network.name(client.owner), line.rule.group
    return "{} is not a member of {}", seen.packet.source, line.rule.group


def _owner_of(network: Network, group: Key, address: object) -> Interface | None:
    vpc = Key("vpc", group.path.rpartition("/")[0])
    found = network.by_private_ip.get((vpc, address))  # type: ignore[arg-type]
    return network.interfaces[found] if found else None


def _refusal(lines: list[_Line], seen: _Seen) -> tuple[str, Callable[[], str], tuple[str, ...]]:
    """Code, words and further codes of a packet that no rule matches."""
    packet, direction, arrival = seen.packet, seen.direction, seen.arrival
    if not lines:
        return "SG_HAS_NO_RULES", lambda: f"there is no {direction} rule at all", ()
    if direction == INGRESS:
        judged = ((line, _mismatch(line, seen)) for line in lines if line.named is not None)
        lost = next(((line, why) for line, why in judged if why is not None and why[0] is _LOST), None)
        if lost is not None:
            code = (arrival.lost_by if arrival else "") or "SG_REFERENCES_NOT_PRESERVED"
            return code, lambda: _lost(*lost, packet), ("ENI_SG_RULES_MISMATCH",)
    return "ENI_SG_RULES_MISMATCH", lambda: _nobody_allows(packet, direction) + _nearest(lines, seen), ()


def _lost(line: _Line, why: _Mismatch, packet: Packet) -> str:
    return f"the rule {line.rule.text(INGRESS)} does not match {packet.source}; {_words(why)}"


def _nearest(lines: list[_Line], seen: _Seen) -> str:
    """The rules that come nearest: those for the port whoever they admit, else those for the other end."""
    judged = [(line, why) for line, _, why in _walk(lines, seen) if why is not None]
    by_port = [(line, why) for line, why in judged if not str(why[0]).startswith(("is for", "does not cover"))]
    remote = seen.packet.source if seen.direction == INGRESS else seen.packet.destination
    by_end = [
        (line, why)
        for line, why in judged
        if line.rule.group is None and in_any(remote, seen.network.blocks_of_rule(line.rule))
    ]
    near = by_port or by_end
    if not near:
        return ""
    told = [f"{line.rule.text(seen.direction)} ({_words(why)})" for line, why in near[:_FEW]]
    return f"; nearest {'is' if len(told) == 1 else 'are'} {' and '.join(told)}"


def _nobody_allows(packet: Packet, direction: str) -> str:
    ports = "" if _portless(packet) else f" {packet.destination_ports}"
    other = f"from {packet.source}" if direction == INGRESS else f"to {packet.destination}"
    return f"no rule allows {packet.protocol}{ports} {other}"
