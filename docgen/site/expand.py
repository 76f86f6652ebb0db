# Fills places that hand-written pages keep for docgen.
#
# In:  a page's Markdown with `<!-- docgen:NAME -->` lines. Out: the same with generated parts in their places.
"""expand."""

from __future__ import annotations

import re

from docgen.pages import Build
from docgen.pages.home import chapters, facts, hero, selection
from docgen.pages.links import up

_PLACE = re.compile(r"^<!-- docgen:([a-z-]+) -->$", re.MULTILINE)
_PARTS = {"chapters": chapters, "facts": facts, "gallery": selection, "hero": hero}


def expand(markdown: str, path: str, build: Build) -> str:
    """The page with each known place filled; unknown names stay as the comments they are.

    Args:
        markdown: The page's text.
        path: Where the page stands (`index.md`), which links start from.
        build: All designs.
    """

    def part(match: re.Match[str]) -> str:
        make = _PARTS.get(match[1])
        return str(make(build, up(path))) if make else match[0]

    return _PLACE.sub(part, markdown)
