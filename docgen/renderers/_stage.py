# The pictures of a design for a page that plays its flows: what all flows share once, and what each adds.
#
# In:  Drawings of the overview and of flows. Out: plain values, as JSON. Same markup, classes and colours as the
# SVG files; artwork stands apart, once, and is used by id, so that a page holds each icon one time.
"""stage_values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from docgen.diagram.drawing import Drawing, State
from docgen.diagram.icons import GENERAL, artwork
from docgen.renderers._markup import element
from docgen.renderers._renderer import Options
from docgen.renderers._svg import svg_groups

ART = "art-"
"""Before the number of an artwork: its id."""

_IMAGE = re.compile(r'<image ([^>]*?) href="(data:[^"]+)"/>')


def stage_values(drawings: Iterable[Drawing]) -> Mapping[str, Any]:
    """`art` (id to data URI) and `stages`: width, height, `ground` and `layers` (view to markup).

    Drawings with the same boxes, icons and words at the same places share a ground. A layer names the icons on its
    way (`data-on`) and what is out of order (`data-down`).
    """
    art: dict[str, str] = {}
    stages: dict[tuple[Any, ...], dict[str, Any]] = {}
    for drawing in drawings:
        places = (
            tuple((b.id, b.rect, b.titles) for b in drawing.boxes),
            tuple((i.id, i.rect, i.label, i.artwork) for i in drawing.icons),
        )
        if places not in stages:
            stages[places] = {"width": 0, "height": 0, "ground": _ground(drawing, art), "layers": {}}
        stage = stages[places]
        stage["width"] = max(stage["width"], drawing.width)
        stage["height"] = max(stage["height"], drawing.height)
        stage["layers"][drawing.view] = _layer(drawing)
    return {"art": {id: uri for uri, id in art.items()}, "stages": list(stages.values())}


def _ground(drawing: Drawing, art: dict[str, str]) -> str:
    """Boxes and icons, none of them faded."""
    usual = replace(
        drawing,
        boxes=tuple(replace(b, state=State.NORMAL) for b in drawing.boxes),
        icons=tuple(replace(i, state=State.NORMAL) for i in drawing.icons),
    )
    boxes, _, icons, _ = svg_groups(usual, Options())

    pictures = iter([artwork(i.artwork) for i in usual.icons if not artwork(i.artwork).paths])

    def used(image: re.Match[str]) -> str:
        id = art.setdefault(image[2], f"{ART}{len(art) + 1}")
        shape = next(pictures)
        look = "" if shape.tile else ' class="dg-black"' if shape.colour == GENERAL else ' class="dg-glyph"'
        return f'<use{look} {image[1]} href="#{id}"/>'

    return f"{boxes}\n{_IMAGE.sub(used, icons)}"


def _layer(drawing: Drawing) -> str:
    """Lines and signs of one view."""
    _, connectors, _, markers = svg_groups(drawing, Options())
    on = [i.id for i in drawing.icons if i.state is not State.FADED]
    down = [b.id for b in drawing.boxes if b.state is State.DOWN]
    down += [i.id for i in drawing.icons if i.state is State.DOWN]
    group = {
        "class": "dg-layer",
        "data-view": drawing.view,
        "data-on": " ".join(on),
        "data-down": " ".join(down) or None,
    }
    return element("g", group, f"{connectors}\n{markers}")
