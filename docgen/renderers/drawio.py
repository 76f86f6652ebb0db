# draw.io files. See _drawio.py for what is in them.
"""RENDERER, render, render_pages."""

from __future__ import annotations

from collections.abc import Sequence

from docgen.diagram.drawing import Drawing
from docgen.renderers._drawio import mxfile
from docgen.renderers._renderer import Options, Renderer


def render(drawing: Drawing, options: Options) -> bytes:
    """One drawing as a file with one page."""
    return render_pages([drawing], options)


def render_pages(drawings: Sequence[Drawing], options: Options | None = None) -> bytes:
    """A file with one page for each drawing, in order."""
    return mxfile(drawings, options or Options()).encode("utf-8")


RENDERER = Renderer(
    name="drawio",
    suffix=".drawio",
    media_type="application/vnd.jgraph.mxfile",
    render=render,
    themed=False,
    layered=True,
)
