# PNG from our own SVG by resvg, with our own fonts only: the same bytes on every machine.
#
# In:  a Drawing and Options. Out: bytes, reduced to a palette where that shows no difference.
"""png_picture."""

from __future__ import annotations

import io
from urllib.parse import quote

from docgen.core.errors import MissingToolError
from docgen.diagram.drawing import Drawing
from docgen.diagram.fonts import fonts_of
from docgen.renderers._renderer import MOST_PIXELS, Options
from docgen.renderers._svg import svg_document


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
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    with Image.open(io.BytesIO(raw)) as picture:
        plain = picture.convert("RGB")
    small = plain.quantize(256, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    info = PngInfo()
    if diagram:
        info.add_text("mxfile", quote(diagram, safe=""))  # not zipped: older draw.io reads no zTXt of this name
    out = io.BytesIO()
    small.save(out, "PNG", compress_level=8, pnginfo=info)  # 9 takes thrice the time for a thirtieth of the size
    return out.getvalue()
