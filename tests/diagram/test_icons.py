"""Every icon that a kind names has artwork and a draw.io shape."""

from __future__ import annotations

import base64
import io

import pytest
from PIL import Image

from docgen.core.errors import UnknownNameError
from docgen.diagram.badges import BADGES
from docgen.diagram.icons import ICONS, PIXELS, artwork, data_uri
from docgen.diagram.theme import BOXES
from docgen.kinds import all_kinds
from docgen.renderers._drawio_styles import GROUPS, icon_style

LOOKS = {look.icon for kind in all_kinds().values() for look in kind.variants.values()}
NAMES = sorted({n for n in {kind.icon for kind in all_kinds().values()} | LOOKS if n} | {"dns-provider"})


@pytest.mark.parametrize("name", NAMES)
def test_icons_of_kinds_have_artwork_and_shape(name):
    art = artwork(name)

    assert art.file or art.paths
    assert (art.shape if "." in art.shape else f"mxgraph.aws4.{art.shape}") in icon_style(art)


@pytest.mark.parametrize("name", [n for n in NAMES if ICONS[n].file and n not in ("account", "region")])
def test_artwork_is_a_small_png_in_the_colour_of_its_category(name):
    head, _, body = data_uri(name).partition(",")
    picture = Image.open(io.BytesIO(base64.b64decode(body))).convert("RGBA")
    solid = [p for _, p in sorted(picture.getcolors(1 << 16), reverse=True) if p[3] == 255]
    wanted = tuple(int(ICONS[name].colour[at : at + 2], 16) for at in (1, 3, 5))

    assert head == "data:image/png;base64"
    assert picture.size == (PIXELS, PIXELS)
    assert all(abs(a - b) <= 8 for a, b in zip(wanted, solid[0], strict=False))
    assert len(body) < 12_000


@pytest.mark.parametrize("name", [n for n in NAMES if ICONS[n].file and not ICONS[n].tile])
def test_line_glyphs_are_see_through_between_their_lines(name):
    picture = Image.open(io.BytesIO(base64.b64decode(data_uri(name).partition(",")[2]))).convert("RGBA")
    alphas = picture.getchannel("A").histogram()

    assert alphas[0] > 0.4 * PIXELS * PIXELS
    assert alphas[255] > 0.02 * PIXELS * PIXELS


def test_icons_that_nobody_names_are_not_kept():
    assert set(ICONS) == set(NAMES)


def test_an_unknown_icon_is_refused():
    with pytest.raises(UnknownNameError):
        artwork("floppy-disk")


def test_every_box_has_its_badge_and_group():
    for look in BOXES.values():
        assert look.badge == "" or look.badge in BADGES
        assert look.drawio in GROUPS or look.drawio in ("zone", "band", "lan", "scaling", "guard")
