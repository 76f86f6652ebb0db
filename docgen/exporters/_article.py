# What an exported page says, in no markup yet: a title and blocks of lines, tables, pictures and steps.
#
# Every text here is raw: it may come from a definition, and whoever writes markup escapes it. Knows no network.
"""Run, Line, the blocks, Article; plain, code, strong, lines from sentences and from text with backticks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.core.data import dataclass
from docgen.pages.step_view import pieces


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A part of a line in one look; raw text."""

    text: str
    code: bool = False
    strong: bool = False
    link: str = ""
    """An address that begins with https:// or http://; "" for none."""
    section: str = ""
    """A heading of the same page, for markups that make links to them of their own; "" for none."""


Line = tuple[Run, ...]
"""Text on one line."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading below the page's title."""

    level: int
    """2 to 4; the title is 1."""
    line: Line


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    line: Line


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list, nested by depth."""

    items: tuple[tuple[int, Line], ...]
    """Depth from 0, and the item; no item is more than one deeper than that before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table; every row has as many cells as the header."""

    header: tuple[Line, ...]
    rows: tuple[tuple[Line, ...], ...]
    numbers: frozenset[int] = frozenset()
    """Columns set to the right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A view's picture. Its files are `<view>.svg`, `<view>.dark.svg`, `<view>.png` (2x), `<view>.drawio`."""

    view: str
    alt: str
    width: int
    """Of the picture at 1:1, in px."""
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A numbered step: a movement of the packet, as the numbered circles of the picture have it."""

    number: int
    source: str
    target: str
    """"" where the packet never left `source`."""
    why: Line
    stopped: bool
    before: str
    """The header on arrival, `tcp 10.0.0.4:1024-65535 → 10.0.10.5:8080`; "" where there is none to show."""
    after: str
    """The same when it was rewritten; "" where it was not."""
    compared: Table | None
    """The lines of the route table, the group or the ACL that decided: which won and which lost, and why; None where
    there was nothing to compare."""


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps of a flow there, or back, in order; `step_table` makes a table of them."""

    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fold:
    """Blocks that a reader may open; where a markup folds nothing, they follow a line in strong letters."""

    title: Line
    blocks: tuple[Block, ...]
    open: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """Text as it is, line by line."""

    text: str
    language: str
    """`yaml`."""


@dataclass(frozen=True, slots=True)
class Downloads:
    """Files that a reader may take, beside the page."""

    files: tuple[tuple[str, str], ...]
    """What it is, and its name among the files of the export."""


Block = Heading | Paragraph | Bullets | Table | Picture | Steps | Fold | Listing | Downloads


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A page of one design, or of one of its flows."""

    name: str
    """Lower-case letters, digits, hyphens: fit for a file or a page of a wiki."""
    title: str
    summary: str
    blocks: tuple[Block, ...]


def pictures_of(blocks: tuple[Block, ...]) -> Iterator[Picture]:
    """The pictures of a page in order, those inside folds too."""
    for block in blocks:
        if isinstance(block, Picture):
            yield block
        elif isinstance(block, Fold):
            yield from pictures_of(block.blocks)


# -- lines -----------------------------------------------------------------------------------------
def plain(value: object) -> Line:
    """A line that reads as it is.

    >>> plain("a") == (Run(text="a"),), plain("")
    (True, ())
    """
    return (Run(text=str(value)),) if str(value) else ()


def code(value: object) -> Line:
    """A line of code; "" gives none."""
    return (Run(text=str(value), code=True),) if str(value) else ()


def strong(value: object) -> Line:
    """A line in strong letters."""
    return (Run(text=str(value), strong=True),) if str(value) else ()


def link(label: object, address: str) -> Line:
    """A line that leads to an address of ours; plain without one."""
    return (Run(text=str(label), link=address),)


def sentence(text: str) -> Line:
    """A sentence of a report: its addresses are code.

    >>> [run.text for run in sentence("10.0.0.0/16 -> local") if run.code]
    ['10.0.0.0/16']
    """
    return tuple(Run(text=part, code=is_address) for part, is_address in pieces(text))


def prose(text: str) -> Line:
    """A sentence of our own: what stands in backticks is code.

    >>> [run.text for run in prose("add `tcp 5432` to it") if run.code]
    ['tcp 5432']
    """
    parts = re.split(r"`([^`]+)`", text)
    return tuple(Run(text=part, code=bool(at % 2)) for at, part in enumerate(parts) if part)


def joined(lines: Iterator[Line] | tuple[Line, ...] | list[Line], between: str = ", ") -> Line:
    """Lines one after the other.

    >>> "".join(run.text for run in joined((plain("a"), plain("b"))))
    'a, b'
    """
    runs: list[Run] = []
    for line in lines:
        if line:
            runs += [*plain(between if runs else ""), *line]
    return tuple(runs)


def text_of(line: Line) -> str:
    """A line without its looks."""
    return "".join(run.text for run in line)
