"""The palettes: complete, and with contrast enough to be read."""

from __future__ import annotations

import pytest

from docgen.diagram import theme
from docgen.diagram.drawing import Tone
from docgen.diagram.icons import ICONS

TEXTS = (theme.INK, theme.QUIET, theme.BLOCKED, *(look.text for look in theme.BOXES.values()))


def _luminance(colour: str) -> float:
    """Relative luminance by WCAG 2.2."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _grounds(palette: theme.Palette) -> list[str]:
    return [palette.paper, *(look.fill for look in palette.boxes.values() if look.fill.startswith("#"))]


@pytest.mark.parametrize("name", theme.PALETTES)
def test_every_kind_of_box_has_its_colours(name):
    assert theme.BOXES.keys() == theme.PALETTES[name].boxes.keys()


@pytest.mark.parametrize("name", theme.PALETTES)
def test_words_can_be_read_on_every_ground(name):
    """4.5 to 1, as WCAG asks of small text."""
    palette = theme.PALETTES[name]
    for ground in _grounds(palette):
        for text in TEXTS:
            if ground == palette.paper or text in (theme.INK, theme.QUIET, theme.BLOCKED):
                assert contrast(palette.ink(text), ground) >= 4.5, (text, ground)
    for box in palette.boxes.values():
        if box.fill.startswith("#"):
            assert contrast(box.text, box.fill) >= 4.5, box


@pytest.mark.parametrize("name", theme.PALETTES)
def test_lines_and_signs_stand_out(name):
    """3 to 1 for what is drawn, 4.5 to 1 for the number in a circle and the reason on its ground."""
    palette = theme.PALETTES[name]
    for ground in _grounds(palette):
        for tone in Tone:
            assert contrast(palette.tones[tone], ground) >= 3, (tone, ground)
    for tone in (Tone.ACCENT, Tone.BLOCKED):
        assert contrast(palette.paper, palette.tones[tone]) >= 4.5
    assert contrast(palette.ink(theme.BLOCKED), palette.tint) >= 4.5


@pytest.mark.parametrize("name", [n for n, art in ICONS.items() if not art.tile])
def test_line_glyphs_show_on_dark_paper(name):
    assert contrast(theme.DARK.glyph(ICONS[name].colour), theme.DARK.paper) >= 4.5


# Linear RGB as people without one kind of cone see it, after Viénot, Brettel and Mollon 1999 (the first two) and
# Brettel, Viénot and Mollon 1997 (tritan, by its plane for short waves); rows give red, green, blue.
SEEN_WITHOUT = {
    "red-cones": ((0.11238, 0.88762, 0.0), (0.11238, 0.88762, -0.0), (0.00401, -0.00401, 1.0)),
    "green-cones": ((0.29275, 0.70725, 0.0), (0.29275, 0.70725, -0.0), (-0.02234, 0.02234, 1.0)),
    "blue-cones": ((1.01277, 0.13548, -0.14826), (-0.01243, 0.86812, 0.14431), (0.07589, 0.805, 0.11911)),
    "any-cones": ((0.2126, 0.7152, 0.0722),) * 3,
}


def seen(colour: str, without: str) -> str:
    """The colour as somebody sees it."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    mixed = [min(1, max(0, sum(a * b for a, b in zip(row, linear, strict=True)))) for row in SEEN_WITHOUT[without]]
    shown = [12.92 * c if c <= 0.0031308 else 1.055 * c ** (1 / 2.4) - 0.055 for c in mixed]
    return "#" + "".join(f"{round(c * 255):02x}" for c in shown)


@pytest.mark.parametrize("without", SEEN_WITHOUT)
@pytest.mark.parametrize("name", theme.PALETTES)
def test_lines_and_words_stand_out_for_the_colour_blind_and_in_grey(name, without):
    palette = theme.PALETTES[name]
    for ground in _grounds(palette):
        paper = seen(ground, without)
        for tone in Tone:
            assert contrast(seen(palette.tones[tone], without), paper) >= 3, (tone, ground)
        for text in (theme.INK, theme.QUIET, theme.BLOCKED):
            assert contrast(seen(palette.ink(text), without), paper) >= 4.5, (text, ground)
