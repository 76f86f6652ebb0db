"""Widths from the font, breaking, cleaning."""

from __future__ import annotations

import pytest
from fontTools.ttLib import TTFont

from docgen.diagram.drawing import Align, Rect, TextLine
from docgen.diagram.fonts import advance, fonts_of, picture_font
from docgen.diagram.text import block, clean, shortened, width_of, wrap


def test_widths_are_those_of_the_font():
    """Arimo has Arial's widths: 1139 of 2048 units for a digit, 569.5 for a full stop."""
    assert width_of("0" * 100, 2048) == 100 * 1139
    assert width_of("00.", 12) == 17


def test_bold_is_wider():
    assert width_of("Availability", 12, bold=True) > width_of("Availability", 12)


def test_the_font_is_there():
    assert picture_font().name == "Arimo[wght].ttf"


@pytest.mark.parametrize(
    ("font", "text"),
    [
        pytest.param(None, "5", id="latin"),
        pytest.param(None, "é", id="accents"),
        pytest.param("NotoSansCJK-VF.otf.ttc", "東", id="chinese"),
        pytest.param("NotoSansCJK-VF.otf.ttc", "버", id="korean"),
        pytest.param("NotoSansThai[wght].ttf", "ฐ", id="thai"),
        pytest.param("NotoEmoji[wght].ttf", "🚀", id="emoji"),
    ],
)
def test_a_character_is_as_wide_as_its_font_says(font, text):
    """The font's own table, read by another library."""
    path = fonts_of(text)[-1]
    table = TTFont(path, fontNumber=0)
    width = table["hmtx"][table.getBestCmap()[ord(text)]][0] / table["head"].unitsPerEm

    assert (font or picture_font().name) == path.name
    assert width == pytest.approx(advance(text, bold=False), abs=0.06)  # the table is of another weight
    assert advance(text, bold=False) + advance("55", bold=False) == pytest.approx(advance(text + "55", bold=False))


def test_marks_take_no_room():
    assert advance("e\u0301", bold=False) == advance("e", bold=False)


def test_what_no_font_has_is_square():
    assert 1.0 == advance("\U000e0fff", bold=False)
    assert (picture_font(),) == fonts_of("\U000e0fff")


@pytest.mark.parametrize("word", [pytest.param("قاعدة", id="arabic"), pytest.param("क्ष", id="conjunct")])
def test_joined_letters_are_narrower_than_apart(word):
    """They have another form inside a word."""
    assert advance(word, bold=False) < sum(advance(letter, bold=False) for letter in word)


def test_no_mark_is_parted_from_its_letter():
    """A vowel sign at the head of a line would stand under a dotted circle."""
    word = "कि" * 20

    for line in (*wrap(word, 100, 12), shortened(word, 50, 12)):
        assert not line.startswith("ि")
        assert "क…" not in line


@pytest.mark.parametrize(
    ("expected", "text", "limit"),
    [
        pytest.param(("Web server",), "Web server", 200, id="short-text-stays-whole"),
        pytest.param(("Application", "Load Balancer"), "Application Load Balancer", 80, id="breaks-at-spaces"),
        pytest.param(("Gateway", "endpoint for S3"), "Gateway endpoint for S3", 120, id="leaves-no-short-word-alone"),
        pytest.param(("payments-api-", "production"), "payments-api-production", 90, id="breaks-words-at-hyphens"),
        pytest.param(("mmmmm", "mmmm…"), "m" * 30, 52, id="what-does-not-fit-ends-in-an-ellipsis"),
        pytest.param(("",), "", 52, id="nothing-stays-nothing"),
    ],
)
def test_wrap(expected, text, limit):
    """Two lines at most."""
    lines = wrap(text, limit, 12)

    assert expected == lines
    assert all(width_of(line, 12) <= limit for line in lines)


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        pytest.param("a b", "a\n\t b", id="one-line"),
        pytest.param("exe.txt", "exe\u202e.txt", id="no-turning-of-the-writing-direction"),
        pytest.param("ab", "a\x00\x1bb", id="no-control-characters"),
        pytest.param("می\u200cخواهم", "می\u200cخواهم", id="persian-keeps-its-non-joiner"),
        pytest.param("admin", "ad\u200cmin", id="no-invisible-characters-in-latin"),
        pytest.param("Größe 東京", "Größe 東京", id="other-scripts-stay"),
    ],
)
def test_clean(expected, text):
    """What an author writes cannot disturb a picture."""
    assert expected == clean(text)


@pytest.mark.parametrize(
    ("rect", "align"),
    [
        pytest.param(Rect(100, 5, 14, 15), Align.START, id="start"),
        pytest.param(Rect(93, 5, 14, 15), Align.MIDDLE, id="middle"),
        pytest.param(Rect(86, 5, 14, 15), Align.END, id="end"),
    ],
)
def test_block(rect, align):
    """A text's rectangle stands as its alignment says."""
    assert rect == block((TextLine("00"),), 100, 5, align).rect
