"""Widths from the font, breaking, cleaning."""

from __future__ import annotations

import pytest

from docgen.diagram.drawing import Align, Rect, TextLine
from docgen.diagram.text import block, clean, font_file, width_of, wrap


def test_widths_are_those_of_the_font():
    """Arimo has Arial's widths: 1139 of 2048 units for a digit, 569.5 for a full stop."""
    assert width_of("0" * 100, 2048) == 100 * 1139
    assert width_of("00.", 12) == 17


def test_bold_is_wider():
    assert width_of("Availability", 12, bold=True) > width_of("Availability", 12)


def test_the_font_is_there():
    assert font_file().name == "Arimo[wght].ttf"


@pytest.mark.parametrize(
    ("expected", "text", "limit"),
    [
        pytest.param(("Web server",), "Web server", 200, id="short-text-stays-whole"),
        pytest.param(("Application", "Load Balancer"), "Application Load Balancer", 80, id="breaks-at-spaces"),
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
