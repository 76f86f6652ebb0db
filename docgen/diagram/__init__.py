"""What to draw and where; see README.md in this folder."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType

from docgen.diagram.differences import compose_changes
from docgen.diagram.drawing import Drawing
from docgen.diagram.layout import place, place_on
from docgen.diagram.pins import pins_of_view
from docgen.diagram.steps import FlowStep, steps_of
from docgen.diagram.views import FLOW, compose, folded_views, is_view, views
from docgen.model.changes import Mark
from docgen.model.component import Key
from docgen.model.network import Network
from docgen.model.pins import Pins
from docgen.model.trace import FlowReport

__all__ = [
    "FLOW",
    "Drawing",
    "FlowStep",
    "compose",
    "draw",
    "draw_changes",
    "folded_views",
    "is_view",
    "pins_of_view",
    "place",
    "place_on",
    "steps_of",
    "views",
]

_UNPINNED: Pins = MappingProxyType({})


def draw(
    network: Network,
    view: str,
    reports: Mapping[str, FlowReport],
    pins: Pins = _UNPINNED,
    overlays: Collection[str] = (),
) -> Drawing:
    """Compose and place one view; `pins` of the design are kept where they fit.

    Raises:
        UnknownNameError: there is no such view, or no such overlay.
    """
    return place(compose(network, view, reports, overlays), pins_of_view(pins, view))


def draw_changes(
    network: Network,
    before: Mapping[str, FlowReport],
    after: Mapping[str, FlowReport],
    marks: Mapping[Key, Mark],
) -> Drawing:
    """Compose and place one picture of two states of a design; the network holds what both have."""
    return place(compose_changes(network, before, after, marks))
