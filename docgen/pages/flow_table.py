# All flows of a design at a glance: the question, the answer, and the answer while a zone is down.
#
# In:  flows as the page tells them, and what becomes of those that work when a zone fails. Out: a table.
"""flow_table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from markupsafe import Markup

from docgen.pages.flows import FlowView
from docgen.pages.markdown import code, link, table, text
from docgen.pages.verdicts import badge

MOST_ZONES = 4
"""Columns that still fit beside the others."""


def flow_table(
    flows: Sequence[FlowView],
    zones: Sequence[tuple[str, Mapping[str, Markup]]],
    reason_link: Callable[[str], Markup],
) -> Markup | None:
    """A row for each flow; None without flows.

    Args:
        flows: In their order.
        zones: Name of each zone, and by flow what its failure does to those that work.
        reason_link: A reason code as a link.
    """
    shown = zones if len(zones) <= MOST_ZONES else ()
    rows = [
        (
            flow.number,
            _title(flow),
            Markup("{} → {} {}").format(code(flow.source), code(flow.destination), code(flow.service)),
            badge(flow.report.verdict),
            *(cells.get(flow.id, "") for _, cells in shown),
            reason_link(flow.report.reason) if flow.report.reason else "",
        )
        for flow in flows
    ]
    header = ["No.", "Flow", "From and to", "Verdict", *(f"{name} out" for name, _ in shown), "Reason"]
    return table(header, rows) if rows else None


def _title(flow: FlowView) -> Markup:
    title = link(flow.title, f"#{flow.anchor}")
    return Markup("{} <small>{}</small>").format(title, text(flow.circumstances)) if flow.circumstances else title
