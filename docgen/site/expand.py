# Fills places that hand-written pages keep for docgen.
#
# In:  a page's Markdown with `<!-- docgen:NAME -->` lines. Out: the same with generated parts in their places.
"""expand, with_tooltips."""

from __future__ import annotations

import re

from docgen.pages import Build
from docgen.pages.algorithm import algorithm
from docgen.pages.glossary import GLOSSARY, abbreviations
from docgen.pages.home import chapters, facts, hero, selection
from docgen.pages.links import up

_PLACE = re.compile(r"^<!-- docgen:([a-z-]+) -->$", re.MULTILINE)
_PARTS = {"algorithm": algorithm, "chapters": chapters, "facts": facts, "gallery": selection, "hero": hero}


def with_tooltips(markdown: str, path: str) -> str:
    """The page with what the `abbr` extension needs to explain words; the page of words explains them itself."""
    return markdown if path == GLOSSARY else f"{markdown}\n\n{abbreviations()}\n"


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
