# Parts of the home page, which an author places there by name.
#
# In:  a Build and the way from the page to the folder of all pages. Out: Markdown.
"""chapters, facts, selection."""

from __future__ import annotations

from markupsafe import Markup

from docgen.model.trace import Verdict
from docgen.pages.build import Build
from docgen.pages.cards import chapter_cards, verdicts_of
from docgen.pages.gallery import GALLERY
from docgen.pages.learn_page import LEARN
from docgen.pages.markdown import anchor, link
from docgen.pages.templating import render


def facts(build: Build, root: str) -> Markup:
    """How many designs, flows and verdicts there are."""
    verdicts = verdicts_of(build.designs)
    numbers = (
        (len(build.designs), "designs", f"{root}{GALLERY}"),
        (sum(verdicts.values()), "flows traced", f"{root}{GALLERY}"),
        (verdicts[Verdict.BLOCKED], "blocked, each for a stated reason", f"{root}reference/reason-codes.md"),
    )
    return render("facts", numbers=[(number, link(label, target)) for number, label, target in numbers])


def chapters(build: Build, root: str) -> Markup:
    """One card a chapter: a part of a picture of its own, its idea, how much there is."""
    found = [
        (chapter, link(chapter.title, f"{root}{LEARN}#{anchor('chapter', chapter.title)}"))
        for chapter in chapter_cards(build, root)
        if chapter.title
    ]
    return render("chapters", chapters=found)


def selection(build: Build, root: str) -> Markup:
    """The last design of each chapter, whole; all of them where there are no chapters."""
    groups = chapter_cards(build, root)
    cards = [group.cards[-1] for group in groups] if len(groups) > 1 else [c for g in groups for c in g.cards]
    return render("selection", cards=cards)
