# All designs of a folder, in the order of its index.
#
# In:  a folder with one subfolder for each design and, where order matters, index.yaml. Out: Designs.
"""Designs and open_all."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from docgen import loader
from docgen.core.data import dataclass
from docgen.core.diagnostic import Diagnostic, Result, Severity, has_errors
from docgen.core.span import Span
from docgen.pipeline.collection import Collection, collection_of
from docgen.pipeline.design import Design
from docgen.pipeline.sources import texts_of

if TYPE_CHECKING:
    from docgen.pipeline.opened import Listed

DEFINITION = "architecture.yaml"
INDEX = "index.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignChapter:
    """A chapter of the index with those of its designs that could be opened."""

    title: str
    designs: tuple[Design | Listed, ...]
    """Whole, or with a cache as they are listed."""
    summary: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Designs:
    """Every design of a folder, and what all of them have to say."""

    folder: Path
    chapters: tuple[DesignChapter, ...]
    collection: Collection
    """What is told of several of them."""
    diagnostics: tuple[Diagnostic, ...]
    """Of the index and of all designs, also of those that could not be opened."""
    count: int
    """Definitions that were looked at, also those that could not be opened."""

    @property
    def listed(self) -> tuple[Design | Listed, ...]:
        """All of them in index order, not yet read where they were kept."""
        return tuple(design for chapter in self.chapters for design in chapter.designs)

    @property
    def designs(self) -> tuple[Design, ...]:
        """All of them in index order."""
        return tuple(design.whole for design in self.listed)

    @property
    def sources(self) -> Mapping[str, str]:
        """Text of every file that a diagnostic points into, by name, for excerpts."""
        known = {name: text for d in self.designs for name, text in d.architecture.sources.items()}
        return texts_of(self.diagnostics, known)

    @property
    def failed(self) -> bool:
        """Whether there is an error, so that nothing may be written."""
        return has_errors(self.diagnostics)


def open_all(folder: str | Path, *, cache: Path | None = None, workers: int = 1) -> Designs:
    """Open every design that `index.yaml` in this folder lists (every subfolder where there is no index).

    Args:
        folder: Of the designs.
        cache: Folder of what is kept between runs; None opens everything.
        workers: Processes to open with where there is a cache.
    """
    folder = Path(folder)
    found: list[Diagnostic] = []
    chapters: list[DesignChapter] = []
    count = 0
    listed = _chapters(folder, found)
    from docgen.pipeline.opened import open_each  # loads what keeps designs, which one design alone does without

    results = iter(open_each([folder / slug for chapter in listed for slug in chapter.slugs], cache, workers))
    for chapter in listed:
        opened = list(islice(results, len(chapter.slugs)))
        count += len(opened)
        found += [d for result in opened for d in result.diagnostics]
        designs = tuple(result.value for result in opened if result.value is not None)
        chapters.append(DesignChapter(title=chapter.title, designs=designs, summary=chapter.summary))
    outlines = {design.slug: design.outline for chapter in chapters for design in chapter.designs}
    slugs = [slug for chapter in listed for slug in chapter.slugs]
    collection = collection_of(folder, outlines, slugs, found)
    diagnostics = tuple(dict.fromkeys(found))
    return Designs(
        folder=folder,
        chapters=tuple(chapters),
        collection=collection,
        diagnostics=diagnostics,
        count=count,
    )


def design_folders(path: Path) -> tuple[Path, ...]:
    """The designs that a path stands for: itself, or those of its index or subfolders, in order."""
    if path.is_file() or (path / DEFINITION).is_file():
        return (path,)
    return tuple(path / slug for chapter in _chapters(path, []) for slug in chapter.slugs)


def _chapters(folder: Path, found: list[Diagnostic]) -> tuple[loader.Chapter, ...]:
    if (folder / INDEX).is_file():
        index: Result[loader.Index] = loader.load_index(folder)
        found += index.diagnostics
        return index.value.chapters
    slugs = tuple(sorted(f.parent.name for f in folder.glob(f"*/{DEFINITION}")))
    if not slugs:
        found.append(
            Diagnostic("DGP-03", Severity.ERROR, Span(str(folder)), f"there is no {DEFINITION} in this folder")
        )
    return (loader.Chapter(title="", slugs=slugs),) if slugs else ()
