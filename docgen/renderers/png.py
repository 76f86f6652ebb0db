# PNG from our own SVG by resvg, with our own font only: the same bytes on every machine.
#
# In:  a Drawing and a scale. Out: bytes, reduced to a palette where that shows no difference.
"""RENDERER, render."""

from __future__ import annotations

import io

from docgen.core.errors import MissingToolError
from docgen.diagram.drawing import Drawing
from docgen.diagram.text import font_file
from docgen.renderers._renderer import Renderer
from docgen.renderers._svg import svg_document


def render(drawing: Drawing, scale: float = 1.0) -> bytes:
    """The drawing as PNG, `scale` times its size in px.

    Raises:
        MissingToolError: the rasteriser is not installed.
    """
    try:
        import resvg_py
    except ImportError:
        raise MissingToolError("PNG needs the package resvg-py: pip install resvg-py") from None
    raw = resvg_py.svg_to_bytes(
        svg_string=svg_document(drawing).decode("utf-8"),
        width=round(drawing.width * scale),
        background="#ffffff",
        skip_system_fonts=True,
        font_files=[str(font_file())],
        font_family="Arimo",
        sans_serif_family="Arimo",
    )
    return _packed(bytes(raw))


def _packed(raw: bytes) -> bytes:
    """The same picture with 256 colours: a third of the size."""
    from PIL import Image

    with Image.open(io.BytesIO(raw)) as picture:
        small = picture.convert("RGB").quantize(256, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    out = io.BytesIO()
    small.save(out, "PNG", optimize=True)
    return out.getvalue()


RENDERER = Renderer(name="png", suffix=".png", media_type="image/png", render=render)
