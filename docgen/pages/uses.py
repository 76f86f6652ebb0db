# Which flows use a line of a route table or filter.
#
# In:  a Design. Out: flow numbers by deciding line. Flows of variants are left out: a variant may have lines
#      that the design itself lacks.
"""Uses, uses_of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from docgen.model.component import Key
from docgen.model.trace import FlowReport, Step
from docgen.pages.build import Design
from docgen.pages.markdown import anchor, link


@dataclass(frozen=True, slots=True)
class Uses:
    """Flows by the line that decided one of their steps."""

    flows: Mapping[tuple[Key, str], tuple[tuple[int, str], ...]]
    """(table, group or ACL; its line as text) to (number, id) of flows, in order."""

    def links(self, by: Key, line: str) -> Markup:
        """The flows that use a line, as links; empty where none does."""
        used = self.flows.get((by, line), ())
        marks = (link(number, f"#{anchor('flow', flow_id)}") for number, flow_id in used)
        return Markup('<span class="dg-uses">{}</span>').format(Markup(" ").join(marks)) if used else Markup("")


def uses_of(design: Design) -> Uses:
    """What each flow of the design itself used, numbered as on its page."""
    plain = {flow.id for flow in design.architecture.flows if not flow.when.variant}
    found: dict[tuple[Key, str], dict[int, str]] = {}
    for number, (flow_id, report) in enumerate(design.reports.items(), 1):
        if flow_id in plain:
            for step in _steps(report):
                if step.rule:
                    found.setdefault((step.by, step.rule), {})[number] = flow_id
    return Uses({line: tuple(flows.items()) for line, flows in found.items()})


def _steps(report: FlowReport) -> Iterator[Step]:
    for connection in report.connections:
        for trace in (connection.forward, connection.returning):
            for hop in trace.hops if trace else ():
                yield from hop.steps
