# The fonts of the pictures, and how wide they set a text. Every font is a dependency, never one of the system: so the
# same words take the same room on every machine.
#
# Arimo first (it has the widths of Arial and Helvetica, which draw.io falls back to, and keeps them in every release,
# so that they stand in arimo_widths.json: a shaping library takes longer to load than a picture to draw); what it
# lacks comes from Noto.
"""picture_font, fonts_of, advance, joins."""

from __future__ import annotations

import importlib.util
import json
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from docgen.core.errors import MissingToolError

_BOLD, _REGULAR = 700, 400
_EM = 2048
"""Of the picture's font, in units of its widths."""
_WIDTHLESS = ("Mn", "Me", "Cf", "Cc")
"""Categories of characters that take no room of their own."""


@cache
def picture_font() -> Path:
    """The variable font that pictures are set in.

    Raises:
        MissingToolError: its package is not installed.
    """
    for path in _files("fontpkg_arimo", "files/Arimo[[]wght].ttf"):
        return path
    raise MissingToolError("the package fontpkg-arimo, which holds the font of the pictures, is not installed")


@cache
def _other_fonts() -> tuple[Path, ...]:
    """Fonts of the world's other scripts and of symbols; those for Chinese, Japanese and Korean come last."""
    return (*_files("manimgx_fonts", "*.ttf"), *_files("manimgx_fonts_cjk", "*.ttc"))


def _files(package: str, pattern: str) -> list[Path]:
    found = importlib.util.find_spec(package)
    folders = (found.submodule_search_locations or []) if found else []
    return sorted(path for folder in folders for path in Path(folder).glob(pattern))


def fonts_of(text: str) -> tuple[Path, ...]:
    """The font files that a text needs, the picture's own first."""
    wanted = {_font_of(c) for c in set(text) if not _plain(c)}
    return (picture_font(), *(path for path in _other_fonts() if path in wanted))


def advance(text: str, bold: bool) -> float:
    """How far a line of text moves the pen, in em.

    Characters of the picture's font count one by one, without kerning, as draw.io sets them. Other scripts are shaped
    whole, since letters of Arabic or Devanagari have no width of their own. What no font has counts as a square.
    """
    if all(map(_plain, text)):
        return sum(_advance(c, bold) for c in text)
    return sum(_run_advance(run, font, bold) for run, font in _runs(text))


def _runs(text: str) -> Iterator[tuple[str, Path | None]]:
    """The text in pieces of one font each; marks stay with their letter."""
    start, font = 0, None
    for at, c in enumerate(text):
        wanted = font if at and joins(c) else picture_font() if _plain(c) else _font_of(c)
        if at and wanted != font:
            yield text[start:at], font
            start = at
        font = wanted
    if text:
        yield text[start:], font


def joins(character: str) -> bool:
    """Whether it belongs to the character before."""
    return unicodedata.category(character) in (*_WIDTHLESS, "Mc")


@cache
def _run_advance(text: str, font: Path | None, bold: bool) -> float:
    if font == picture_font():
        return sum(_advance(c, bold) for c in text)
    if font is None:
        return float(sum(not joins(c) for c in text))
    import uharfbuzz

    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    setting = _setting(font, bold)
    uharfbuzz.shape(setting, buffer)
    return float(sum(position.x_advance for position in buffer.glyph_positions) / setting.face.upem)


@cache
def _advance(character: str, bold: bool) -> float:
    if unicodedata.category(character) in _WIDTHLESS:
        return 0.0
    return _widths()[character][bold] / _EM


@cache
def _widths() -> Mapping[str, tuple[int, int]]:
    """Regular and bold advance of every character of the picture's font."""
    runs = json.loads((Path(__file__).parent / "arimo_widths.json").read_bytes())
    return {
        chr(int(first, 16) + at): pair
        for first, (regular, bold) in runs.items()
        for at, pair in enumerate(zip(regular, bold, strict=True))
    }


@cache
def _plain(character: str) -> bool:
    """Whether the picture's own font has it, or nobody shows it."""
    return character in _widths() or unicodedata.category(character) in _WIDTHLESS


@cache
def _font_of(character: str) -> Path | None:
    return next((path for path in _other_fonts() if ord(character) in _characters(path)), None)


@cache
def _characters(font: Path) -> frozenset[int]:
    return frozenset(_face(font).unicodes)


@cache
def _setting(font: Path, bold: bool) -> Any:
    import uharfbuzz

    setting = uharfbuzz.Font(_face(font))
    setting.set_variations({"wght": _BOLD if bold else _REGULAR})
    return setting


@cache
def _face(font: Path) -> Any:
    import uharfbuzz

    return uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(font)))
