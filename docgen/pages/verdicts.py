# Verdicts as marks and words: a round tick, a square cross; never by colour alone.
"""badge, mark, declared."""

from __future__ import annotations

from markupsafe import Markup

from docgen.model.architecture import Expectation
from docgen.model.trace import FlowReport, Verdict
from docgen.pages.markdown import text
from docgen.reports.trace_text import expectation_text, meets

_WORDS = {Verdict.ALLOWED: "Allowed", Verdict.BLOCKED: "Blocked", Verdict.UNKNOWN: "Unknown"}
_MARKS = {Verdict.ALLOWED: "✓", Verdict.BLOCKED: "✕", Verdict.UNKNOWN: "?"}


def badge(verdict: Verdict, words: str = "") -> Markup:
    """A verdict as a chip; other `words` (`4 allowed`) in place of its name.

    >>> print(badge(Verdict.ALLOWED))
    <span class="dg-verdict dg-allowed"><i>✓</i> Allowed</span>
    """
    template = Markup('<span class="dg-verdict dg-{}"><i>{}</i> {}</span>')
    return template.format(verdict.value, _MARKS[verdict], text(words or _WORDS[verdict]))


def mark(verdict: Verdict, words: str) -> Markup:
    """A verdict's mark alone, before words in their own colour; its name is there for screen readers."""
    if not words:
        alone = Markup('<span class="dg-verdict dg-{}" title="{}"><i>{}</i></span>')
        return alone.format(verdict.value, _WORDS[verdict], _MARKS[verdict])
    template = Markup('<span class="dg-verdict dg-{}"><i>{}</i><span class="dg-named">{}</span></span>')
    return template.format(verdict.value, _MARKS[verdict], text(words))


def declared(report: FlowReport, expect: Expectation | None) -> Markup:
    """Whether a flow does what its definition declares, in words."""
    if expect is None:
        return Markup('<span class="dg-declared dg-undeclared">Nothing declared</span>')
    if meets(report, expect):
        word = {Verdict.ALLOWED: "Allowed", Verdict.BLOCKED: "Blocked"}.get(report.verdict, "Unknown")
        return Markup('<span class="dg-declared dg-met">✓ {}, as declared</span>').format(word)
    return Markup('<span class="dg-declared dg-unmet">✕ Declared: {}</span>').format(expectation_text(expect))
