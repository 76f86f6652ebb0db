# All designs of a folder, in the order of its index.
"""Designs and open_all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from docgen.core.diagnostic import Diagnostic, has_errors
from docgen.pipeline.design import Design


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignChapter:
    """A chapter of the index with those of its designs that could be opened."""

    title: str
    designs: tuple[Design, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Designs:
    """Every design of a folder, and what all of them have to say."""

    folder: Path
    chapters: tuple[DesignChapter, ...]
    diagnostics: tuple[Diagnostic, ...]
    """Of the index and of all designs, also of those that could not be opened."""
    sources: Mapping[str, str]
    """Text of every file that was read, by name, for excerpts."""

    @property
    def designs(self) -> tuple[Design, ...]:
        """All of them in index order."""
        return tuple(design for chapter in self.chapters for design in chapter.designs)

    @property
    def failed(self) -> bool:
        """Whether there is an error, so that nothing may be written."""
        return has_errors(self.diagnostics)


def open_all(folder: str | Path) -> Designs:
    """Open every design that `index.yaml` in this folder lists (every subfolder where there is no index)."""
    raise NotImplementedError
