# PNG files that open in draw.io as the diagram that they show.
"""RENDERER, render."""

from __future__ import annotations

from docgen.diagram.drawing import Drawing
from docgen.renderers._drawio import mxfile
from docgen.renderers._png import png_picture
from docgen.renderers._renderer import Options, Renderer


def render(drawing: Drawing, options: Options) -> bytes:
    """The drawing as PNG with its diagram in a text chunk.

    Raises:
        MissingToolError: the rasteriser is not installed.
    """
    return png_picture(drawing, options, mxfile([drawing], options))


RENDERER = Renderer(name="drawio.png", suffix=".drawio.png", media_type="image/png", render=render, layered=True)
