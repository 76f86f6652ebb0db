"""PNG: size, palette, the same picture as the SVG."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import Image, ImageChops

from docgen.diagram import theme
from docgen.diagram.drawing import TextLine
from docgen.renderers import Options, render
from docgen.renderers._png import reduced


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
        assert wanted in colours, name


def test_256_colours_are_those_of_the_picture():
    """Three plain grounds and 2,000 mixtures: the grounds stay as they are, a mixture is at most 15 off."""
    picture = Image.new("RGB", (100, 100), "#ffffff")
    picture.paste("#edf5e3", (0, 0, 50, 50))
    picture.paste("#e6f2f8", (50, 0, 100, 50))
    for at in range(2000):
        picture.putpixel((at % 100, 99 - at // 100), (at // 8, 255 - at // 8, (at * 7) % 64))
    small = reduced(picture)
    far = ImageChops.difference(small.convert("RGB"), picture)

    assert "P" == small.mode
    assert 256 == len(small.getcolors())
    assert all(most <= 15 for _, most in far.getextrema())
    for x, y in ((2, 80), (2, 2), (98, 2)):
        assert (0, 0, 0) == far.getpixel((x, min(y, 60)))


def test_a_picture_of_very_many_colours_is_reduced_too():
    picture = Image.merge(
        "RGB", [Image.radial_gradient("L"), Image.linear_gradient("L"), Image.linear_gradient("L").rotate(90)]
    )
    picture = picture.resize((600, 600), Image.Resampling.BICUBIC)

    assert picture.getcolors(1 << 16) is None
    assert 256 == len(reduced(picture).getcolors())


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
