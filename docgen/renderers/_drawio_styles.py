# Style strings of draw.io's AWS shapes, as its own sidebar writes them (mxgraph.aws4), for what pictures use.
"""group_style, icon_style, dashes, FONT."""

from __future__ import annotations

from docgen.diagram import theme
from docgen.diagram.icons import Artwork

FONT = "fontFamily=Arimo,Liberation Sans,Arial,Helvetica,DejaVu Sans Condensed,sans-serif;"
"""Families with the widths that words were measured with, then the next best of a bare Linux machine."""

_POINTS = (
    "points=[[0,0],[0.25,0],[0.5,0],[0.75,0],[1,0],[1,0.25],[1,0.5],[1,0.75],[1,1],[0.75,1],[0.5,1],[0.25,1],"
    "[0,1],[0,0.75],[0,0.5],[0,0.25]];"
)
_CONTAINER = "container=1;pointerEvents=0;collapsible=0;recursiveResize=0;"
_GROUP = _POINTS + "outlineConnect=0;gradientColor=none;html=1;whiteSpace=wrap;fontSize=12;fontStyle=0;" + _CONTAINER
_ICON = (
    "sketch=0;outlineConnect=0;fontColor=#232F3E;gradientColor=none;dashed=0;verticalLabelPosition=bottom;"
    "verticalAlign=top;align=center;html=1;whiteSpace=wrap;fontSize=12;fontStyle=0;aspect=fixed;pointerEvents=1;"
    + FONT
)

GROUPS = {
    "cloud": ("group_aws_cloud", ""),
    "account": ("group_account", ""),
    "region": ("group_region", ""),
    "vpc": ("group_vpc2", ""),
    "site": ("group_corporate_data_center", ""),
    "location": ("group_on_premise", ""),
    "public": ("group_security_group", "grStroke=0;"),
    "private": ("group_security_group", "grStroke=0;"),
}
"""Name in `theme.BoxLook.drawio` to draw.io's group icon and what its style adds."""


def dashes(pattern: tuple[int, int]) -> str:
    """Style of dashes of these px, which draw.io would otherwise scale by the width of the line."""
    return f"fixDash=1;dashPattern={pattern[0]} {pattern[1]};"


def group_style(look: theme.BoxLook) -> str:
    """Style of a container; its titles are cells of their own, so it has no label."""
    dashed = f"dashed=1;{dashes(theme.DASH)}" if look.dashed else "dashed=0;"
    if look.drawio not in GROUPS:
        rounded = "rounded=1;arcSize=12;" if look.drawio == "band" else ""
        return (
            f"{rounded}fillColor={look.fill};strokeColor={look.stroke};strokeWidth={look.width};{dashed}"
            f"verticalAlign=top;fontColor={look.text};whiteSpace=wrap;html=1;{_CONTAINER}"
        )
    icon, more = GROUPS[look.drawio]
    return (
        f"{_GROUP}shape=mxgraph.aws4.group;grIcon=mxgraph.aws4.{icon};{more}strokeColor={look.badge_fill};"
        f"fillColor={look.fill};strokeWidth={look.width};verticalAlign=top;align=left;spacingLeft=30;"
        f"fontColor={look.text};{dashed}"
    )


def icon_style(art: Artwork) -> str:
    """Style of an icon: a glyph in its category's colour, or a white glyph on a square of it."""
    if art.tile:
        return (
            f"{_ICON}fillColor={art.colour};strokeColor=#ffffff;shape=mxgraph.aws4.resourceIcon;"
            f"resIcon=mxgraph.aws4.{art.shape};"
        )
    shape = art.shape if "." in art.shape else f"mxgraph.aws4.{art.shape}"
    return f"{_ICON}fillColor={art.colour};strokeColor=none;shape={shape};"
