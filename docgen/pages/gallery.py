# The page of all designs, with what a script needs to filter them.
#
# In:  a Build. Out: a Page. Without the script it is the plain list.
"""GALLERY, gallery_page, map_of."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable

from markupsafe import Markup

from docgen.graphs import GraphTooLargeError, Growing, extends_graph, svg_text
from docgen.kinds import all_kinds
from docgen.pages.build import Build, Page, design_path
from docgen.pages.cards import DesignCard, chapter_cards
from docgen.pages.front_matter import front_matter
from docgen.pages.links import up
from docgen.pages.templating import render

GALLERY = "designs/index.md"


def gallery_page(build: Build, drawn_map: str) -> Page:
    """All designs by chapter, each with its picture and its verdicts, and their map; see `map_of`."""
    meta = {"title": "Designs", "hide": ["navigation", "toc"]}
    intro = (
        "# Designs\n\nEach adds one idea to the one before it. Pictures are drawn and verdicts computed from the "
        "definition that the page shows."
    )
    chapters = chapter_cards(build, up(GALLERY))
    cards = [card for chapter in chapters for card in chapter.cards]
    listed = render("gallery", chapters=chapters, topics=_topics(cards), kinds=_kinds(cards))
    body = "\n\n".join(part for part in (front_matter(meta) + "\n" + intro, listed, drawn_map) if part) + "\n"
    return Page(GALLERY, "Designs", body)


def _topics(cards: Iterable[DesignCard]) -> list[tuple[str, str]]:
    """Value and words of each topic."""
    return [(topic, topic.replace("-", " ")) for topic in sorted({t for card in cards for t in card.topics})]


def _kinds(cards: list[DesignCard]) -> list[tuple[str, str]]:
    """Name and title of each kind that tells designs apart: not those that all of them have."""
    found = {kind for card in cards for kind in card.kinds}
    everywhere = set.intersection(*(set(card.kinds) for card in cards)) if len(cards) > 1 else set()
    known = all_kinds()
    return sorted(((kind, known[kind].title) for kind in found - everywhere), key=lambda pair: pair[1].casefold())


def map_of(designs: Iterable[Growing]) -> str:
    """How designs build on each other, where any does; "" else. Each node leads to its page.

    The picture stands in the page itself, so that the style sheet gives it the colours of the page's palette.
    """
    designs = tuple(designs)
    pages = {d.slug: posixpath.relpath(_page_of(d.slug), posixpath.dirname(GALLERY)) for d in designs}
    graph = extends_graph(designs, pages)
    if not graph.edges:
        return ""
    try:
        picture = svg_text(graph)
    except GraphTooLargeError:
        return ""
    # Material's instant navigation sets `href` on whatever has one, which no picture survives
    picture = picture.replace("<a href=", "<a xlink:href=")
    return render("map", title=graph.title, picture=Markup(picture.strip()))


def _page_of(slug: str) -> str:
    """Where a browser finds a design's page, whatever MkDocs makes of directories."""
    return design_path(slug).removesuffix(".md") + ".html"
