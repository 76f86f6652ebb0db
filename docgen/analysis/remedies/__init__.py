"""The smallest change to a definition that would open a blocked flow; see README.md in this folder."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from docgen.core.values import later
from docgen.model.trace import SmallestChange, Verdict

if TYPE_CHECKING:
    from docgen.analysis.remedies.search import Broken
    from docgen.model.architecture import Flow
    from docgen.model.network import Network
    from docgen.model.trace import FlowReport

__all__ = ["with_smallest_change"]


def with_smallest_change(network: Network, flow: Flow, report: FlowReport, broken: Broken) -> FlowReport:
    """The report with the smallest change in it, or why there is none, where it is blocked and all is up.

    It is looked for when it is read: a check of a large design needs no remedies, and a picture not even their code.
    """
    if flow.when.outage or report.verdict is not Verdict.BLOCKED:
        return report

    def change() -> SmallestChange:
        from docgen.analysis.remedies.search import change_or_why

        return change_or_why(network, flow, report, broken)

    return replace(report, smallest_change=later(change))
