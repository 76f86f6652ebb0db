# Verdicts as marks and words: a round tick, a square cross; never by colour alone.
"""badge, mark, words, declared."""

from __future__ import annotations

from markupsafe import Markup

from docgen.model.architecture import Expectation
from docgen.model.trace import FlowReport, Verdict
from docgen.pages.markdown import text
from docgen.reports.trace_text import expectation_text, meets

_WORDS = {Verdict.ALLOWED: "Allowed", Verdict.BLOCKED: "Blocked", Verdict.UNKNOWN: "Unknown"}
_MARKS = {Verdict.ALLOWED: "✓", Verdict.BLOCKED: "✕", Verdict.UNKNOWN: "?"}


def badge(verdict: Verdict, label: str = "") -> Markup:
    """A verdict as a chip; another `label` (`4 allowed`) in place of its name.

    >>> print(badge(Verdict.ALLOWED))
    <span class="dg-verdict dg-allowed"><i>✓</i> Allowed</span>
    """
    template = Markup('<span class="dg-verdict dg-{}"><i>{}</i> {}</span>')
    return template.format(verdict.value, _MARKS[verdict], text(label or _WORDS[verdict]))


def mark(verdict: Verdict, label: str) -> Markup:
    """A verdict's mark alone, before a label in its own colour; its name is there for screen readers."""
    if not label:
        alone = Markup('<span class="dg-verdict dg-{}" title="{}"><i>{}</i></span>')
        return alone.format(verdict.value, _WORDS[verdict], _MARKS[verdict])
    template = Markup('<span class="dg-verdict dg-{}"><i>{}</i><span class="dg-named">{}</span></span>')
    return template.format(verdict.value, _MARKS[verdict], text(label))


def words(verdict: Verdict) -> str:
    """A verdict's mark and name where nothing but text can be told.

    >>> words(Verdict.BLOCKED)
    '✕ Blocked'
    """
    return f"{_MARKS[verdict]} {_WORDS[verdict]}"


def declared(report: FlowReport, expect: Expectation | None) -> tuple[str, str]:
    """Whether a flow does what its definition declares: `met`, `unmet` or `undeclared`, and the same in words."""
    if expect is None:
        return "undeclared", "Nothing declared"
    if meets(report, expect):
        return "met", f"✓ {_WORDS[report.verdict]}, as declared"
    return "unmet", f"✕ Declared: {expectation_text(expect)}"
