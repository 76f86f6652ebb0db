# page.yaml: what the page of a design tells beside the definition. Optional.
#
# In:  a folder. Out: a Lesson, or None where there is no such file or nothing of it can be read.
"""read_page."""

from __future__ import annotations

from pathlib import Path

from docgen.core.diagnostic import Result
from docgen.core.errors import UnreadableInputError
from docgen.loader.convert import Converter
from docgen.loader.definition import check_version
from docgen.loader.document import MAX_BYTES, read
from docgen.loader.nodes import Mapping, Node, describe
from docgen.loader.report import Reporter, TooManyError
from docgen.loader.scalars import FAILED, Spot
from docgen.model.lesson import Lesson

PAGE = "page.yaml"


def read_page(folder: Path) -> Result[Lesson | None]:
    """The lesson of a design, with every mistake of its file.

    Raises:
        UnreadableInputError: the file is there and cannot be opened.
    """
    path = folder / PAGE
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return Result(None)
    except OSError as error:
        raise UnreadableInputError(f"{path.as_posix()}: {error.strerror or error}") from error
    reporter = Reporter()
    lesson = None
    try:
        node, _ = read(data, path.as_posix(), reporter)
        lesson = None if node is None else _lesson(node, reporter)
    except TooManyError:
        pass
    return Result(lesson, reporter.diagnostics())


def _lesson(node: Node, reporter: Reporter) -> Lesson | None:
    if not isinstance(node, Mapping):
        text = f"a page is a block of keys, found {describe(node)}"
        reporter.error("DGY-14", node.span, text, "begin with `version: 1` and what the design `teaches`")
        return None
    check_version(node, "the page", reporter)
    made = Converter(reporter).value(Lesson, node.without("version"), Spot("the page"))
    return None if made is FAILED else made
