# What docgen tells an author: findings with a place, a code and a hint; never exceptions.
"""Diagnostics as values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum
from typing import Generic, TypeVar

from docgen.core.data import dataclass
from docgen.core.span import Span

T_co = TypeVar("T_co", covariant=True)


class Severity(StrEnum):
    """How much a diagnostic weighs: an error stops output, the others do only with `--strict`."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Note:
    """A second place that helps to understand a diagnostic."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule yields: a place and a sentence; the runner adds code and severity."""

    span: Span
    text: str
    hint: str = ""
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One message to the author of a definition.

    Printed as `file:line:column: severity[CODE]: text`, then excerpt, caret, notes and hint.
    """

    code: str
    severity: Severity
    span: Span
    text: str
    hint: str = ""
    notes: tuple[Note, ...] = ()

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Order of print: by place, then code."""
        return (self.span.file, self.span.line, self.span.column, self.code, self.text)


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A diagnostic that the author of a definition knows and accepts."""

    diagnostic: Diagnostic
    reason: str
    span: Span
    """Where it is accepted."""

    @property
    def noted(self) -> Diagnostic:
        """The diagnostic with the reason as its last note, without the hint."""
        reason = Note(self.span, f"accepted: {self.reason}")
        return replace(self.diagnostic, hint="", notes=(*self.diagnostic.notes, reason))


@dataclass(frozen=True, slots=True)
class Result(Generic[T_co]):
    """A stage's value and what it has to say; `value` is None only where nothing could be made."""

    value: T_co
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether any diagnostic is an error."""
        return has_errors(self.diagnostics)


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any of them is an error."""
    return any(d.severity is Severity.ERROR for d in diagnostics)
