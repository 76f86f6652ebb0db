# Texts for the excerpts of diagnostics whose design could not be opened, so that nothing else holds them.
"""texts_of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from docgen.core.diagnostic import Diagnostic

_LIMIT = 5_000_000


def texts_of(diagnostics: Iterable[Diagnostic], known: Mapping[str, str]) -> dict[str, str]:
    """The `known` texts with those of further files that diagnostics point into, where they can be read."""
    texts = dict(known)
    for diagnostic in diagnostics:
        for span in (diagnostic.span, *(note.span for note in diagnostic.notes)):
            if span.line and span.file not in texts:
                texts[span.file] = _read(Path(span.file))
    return texts


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(_LIMIT).decode("utf-8", errors="replace")
    except OSError:
        return ""
