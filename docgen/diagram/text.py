# How wide words are, from the very fonts that draw them: so a measured box holds in SVG, PNG and draw.io.
"""width_of, clean, wrap, shortened, block."""

from __future__ import annotations

import math
import unicodedata
from functools import lru_cache

from docgen.diagram.drawing import Align, Rect, Text, TextLine
from docgen.diagram.fonts import advance, joins
from docgen.diagram.theme import LINE_HEIGHT

_JOINERS = "\u200c\u200d"
"""Part letters or join them: spelling in Persian and in the scripts of India, invisible elsewhere."""


@lru_cache(maxsize=1 << 16)
def width_of(text: str, size: int, bold: bool = False) -> int:
    """Width of one line in px, rounded up."""
    return math.ceil(round(advance(text, bold) * size, 6))


@lru_cache(maxsize=1 << 13)
def clean(text: str) -> str:
    """The text on one line, without control characters and without those that turn the writing direction."""
    pairs = zip(" " + text, text, strict=False)
    return " ".join("".join(" " if c.isspace() else c for before, c in pairs if _shown(c, before)).split())


def _shown(character: str, before: str) -> bool:
    if character in _JOINERS:
        return not before.isascii() and unicodedata.category(before)[0] in "LM"
    return character.isspace() or unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co")


@lru_cache(maxsize=1 << 13)
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
        return tuple(kept)
    return _balanced(words, size, bold) if len(lines) == 2 else tuple(lines)


def _balanced(words: list[tuple[str, str]], size: int, bold: bool) -> tuple[str, str]:
    """Two lines as even as can be: no short word is left alone on the second."""

    def line(some: list[tuple[str, str]]) -> str:
        return "".join(f"{glue if at else ''}{piece}" for at, (piece, glue) in enumerate(some))

    ways = [(line(words[:at]), line(words[at:])) for at in range(len(words) - 1, 0, -1)]
    return min(ways, key=lambda way: max(width_of(part, size, bold) for part in way))


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
    return hyphen + 1 if hyphen > 0 else _before_letter(word, longest)


def _before_letter(word: str, cut: int) -> int:
    """The nearest place at or before this one that parts no mark from its letter; but never the start."""
    place = cut
    while 0 < place < len(word) and joins(word[place]):
        place -= 1
    return place or cut


def shortened(text: str, limit: int, size: int, bold: bool = False) -> str:
    """As much of one line as `limit` px hold, with an ellipsis."""
    while text and width_of(text + "…", size, bold) > limit:
        text = text[: _before_letter(text, len(text) - 1)]
    return text.rstrip() + "…"


def block(lines: tuple[TextLine, ...], x: int, y: int, align: Align = Align.MIDDLE) -> Text:
    """Lines as a placed text whose upper edge is `y` and whose anchor is `x`."""
    width = max((width_of(t.text, t.size, t.bold) for t in lines), default=0)
    height = sum(LINE_HEIGHT[t.size] for t in lines)
    left = {Align.START: x, Align.MIDDLE: x - width // 2, Align.END: x - width}[align]
    return Text(Rect(left, y, width, height), lines, align)
