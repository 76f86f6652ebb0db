# Places of cells in a draw.io file that somebody edited. The file is outside input: bounded, no document type, hence
# no entities; nothing of it is kept but ids, parents and numbers.
#
# In:  bytes of a .drawio file, pages plain or compressed, or of a picture that holds one. Out: cells by page.
"""Cell, Page, read_pages."""

from __future__ import annotations

import base64
import binascii
import math
import zlib
from collections.abc import Callable
from typing import NoReturn
from urllib.parse import unquote_to_bytes
from xml.parsers import expat

from docgen.core.data import dataclass
from docgen.core.errors import UnreadableInputError
from docgen.renderers._drawio_picture import diagram_in

MAX_BYTES = 20_000_000
"""Of a file, and of all its pages once they are inflated."""
MAX_CELLS = 200_000
MAX_DEPTH = 50
FARTHEST = 1e7


@dataclass(frozen=True, slots=True)
class Cell:
    """A shape with its place, in px from the upper left corner of its parent."""

    id: str
    parent: str
    label: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Page:
    """A page with its shapes by id, in their order; lines, and what sits on lines, are left out."""

    id: str
    cells: dict[str, Cell]


def read_pages(data: bytes) -> tuple[Page, ...]:
    """The pages of a file.

    Raises:
        UnreadableInputError: it is no draw.io file, too large, or XML that may not come from outside.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableInputError(f"a draw.io file has at most {MAX_BYTES // 1_000_000} MB")
    file = _File()
    file.read(diagram_in(data, MAX_BYTES))
    return tuple(file.pages)


class _File:
    """Collects pages while expat reads: no tree is built, so that size costs no memory."""

    def __init__(self) -> None:
        self.pages: list[Page] = []
        self._inflated = 0
        self._count = 0

    def read(self, data: bytes) -> None:
        _parse(data, self._file_start, self._file_end, self._text)
        if not self.pages:
            raise UnreadableInputError("there is no page of draw.io in it")

    def _file_start(self, name: str, values: dict[str, str]) -> None:
        if name == "diagram":
            self.pages.append(Page(values.get("id", ""), {}))
            self._packed: list[str] = []
            self._wrapper: dict[str, str] = {}
            self._cell: dict[str, str] = {}
        elif self.pages:
            self._start(name, values)

    def _file_end(self, name: str) -> None:
        if name == "diagram":
            packed = "".join(self._packed).strip()
            if packed and not self.pages[-1].cells:
                _parse(self._inflate(packed), self._start, self._end, lambda _: None)
        elif self.pages:
            self._end(name)

    def _text(self, text: str) -> None:
        if self.pages:
            self._packed.append(text)

    def _inflate(self, packed: str) -> bytes:
        """draw.io's compression: the XML as a URL component, deflated without header, in Base64."""
        room = MAX_BYTES - self._inflated
        try:
            inflater = zlib.decompressobj(-15)
            plain = inflater.decompress(base64.b64decode(packed, validate=False), room + 1)
        except (binascii.Error, ValueError, zlib.error) as error:
            raise UnreadableInputError(f"a compressed page cannot be read: {error}") from error
        self._inflated += len(plain)
        if len(plain) > room:
            raise UnreadableInputError(f"the pages inflate to more than {MAX_BYTES // 1_000_000} MB")
        return unquote_to_bytes(plain)

    # -- cells -------------------------------------------------------------------------------------
    def _start(self, name: str, values: dict[str, str]) -> None:
        if name in ("object", "UserObject"):
            self._wrapper = values
        elif name == "mxCell":
            self._count += 1
            if self._count > MAX_CELLS:
                raise UnreadableInputError(f"a draw.io file has at most {MAX_CELLS:,} cells")
            wrapped = {"id": self._wrapper.get("id", ""), "value": self._wrapper.get("label", "")}
            self._cell = {**values, **{k: v for k, v in wrapped.items() if v}}
        elif name == "mxGeometry" and self._cell.get("vertex") == "1" and values.get("relative") != "1":
            cell = self._cell
            x, y, width, height = (_number(values.get(k, "0")) for k in ("x", "y", "width", "height"))
            id = cell.get("id", "")
            self.pages[-1].cells[id] = Cell(id, cell.get("parent", ""), cell.get("value", ""), x, y, width, height)

    def _end(self, name: str) -> None:
        if name in ("object", "UserObject"):
            self._wrapper = {}
        elif name == "mxCell":
            self._cell = {}


def _number(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        raise UnreadableInputError(f"{text[:40]!r} is no number of px") from None
    if not math.isfinite(number) or abs(number) > FARTHEST:
        raise UnreadableInputError(f"{text[:40]!r} is no place in a picture")
    return number


def _parse(
    data: bytes,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    text: Callable[[str], None],
) -> None:
    """Read XML by expat itself: what declares a document type is refused before any of it counts."""
    parser = expat.ParserCreate()
    depth = 0

    def opened(name: str, values: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise UnreadableInputError("elements are nested too deep")
        start(name, values)

    def closed(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(name)

    def refused(*_: object) -> NoReturn:
        raise UnreadableInputError("a draw.io file declares no document type and no entities")

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = opened, closed, text
    parser.StartDoctypeDeclHandler = refused
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise UnreadableInputError(
            f"this is not XML: {expat.ErrorString(error.code)}, line {error.lineno}"
        ) from error
