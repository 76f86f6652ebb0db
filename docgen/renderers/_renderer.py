# What a renderer is. Each module of this package without an underscore exports one as RENDERER.
"""Renderer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from docgen.diagram.drawing import Drawing


@dataclass(frozen=True, slots=True, kw_only=True)
class Renderer:
    """An output format for drawings."""

    name: str
    suffix: str
    media_type: str
    render: Callable[[Drawing, float], bytes]
    """Takes the drawing and a scale (1.0 is one px a px); gives the same bytes for the same drawing."""
