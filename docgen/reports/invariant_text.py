# How invariants stand: sentences for terminal, page and diagnostics, values for JSON.
#
# In:  InvariantReports. Out: text. Decides nothing.
"""statement, coverage_text, violation_text, break_text, evidence, deciding_steps, invariants_text and values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from docgen.analysis.invariants import Coverage, InvariantReport, Standing
from docgen.analysis.reach import Outcome, Reached
from docgen.analysis.resilience import Cell, Effect, Failure, Level
from docgen.core.terminal import PLAIN, Paint, visible
from docgen.model.invariant import Demand, Invariant, Selector
from docgen.model.trace import Check, FlowReport, Step, Verdict
from docgen.model.trace import Outcome as StepOutcome
from docgen.reports.reach_json import reached_values
from docgen.reports.reach_text import count_text, what_text

_COLOURS = {Standing.HELD: "green", Standing.VIOLATED: "red", Standing.UNPROVEN: "yellow", Standing.UNCLEAR: "red"}
_WORDS: Mapping[str, str] = {
    Level.ZONE: "the loss of each single zone",
    Level.COMPONENT: "the loss of each single component",
    Level.PART: "the loss of each single part of a component",
}
_DECIDING = (
    Check.SECURITY_GROUP_EGRESS,
    Check.SECURITY_GROUP_INGRESS,
    Check.NETWORK_ACL_EGRESS,
    Check.NETWORK_ACL_INGRESS,
    Check.ROUTE_TABLE,
    Check.TRANSLATION,
    Check.LISTENER,
)
"""Checks where an author's line decides."""


def statement(invariant: Invariant) -> str:
    """What it demands, as a sentence without its period."""
    one, two = _listed(invariant.source), _listed(invariant.destination)
    ports = ", ".join(map(str, invariant.ports))
    protocol = f" {invariant.protocol}" if invariant.protocol else ""
    on = f" on{protocol}{' port ' + ports if ports else ''}" if ports or protocol else ""
    if invariant.demand is Demand.NEVER:
        return f"{one} never reaches {two}{on}"
    if invariant.demand is Demand.ONLY:
        return f"only {one} reaches {two}{on}"
    if invariant.demand is Demand.ALWAYS:
        return f"{one} always connects to {two}{on}"
    if invariant.demand is Demand.SURVIVES:
        names = " and ".join(map(str, invariant.flows))
        several = f"flows {names} survive" if len(invariant.flows) > 1 else f"flow {names} survives"
        losses = (_WORDS.get(ref.name, f"the loss of {ref}") for ref in invariant.outage)
        return f"{several if names else 'every allowed flow survives'} {' and '.join(losses)}"
    return f"{one} are isolated from each other"


def _listed(selectors: Iterable[Selector]) -> str:
    return " and ".join(map(str, selectors))


def coverage_text(coverage: Coverage) -> str:
    """What a proof covers."""
    if coverage.failures:
        lost = f", of which {coverage.lost} lost their own source or destination" if coverage.lost else ""
        failures, flows = count_text(coverage.failures, "failure"), count_text(coverage.flows, "flow")
        return f"{failures} and {flows}, by tracing {count_text(coverage.traces, 'flow')}{lost}"
    ends = f"{count_text(coverage.sources, 'source')} to {count_text(coverage.targets, 'address', 'addresses')}"
    packets = count_text(coverage.traces, "packet")
    return f"{count_text(coverage.headers, 'header')} from {ends}, known by tracing {packets}"


def violation_text(row: Reached) -> str:
    """One sentence on what breaks an invariant, without its period."""
    what = f"{what_text(row)}"
    ends = f"{row.witness.source} to {row.witness.destination}"
    if row.outcome is Outcome.CONNECTS:
        return f"{ends}, {what}: it connects"
    if row.outcome is Outcome.ARRIVES:
        return f"{ends}, {what}: the request arrives, though its answer does not come back"
    if row.outcome is Outcome.BLOCKED:
        return f"{ends}, {what}: blocked"
    return f"{ends}, {what}: not known"


def break_text(failure: Failure, cell: Cell) -> str:
    """The same for a flow that a failure breaks."""
    what = "breaks" if cell.effect is Effect.BREAKS else "is unknown"
    return (
        f"flow {cell.flow.id} {what} while {failure.name} is down: {cell.report.reason}. {cell.report.text}".rstrip(
            "."
        )
    )


def evidence(report: InvariantReport) -> tuple[str, ...]:
    """What breaks it, or keeps it from being proven, a sentence each without its period."""
    broken = (break_text(failure, cell) for failure, cell in report.breaks)
    return (*map(violation_text, report.violations), *broken)


def deciding_steps(report: FlowReport) -> Iterator[Step]:
    """The steps of the request, and of an answer that is stopped, in which a line of the definition decides."""
    first = report.connections[0] if report.connections else None
    failed = next((c for c in report.connections if c.verdict is not Verdict.ALLOWED), first)
    if failed is None:
        return
    traces = [failed.forward]
    if failed.returning is not None and failed.verdict is not Verdict.ALLOWED:
        traces.append(failed.returning)
    seen: set[str] = set()
    for step in (s for trace in traces for hop in trace.hops for s in hop.steps):
        decides = step.check in _DECIDING and step.rule
        if (decides or step.outcome is StepOutcome.DROP) and step.text not in seen:
            seen.add(step.text)
            yield step


def invariants_text(reports: Iterable[InvariantReport], paint: Paint = PLAIN) -> str:
    """All of them, a line or two each; "" where there are none."""
    lines: list[str] = []
    for report in reports:
        standing = paint(report.standing.upper(), "bold", _COLOURS[report.standing])
        title = f": {report.invariant.title}" if report.invariant.title else ""
        lines.append(f"invariant {visible(report.invariant.id + title)}: {standing}")
        lines.append(f"  {visible(statement(report.invariant))}.")
        if report.problem is not None:
            lines.append(f"  {visible(report.problem.text)}.")
        elif report.standing is Standing.HELD:
            lines.append(f"  Proven for {coverage_text(report.coverage)}.")
        lines += [f"  {visible(text)}." for text in evidence(report)]
    return "".join(f"{line}\n" for line in lines)


def invariant_values(reports: Iterable[InvariantReport]) -> list[dict[str, Any]]:
    """All of them as plain values for `json.dumps`."""
    return [
        {
            "id": report.invariant.id,
            "standing": report.standing.upper(),
            "text": f"{statement(report.invariant)}.",
            "problem": report.problem.text if report.problem else None,
            "sources": report.coverage.sources,
            "targets": report.coverage.targets,
            "headers": report.coverage.headers,
            "traces": report.coverage.traces,
            "violations": list(map(reached_values, report.violations)),
            "failures": report.coverage.failures,
            "breaks": [
                {"outage": failure.name, "flow": cell.flow.id, "reason": cell.report.reason, "text": cell.report.text}
                for failure, cell in report.breaks
            ],
        }
        for report in reports
    ]
