# SVG files. See _svg.py for the profile that they keep to.
"""RENDERER, render."""

from __future__ import annotations

from docgen.diagram.drawing import Drawing
from docgen.renderers._renderer import Options, Renderer
from docgen.renderers._svg import svg_document


def render(drawing: Drawing, options: Options) -> bytes:
    """The drawing as one SVG document; a scale means nothing to lines."""
    return svg_document(drawing, options)


RENDERER = Renderer(name="svg", suffix=".svg", media_type="image/svg+xml", render=render)
