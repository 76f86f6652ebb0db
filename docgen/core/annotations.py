# Diagnostics as workflow commands of GitHub Actions: each becomes a remark at its line of the changed files.
#
# In:  diagnostics. Out: one line each. A runner takes every line that begins with `::` for a command, so whatever an
# author wrote is made visible and escaped: it can end neither a property, nor the line.
"""as_annotations."""

from __future__ import annotations

from collections.abc import Iterable

from docgen.core.diagnostic import Diagnostic, Severity
from docgen.core.span import Span
from docgen.core.terminal import visible

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def as_annotations(diagnostics: Iterable[Diagnostic], titles: dict[str, str] | None = None) -> str:
    """One line for each diagnostic; "" where there are none.

    Args:
        diagnostics: What to say, in order.
        titles: What codes mean, for the line above a remark; a code without one stands alone.
    """
    return "".join(f"{_annotation(diagnostic, titles or {})}\n" for diagnostic in diagnostics)


def _annotation(diagnostic: Diagnostic, titles: dict[str, str]) -> str:
    known = titles.get(diagnostic.code, "")
    title = f"{diagnostic.code}: {known}" if known else diagnostic.code
    properties = {**_place(diagnostic.span), "title": visible(title)}
    listed = ",".join(f"{name}={str(value).translate(_PROPERTY)}" for name, value in properties.items())
    lines = [visible(diagnostic.text)]
    lines += [f"note: {_where(note.span)}{visible(note.text)}" for note in diagnostic.notes]
    lines += [f"hint: {visible(diagnostic.hint)}"] if diagnostic.hint else []
    return f"::{_COMMANDS[diagnostic.severity]} {listed}::" + "\n".join(lines).translate(_DATA)


def _place(span: Span) -> dict[str, str | int]:
    if not span.file:
        return {}
    place: dict[str, str | int] = {"file": visible(span.file)}
    if span.line:
        place |= {"line": span.line, "col": span.column}
        if span.end_column > span.column:
            place["endColumn"] = span.end_column
    return place


def _where(span: Span) -> str:
    return f"{visible(span.file)}:{span.line}:{span.column}: " if span.line else ""
