# PNG from our own SVG by resvg, with our own fonts only: the same bytes on every machine.
#
# In:  a Drawing and Options. Out: bytes, reduced to a palette where that shows no difference.
"""png_picture, reduced."""

from __future__ import annotations

import io
from collections.abc import Iterable
from itertools import chain, islice
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from docgen.core.errors import MissingToolError
from docgen.core.png_file import PngFile
from docgen.diagram.drawing import Drawing
from docgen.diagram.fonts import fonts_of
from docgen.renderers._renderer import MOST_PIXELS, Options
from docgen.renderers._svg import svg_document

if TYPE_CHECKING:
    from PIL.Image import Image

Colour = tuple[int, int, int]
_MANY = 1 << 16
_STEPS = (32, 16, 4)
"""How far colours of one shade are apart at most, in red, green and blue: coarse first, so that no shade is lost."""


def png_picture(drawing: Drawing, options: Options, diagram: str = "") -> bytes:
    """The drawing as PNG, as wide as the options say.

    Args:
        drawing: What to draw.
        options: Its scale or width, its bound, and theme.
        diagram: A draw.io file to carry along, where draw.io looks for it.

    Raises:
        MissingToolError: the rasteriser is not installed.
    """
    try:
        import resvg_py
    except ImportError:
        raise MissingToolError("PNG needs the package resvg-py: pip install resvg-py") from None
    picture = svg_document(drawing, options).decode("utf-8")
    raw = resvg_py.svg_to_bytes(
        svg_string=picture,
        width=_width(drawing, options),
        background=options.palette.paper,
        skip_system_fonts=True,
        font_files=[str(path) for path in fonts_of(picture)],
        font_family="Arimo",
        sans_serif_family="Arimo",
    )
    return _packed(bytes(raw), diagram)


def _width(drawing: Drawing, options: Options) -> int:
    wanted = options.width or max(1, round(drawing.width * options.scale))
    limit = int((min(options.most_pixels, MOST_PIXELS) * drawing.width / drawing.height) ** 0.5)
    return min(wanted, limit)


def _packed(raw: bytes, diagram: str) -> bytes:
    """The same picture with 256 colours, none far from what it stands for: a third of the size."""
    from PIL.PngImagePlugin import PngImageFile, PngInfo

    with PngImageFile(io.BytesIO(raw)) as picture:
        small = reduced(picture.convert("RGB"))
    info = PngInfo()
    if diagram:
        info.add_text("mxfile", quote(diagram, safe=""))  # not zipped: older draw.io reads no zTXt of this name
    out = PngFile()
    small.save(out, compress_level=7, pnginfo=info)  # 8 takes twice the time for a tenth of the size
    return out.getvalue()


def reduced(picture: Image) -> Image:
    """With at most 256 of its own colours: one of each shade, then the most used; every other becomes the nearest.

    Pillow looks for the nearest by places on a grid of steps of four, and finds at once what stands on the grid.
    """
    from PIL import Image

    counted = picture.getcolors(_MANY)
    if counted is None:  # none of our pictures, whose colours are few and the mixtures at their edges
        return picture.quantize(256, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    colours: list[Any] = [colour for _, colour in sorted(counted, reverse=True)]
    used: dict[Colour, Colour] = {}
    for step in _STEPS:
        for colour in _first_of_each(colours, step).values():
            used.setdefault(_on_grid(colour, _STEPS[-1]), colour)
    shown = dict(islice(used.items(), 256))
    grid = Image.new("P", (1, 1))
    grid.putpalette(list(chain.from_iterable(shown)))
    small = picture.quantize(palette=grid, dither=Image.Dither.NONE)
    small.putpalette(list(chain.from_iterable(shown.values())))
    return small


def _first_of_each(colours: Iterable[Colour], step: int) -> dict[Colour, Colour]:
    """Of the colours of each shade the first, by the shade."""
    first: dict[Colour, Colour] = {}
    for colour in colours:
        first.setdefault(_on_grid(colour, step), colour)
    return first


def _on_grid(colour: Colour, step: int) -> Colour:
    red, green, blue = colour
    return red & -step, green & -step, blue & -step
