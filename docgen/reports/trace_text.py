# A flow's report as a person reads it in a terminal: connections as a tree, there and back, a line per step.
#
# In:  a FlowReport and, where it was declared, its Flow. Out: text. Decides nothing: sentences, codes and
# names come from the report.
"""report_text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docgen.core.terminal import PLAIN, Paint, visible
from docgen.model.architecture import Expectation, Flow
from docgen.model.assumptions import ASSUMPTIONS
from docgen.model.packet import NO_PORT, Packet
from docgen.model.trace import Connection, FlowReport, Hop, Leg, Outcome, Step, Trace, Verdict
from docgen.reports.tree import depth_of, ends_of, followed_elsewhere, numbers_of

_COLOURS = {Verdict.ALLOWED: "green", Verdict.BLOCKED: "red", Verdict.UNKNOWN: "yellow"}
_MARKS = {Outcome.PASS: "+", Outcome.DROP: "x", Outcome.INFO: "-"}
_LEGS = {Leg.FORWARD: "there", Leg.RETURN: "back"}


def report_text(report: FlowReport, flow: Flow | None = None, paint: Paint = PLAIN) -> str:
    """The whole answer, ending in a newline; with `flow` its question and whether it does as expected."""
    lines = [*_question(report, flow, paint)]
    numbers = numbers_of(report.connections)
    if len(numbers) > 1:
        lines += ["", *_outline(report, numbers, paint)]
    for index, number in enumerate(numbers):
        depth = depth_of(report.connections, index)
        lines += ["", *_indent(_connection(report, index, number, paint), depth)]
    lines += ["", *_answer(report, flow, paint)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def meets(report: FlowReport, expect: Expectation) -> bool:
    """Whether a flow does what its author expects."""
    return (
        report.verdict is expect.verdict and expect.reason in ("", report.reason) and expect.leg in (None, report.leg)
    )


def expectation_text(expect: Expectation) -> str:
    """`allowed`, or `blocked on the return leg with SUBNET_ACL_RESTRICTION`."""
    leg = f" on the {expect.leg} leg" if expect.leg else ""
    reason = f" with {expect.reason}" if expect.reason else ""
    return f"{expect.verdict}{leg}{reason}"


def outcome_text(report: FlowReport) -> str:
    """The same for what a flow does, with the component that decided."""
    leg = f" on the {report.leg} leg" if report.leg else ""
    place = f" at {report.component_name}" if report.component_name else ""
    reason = f" with {report.reason}" if report.reason else ""
    return f"{report.verdict}{leg}{place}{reason}"


def packet_text(packet: Packet) -> str:
    """`tcp 10.0.0.4:1024-65535 -> 10.0.10.5:8080`."""
    if packet.source_ports == NO_PORT == packet.destination_ports:
        return f"{packet.protocol} {packet.source} -> {packet.destination}"
    return (
        f"{packet.protocol} {packet.source}:{packet.source_ports} -> {packet.destination}:{packet.destination_ports}"
    )


def _question(report: FlowReport, flow: Flow | None, paint: Paint) -> Iterator[str]:
    title = f": {visible(flow.title)}" if flow and flow.title else ""
    yield paint(visible(report.flow_id), "bold") + title
    if flow is None:
        return
    port = f" {flow.port}" if flow.port else ""
    text = f"{flow.source} -> {flow.destination}, {flow.protocol}{port}"
    if flow.path:
        text += f", for {flow.path}"
    if flow.when.cache is not None:
        text += f", on a cache {flow.when.cache}"
    if flow.when.outage:
        text += (
            f", while {', '.join(map(str, flow.when.outage))} {'is' if len(flow.when.outage) == 1 else 'are'} down"
        )
    if flow.when.variant:
        text += f", in variant {flow.when.variant}"
    yield visible(text)


def _answer(report: FlowReport, flow: Flow | None, paint: Paint) -> Iterator[str]:
    verdict = paint(report.verdict.upper(), "bold", _COLOURS[report.verdict])
    where = ""
    if report.reason:
        leg = f" on the way {_LEGS[report.leg]}" if report.leg else ""
        at = f" at {visible(report.component_name)}" if report.component_name else ""
        where = f"{leg}{at}: {report.reason}"
    yield f"{verdict}{where}"
    if report.text:
        yield visible(report.text)
    if report.smallest_change is not None:
        yield visible(report.smallest_change.text)
    if report.warnings:
        yield f"{paint('note', 'bold')}: {', '.join(report.warnings)}"
    if flow is not None and flow.expect is not None:
        if meets(report, flow.expect):
            yield paint("as expected", "green")
        else:
            yield paint(f"expected: {expectation_text(flow.expect)}", "red")


def _outline(report: FlowReport, numbers: Sequence[str], paint: Paint) -> Iterator[str]:
    """The whole tree, a line for each connection, under one that sums it up."""
    total, working = report.paths_total, report.paths_working
    count = f"{working} of {total} path{'s' if total > 1 else ''} work{'s' if total == working == 1 else ''}"
    verdict = paint(report.verdict.upper(), "bold", _COLOURS[report.verdict])
    yield f"{verdict}: {len(numbers)} connections" + (f", {count}" if total else "")
    for index, number in enumerate(numbers):
        connection = report.connections[index]
        reason = f", {connection.reason}" if connection.reason else ""
        elsewhere = followed_elsewhere(report.connections, index)
        line = f"{_title(connection)}: {paint(connection.verdict.upper(), _COLOURS[connection.verdict])}{reason}"
        indent = "  " * (depth_of(report.connections, index) + 1)
        yield f"{indent}{paint(number, 'bold')} {line}" + (f" ({visible(elsewhere)})" if elsewhere else "")


def _title(connection: Connection) -> str:
    """`edge@a -> app-a, tcp 8080 (listener)`."""
    source, destination = ends_of(connection)
    asked = connection.request
    ports = f" {asked.destination_ports}" if asked and asked.destination_ports != NO_PORT else ""
    what = f", {asked.protocol}{ports}" if asked else ""
    purpose = f" ({connection.purpose})" if connection.purpose else ""
    return visible(f"{source} -> {destination}{what}{purpose}")


def _connection(report: FlowReport, index: int, number: str, paint: Paint) -> Iterator[str]:
    connection = report.connections[index]
    source, destination = ends_of(connection)
    purpose = f" ({connection.purpose})" if connection.purpose else ""
    verdict = paint(connection.verdict.upper(), _COLOURS[connection.verdict])
    yield f"connection {number}: {visible(f'{source} -> {destination}{purpose}')}: {verdict}"
    yield from _indent(_leg(connection.forward, paint))
    if connection.returning is not None:
        yield from _indent(_leg(connection.returning, paint))
    elsewhere = followed_elsewhere(report.connections, index)
    if elsewhere:
        yield f"  {visible(elsewhere)}"


def _leg(trace: Trace, paint: Paint) -> Iterator[str]:
    start = next((hop.packet_out for hop in trace.hops if hop.packet_out), None)
    header = f"  {packet_text(start)}" if start else ""
    yield paint(_LEGS[trace.leg], "bold") + paint(header, "dim")
    for number, hop in enumerate(trace.hops, 1):
        yield from _indent(_hop(number, hop, paint))


def _hop(number: int, hop: Hop, paint: Paint) -> Iterator[str]:
    name = visible(hop.name)
    if hop.interface and hop.interface != hop.name:
        name += f" ({visible(hop.interface)})"
    yield f"{number:>2} {paint(name, 'bold')}"
    for step in hop.steps:
        yield f"   {_step(step, paint)}"
    if hop.packet_in and hop.packet_out and hop.packet_in != hop.packet_out:
        yield f"     {paint('before', 'cyan')} {packet_text(hop.packet_in)}"
        yield f"     {paint('after', 'cyan')}  {packet_text(hop.packet_out)}"


def _step(step: Step, paint: Paint) -> str:
    mark = _MARKS[step.outcome]
    code = f" [{step.code}]" if step.code else ""
    choice = f" [{ASSUMPTIONS[step.assumption].tag}: {step.assumption}]" if step.assumption else ""
    line = f"{mark} {visible(step.text)}{code}{choice}"
    return paint(line, "red") if step.outcome is Outcome.DROP else line


def _indent(lines: Iterator[str], depth: int = 1) -> Iterator[str]:
    return ("  " * depth + line for line in lines)
