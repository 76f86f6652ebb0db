# The reference of choices that AWS leaves open, and the chip that a step carries which depends on one.
#
# In:  the registry of assumptions. Out: one Page; a link.
"""assumption_page, assumption_chip."""

from __future__ import annotations

from markupsafe import Markup

from docgen.model.assumptions import ASSUMPTIONS, Assumption
from docgen.pages.build import Page
from docgen.pages.front_matter import front_matter
from docgen.pages.markdown import anchor, attribute, code, link, prose, table, text
from docgen.pages.templating import render

PATH = "reference/assumptions.md"


def assumption_page() -> Page:
    """Every choice under its topic: what docgen does, what AWS says, what else a definition may ask for."""
    topics: dict[str, list[dict[str, object]]] = {}
    for assumption in ASSUMPTIONS.values():
        topics.setdefault(assumption.topic, []).append(_entry(assumption))
    body = render("assumptions", topics=topics)
    meta = front_matter({"title": "Choices that AWS leaves open"})
    return Page(PATH, "Choices that AWS leaves open", f"{meta}\n{body}\n")


def _entry(assumption: Assumption) -> dict[str, object]:
    rows = [
        (code(value), "default" if value == assumption.default else "", prose(meaning))
        for value, meaning in assumption.values.items()
    ]
    return {
        "assumption": assumption,
        "anchor": anchor(assumption.id),
        "options": table(["Value", "Unless said", "What happens"], rows) if rows else "",
        "source": link(assumption.source.removeprefix("https://"), assumption.source),
    }


def assumption_chip(name: str, root: str | None) -> Markup:
    """`model: blackhole-route`, as a link to its entry with what docgen does as a tooltip."""
    assumption = ASSUMPTIONS[name]
    words = f"{assumption.tag}: {name}"
    chip = text(words) if root is None else link(words, f"{root}{PATH}#{anchor(name)}")
    return Markup('<span class="dg-assumption" title="{}">{}</span>').format(attribute(assumption.statement), chip)
