# Fills places that hand-written pages keep for docgen.
#
# In:  a page's Markdown with `<!-- docgen:NAME -->` lines. Out: the same with generated parts in their places.
#      `<!-- docgen:player SLUG FLOW FLOW -->` is the flow player of a design, with all flows where none is named.
"""expand, with_tooltips."""

from __future__ import annotations

import re

from docgen.pages import Build
from docgen.pages.algorithm import algorithm
from docgen.pages.glossary import GLOSSARY, abbreviations
from docgen.pages.home import chapters, facts, selection
from docgen.pages.links import up
from docgen.pages.player import Place, player

_PLACE = re.compile(r"^<!-- docgen:([a-z-]+)((?: [\w-]+)*) -->$", re.MULTILINE)
_PARTS = {"algorithm": algorithm, "chapters": chapters, "facts": facts, "gallery": selection}


def with_tooltips(markdown: str, path: str) -> str:
    """The page with what the `abbr` extension needs to explain words; the page of words explains them itself."""
    return markdown if path == GLOSSARY else f"{markdown}\n\n{abbreviations(markdown)}\n"


def expand(markdown: str, path: str, build: Build) -> str:
    """The page with each known place filled; unknown names stay as the comments they are.

    Args:
        markdown: The page's text.
        path: Where the page stands (`index.md`), which links start from.
        build: All designs.
    """

    def part(match: re.Match[str]) -> str:
        words = match[2].split()
        if match[1] == "player" and words:
            return _player(build, up(path), *words) or match[0]
        make = _PARTS.get(match[1])
        return str(make(build, up(path))) if make and not words else match[0]

    return _PLACE.sub(part, markdown)


def _player(build: Build, root: str, slug: str, *flows: str) -> str:
    """A small player; "" where there is no such design or flow."""
    design = next((d for d in build.designs if d.architecture.slug == slug), None)
    if design is None or not set(flows) <= design.reports.keys():
        return ""
    place = Place(root=root, files=f"{root}designs/{slug}/", prefix=slug, compact=True)
    return str(player(build, design, place, flows))
