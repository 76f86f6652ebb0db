# Collects what the loader has to say, so that one run reports every mistake.
#
# In:  codes (messages.py), places, sentences. Out: diagnostics, each once, by place.
"""Reporter."""

from __future__ import annotations

from docgen.core.diagnostic import Diagnostic, Note, Severity
from docgen.core.span import Span

MOST = 200
"""Diagnostics after which further ones are only counted: a wholly wrong file does not flood the terminal."""


class Reporter:
    """Takes findings; the same one at the same place (a template used twice) is kept once."""

    def __init__(self) -> None:
        self._found: dict[Diagnostic, None] = {}

    def error(self, code: str, span: Span, text: str, hint: str = "", *notes: Note) -> None:
        """What AWS would refuse or what cannot be read."""
        self._add(code, Severity.ERROR, span, text, hint, notes)

    def warning(self, code: str, span: Span, text: str, hint: str = "", *notes: Note) -> None:
        """What is readable but surely not meant."""
        self._add(code, Severity.WARNING, span, text, hint, notes)

    def info(self, code: str, span: Span, text: str, hint: str = "", *notes: Note) -> None:
        """What docgen did on its own."""
        self._add(code, Severity.INFO, span, text, hint, notes)

    def _add(self, code: str, severity: Severity, span: Span, text: str, hint: str, notes: tuple[Note, ...]) -> None:
        self._found.setdefault(Diagnostic(code, severity, span, text, hint, notes))

    @property
    def count(self) -> int:
        """How many errors there are so far."""
        return sum(1 for d in self._found if d.severity is Severity.ERROR)

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """All of them, by place; at most `MOST`."""
        return tuple(sorted(self._found, key=lambda d: d.sort_key)[:MOST])
