# PNG files. See _png.py for how they are made.
"""RENDERER, render."""

from __future__ import annotations

from docgen.diagram.drawing import Drawing
from docgen.renderers._png import png_picture
from docgen.renderers._renderer import Options, Renderer


def render(drawing: Drawing, options: Options) -> bytes:
    """The drawing as PNG.

    Raises:
        MissingToolError: the rasteriser is not installed.
    """
    return png_picture(drawing, options)


RENDERER = Renderer(name="png", suffix=".png", media_type="image/png", render=render, heavy=True)
