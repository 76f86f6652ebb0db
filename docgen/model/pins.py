# What a person moved in a picture: a place that the layout keeps as far as it can.
#
# In and out of layout.yaml (loader/layout_file.py); applied by diagram/pins.py.
"""Pin and Pins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from docgen.core.data import dataclass
from docgen.core.span import NOWHERE, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """The place of an icon or a box, in px from the upper left corner of the box around it."""

    id: str
    """As draw.io files have it: `instance:shop/web-a`, `subnet:shop/app-a`."""
    parent: str
    """Id of the box around it when it was pinned."""
    x: int
    y: int
    width: int | None = None
    """Of a box that was made larger or smaller; None leaves its size."""
    height: int | None = None
    span: Span = field(default=NOWHERE, compare=False)


Pins = Mapping[str, tuple[Pin, ...]]
"""By view. Those of the overview hold in every view that has none of its own: all show one network."""
