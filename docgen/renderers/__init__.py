"""One file for each format; see README.md in this folder."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from docgen.core.errors import UnknownNameError
from docgen.core.registry import discover
from docgen.diagram.drawing import Drawing
from docgen.diagram.theme import PALETTES
from docgen.renderers._renderer import MOST_PIXELS, Options, Renderer

__all__ = ["MOST_PIXELS", "Options", "Renderer", "all_renderers", "file_name", "render"]


@cache
def all_renderers() -> Mapping[str, Renderer]:
    """Every renderer by name, in the order of names."""
    return MappingProxyType({r.name: r for r in discover("docgen.renderers", "RENDERER")})


def render(drawing: Drawing, name: str, options: Options | None = None) -> bytes:
    """A drawing in one format.

    Raises:
        UnknownNameError: there is no such format or theme.
    """
    chosen = options or Options()
    if chosen.theme not in PALETTES:
        raise UnknownNameError("theme", chosen.theme, PALETTES)
    return _renderer(name).render(drawing, chosen)


def file_name(view: str, name: str, theme: str = "light") -> str:
    """What a view's file in a format is called.

    >>> file_name("overview", "svg"), file_name("overview", "svg", "dark"), file_name("overview", "drawio", "dark")
    ('overview.svg', 'overview.dark.svg', 'overview.drawio')

    Raises:
        UnknownNameError: there is no such format.
    """
    renderer = _renderer(name)
    return f"{view}{'.dark' if renderer.themed and theme == 'dark' else ''}{renderer.suffix}"


def _renderer(name: str) -> Renderer:
    renderers = all_renderers()
    if name not in renderers:
        raise UnknownNameError("format", name, renderers)
    return renderers[name]
