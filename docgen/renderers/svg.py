# SVG files. See _svg.py for the profile that they keep to.
"""RENDERER, render."""

from __future__ import annotations

from docgen.diagram.drawing import Drawing
from docgen.renderers._renderer import Renderer
from docgen.renderers._svg import svg_document


def render(drawing: Drawing, scale: float = 1.0) -> bytes:
    """The drawing as one SVG document; `scale` means nothing to lines."""
    del scale
    return svg_document(drawing)


RENDERER = Renderer(name="svg", suffix=".svg", media_type="image/svg+xml", render=render)
