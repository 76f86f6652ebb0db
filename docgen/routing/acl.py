# Judges one packet at one network ACL: ascending numbers, the first entry that matches decides, then `*` denies.
#
# Stateless: requests and answers are judged alike. A range of ports is judged part by part.
# Source: Amazon VPC User Guide, "Control traffic to subnets using network ACLs".
"""judge_acl."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.data import dataclass
from docgen.core.prefixes import Address
from docgen.core.values import later
from docgen.model.network import EffectiveAcl
from docgen.model.packet import Packet, PortRange, Protocol
from docgen.model.policy import AclAction, NetworkAclEntry
from docgen.model.trace import Candidate, Check, Line, Outcome, Step
from docgen.routing.ports import intersect, join, subtract

INGRESS, EGRESS = "ingress", "egress"


@dataclass(frozen=True, slots=True)
class _Judgement:
    entry: NetworkAclEntry | None
    """None is the final `*`."""
    ports: tuple[PortRange, ...]

    @property
    def allows(self) -> bool:
        return self.entry is not None and self.entry.rule_action is AclAction.ALLOW


def judge_acl(acl: EffectiveAcl, packet: Packet, direction: str, subnet_name: str) -> Step:
    """The step at a subnet's border; `direction` is `ingress` or `egress` as the subnet sees it."""
    remote = packet.source if direction == INGRESS else packet.destination
    asked = (acl.key, direction, packet.protocol, remote, packet.destination_ports, subnet_name)
    return acl.judged.get(asked) or acl.judged.keep(asked, _judge(acl, packet, remote, direction, subnet_name))


def _judge(acl: EffectiveAcl, packet: Packet, remote: Address, direction: str, subnet_name: str) -> Step:
    entries = acl.ingress if direction == INGRESS else acl.egress
    judged = [_Judgement(entry, decided) for entry, _, decided in _walk(entries, packet, remote) if decided]
    denied = [j for j in judged if not j.allows]
    deciding = (denied or judged)[0]
    check = Check.NETWORK_ACL_INGRESS if direction == INGRESS else Check.NETWORK_ACL_EGRESS
    way = "into" if direction == INGRESS else "out of"

    def passes() -> str:
        return f"Network ACL {acl.name} lets it {way} {subnet_name}: entry {_line(deciding.entry, direction)}."

    def refuses() -> str:
        ports = "" if packet.protocol is Protocol.ICMP else _ports(deciding.ports)
        what = f"{packet.protocol}{ports} {'from' if direction == INGRESS else 'to'} {remote}"
        text = f"Network ACL {acl.name} refuses {what} {way} {subnet_name}: entry {_line(deciding.entry, direction)}."
        return f"{text} Only a part of the ports {join((packet.destination_ports,))} passes." if partial else text

    partial = bool(denied) and len(denied) < len(judged)
    return Step(
        check=check,
        outcome=Outcome.DROP if denied else Outcome.PASS,
        by=acl.key,
        by_name=acl.name,
        text=later(refuses if denied else passes),
        rule=later(lambda: _line(deciding.entry, direction)),
        lines=later(lambda: tuple(Line(acl.key, j.entry) for j in judged if j.entry is not None)),
        candidates=later(lambda: tuple(_candidates(entries, packet, remote, direction))),
        code="SUBNET_ACL_RESTRICTION" if denied else "",
        detail="DG_EPHEMERAL_RANGE_PARTIAL" if partial else "",
        assumption="ephemeral-ports" if partial else "",
    )


def _ports(ranges: tuple[PortRange, ...]) -> str:
    one = len(ranges) == 1 and ranges[0].first == ranges[0].last
    return f" {'port' if one else 'ports'} {join(ranges)}"


def _line(entry: NetworkAclEntry | None, direction: str) -> str:
    if entry is None:
        return "* deny all"
    return f"{entry.rule_number} {entry.text(direction)}"


Ports = tuple[PortRange, ...]


def _walk(
    entries: tuple[NetworkAclEntry, ...], packet: Packet, remote: Address
) -> Iterator[tuple[NetworkAclEntry | None, Ports, Ports]]:
    """Every entry and at last the `*` (None), with the ports that come to it and those that it decides about."""
    portless = packet.protocol is Protocol.ICMP
    left: Ports = (packet.destination_ports,)
    for entry in entries:
        decided: Ports = ()
        if left and _matches(entry, packet.protocol, remote):
            decided = left if portless else intersect(left, entry.ports)
        yield entry, left, decided
        if decided:
            left = () if portless else subtract(left, entry.ports)
    yield None, left, left


def _candidates(
    entries: tuple[NetworkAclEntry, ...], packet: Packet, remote: Address, direction: str
) -> Iterator[Candidate]:
    for entry, left, decided in _walk(entries, packet, remote):
        if entry is not None:
            reason = _why(entry, packet.protocol, remote, left, decided)
        else:
            reason = "nothing above matches" if left else "decided above"
        yield Candidate(text=_line(entry, direction), chosen=bool(decided), reason=reason)


def _matches(entry: NetworkAclEntry, protocol: Protocol, remote: Address) -> bool:
    return entry.protocol in (Protocol.ALL, protocol) and remote in entry.cidr_block


def _why(
    entry: NetworkAclEntry,
    protocol: Protocol,
    remote: Address,
    left: tuple[PortRange, ...],
    decided: tuple[PortRange, ...],
) -> str:
    if decided:
        return "first entry that matches" if entry.ports.covers(left[0]) else f"matches port {join(decided)}"
    if not left:
        return "decided above"
    if entry.protocol not in (Protocol.ALL, protocol):
        return f"is for {entry.protocol}"
    if remote not in entry.cidr_block:
        return f"does not contain {remote}"
    return f"does not cover port {join(left)}"
