# The learning path: every design in order, with a mark for those that the reader is done with.
#
# In:  a Build. Out: a Page. Marks are the script's (site/static/pages.js), kept in the reader's browser; without it
#      the page is the plain path.
"""LEARN, learn_page."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.pages.build import Build, Page, comparison_path
from docgen.pages.cards import chapter_cards
from docgen.pages.coverage_page import COVERAGE
from docgen.pages.front_matter import front_matter
from docgen.pages.glossary import GLOSSARY
from docgen.pages.links import up
from docgen.pages.markdown import link
from docgen.pages.templating import render

LEARN = "learn/index.md"


def learn_page(build: Build) -> Page:
    """Chapters with their designs, each with its one idea."""
    root = up(LEARN)
    chapters = chapter_cards(build, root)
    beside = (
        [(link(c.title, f"{root}{comparison_path(c.id)}"), c.question) for c in build.comparisons],
        [(link(title, f"{root}{path}"), words) for title, path, words in _beside(build)],
    )
    count = sum(len(chapter.cards) for chapter in chapters)
    body = render("learn", chapters=chapters, count=count, compared=beside[0], beside=beside[1])
    meta = {"title": "Learning path", "hide": ["navigation", "toc"]}
    return Page(LEARN, "Learning path", f"{front_matter(meta)}\n{body}\n")


def _beside(build: Build) -> Iterator[tuple[str, str, str]]:
    yield "Words", GLOSSARY, "What each term means, in a sentence or two."
    if build.source_map is not None:
        yield (
            "Coverage",
            COVERAGE,
            f"Where each section of “{build.source_map.document}” is taught, and what in it is dated.",
        )
