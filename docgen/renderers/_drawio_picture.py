# The draw.io file inside a picture: what draw.io itself and docgen write into PNG and SVG. The picture is outside
# input: bounded, and of an SVG only the first element is read.
#
# In:  bytes of any file. Out: the diagram's XML where it is such a picture, else the bytes as they came.
"""diagram_in."""

from __future__ import annotations

import contextlib
import zlib
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes
from xml.parsers import expat

from docgen.core.errors import UnreadableInputError

_PNG = b"\x89PNG\r\n\x1a\n"
_NAMES = (b"mxfile", b"mxGraphModel")


def diagram_in(data: bytes, most: int) -> bytes:
    """The diagram of a `.drawio.png` or `.drawio.svg`; of anything else, itself.

    Args:
        data: A file.
        most: Bytes that an inflated diagram may have.

    Raises:
        UnreadableInputError: it is a picture without a diagram, or a damaged one.
    """
    if data.startswith(_PNG):
        return _of_png(data, most)
    root, content = _first_element(data)
    if root != "svg":
        return data
    if not content:
        raise UnreadableInputError("this SVG holds no diagram: render it with `-f drawio.svg`")
    return content.encode("utf-8")


def _of_png(data: bytes, most: int) -> bytes:
    for kind, content in _chunks(data):
        name, separator, text = content.partition(b"\0")
        if not separator or name not in _NAMES:
            continue
        if kind == b"tEXt":
            return unquote_to_bytes(text)
        if kind == b"zTXt":
            return unquote_to_bytes(_inflated(text[1:], most))
    raise UnreadableInputError("this PNG holds no diagram: render it with `-f drawio.png`")


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Kind and content of each part of a PNG file; ends where the file does."""
    at = len(_PNG)
    while at + 8 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        yield data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        at += length + 12


def _inflated(packed: bytes, most: int) -> bytes:
    """As the format says, with a zlib header; draw.io itself writes none."""
    for window in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
        inflater = zlib.decompressobj(window)
        try:
            plain = inflater.decompress(packed, most + 1)
        except zlib.error:
            continue
        if len(plain) > most:
            raise UnreadableInputError(f"the diagram inflates to more than {most // 1_000_000} MB")
        return plain
    raise UnreadableInputError("the diagram in this PNG cannot be read")


class _FoundError(Exception):
    """Stops the reader at the first element."""


def _first_element(data: bytes) -> tuple[str, str]:
    """Name of the root and its attribute `content`; nothing where it is not XML.

    draw.io's own SVG names a public document type, which is never fetched; one that declares anything is refused.
    """
    parser = expat.ParserCreate()
    found: list[tuple[str, str]] = []

    def opened(name: str, values: dict[str, str]) -> None:
        found.append((name.rpartition(":")[2], values.get("content", "")))
        raise _FoundError

    def declared(_name: str, _system: str | None, _public: str | None, own: int) -> None:
        if own:
            raise _FoundError

    parser.StartElementHandler, parser.StartDoctypeDeclHandler = opened, declared
    with contextlib.suppress(_FoundError, expat.ExpatError):
        parser.Parse(data, True)
    return found[0] if found else ("", "")
