# A small file of its own that is one dataclass: page.yaml, a comparison, the map of a document.
#
# In:  a path and a type. Out: the value, or None where there is no such file or nothing of it can be read.
"""read_record."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from docgen.core.diagnostic import Result
from docgen.loader.convert import Converter
from docgen.loader.definition import check_version
from docgen.loader.document import read
from docgen.loader.nodes import Mapping, Node, describe
from docgen.loader.own import read_own
from docgen.loader.report import Reporter, TooManyError
from docgen.loader.scalars import FAILED, Spot

T = TypeVar("T")


def read_record(path: Path, cls: type[T], what: str) -> Result[T | None]:
    """Read a file whose keys are the fields of a dataclass, with every mistake of it.

    Args:
        path: The file; it may be missing.
        cls: What it is to become.
        what: What messages call it: `the page`.

    Raises:
        UnreadableInputError: the file is there and cannot be opened.
    """
    try:
        data = read_own(path)
    except FileNotFoundError:
        return Result(None)
    reporter = Reporter()
    made = None
    try:
        node, _ = read(data, path.as_posix(), reporter)
        made = None if node is None else _record(node, cls, what, reporter)
    except TooManyError:
        pass
    return Result(made, reporter.diagnostics())


def _record(node: Node, cls: type[T], what: str, reporter: Reporter) -> T | None:
    if not isinstance(node, Mapping):
        text = f"{what} is a block of keys, found {describe(node)}"
        reporter.error("DGY-14", node.span, text, "begin with `version: 1`")
        return None
    check_version(node, what, reporter)
    made: T = Converter(reporter).value(cls, node.without("version"), Spot(what))
    return None if made is FAILED else made
