# Flows as a reader follows them: the question, the answer, and each numbered step with what decided it.
#
# In:  a Design. Out: values for the page's template; every sentence comes from the report.
"""FlowView, StepView, flow_views."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from docgen.diagram.steps import FlowStep
from docgen.model.architecture import Flow
from docgen.model.flow_log import Action
from docgen.model.network import Network
from docgen.model.packet import NO_PORT, Packet, Protocol
from docgen.model.trace import Candidate, Check, Connection, FlowReport, Outcome, Step
from docgen.pages import verdicts
from docgen.pages.build import Design, Picture, flow_view
from docgen.pages.markdown import anchor, code, table
from docgen.pages.walk import Walk, walk
from docgen.reports import flow_log as flow_logs
from docgen.reports.tree import ends_of

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
_ACTIONS = {Action.ACCEPT: ("allow", "ACCEPT"), Action.REJECT: ("deny", "REJECT")}
_MARKS = {Outcome.PASS: ("pass", "✓"), Outcome.DROP: ("drop", "✕"), Outcome.INFO: ("info", "·")}


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionView:
    """One decision: its mark, what was looked at, the sentence, and the lines that won and lost."""

    outcome: str
    mark: str
    check: str
    text: str
    code: str
    assumption: str
    """The choice that AWS leaves open and on which it depends; "" for none."""
    telling: bool
    """Whether it says where the packet goes or what became of it; others only let it pass."""
    candidates: tuple[Candidate, ...]
    """Lines that won and lost; empty where there was nothing to compare."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """A numbered step: from where to where, what decided, which header fields were rewritten."""

    number: int
    anchor: str
    source: str
    target: str
    stopped: bool
    decisions: tuple[DecisionView, ...]
    rewritten: tuple[tuple[str, Markup, Markup], ...]
    """Field, before, after; only fields that changed."""

    @property
    def compared(self) -> str:
        """What had several lines to choose from: `route table, network ACL in`."""
        return ", ".join(dict.fromkeys(d.check for d in self.decisions if d.candidates and d.outcome != "drop"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionView:
    """One connection of the flow's tree."""

    number: str
    """Its place in the tree: `2.1`."""
    anchor: str
    depth: int
    name: str
    connection: Connection
    elsewhere: str
    """Where its end's calls are traced, if not below it."""
    header: str
    forward: tuple[StepView, ...]
    returning: tuple[StepView, ...]
    parallel: bool
    """Whether an earlier connection tells the same steps."""

    @property
    def link(self) -> str:
        """The way from the tree to its steps."""
        return f"#{self.anchor}"

    @property
    def numbers(self) -> str:
        """The step numbers of its way there: `2 to 3`."""
        if not self.forward:
            return ""
        first, last = self.forward[0].number, self.forward[-1].number
        return str(first) if first == last else f"{first} to {last}"


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowView:
    """A flow with its answer."""

    number: int
    id: str
    anchor: str
    title: str
    source: str
    destination: str
    service: str
    """`tcp 443`."""
    circumstances: str
    """`while zone a is down`, `in variant nat-in-private-subnet`; "" under normal ones."""
    description: str
    report: FlowReport
    declared: Markup
    connections: tuple[ConnectionView, ...]
    view: str
    picture: Picture | None
    records: Markup | None
    """What flow logs would show, as a table; None where no interface sees a packet that they record."""
    transit: tuple[flow_logs.TransitShown, ...]
    """What flow logs of transit gateways hold."""
    recorded: str
    """The same in short: `4 records, 1 of them REJECT`."""
    records_note: str
    """What of it is an example, and which flow logs take it."""

    @property
    def alt(self) -> str:
        """The picture in a sentence."""
        return f"{self.title}: {self.report.text}"

    @property
    def parallel(self) -> tuple[ConnectionView, ...]:
        """Connections that tell the same steps as earlier ones."""
        return tuple(one for one in self.connections if one.parallel)


def flow_views(design: Design, pictures: dict[str, Picture]) -> tuple[FlowView, ...]:
    """Every declared flow with its answer, in order."""
    flows = {flow.id: flow for flow in design.architecture.flows}
    return tuple(
        _flow(number, design, flows[flow_id], report, pictures.get(flow_view(flows[flow_id])))
        for number, (flow_id, report) in enumerate(design.reports.items(), 1)
        if flow_id in flows
    )


def circumstances(design: Design, flow: Flow) -> str:
    """What is asked for, what a cache holds, what is down and which variant applies, in words."""
    parts = [f"for {flow.path}"] if flow.path else []
    if flow.when.cache is not None:
        parts.append(f"on a cache {flow.when.cache}")
    if flow.when.outage:
        verb = "is" if len(flow.when.outage) == 1 else "are"
        parts.append(f"while {' and '.join(_down(ref.name) for ref in flow.when.outage)} {verb} down")
    if flow.when.variant:
        titles = {v.id: v.title for v in design.architecture.variants}
        parts.append(f"in the variant “{titles.get(flow.when.variant) or flow.when.variant}”")
    return ", ".join(parts)


def _down(name: str) -> str:
    return f"zone {name}" if len(name) == 1 else name


def _flow(number: int, design: Design, flow: Flow, report: FlowReport, picture: Picture | None) -> FlowView:
    port = f" {flow.port}" if flow.port else ""
    records = flow_logs.shown(_network(design, flow), report)
    return FlowView(
        number=number,
        id=flow.id,
        anchor=anchor("flow", flow.id),
        title=flow.title or flow.id,
        source=flow.source.name,
        destination=flow.destination.name,
        service=f"{flow.protocol}{port}",
        circumstances=circumstances(design, flow),
        description=flow.description,
        report=report,
        declared=verdicts.declared(report, flow.expect),
        connections=tuple(_connection(flow, one) for one in walk(_network(design, flow), report)),
        view=flow_view(flow),
        picture=picture,
        records=_records(records),
        transit=flow_logs.transit_shown(_network(design, flow), report),
        recorded=_recorded(records),
        records_note=flow_logs.note(records),
    )


def _records(records: Sequence[flow_logs.Shown]) -> Markup | None:
    """A table of the records in the default format; a refused one stands out."""
    rows = [
        (
            code(one.record.interface or one.record.component_name),
            one.record.direction.value,
            Markup('<span class="dg-{}">{}</span>').format(*_ACTIONS[one.record.action]),
            code(one.ends),
            Markup("<br>").join(map(code, (one.record.line(), *one.other_lines))),
        )
        for one in records
    ]
    return table(["Interface", "", "", "From and to", "Record"], rows) if rows else None


def _recorded(records: Sequence[flow_logs.Shown]) -> str:
    count = f"{len(records)} record" if len(records) == 1 else f"{len(records)} records"
    refused = sum(1 for one in records if one.record.action is Action.REJECT)
    return f"{count}, {refused} REJECT" if refused else count


def _connection(flow: Flow, one: Walk) -> ConnectionView:
    connection = one.connection
    start = next((hop.packet_out for hop in connection.forward.hops if hop.packet_out), None)
    unique = (f"c{one.index + 1}",) if one.repeats else ()  # a repeated number needs an anchor of its own
    return ConnectionView(
        number=one.number,
        anchor=anchor("flow", flow.id, "connection", one.number.replace(".", "-")),
        depth=one.depth,
        name=" → ".join(ends_of(connection)),
        connection=connection,
        elsewhere=one.elsewhere,
        header=header_text(start) if start else "",
        forward=tuple(_step(flow, step, *unique) for step in one.forward),
        returning=tuple(_step(flow, step, *unique, "return") for step in one.returning),
        parallel=one.parallel,
    )


def _network(design: Design, flow: Flow) -> Network:
    return design.variants.get(flow.when.variant, design.network)


def header_text(packet: Packet) -> str:
    """`tcp 10.0.0.4:1024-65535 → 10.0.10.5:8080`."""
    if packet.protocol is Protocol.ICMP or packet.source_ports == NO_PORT == packet.destination_ports:
        return f"{packet.protocol} {packet.source} → {packet.destination}"
    ends = f"{packet.source}:{packet.source_ports} → {packet.destination}:{packet.destination_ports}"
    return f"{packet.protocol} {ends}"


def _step(flow: Flow, step: FlowStep, *unique: object) -> StepView:
    target = step.target
    return StepView(
        number=step.number,
        anchor=anchor("flow", flow.id, *unique, step.number),
        source=step.source.name,
        target=target.name if target else "",
        stopped=step.stopped is not None,
        decisions=tuple(_decision(decision) for decision in step.decisions),
        rewritten=tuple(_rewritten(target.packet_in, target.packet_out)) if target else (),
    )


def _decision(step: Step) -> DecisionView:
    outcome, mark = _MARKS[step.outcome]
    return DecisionView(
        outcome=outcome,
        mark=mark,
        check=_CHECKS[step.check],
        text=step.text,
        code=step.code,
        assumption=step.assumption,
        telling=step.check in _TELLING or step.outcome is Outcome.DROP,
        candidates=step.candidates if len(step.candidates) > 1 or step.outcome is Outcome.DROP else (),
    )


def _rewritten(before: Packet | None, after: Packet | None) -> Iterator[tuple[str, Markup, Markup]]:
    if before is None or after is None:
        return
    fields = (
        ("Source", before.source, after.source),
        ("Source port", before.source_ports, after.source_ports),
        ("Destination", before.destination, after.destination),
        ("Destination port", before.destination_ports, after.destination_ports),
    )
    for name, old, new in fields:
        if old != new:
            yield name, code(old), Markup('<span class="dg-rewritten">{}</span>').format(code(new))
