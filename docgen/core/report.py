# Diagnostics as people and programs read them: text with excerpt and caret, or JSON values.
#
# In:  diagnostics and the texts of the files that they point into. Out: a string, or plain values.
# Knows no terminal: the caller says whether colour can be shown.
"""as_text, as_json, suppressed_as_json, summary."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from docgen.core.diagnostic import Diagnostic, Severity, Suppressed
from docgen.core.span import Span
from docgen.core.terminal import PLAIN, Paint, display_width, visible, visible_path

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}
_LINE_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")  # those that YAML counts
_EXCERPT_WIDTH = 120
_CONTEXT = 40
"""Characters kept before the caret where a line is too long to show."""


def as_text(diagnostics: Iterable[Diagnostic], sources: Mapping[str, str], paint: Paint = PLAIN) -> str:
    """All diagnostics, one block each with an empty line between; "" where there are none."""
    lines = _Lines(sources)
    return "\n".join(_block(diagnostic, lines, paint) for diagnostic in diagnostics)


def as_json(diagnostics: Iterable[Diagnostic]) -> list[dict[str, Any]]:
    """All diagnostics as plain values for `json.dumps`."""
    return [
        {
            "code": d.code,
            "severity": d.severity.value,
            "text": d.text,
            "hint": d.hint,
            **_place(d.span),
            "notes": [{"text": note.text, **_place(note.span)} for note in d.notes],
        }
        for d in diagnostics
    ]


def suppressed_as_json(suppressed: Iterable[Suppressed]) -> list[dict[str, Any]]:
    """Accepted diagnostics as plain values: those of a diagnostic, the reason, and where it is accepted."""
    return [
        {**values, "reason": s.reason, "accepted_at": _place(s.span)}
        for s in suppressed
        for values in as_json([s.diagnostic])
    ]


def summary(diagnostics: Iterable[Diagnostic], suppressed: int = 0) -> str:
    """`2 errors, 1 warning`; "no findings" where there are none; `suppressed` ones are counted at the end."""
    counts = Counter(d.severity for d in diagnostics)
    parts = [
        f"{counts[severity]} {word if counts[severity] == 1 else plural}"
        for severity, word, plural in (
            (Severity.ERROR, "error", "errors"),
            (Severity.WARNING, "warning", "warnings"),
            (Severity.INFO, "remark", "remarks"),
        )
        if counts[severity]
    ]
    if suppressed:
        parts = [*(parts or ["no findings"]), f"{suppressed} suppressed"]
    return ", ".join(parts) or "no findings"


class _Lines:
    """The lines of the sources, split once each."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        self._sources = sources
        self._split: dict[str, list[str]] = {}

    def at(self, span: Span) -> str | None:
        """The line that a span stands in; None where the text is not known."""
        if span.line < 1 or span.file not in self._sources:
            return None
        if span.file not in self._split:
            self._split[span.file] = _LINE_BREAK.split(self._sources[span.file])
        lines = self._split[span.file]
        return lines[span.line - 1] if span.line <= len(lines) else None


def _block(diagnostic: Diagnostic, lines: _Lines, paint: Paint) -> str:
    colour = _COLOURS[diagnostic.severity]
    place = _place_text(diagnostic.span)
    head = paint(f"{diagnostic.severity}[{diagnostic.code}]", "bold", colour)
    text = paint(visible(diagnostic.text), "bold")
    out = [f"{paint(place + ':', 'dim')} {head}: {text}" if place else f"{head}: {text}"]
    line = lines.at(diagnostic.span)
    if line is not None:
        out += _excerpt(line, diagnostic.span, colour, paint)
    for note in diagnostic.notes:
        where = _place_text(note.span)
        out.append(f"  {paint('note', 'bold')}: {where + ': ' if where else ''}{visible(note.text)}")
    if diagnostic.hint:
        out.append(f"  {paint('hint', 'bold')}: {visible(diagnostic.hint)}")
    return "\n".join(out) + "\n"


def _excerpt(line: str, span: Span, colour: str, paint: Paint) -> list[str]:
    first = min(max(span.column, 1) - 1, len(line))
    last = max(first + 1, min(span.end_column - 1, len(line)))
    before, marked, after = line[:first], line[first:last], line[last:]
    if len(line) > _EXCERPT_WIDTH:
        before = "…" + before[-_CONTEXT:] if len(before) > _CONTEXT else before
        marked = marked[: _EXCERPT_WIDTH // 2]
        rest = line[first + len(marked) :]
        after = rest[:_CONTEXT] + ("…" if len(rest) > _CONTEXT else "")
    shown = [visible(part) for part in (before, marked, after)]
    number = str(span.line)
    gutter = paint(" " * len(number) + " |", "dim")
    caret = " " * display_width(shown[0]) + paint("^" * max(1, display_width(shown[1])), "bold", colour)
    excerpt = "".join(shown).rstrip()
    return [gutter, f"{paint(number + ' |', 'dim')} {excerpt}".rstrip(), f"{gutter} {caret}"]


def _place_text(span: Span) -> str:
    if not span.file:
        return ""
    file = visible_path(span.file)
    return f"{file}:{span.line}:{span.column}" if span.line else file


def _place(span: Span) -> dict[str, Any]:
    return {"file": span.file, "line": span.line, "column": span.column, "end_column": span.end_column}
