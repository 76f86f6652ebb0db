# The files that designs were read from: their texts for excerpts, and what a command calls a design.
"""texts_of, path_of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from shlex import quote

from docgen.core.diagnostic import Diagnostic
from docgen.model.architecture import Architecture

_LIMIT = 5_000_000


def path_of(architecture: Architecture) -> str:
    """What stands for PATH in a command about this design: the shortest that finds it again.

    A design in `architectures/` goes by its name; `-` is standard input.
    """
    file = PurePosixPath(next(iter(architecture.sources), architecture.slug))
    if file.name != "architecture.yaml":
        return "-" if file.name == "<stdin>" else quote(str(file))
    return architecture.slug if file.parts[:-2] == ("architectures",) else quote(str(file.parent))


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
