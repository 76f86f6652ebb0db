"""One file for each format; see README.md in this folder."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from docgen.core.errors import UnknownNameError
from docgen.core.registry import discover
from docgen.diagram.drawing import Drawing
from docgen.renderers._renderer import Renderer

__all__ = ["Renderer", "all_renderers", "render"]


@cache
def all_renderers() -> Mapping[str, Renderer]:
    """Every renderer by name, in the order of names."""
    return MappingProxyType({r.name: r for r in discover("docgen.renderers", "RENDERER")})


def render(drawing: Drawing, name: str, *, scale: float = 1.0) -> bytes:
    """A drawing in one format; `scale` counts only for formats made of pixels.

    Raises:
        UnknownNameError: there is no such format.
    """
    renderers = all_renderers()
    if name not in renderers:
        raise UnknownNameError("format", name, renderers)
    return renderers[name].render(drawing, scale)
