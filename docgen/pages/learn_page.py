# The learning path: every design in order, with a mark for those that the reader is done with.
#
# In:  a Build. Out: a Page. Marks are the script's (site/static/pages.js), kept in the reader's browser; without it
#      the page is the plain path.
"""LEARN, learn_page."""

from __future__ import annotations

from docgen.pages.build import Build, Page
from docgen.pages.cards import chapter_cards
from docgen.pages.front_matter import front_matter
from docgen.pages.links import up
from docgen.pages.templating import render

LEARN = "learn.md"


def learn_page(build: Build) -> Page:
    """Chapters with their designs, each with its one idea."""
    chapters = chapter_cards(build, up(LEARN))
    body = render("learn", chapters=chapters, count=sum(len(chapter.cards) for chapter in chapters))
    meta = {"title": "Learning path", "hide": ["navigation", "toc"]}
    return Page(LEARN, "Learning path", f"{front_matter(meta)}\n{body}\n")
