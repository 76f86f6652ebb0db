# Where lines may meet an icon: on which side, at which place, at what cost.
#
# In:  a PlacedIcon. Out: Ports. Knows no links; tracks.py runs a track through every port.
"""Way, OPPOSITE, Port, ports_of."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from docgen.diagram import theme
from docgen.diagram.placement import PlacedIcon

CLEAR = 4
"""Between a line and a label that it passes at the side."""
BEHIND = 300
"""What it costs to start behind a label that stands at the side."""


class Way(IntEnum):
    """A direction on the grid."""

    LEFT = 0
    RIGHT = 1
    UP = 2
    DOWN = 3


OPPOSITE = {Way.LEFT: Way.RIGHT, Way.RIGHT: Way.LEFT, Way.UP: Way.DOWN, Way.DOWN: Way.UP}


class Port(NamedTuple):
    """Where a line may meet an icon; `way` leads away from the icon."""

    x: int
    y: int
    way: Way
    cost: int


def ports_of(icon: PlacedIcon, *, several: bool = True) -> tuple[Port, ...]:
    """Ports on each side of an icon, below (or beside) it behind the label.

    Args:
        icon: Or a point on the border of a box, which has one port a side.
        several: Three a side: it, or what its only line leads to, has more than one line, and may need to be met
            off its middle by a straight line.
    """
    rect = icon.rect
    gap = theme.END_GAP if rect.width else 0  # a point on a box's border
    centre = rect.centre
    ports = []
    for offset, cost in ((0, 0), (-theme.PORT, 16), (theme.PORT, 16))[: 3 if several and rect.width else 1]:
        ports += [
            _side_port(icon, centre.y + offset, cost, Way.LEFT),
            _side_port(icon, centre.y + offset, cost, Way.RIGHT),
            Port(centre.x + offset, rect.y - gap, Way.UP, cost),
            _lower_port(icon, centre.x + offset, cost),
        ]
    return tuple(ports)


def _lower_port(icon: PlacedIcon, x: int, cost: int) -> Port:
    """Below the icon, or below the label where that is in the way; under its end a line would look torn off."""
    rect, label = icon.rect, icon.label.rect
    gap = theme.END_GAP if rect.width else 0
    below = bool(icon.label.lines) and label.y >= rect.bottom
    if not below or not label.x - CLEAR < x < label.right + CLEAR:
        return Port(x, rect.bottom + gap, Way.DOWN, cost)
    aside = abs(label.centre.x - rect.centre.x) > theme.PORT
    return Port(x, label.bottom + gap, Way.DOWN, cost + (BEHIND if aside else 6))


def _side_port(icon: PlacedIcon, y: int, cost: int, way: Way) -> Port:
    """Beside the icon, or behind the label where that stands in the way."""
    rect, label = icon.rect, icon.label.rect
    gap = theme.END_GAP if rect.width else 0
    level = bool(icon.label.lines) and label.y - 3 < y < label.bottom + 3
    if way is Way.LEFT:
        beside = level and label.right <= rect.x
        return Port((label.x - 2 if beside else rect.x) - gap, y, way, cost + (BEHIND if beside else 0))
    beside = level and label.x >= rect.right
    return Port((label.right + 2 if beside else rect.right) + gap, y, way, cost + (BEHIND if beside else 0))
