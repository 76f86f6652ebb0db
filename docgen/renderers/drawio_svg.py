# SVG files that open in draw.io as the diagram that they show.
"""RENDERER, render."""

from __future__ import annotations

from docgen.diagram.drawing import Drawing
from docgen.renderers._drawio import mxfile
from docgen.renderers._renderer import Options, Renderer
from docgen.renderers._svg import svg_document


def render(drawing: Drawing, options: Options) -> bytes:
    """The drawing as SVG with its diagram in the attribute `content` of the root."""
    return svg_document(drawing, options, mxfile([drawing], options))


RENDERER = Renderer(name="drawio.svg", suffix=".drawio.svg", media_type="image/svg+xml", render=render, layered=True)
