# What stands beside definitions for the pages: page.yaml of a design; comparisons and the map of a document, of all.
#
# In:  a folder. Out: what was read, and what is wrong with it. All of these files are optional.
"""read_page, read_comparisons, read_source_map."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from docgen.core.diagnostic import Diagnostic, Result
from docgen.loader.record_file import read_record
from docgen.model.comparison import Comparison
from docgen.model.lesson import Lesson
from docgen.model.source_map import SourceMap

PAGE = "page.yaml"
COMPARISONS = "comparisons"
SOURCE_MAP = "coverage.yaml"


def read_page(folder: Path) -> Result[Lesson | None]:
    """The lesson of a design.

    Raises:
        UnreadableInputError: the file is there and cannot be opened.
    """
    return read_record(folder / PAGE, Lesson, "the page")


def read_comparisons(folder: Path) -> Result[tuple[Comparison, ...]]:
    """All comparisons of a folder of designs, by the names of their files.

    Raises:
        UnreadableInputError: a file is there and cannot be opened.
    """
    found: list[Diagnostic] = []
    made = []
    for path in sorted((folder / COMPARISONS).glob("*.yaml")):
        read = read_record(path, Comparison, "the comparison")
        found += read.diagnostics
        if read.value is not None:
            made.append(replace(read.value, id=path.stem))
    return Result(tuple(made), tuple(found))


def read_source_map(folder: Path) -> Result[SourceMap | None]:
    """What a folder of designs says of the document that it teaches.

    Raises:
        UnreadableInputError: the file is there and cannot be opened.
    """
    return read_record(folder / SOURCE_MAP, SourceMap, "the map")
