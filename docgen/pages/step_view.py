# A numbered step as a reader sees it: why, the header before and after, and every check with its lines.
#
# In:  a FlowStep of a flow's walk. Out: values for the page's template; every sentence comes from the report.
"""StepView, DecisionView, HeaderView, step_view, header_text, header_words, pieces, marked, header_table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markupsafe import Markup

from docgen.core.data import dataclass
from docgen.diagram.anchors import icon_of
from docgen.diagram.joints import passed_between
from docgen.diagram.steps import FlowStep
from docgen.model.component import Key
from docgen.model.kind import Role
from docgen.model.network import Network
from docgen.model.packet import NO_PORT, Packet, Protocol
from docgen.model.trace import Candidate, Check, Hop, Leg, Outcome, SmallestChange, Step
from docgen.pages.markdown import code, inline, table

_CHECKS = {
    Check.STATE: "state",
    Check.DNS: "DNS",
    Check.SOURCE_DEST_CHECK: "source/destination check",
    Check.SECURITY_GROUP_EGRESS: "security group, out",
    Check.SECURITY_GROUP_INGRESS: "security group, in",
    Check.NETWORK_ACL_EGRESS: "network ACL, out",
    Check.NETWORK_ACL_INGRESS: "network ACL, in",
    Check.ROUTE_TABLE: "route table",
    Check.ON_LINK: "same subnet",
    Check.TRANSLATION: "translation",
    Check.GATEWAY: "gateway",
    Check.LISTENER: "listener",
    Check.TARGET: "target",
    Check.DELIVERY: "delivery",
    Check.ARP: "ARP",
    Check.SWITCHING: "MAC table",
    Check.FAILOVER: "failover",
}
_NAMED = {
    Check.SECURITY_GROUP_EGRESS: "group {} out",
    Check.SECURITY_GROUP_INGRESS: "group {} in",
    Check.NETWORK_ACL_EGRESS: "ACL {} out",
    Check.NETWORK_ACL_INGRESS: "ACL {} in",
    Check.ROUTE_TABLE: "routes {}",
}
"""Checks of a policy that has a name of its own; the others are called what they are."""
_DECIDING = (
    Check.ROUTE_TABLE,
    Check.LISTENER,
    Check.DNS,
    Check.SWITCHING,
    Check.ARP,
    Check.FAILOVER,
    Check.ON_LINK,
    Check.TRANSLATION,
    Check.SECURITY_GROUP_INGRESS,
    Check.NETWORK_ACL_INGRESS,
)
"""Which check of a step that passes says most of it, the most telling first."""
_TELLING = frozenset(
    {
        Check.ROUTE_TABLE,
        Check.TRANSLATION,
        Check.LISTENER,
        Check.DNS,
        Check.GATEWAY,
        Check.STATE,
        Check.ON_LINK,
        Check.FAILOVER,
    }
)
_AT_SUBNET = frozenset({Check.ROUTE_TABLE, Check.NETWORK_ACL_EGRESS, Check.NETWORK_ACL_INGRESS})
"""Checks that act where a packet crosses the border of a subnet."""
HEADER_FIELDS = ("Source", "Port", "Destination", "Port", "Protocol")
_MARKS = {Outcome.PASS: ("pass", "✓"), Outcome.DROP: ("drop", "✕"), Outcome.INFO: ("info", "·")}
_ADDRESS = re.compile(
    r"(?<![\w.:])((?:\d{1,3}\.){3}\d{1,3}(?:/\d{1,2})?|[0-9a-f]{1,4}:[0-9a-f:]*:[0-9a-f:]*(?:/\d+)?)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionView:
    """One decision: its mark, what was looked at, the sentence, and the lines that won and lost."""

    outcome: str
    mark: str
    check: str
    """`route table`, `security group, in`."""
    label: str
    """The same with its name: `routes private-a`, `group web in`."""
    at: str
    """Id of the box or icon of the picture where it acts; "" where it has none."""
    pinned: bool
    """Whether a table, group or ACL with a name decides there: the picture shows its name."""
    open: bool
    """Whether it says most of its step."""
    text: str
    code: str
    line: tuple[Key, str] | None
    """The line of a table, group or ACL that decided, and whose it is."""
    assumption: str
    """The choice that AWS leaves open and on which it depends; "" for none."""
    candidates: tuple[Candidate, ...]
    """Lines that won and lost; empty where there was nothing to compare."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderView:
    """The header of a packet before and after a step."""

    before: tuple[object, ...]
    """In the order of `HEADER_FIELDS`; "" for a port that there is none of."""
    after: tuple[object, ...]
    """() where nothing is rewritten."""
    rewritten: frozenset[int]
    """Which of the fields are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """A numbered step: from where to where, what decided, which header fields were rewritten."""

    number: int
    anchor: str
    returning: bool
    source: str
    target: str
    source_icon: str
    """Ids of the icons at its ends, as the picture has them; "" for what is not drawn."""
    target_icon: str
    via: str
    """The icon that the packet passes in between unseen: the router that bears a tunnel; "" for none."""
    stopped: bool
    brief: bool
    """Whether an earlier step has the same number: this one is the same in another zone or another copy."""
    why: str
    decisions: tuple[DecisionView, ...]
    refuse_too: tuple[str, ...]
    """Names of the tables, groups and ACLs that would stop the packet if this step's did not."""
    rewritten: int
    """How many fields of the header are rewritten at its end."""
    header: HeaderView | None
    """None where the step has none to show."""

    @property
    def passed(self) -> str:
        """Its checks in a row, where one that was told before went the same way."""
        return ", ".join(d.label for d in self.decisions) if not self.stopped else ""

    @property
    def place(self) -> str:
        """Where the header is as shown."""
        return self.target or self.source


def step_view(
    network: Network, step: FlowStep, anchor: str, *, brief: bool, change: SmallestChange | None = None
) -> StepView:
    """A step as the page tells it; `change` is what would open its flow."""
    target = step.target
    before, after = (target.packet_in, target.packet_out or target.packet_stopped) if target else (None, None)
    before = before or step.source.packet_out
    rewritten = _rewritten(before, after)
    return StepView(
        number=step.number,
        anchor=anchor,
        returning=step.leg is Leg.RETURN,
        source=step.source.name,
        target=target.name if target else "",
        source_icon=icon_of(network, step.source.component, step.source.interface),
        target_icon=icon_of(network, target.component, target.interface) if target else "",
        via=passed_between(network, step.source.component, target.component) if target else "",
        stopped=step.stopped is not None,
        brief=brief,
        why=_why(step),
        decisions=tuple(_decisions(network, step, brief=brief)),
        refuse_too=tuple(_refuse_too(network, step, change)) if change else (),
        rewritten=len(rewritten),
        header=_header(before, after, rewritten) if before and (rewritten or not brief) else None,
    )


def header_text(packet: Packet) -> str:
    """`tcp 10.0.0.4:1024-65535 → 10.0.10.5:8080`."""
    return header_words(_fields(packet))


def header_words(fields: tuple[object, ...]) -> str:
    """The fields of a header in a line.

    >>> header_words(("10.0.0.4", "", "10.0.10.5", "", "icmp"))
    'icmp 10.0.0.4 → 10.0.10.5'
    """
    source, source_port, destination, destination_port, protocol = fields
    return f"{protocol} {_end(source, source_port)} → {_end(destination, destination_port)}"


def _end(address: object, port: object) -> str:
    return f"{address}:{port}" if str(port) else str(address)


def marked(sentence: str) -> Markup:
    """A sentence of a report with its addresses as code.

    >>> print(marked("10.0.0.0/16 -> local does not contain 203.0.113.80."))
    `10.0.0.0/16` → local does not contain `203.0.113.80`.
    """
    return Markup("").join(code(part) if is_address else inline(part) for part, is_address in pieces(sentence))


def pieces(sentence: str) -> Iterator[tuple[str, bool]]:
    """A sentence of a report in parts, each with whether it is an address.

    >>> list(pieces("to 10.0.0.5 -> local"))
    [('to ', False), ('10.0.0.5', True), (' → local', False)]
    """
    parts = _ADDRESS.split(" ".join(sentence.replace(" -> ", " → ").split()))
    return ((part, bool(at % 2)) for at, part in enumerate(parts) if part)


def _why(step: FlowStep) -> str:
    """What stopped the packet, or where it goes and what became of it."""
    if step.stopped:
        return step.stopped.text
    deciding = _deciding(step.decisions)
    return " ".join(d.text for d in step.decisions if d.check in _TELLING or d is deciding)


def _decisions(network: Network, step: FlowStep, *, brief: bool) -> Iterator[DecisionView]:
    deciding = _deciding(step.decisions)
    for decision in step.decisions:
        outcome, mark = _MARKS[decision.outcome]
        hop = step.source if step.target is None or any(decision is d for d in step.source.steps) else step.target
        compared = len(decision.candidates) > 1 or decision.outcome is Outcome.DROP
        yield DecisionView(
            outcome=outcome,
            mark=mark,
            check=_CHECKS[decision.check],
            label=_NAMED.get(decision.check, _CHECKS[decision.check]).format(decision.by_name),
            at=_place(network, decision, hop),
            pinned=decision.check in _NAMED,
            open=decision is deciding,
            text=decision.text,
            code=decision.code,
            line=(decision.by, decision.rule) if decision.rule else None,
            assumption=decision.assumption,
            candidates=decision.candidates if compared and not brief else (),
        )


def _refuse_too(network: Network, step: FlowStep, change: SmallestChange) -> Iterator[str]:
    """What else the smallest change has to open, where its first edit opens what stops this step."""
    stopped = step.stopped
    if stopped is None or stopped.check not in _NAMED or not change.edits:
        return
    policies = [e for e in change.edits if e.field and network.role_of(e.component) is Role.POLICY]
    if policies[:1] == [change.edits[0]]:
        yield from dict.fromkeys(e.component_name for e in policies if e.component != policies[0].component)


def _place(network: Network, decision: Step, hop: Hop) -> str:
    if decision.check in _AT_SUBNET and hop.subnet:
        return str(hop.subnet)
    return icon_of(network, hop.component, hop.interface)


def _deciding(decisions: tuple[Step, ...]) -> Step | None:
    """The check that says most of a step: the one that drops, else the most telling."""
    rank = {check: at for at, check in enumerate(_DECIDING)}
    stopped = next((d for d in decisions if d.outcome is Outcome.DROP), None)
    return stopped or min(decisions, key=lambda d: rank.get(d.check, len(rank)), default=None)


def _fields(packet: Packet) -> tuple[object, ...]:
    no_ports = packet.protocol is Protocol.ICMP or packet.source_ports == NO_PORT == packet.destination_ports
    ports = ("", "") if no_ports else (packet.source_ports, packet.destination_ports)
    return (packet.source, ports[0], packet.destination, ports[1], packet.protocol)


def _rewritten(before: Packet | None, after: Packet | None) -> frozenset[int]:
    """Columns that change."""
    if before is None or after is None:
        return frozenset()
    pairs = zip(_fields(before), _fields(after), strict=True)
    return frozenset(at for at, (old, new) in enumerate(pairs) if old != new)


def _header(before: Packet, after: Packet | None, rewritten: frozenset[int]) -> HeaderView:
    shown = _fields(after) if after is not None and rewritten else ()
    return HeaderView(before=_fields(before), after=shown, rewritten=rewritten)


def header_table(header: HeaderView) -> Markup:
    """The header before and after."""
    names = ["Header", *HEADER_FIELDS]
    first = [code(value) for value in header.before]
    if not header.after:
        return table(names, [["As it is", *first]])
    second = [
        Markup('<span class="dg-rewritten">{}</span>').format(code(value)) if at in header.rewritten else code(value)
        for at, value in enumerate(header.after)
    ]
    return table(names, [["Before", *first], ["After", *second]])
