# Fills places that hand-written pages keep for docgen.
#
# In:  a page's Markdown with `<!-- docgen:NAME -->` lines. Out: the same with generated parts in their places.
#      `<!-- docgen:player SLUG FLOW FLOW -->` is the flow player of a design, with all flows where none is named.
"""expand."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from docgen.pages.algorithm import algorithm
from docgen.pages.home import chapters, facts, selection
from docgen.pages.links import up
from docgen.site.contents import Contents, Job, job_of, text_of

_PLACE = re.compile(r"^<!-- docgen:([a-z-]+)((?: [\w-]+)*) -->$", re.MULTILINE)
_PARTS: Mapping[str, Callable[..., str]] = MappingProxyType(
    {"chapters": chapters, "facts": facts, "gallery": selection}
)


def expand(markdown: str, path: str, contents: Contents) -> str:
    """The page with each known place filled; unknown names stay as the comments they are.

    Args:
        markdown: The page's text.
        path: Where the page stands (`index.md`), which links start from.
        contents: The site.
    """

    def filled(match: re.Match[str]) -> str:
        job = _job(contents, up(path), match[1], tuple(match[2].split()))
        return text_of(contents.make([job])[0]) if job else match[0]

    return _PLACE.sub(filled, markdown)


def _job(contents: Contents, root: str, name: str, words: tuple[str, ...]) -> Job | None:
    """What fills a place; None where nothing does."""
    if words:
        return contents.players(root, words[0], words[1:]) if name == "player" else None
    if name == "algorithm":
        return job_of(algorithm, ())
    return job_of(_PARTS[name], (contents.build, root)) if name in _PARTS else None
