# Turns invariants that do not hold into diagnostics, with a witness and the lines of the definition that let it pass.
"""not_held: diagnostics of invariants."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from docgen.analysis.invariants import InvariantReport, Standing
from docgen.core.diagnostic import Diagnostic, Note, Severity
from docgen.model.network import Network
from docgen.model.trace import FlowReport
from docgen.reports.invariant_text import deciding_steps, statement, violation_text

VIOLATED, UNPROVEN, UNCLEAR = "DGP-10", "DGP-11", "DGP-12"
_MOST_NOTES = 8

INVARIANT_CODES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        VIOLATED: (
            "an invariant does not hold",
            "docgen computed every header that the invariant speaks of, and some break it. The message names one; "
            "its notes are the lines of the definition that let it pass, or that stop what should always pass. "
            "`docgen reach PATH --from ... --to ...` lists them all.",
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
            row = report.violations[0]
            broken = report.standing is Standing.VIOLATED
            flow = row.witness
            port = f" --port {flow.port}" if flow.port else ""
            yield Diagnostic(
                VIOLATED if broken else UNPROVEN,
                Severity.ERROR if broken else Severity.WARNING,
                invariant.span,
                f"{name} {'does not hold' if broken else 'is not proven'}: {statement(invariant)}; "
                f"{violation_text(row)}",
                hint=f"`docgen trace {network.architecture.slug} --from {flow.source} --to {flow.destination} "
                f"--protocol {flow.protocol}{port}` shows every step",
                notes=tuple(_notes(network, row.report)),
            )


def _notes(network: Network, report: FlowReport) -> Iterator[Note]:
    """The deciding lines, each at the component that holds it."""
    found = 0
    for step in deciding_steps(report):
        component = network.components.get(step.by)
        if component is not None and component.span.file and found < _MOST_NOTES:
            found += 1
            yield Note(component.span, step.text.rstrip("."))
