# What a renderer is. Each module of this package without an underscore exports one as RENDERER.
"""Renderer, Options."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field

from docgen.core.data import dataclass
from docgen.diagram.drawing import Drawing
from docgen.diagram.theme import PALETTES, Palette

MOST_PIXELS = 40_000_000
"""More than any screen shows, and what the rasteriser still does within a few seconds and half a gigabyte."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to write a drawing; each format takes what means something to it."""

    scale: float = 1.0
    """px of a picture made of pixels for each px of the drawing."""
    width: int | None = None
    """Of a picture made of pixels, in px; counts instead of `scale`."""
    most_pixels: int = MOST_PIXELS
    """How many pixels it may have: a larger one is made smaller."""
    theme: str = "light"
    """Name in `theme.PALETTES`. draw.io turns colours for its own dark mode itself."""
    links: Mapping[str, str] = field(default_factory=dict)
    """Addresses by the keys of components: what a click on one opens."""
    layers: tuple[Drawing, ...] = ()
    """Other views of the same placement, which formats with layers show at will."""

    @property
    def palette(self) -> Palette:
        """Colours of the theme."""
        return PALETTES[self.theme]


@dataclass(frozen=True, slots=True, kw_only=True)
class Renderer:
    """An output format for drawings."""

    name: str
    suffix: str
    media_type: str
    render: Callable[[Drawing, Options], bytes]
    """Gives the same bytes for the same drawing and options."""
    themed: bool = True
    """Whether it has a light and a dark file."""
    layered: bool = False
    """Whether it has layers."""
    heavy: bool = False
    """Whether a file takes longer than it takes to begin a process."""
