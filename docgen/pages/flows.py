# Flows as a reader follows them: the question, the answer, and each numbered step with what decided it.
#
# In:  a Design. Out: values for the page's template; every sentence comes from the report.
"""FlowView, ConnectionView, flow_views."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from docgen.core.data import dataclass
from docgen.diagram.steps import FlowStep
from docgen.model.architecture import Flow
from docgen.model.flow_log import Action
from docgen.model.trace import Connection, FlowReport, Leg, SmallestChange, Verdict
from docgen.pages import verdicts
from docgen.pages.build import Design, Picture, flow_view
from docgen.pages.markdown import anchor
from docgen.pages.step_view import StepView, header_text, step_view
from docgen.pages.walk import Walk, walk
from docgen.reports import flow_log as flow_logs
from docgen.reports.trace_text import meets
from docgen.reports.tree import ends_of


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
    index: int
    """Its place in the report."""
    forward: tuple[StepView, ...]
    returning: tuple[StepView, ...]
    parallel: bool
    """Whether an earlier connection tells the same steps."""

    @property
    def link(self) -> str:
        """The way from the tree to its steps."""
        return f"#{self.anchor}"


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
    normal: str
    """Id of the flow that asks the same with everything in order; its own where there is none."""
    outage: str
    """What is down here and not there: `Zone a out`; "" where there is no such pair."""
    variant: str
    """Id of the variant it is asked in; "" for the design itself."""
    circumstances: str
    """`while zone a is down`, `in variant nat-in-private-subnet`; "" under normal ones."""
    description: str
    report: FlowReport
    declared: tuple[str, str]
    """`met`, `unmet` or `undeclared`, and the same in words."""
    meant: bool
    """Whether its author declares it to be blocked, and it is."""
    connections: tuple[ConnectionView, ...]
    view: str
    picture: Picture | None
    records: tuple[flow_logs.Shown, ...]
    """What flow logs would show; () where no interface sees a packet that they record."""
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


def flow_views(
    design: Design, pictures: Mapping[str, Picture], *, only: Collection[str] = (), prefix: str = ""
) -> tuple[FlowView, ...]:
    """Every declared flow with its answer, in order.

    Args:
        design: The design.
        pictures: Of its views.
        only: Ids of flows to show; () for all.
        prefix: Before every anchor, where a page shows flows of several designs.
    """
    flows = {flow.id: flow for flow in design.architecture.flows}
    usual = {_question(f): f.id for f in reversed(flows.values()) if not f.when.outage}
    return tuple(
        _Writer(design, flow, prefix, usual.get(_question(flow), flow_id)).view(number, report, pictures)
        for number, (flow_id, report) in enumerate(design.reports.items(), 1)
        if (flow := flows.get(flow_id)) is not None and (not only or flow_id in only)
    )


def _question(flow: Flow) -> Flow:
    """What a flow asks, whatever is down."""
    return replace(flow, id="", title="", description="", expect=None, when=replace(flow.when, outage=()))


def out_text(flow: Flow) -> str:
    """`Zone a out`, `nat-a out`: a name stays as its author wrote it."""
    text = f"{_names_down(flow)} out"
    return (f"Z{text[1:]}" if text.startswith("zone ") else text) if flow.when.outage else ""


def _names_down(flow: Flow) -> str:
    return " and ".join(_down(ref.name) for ref in flow.when.outage)


def circumstances(design: Design, flow: Flow) -> str:
    """What is asked for, what a cache holds, what is down and which variant applies, in words."""
    parts = [f"for {flow.path}"] if flow.path else []
    if flow.when.cache is not None:
        parts.append(f"on a cache {flow.when.cache}")
    if flow.when.outage:
        verb = "is" if len(flow.when.outage) == 1 else "are"
        parts.append(f"while {_names_down(flow)} {verb} down")
    if flow.when.variant:
        titles = {v.id: v.title for v in design.architecture.variants}
        parts.append(f"in the variant “{titles.get(flow.when.variant) or flow.when.variant}”")
    return ", ".join(parts)


def _down(name: str) -> str:
    return f"zone {name}" if len(name) == 1 else name


class _Writer:
    """Writes one flow, with anchors of its own."""

    def __init__(self, design: Design, flow: Flow, prefix: str, normal: str) -> None:
        self._design = design
        self._flow = flow
        self._network = design.variants.get(flow.when.variant, design.network)
        self._prefix = (prefix,) if prefix else ()
        self._normal = normal
        self._outage = out_text(flow) if normal != flow.id else ""

    def view(self, number: int, report: FlowReport, pictures: Mapping[str, Picture]) -> FlowView:
        """The whole flow."""
        flow, design = self._flow, self._design
        port = f" {flow.port}" if flow.port else ""
        records = flow_logs.shown(self._network, report)
        return FlowView(
            number=number,
            id=flow.id,
            anchor=anchor(*self._prefix, "flow", flow.id),
            title=flow.title or flow.id,
            source=flow.source.name,
            destination=flow.destination.name,
            service=f"{flow.protocol}{port}",
            normal=self._normal,
            outage=self._outage,
            variant=flow.when.variant,
            circumstances=circumstances(design, flow),
            description=flow.description,
            report=report,
            declared=verdicts.declared(report, flow.expect),
            meant=report.verdict is Verdict.BLOCKED and flow.expect is not None and meets(report, flow.expect),
            connections=tuple(self._connections(report)),
            view=flow_view(flow),
            picture=pictures.get(flow_view(flow)),
            records=records,
            transit=flow_logs.transit_shown(self._network, report),
            recorded=_recorded(records),
            records_note=flow_logs.note(records),
        )

    def _connections(self, report: FlowReport) -> Iterator[ConnectionView]:
        told: set[tuple[Leg, int]] = set()
        first_blocked = next((c for c in report.connections if c.verdict is Verdict.BLOCKED), None)
        for one in walk(self._network, report):
            connection = one.connection
            change = report.smallest_change if connection is first_blocked else None
            start = next((hop.packet_out for hop in connection.forward.hops if hop.packet_out), None)
            yield ConnectionView(
                number=one.number,
                anchor=anchor(*self._prefix, "flow", self._flow.id, "connection", one.number.replace(".", "-")),
                depth=one.depth,
                name=" → ".join(ends_of(connection)),
                connection=connection,
                elsewhere=one.elsewhere,
                header=header_text(start) if start else "",
                index=one.index,
                forward=tuple(self._step(one, step, told, change) for step in one.forward),
                returning=tuple(self._step(one, step, told, change) for step in one.returning),
                parallel=one.parallel,
            )
            told.update((step.leg, step.number) for step in (*one.forward, *one.returning))

    def _step(self, one: Walk, step: FlowStep, told: set[tuple[Leg, int]], change: SmallestChange | None) -> StepView:
        brief = (step.leg, step.number) in told
        parts = [
            *self._prefix,
            self._normal,
            step.number,
            *(["return"] if step.leg is Leg.RETURN else []),
            *([f"c{one.index + 1}"] if brief else []),  # a repeated number needs an anchor of its own
            *([self._outage] if self._outage else []),
        ]
        return step_view(self._network, step, anchor(*parts), brief=brief, change=change)


def _recorded(records: Sequence[flow_logs.Shown]) -> str:
    count = f"{len(records)} record" if len(records) == 1 else f"{len(records)} records"
    refused = sum(1 for one in records if one.record.action is Action.REJECT)
    return f"{count}, {refused} REJECT" if refused else count
