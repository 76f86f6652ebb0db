# How wide words are, from the very font that draws them: so a measured box holds in SVG, PNG and draw.io
# (Arimo has the widths of Arial and Helvetica, which draw.io falls back to).
"""width_of, wrap, block, font_file."""

from __future__ import annotations

import importlib.util
import math
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

from docgen.core.errors import MissingToolError
from docgen.diagram.drawing import Align, Rect, Text, TextLine
from docgen.diagram.theme import LINE_HEIGHT


@cache
def font_file() -> Path:
    """The variable font that pictures are set in.

    Raises:
        MissingToolError: its package is not installed.
    """
    found = importlib.util.find_spec("fontpkg_arimo")
    for folder in (found.submodule_search_locations or []) if found else []:
        path = Path(folder) / "files" / "Arimo[wght].ttf"
        if path.is_file():
            return path
    raise MissingToolError("the package fontpkg-arimo, which holds the font of the pictures, is not installed")


def width_of(text: str, size: int, bold: bool = False) -> int:
    """Width of one line in px, rounded up."""
    units = _units_per_em()
    return math.ceil(sum(_advance(c, bold) for c in text) * size / units)


@cache
def _advance(character: str, bold: bool) -> float:
    if unicodedata.category(character) in ("Mn", "Me", "Cf", "Cc"):
        return 0.0
    name = _characters().get(ord(character))
    if name is None:  # not in this font: a browser takes another one, which is at most square
        return float(_units_per_em())
    return float(_glyphs(bold)[name].width)


@cache
def _font() -> Any:
    from fontTools.ttLib import TTFont

    return TTFont(font_file(), lazy=True)


@cache
def _glyphs(bold: bool) -> Any:
    return _font().getGlyphSet(location={"wght": 700 if bold else 400})


@cache
def _characters() -> dict[int, str]:
    return dict(_font().getBestCmap())


@cache
def _units_per_em() -> int:
    return int(_font()["head"].unitsPerEm)


def clean(text: str) -> str:
    """The text on one line, without control characters and without those that turn the writing direction."""
    unwanted = ("Cc", "Cf", "Cs", "Co")
    return " ".join("".join(" " if c.isspace() else c for c in text if _shown(c, unwanted)).split())


def _shown(character: str, unwanted: tuple[str, ...]) -> bool:
    return character.isspace() or unicodedata.category(character) not in unwanted


def wrap(text: str, limit: int, size: int, bold: bool = False, most: int = 2) -> tuple[str, ...]:
    """Break a text into at most `most` lines of `limit` px, at spaces, else at hyphens, else anywhere.

    What does not fit ends in an ellipsis.
    """
    words = _pieces(clean(text), limit, size, bold)
    lines: list[str] = []
    for piece, glue in words:
        joined = f"{lines[-1]}{glue}{piece}" if lines else piece
        if lines and width_of(joined, size, bold) <= limit:
            lines[-1] = joined
        else:
            lines.append(piece)
    if len(lines) > most:
        kept = lines[:most]
        kept[-1] = shortened(kept[-1] + " " + lines[most], limit, size, bold)
        lines = kept
    return tuple(lines)


def _pieces(text: str, limit: int, size: int, bold: bool) -> list[tuple[str, str]]:
    """Words with the glue before each; words that are too long are cut at hyphens, then anywhere."""
    pieces: list[tuple[str, str]] = []
    for word in text.split(" "):
        glue = " "
        while width_of(word, size, bold) > limit:
            cut = _last_cut(word, limit, size, bold)
            pieces.append((word[:cut], glue))
            word, glue = word[cut:], ""
        pieces.append((word, glue))
    return pieces


def _last_cut(word: str, limit: int, size: int, bold: bool) -> int:
    longest = 1
    while longest < len(word) and width_of(word[: longest + 1], size, bold) <= limit:
        longest += 1
    hyphen = max(word.rfind(c, 0, longest) for c in "-./_")
    return hyphen + 1 if hyphen > 0 else longest


def shortened(text: str, limit: int, size: int, bold: bool = False) -> str:
    """As much of one line as `limit` px hold, with an ellipsis."""
    while text and width_of(text + "…", size, bold) > limit:
        text = text[:-1]
    return text.rstrip() + "…"


def block(lines: tuple[TextLine, ...], x: int, y: int, align: Align = Align.MIDDLE) -> Text:
    """Lines as a placed text whose upper edge is `y` and whose anchor is `x`."""
    width = max((width_of(t.text, t.size, t.bold) for t in lines), default=0)
    height = sum(LINE_HEIGHT[t.size] for t in lines)
    left = {Align.START: x, Align.MIDDLE: x - width // 2, Align.END: x - width}[align]
    return Text(Rect(left, y, width, height), lines, align)
