"""PNG: size, palette, the same picture as the SVG."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import Image

from docgen.diagram import theme
from docgen.diagram.drawing import TextLine
from docgen.renderers import Options, render


@pytest.mark.parametrize("scale", [1.0, 2.0, 0.5])
def test_scale_multiplies_the_size(scale, drawing):
    made = drawing("public-server", "overview")
    picture = Image.open(io.BytesIO(render(made, "png", Options(scale=scale))))

    assert (round(made.width * scale), round(made.height * scale)) == picture.size


@pytest.mark.parametrize("scale", [0.5, 8.0])
def test_no_more_pixels_than_asked(scale, drawing):
    """A wiki that takes no larger picture gets a smaller one, in the same shape."""
    made = drawing("public-server", "overview")
    picture = Image.open(io.BytesIO(render(made, "png", Options(scale=scale, most_pixels=90_000))))

    assert picture.width * picture.height <= 91_000
    assert abs(picture.width * made.height / made.width - picture.height) <= 1


@pytest.mark.parametrize("width", [320, 1600])
def test_a_width_counts_instead_of_the_scale(width, drawing):
    made = drawing("public-server", "overview")
    picture = Image.open(io.BytesIO(render(made, "png", Options(width=width, scale=3.0))))

    assert width == picture.width
    assert abs(width * made.height / made.width - picture.height) <= 1


def test_dark_stands_on_dark_paper(drawing):
    picture = Image.open(io.BytesIO(render(drawing("public-server", "overview"), "png", Options(theme="dark"))))

    assert theme.DARK.paper == "#{:02x}{:02x}{:02x}".format(*picture.convert("RGB").getpixel((2, 2)))


def test_it_is_small_and_its_colours_are_those_of_the_theme(drawing):
    content = render(drawing("three-tier", "flow-skip"), "png", Options(scale=2.0))
    picture = Image.open(io.BytesIO(content))
    colours = {c for _, c in picture.convert("RGB").getcolors(256)}

    assert picture.mode == "P"
    assert len(content) < 150_000
    for name in (theme.PAPER, theme.BLOCKED):
        wanted = tuple(int(name[at : at + 2], 16) for at in (1, 3, 5))
        assert any(all(abs(a - b) <= 6 for a, b in zip(wanted, c, strict=True)) for c in colours), name


def test_words_are_drawn(drawing):
    """Without the font nothing would stand beside the users' icon."""
    made = drawing("public-server", "overview")
    label = made.icon("user:visitor").label.rect
    picture = Image.open(io.BytesIO(render(made, "png"))).convert("L")
    dark = sum(1 for v in picture.crop((label.x, label.y, label.right, label.bottom)).tobytes() if v < 128)

    assert dark > 60


@pytest.mark.parametrize("words", ["東京", "서버", "قاعدة", "डेटा", "ฐาน", "🚀☃"])
def test_words_of_other_scripts_are_drawn(words, drawing):
    """Turned round they look different; the boxes that stand for missing letters would not."""
    made = drawing("public-server", "overview")
    icon = made.icons[0]

    def picture(text):
        label = replace(icon.label, lines=(TextLine(text, 12),))
        return render(replace(made, icons=(replace(icon, label=label), *made.icons[1:])), "png", Options())

    assert picture(words) != picture(words[::-1])
