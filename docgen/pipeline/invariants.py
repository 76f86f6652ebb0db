# Turns invariants that do not hold into diagnostics, with a witness and the lines of the definition that let it pass.
"""not_held: diagnostics of invariants."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from docgen.analysis.invariants import InvariantReport, Standing
from docgen.core.data import dataclass
from docgen.core.diagnostic import Diagnostic, Note, Severity
from docgen.model.architecture import Flow
from docgen.model.network import Network
from docgen.model.trace import FlowReport
from docgen.pipeline.sources import path_of
from docgen.reports.invariant_text import break_text, deciding_steps, statement, violation_text

VIOLATED, UNPROVEN, UNCLEAR = "DGP-10", "DGP-11", "DGP-12"
_MOST_NOTES = 8

INVARIANT_CODES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        VIOLATED: (
            "an invariant does not hold",
            "docgen computed every header that the invariant speaks of, and some break it. The message names one; "
            "its notes are the lines of the definition that let it pass, or that stop what should always pass. "
            "`docgen reach PATH --from ... --to ...` lists them all. Of `survives` it names a failure and a "
            "flow that it breaks: `docgen check PATH --outage each-zone` shows the whole table.",
        ),
        UNPROVEN: (
            "an invariant cannot be proven",
            "Nothing breaks the invariant, but some headers of which it speaks end in UNKNOWN: the definition, or "
            "docgen, does not say what becomes of them. The message names one.",
        ),
        UNCLEAR: (
            "an invariant speaks of nothing",
            "One of its selectors means nothing in this design, or no header goes from one end to the other. A "
            "selector is the id of a component (or the id that became one per zone), `internet`, or names what is "
            "meant: `{tier: data}`, `{vpc: shop, kind: db_instance}`.",
        ),
    }
)
"""Code to title and explanation."""


def not_held(network: Network, reports: Iterable[InvariantReport]) -> Iterator[Diagnostic]:
    """One diagnostic for each invariant that is not proven."""
    for report in reports:
        invariant = report.invariant
        name = f"invariant {invariant.id!r}"
        if report.problem is not None:
            span = report.problem.selector.span if report.problem.selector else invariant.span
            yield Diagnostic(
                UNCLEAR, Severity.ERROR, span, f"{name}: {report.problem.text}", hint=report.problem.hint
            )
        elif report.standing in (Standing.VIOLATED, Standing.UNPROVEN):
            broken = report.standing is Standing.VIOLATED
            witness = _survival(report) if report.breaks else _row(report)
            flow = witness.flow
            port = f" --port {flow.port}" if flow.port else ""
            yield Diagnostic(
                VIOLATED if broken else UNPROVEN,
                Severity.ERROR if broken else Severity.WARNING,
                invariant.span,
                f"{name} {'does not hold' if broken else 'is not proven'}: {statement(invariant)}; {witness.text}",
                hint=f"`docgen trace {path_of(network.architecture)} --from {flow.source} --to {flow.destination} "
                f"--protocol {flow.protocol}{port}{witness.circumstances}` shows every step",
                notes=tuple(_notes(network, witness.report)),
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Witness:
    """A flow that shows it, what is said of it, and how to ask for it again."""

    flow: Flow
    text: str
    report: FlowReport
    circumstances: str = ""


def _row(report: InvariantReport) -> _Witness:
    row = report.violations[0]
    return _Witness(flow=row.witness, text=violation_text(row), report=row.report)


def _survival(report: InvariantReport) -> _Witness:
    failure, cell = report.breaks[0]
    more = f" ({len(report.breaks)} in all)" if len(report.breaks) > 1 else ""
    return _Witness(
        flow=cell.flow,
        text=f"{break_text(failure, cell)}{more}",
        report=cell.report,
        circumstances=f" --outage {failure.name}",
    )


def _notes(network: Network, report: FlowReport) -> Iterator[Note]:
    """The deciding lines, each at the component that holds it."""
    found = 0
    for step in deciding_steps(report):
        component = network.components.get(step.by)
        if component is not None and component.span.file and found < _MOST_NOTES:
            found += 1
            yield Note(component.span, step.text.rstrip("."))
