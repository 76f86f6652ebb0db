# What of a definition its flows and invariants exercise: sentences for a terminal and a page, values for JSON.
#
# In:  Coverages. Out: text. Decides nothing.
"""coverage_text, coverage_values, counts_text, total_text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from docgen.analysis.coverage import Coverage, CoveredLine, LineKind, percent
from docgen.core.terminal import PLAIN, Paint, visible
from docgen.model.network import Network

_PLURALS = {
    LineKind.ROUTE: "routes",
    LineKind.SECURITY_GROUP_RULE: "security group rules",
    LineKind.NETWORK_ACL_ENTRY: "network ACL entries",
    LineKind.TARGET: "targets",
}


def coverage_text(slug: str, network: Network, coverage: Coverage, paint: Paint = PLAIN) -> str:
    """The counts of one design, then each line that nothing exercises with its place."""
    lines = [f"{paint(visible(slug), 'bold')}: {counts_text(coverage)}"]
    lines += [f"  {_place(line)}{_what(network, line)}" for line in coverage.uncovered]
    return "\n".join(lines) + "\n"


def counts_text(coverage: Coverage) -> str:
    """`5 of 7 routes, 4 of 4 security group rules (82 %)`; kinds that the design has none of are left out."""
    parts = []
    for kind in LineKind:
        lines = coverage.of_kind(kind)
        if lines:
            parts.append(f"{sum(line.exercised for line in lines)} of {len(lines)} {_PLURALS[kind]}")
    return f"{', '.join(parts)} ({_percent(coverage.percent)})" if parts else "nothing to cover"


def total(coverages: Iterable[Coverage]) -> float:
    """Percent of the lines of several designs together."""
    held = tuple(coverages)
    return percent(sum(c.covered for c in held), sum(len(c.lines) for c in held))


def total_text(coverages: Sequence[Coverage], least: float | None) -> str:
    """The sum of several designs, and whether it is enough."""
    reached = total(coverages)
    enough = "" if least is None else f", {_percent(least)} wanted"
    return f"coverage: {_percent(reached)}{enough}"


def coverage_values(slug: str, network: Network, coverage: Coverage) -> dict[str, Any]:
    """For JSON."""
    return {
        "design": slug,
        "percent": round(coverage.percent, 2),
        "covered": coverage.covered,
        "total": len(coverage.lines),
        "kinds": {
            kind.value.replace(" ", "_").lower(): {
                "covered": sum(line.exercised for line in coverage.of_kind(kind)),
                "total": len(coverage.of_kind(kind)),
            }
            for kind in LineKind
        },
        "lines": [
            {
                "kind": line.kind.value.replace(" ", "_").lower(),
                "holder": network.name(line.holder),
                "holder_kind": line.holder.kind,
                "direction": line.direction or None,
                "text": line.text,
                "file": line.span.file,
                "line": line.span.line,
                "column": line.span.column,
                "by_flows": line.by_flows,
                "by_invariants": line.by_invariants,
            }
            for line in coverage.lines
        ],
    }


def _percent(value: float) -> str:
    """Rounded down, so that only all of it is 100 %."""
    shown = int(value * 10) / 10
    return f"{shown:.0f} %" if shown == int(shown) else f"{shown:.1f} %"


def _what(network: Network, line: CoveredLine) -> str:
    direction = f"{line.direction} " if line.direction else ""
    return f"{direction}{line.kind} of {visible(network.name(line.holder))}: {visible(line.text)}"


def _place(line: CoveredLine) -> str:
    return f"{visible(line.span.file)}:{line.span.line}:{line.span.column}: " if line.span.file else ""
