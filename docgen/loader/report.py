# Collects what the loader has to say, so that one run reports every mistake.
#
# In:  codes (messages.py), places, sentences. Out: diagnostics, each once, by place.
"""Reporter."""

from __future__ import annotations

from typing import NoReturn

from docgen.core.diagnostic import Diagnostic, Note, Severity
from docgen.core.span import Span

MOST = 1_000
"""Errors after which the loader gives up: a file that is wrong throughout does not keep anybody waiting."""


MOST_COMPONENTS = 60_000
MOST_VALUES = 300_000
"""Components, and rules, routes, targets, references and flows, that a definition may stand for."""


class TooManyError(Exception):
    """Raised where a limit is reached, after the message that says so; the entry points catch it."""


class Reporter:
    """Takes findings; the same one at the same place (a template used twice) is kept once."""

    def __init__(self) -> None:
        self._found: dict[Diagnostic, None] = {}
        self._values = 0
        self.count = 0
        """How many errors there are so far."""
        self.zones_in_full: dict[Span, str] = {}
        """Places of zones that are written in full where a letter would do: a rule asks for them."""

    def error(self, code: str, span: Span, text: str, hint: str = "", *notes: Note) -> None:
        """What AWS would refuse or what cannot be read."""
        self._add(code, Severity.ERROR, span, text, hint, notes)

    def warning(self, code: str, span: Span, text: str, hint: str = "", *notes: Note) -> None:
        """What is readable but surely not meant."""
        self._add(code, Severity.WARNING, span, text, hint, notes)

    def info(self, code: str, span: Span, text: str, hint: str = "", *notes: Note) -> None:
        """What docgen did on its own."""
        self._add(code, Severity.INFO, span, text, hint, notes)

    def take(self, found: Diagnostic) -> None:
        """What another reporter took."""
        self._add(found.code, found.severity, found.span, found.text, found.hint, found.notes)

    def refuse_more_components(self, span: Span) -> NoReturn:
        """A small file can stand for any number of components."""
        self.error("DGY-32", span, f"the definition has more than {MOST_COMPONENTS:,} components")
        raise TooManyError

    def count_values(self, number: int, span: Span) -> None:
        """Note that values are about to be made; past the limit they are not."""
        self._values += number
        if self._values > MOST_VALUES:
            text = f"the definition has more than {MOST_VALUES:,} rules, routes, targets, references and flows"
            self.error("DGY-32", span, text)
            raise TooManyError

    def _add(self, code: str, severity: Severity, span: Span, text: str, hint: str, notes: tuple[Note, ...]) -> None:
        found = Diagnostic(code, severity, span, text, hint, notes)
        if found in self._found:
            return
        self._found[found] = None
        self.count += severity is Severity.ERROR
        if self.count >= MOST:
            last = f"{MOST:,} mistakes so far; the rest of the file is not checked"
            self._found[Diagnostic("DGY-34", Severity.ERROR, span, last, "repair these first")] = None
            raise TooManyError

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """All of them, by place."""
        return tuple(sorted(self._found, key=lambda d: d.sort_key))
