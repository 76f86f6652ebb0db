"""The widths that stand in a file are those of the font itself."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
import uharfbuzz

from docgen.diagram.fonts import advance, picture_font
from tests.conftest import Golden

FILE = "docgen/diagram/arimo_widths.json"


@pytest.fixture(scope="module")
def shaped() -> dict[str, tuple[int, int]]:
    """Regular and bold advance of every character, as the shaping library tells them."""
    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(picture_font())))
    regular, bold = uharfbuzz.Font(face), uharfbuzz.Font(face)
    regular.set_variations({"wght": 400})
    bold.set_variations({"wght": 700})
    return {
        chr(code): tuple(font.get_glyph_h_advance(font.get_nominal_glyph(code)) for font in (regular, bold))  # type: ignore[misc]
        for code in sorted(face.unicodes)
    }


def test_the_file_is_made_from_the_font(shaped: dict[str, tuple[int, int]], golden: Golden, root: Path) -> None:
    """A line for each run of characters: the first as a hexadecimal number, then regular and bold widths."""
    starts = [c for before, c in pairwise(["", *shaped]) if not before or ord(c) != ord(before) + 1]
    lines = []
    for start, end in pairwise([*map(ord, starts), None]):
        run = [w for c, w in shaped.items() if ord(c) >= start and (end is None or ord(c) < end)]  # type: ignore[operator]
        lines.append(f'"{start:04x}": {json.dumps(list(zip(*run, strict=True)), separators=(",", ":"))}')

    golden.check(root / FILE, "{\n" + ",\n".join(lines) + "\n}\n")


def test_a_text_is_as_wide_as_its_letters(shaped: dict[str, tuple[int, int]]) -> None:
    """Looked up in the file, in em of 2048 units; marks take no room."""
    for bold in (False, True):
        text = "Wörter, слова, λέξεις 10.0.0.0/16 → “a”"
        assert sum(shaped[c][bold] for c in text) / 2048 == pytest.approx(advance(text, bold))
    assert advance("e", False) == advance("e\u0301", False)
