# What `docgen check` found, in each of its formats.
"""Checked, formatted and summary_text."""

from __future__ import annotations

import json
from typing import Any

from docgen.analysis.coverage import Coverage
from docgen.analysis.resilience import Resilience
from docgen.cli._designs import Opened
from docgen.core.data import dataclass
from docgen.core.diagnostic import Suppressed
from docgen.core.report import as_json, as_text, summary, suppressed_as_json
from docgen.core.terminal import PLAIN, Paint
from docgen.pipeline import Design, texts_of
from docgen.reports.coverage_text import coverage_text, coverage_values, total_text
from docgen.reports.invariant_text import invariant_values, invariants_text
from docgen.reports.resilience_text import resilience_text, resilience_values


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What there is to tell, and how much of it is wanted."""

    opened: Opened
    strict: bool
    show_suppressed: bool | None
    """None: as is usual for the format."""
    tables: tuple[tuple[str, Resilience], ...] | None
    """What failures break, by design; None where nobody asked."""
    covered: tuple[tuple[Design, Coverage], ...] | None
    """What is exercised; None where nobody asked."""
    fail_under: float | None

    @property
    def accepted(self) -> tuple[Suppressed, ...]:
        """What the definitions accept, each once."""
        return tuple(dict.fromkeys(s for design in self.opened.designs for s in design.suppressed))

    def suppressed(self, usual: bool) -> tuple[Suppressed, ...]:
        """The same, where it is to be told."""
        shown = usual if self.show_suppressed is None else self.show_suppressed
        return self.accepted if shown else ()


def formatted(checked: Checked, name: str, paint: Paint = PLAIN) -> str:
    """All of it in a format, ending in a newline."""
    opened = checked.opened
    if name == "text":
        return _text(checked, paint)
    if name == "json":
        return json.dumps(_values(checked), indent=2, ensure_ascii=False) + "\n"
    from docgen.pipeline.check_reports import github_report, junit_report, sarif_report

    if name == "sarif":
        return sarif_report(opened.diagnostics, checked.suppressed(True))
    if name == "junit":
        sources = texts_of(opened.diagnostics, opened.sources)
        return junit_report(opened.designs, opened.diagnostics, sources, strict=checked.strict)
    shown = (*opened.diagnostics, *(s.noted for s in checked.suppressed(False)))
    return f"{github_report(sorted(shown, key=lambda d: d.sort_key))}{summary_text(checked)}\n"


def summary_text(checked: Checked) -> str:
    """`3 designs, 20 flows traced: 1 error`."""
    opened = checked.opened
    flows = sum(len(design.reports) for design in opened.designs)
    found = summary(opened.diagnostics, len(checked.accepted))
    return f"{_count(opened.count, 'design')}, {_count(flows, 'flow')} traced: {found}"


def _text(checked: Checked, paint: Paint) -> str:
    opened = checked.opened
    shown = (*opened.diagnostics, *(s.noted for s in checked.suppressed(False)))
    found = sorted(shown, key=lambda d: d.sort_key)
    parts = [as_text(found, texts_of(found, opened.sources), paint) + "\n" if found else ""]
    parts += [invariants_text(design.invariants, paint) for design in opened.designs]
    parts += [f"{slug}\n{resilience_text(table, paint)}\n" for slug, table in checked.tables or ()]
    if checked.covered is not None:
        parts += [coverage_text(d.slug, d.network, lines, paint) for d, lines in checked.covered]
        parts.append(total_text([c for _, c in checked.covered], checked.fail_under) + "\n")
    return "".join([*parts, summary_text(checked), "\n"])


def _values(checked: Checked) -> dict[str, Any]:
    opened = checked.opened
    values: dict[str, Any] = {
        "version": 1,
        "designs": opened.count,
        "flows": sum(len(design.reports) for design in opened.designs),
        "invariants": [
            {"design": design.slug, **standing}
            for design in opened.designs
            for standing in invariant_values(design.invariants)
        ],
    }
    if checked.tables is not None:
        values["resilience"] = [{"design": slug, **resilience_values(table)} for slug, table in checked.tables]
    values["summary"] = summary(opened.diagnostics, len(checked.accepted))
    values["diagnostics"] = as_json(opened.diagnostics)
    values["suppressed"] = suppressed_as_json(checked.suppressed(True))
    if checked.covered is not None:
        values["coverage"] = [coverage_values(d.slug, d.network, c) for d, c in checked.covered]
    return values


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
