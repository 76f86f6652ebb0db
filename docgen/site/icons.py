# Icons of components as small pictures, for the pages that explain them.
#
# In:  the kinds, and the artwork that diagrams are drawn with. Out: an SVG for each icon; the same bytes every time.
"""component_icons."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from docgen.diagram.icons import artwork, data_uri
from docgen.kinds import all_kinds

_SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="48" height="48" viewBox="0 0 48 48">{}</svg>\n'


@cache
def component_icons() -> Mapping[str, bytes]:
    """The icons of all kinds by file name, as `docgen.pages.kind_page` names them."""
    names = sorted({kind.icon for kind in all_kinds().values() if kind.icon})
    return MappingProxyType({f"icons/{name}.svg": _SVG.format(_content(name)).encode("ascii") for name in names})


def _content(name: str) -> str:
    """Our own names and colours only: nothing here was written by an author of definitions."""
    art = artwork(name)
    if art.paths:
        paths = "".join(f'<path d="{d}"/>' for d in art.paths)
        return f'<g fill="none" stroke="{art.colour}" stroke-width="2">{paths}</g>'
    return f'<image width="48" height="48" href="{data_uri(name)}"/>'
