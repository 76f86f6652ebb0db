# The site's navigation: what an author wrote, with docgen's pages in the places that are kept for them.
#
# In:  `nav` as in mkdocs.yml, where an entry that ends in `/` keeps a place (`learn/`, `designs/`, `reference/`).
# Out: `nav` with every place filled, in the order of chapters and registries.
"""fill."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from docgen.pages import Page
from docgen.pages.build import Build, design_path
from docgen.pages.markdown import attribute

Nav = list[Any]

DEFAULT: Nav = [{"Learn": "learn/"}, {"Designs": "designs/"}, {"Reference": "reference/"}]
"""Where mkdocs.yml names no navigation: after the author's own pages."""

_SECTIONS = {"rules": "Rules", "components": "Components"}


def fill(nav: Sequence[Any], build: Build, pages: Sequence[Page]) -> Nav:
    """The navigation with generated pages in their places."""
    places = {
        "learn/": _learn(pages),
        "designs/": _designs(build, pages),
        "reference/": _reference(pages),
    }
    return [_filled(entry, places) for entry in nav]


def _filled(entry: Any, places: dict[str, Nav]) -> Any:
    if isinstance(entry, dict):
        return {title: _filled(value, places) for title, value in entry.items()}
    if isinstance(entry, list):
        return [_filled(value, places) for value in entry]
    return places.get(entry, entry)


def _learn(pages: Sequence[Page]) -> Nav:
    direct = [page.path for page in pages if page.path.startswith("learn/") and page.path.count("/") == 1]
    compared = [page.path for page in pages if page.path.startswith("learn/compare/")]
    return [*direct[:1], *([{"Which one?": compared}] if compared else []), *direct[1:]]


def _designs(build: Build, pages: Sequence[Page]) -> Nav:
    index: Nav = [page.path for page in pages if page.path == "designs/index.md"]
    return index + [
        {str(attribute(chapter.title)): [design_path(d.slug) for d in chapter.designs]}
        if chapter.title
        else design_path(chapter.designs[0].slug)
        for chapter in build.chapters
        if chapter.designs
    ]


def _reference(pages: Sequence[Page]) -> Nav:
    direct = [page.path for page in pages if page.path.startswith("reference/") and page.path.count("/") == 1]
    return [*direct, *_sections(pages)]


def _sections(pages: Sequence[Page]) -> Iterator[dict[str, Nav]]:
    for folder, title in _SECTIONS.items():
        inside = [page.path for page in pages if page.path.startswith(f"reference/{folder}/")]
        if inside:
            yield {title: inside}
