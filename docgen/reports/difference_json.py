# What a change of a design does, as plain values: the machine interface of `docgen diff --format json`.
#
# In:  a Difference. Out: what `json.dumps` takes.
"""difference_values."""

from __future__ import annotations

from typing import Any

from docgen.analysis.difference import ComponentChange, Difference, FlowChange
from docgen.model.trace import FlowReport
from docgen.reports.reach_json import reached_values


def difference_values(difference: Difference) -> dict[str, Any]:
    """One design: its changes, its flows (those that come to the same too), ways opened and closed."""
    return {
        "design": difference.slug,
        "title": difference.title,
        "components": [_component(c) for c in difference.components],
        "flows": [_flow(f) for f in difference.flows],
        "opened": [reached_values(row) for row in difference.opened],
        "closed": [reached_values(row) for row in difference.closed],
    }


def _component(change: ComponentChange) -> dict[str, Any]:
    return {
        "change": str(change.mark),
        "component": change.name,
        "kind": change.key.kind,
        "fields": [{"name": f.name, "removed": list(f.removed), "added": list(f.added)} for f in change.fields],
    }


def _flow(change: FlowChange) -> dict[str, Any]:
    return {
        "flow": change.flow.id,
        "turn": str(change.turn).replace(" ", "_"),
        "declaration": str(change.declared) if change.declared else None,
        "before": _answer(change.before),
        "after": _answer(change.after),
    }


def _answer(report: FlowReport | None) -> dict[str, Any] | None:
    if report is None:
        return None
    return {
        "verdict": report.verdict.upper(),
        "leg": str(report.leg) if report.leg else None,
        "reason": report.reason or None,
        "component": report.component_name or None,
    }
