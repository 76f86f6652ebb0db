# Compares what flows do with what their author expects.
"""unmet: a diagnostic for each flow that does otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from docgen.core.diagnostic import Diagnostic, Severity
from docgen.core.span import NOWHERE
from docgen.model.architecture import Architecture, Flow
from docgen.model.network import Network
from docgen.model.trace import FlowReport, Verdict
from docgen.pipeline.sources import path_of
from docgen.reports.trace_text import expectation_text, meets, outcome_text
from docgen.routing.declared_way import goes_through

UNMET = "DGP-01"

PIPELINE_CODES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        UNMET: (
            "a flow does not do what its author expects",
            "`expect:` says how a flow ends, and the trace ends otherwise. Either the design is wrong or the "
            "expectation is: `docgen trace PATH --flow ID` shows the step that decides.",
        ),
        "DGP-02": (
            "a design extends one that cannot be opened",
            "`extends:` names the folder of another design beside this one. What is new since that design "
            "cannot be told while it has errors.",
        ),
        "DGP-03": (
            "nothing to open",
            "The path holds no `architecture.yaml`, neither itself nor in the folders below it.",
        ),
    }
)
"""Code to title and explanation."""


def unmet(
    architecture: Architecture, reports: Mapping[str, FlowReport], network: Network | None = None
) -> Iterator[Diagnostic]:
    """One error for each traced flow whose verdict, leg or reason, or way is not the expected one."""
    for flow in architecture.flows:
        report, expect = reports.get(flow.id), flow.expect
        if report is not None and network is not None and _goes_elsewhere(flow, report, network):
            assert flow.via is not None
            yield Diagnostic(
                UNMET,
                Severity.ERROR,
                flow.via.span,
                f"flow {flow.id!r} is allowed, but does not pass {flow.via.name!r}",
                hint=f"`docgen trace {path_of(architecture)} --flow {flow.id}` shows the way that it takes",
            )
        if report is None or expect is None or meets(report, expect):
            continue
        yield Diagnostic(
            UNMET,
            Severity.ERROR,
            flow.span if expect.span == NOWHERE else expect.span,
            f"flow {flow.id!r} is {outcome_text(report)}; expected {expectation_text(expect)}",
            hint=f"`docgen trace {path_of(architecture)} --flow {flow.id}` shows every step",
        )


def _goes_elsewhere(flow: Flow, report: FlowReport, network: Network) -> bool:
    """Whether an allowed flow misses what its author says it passes, and no warning says why already."""
    if report.verdict is not Verdict.ALLOWED or "DG_ENDPOINT_REGION_MISMATCH" in report.warnings:
        return False
    return not goes_through(network, flow, report.connections)
