# Designs as cards, for the home page and the gallery.
#
# In:  a Build and the way from the page to the folder of all pages. Out: Markdown.
"""cards, facts, hero, gallery_page."""

from __future__ import annotations

import posixpath
from collections import Counter

from markupsafe import Markup

from docgen.graphs import GraphTooLargeError, extends_graph, svg_text
from docgen.model.trace import Verdict
from docgen.pages.build import Build, Chapter, Design, Page, design_path
from docgen.pages.front_matter import front_matter
from docgen.pages.links import up
from docgen.pages.markdown import link, text
from docgen.pages.templating import render
from docgen.pages.verdicts import badge

GALLERY = "designs/index.md"


def gallery_page(build: Build) -> Page:
    """All designs by chapter, each with its picture and its verdicts."""
    meta = {"title": "Designs", "hide": ["navigation", "toc"]}
    intro = (
        "# Designs\n\nEach adds one idea to the one before it. Pictures are drawn and verdicts computed from the "
        "definition that the page shows."
    )
    chapters = [
        {"title": chapter.title, "cards": [card for card in _cards(build, up(GALLERY)) if card["chapter"] is chapter]}
        for chapter in _filled(build)
    ]
    parts = (front_matter(meta) + "\n" + intro, render("gallery", chapters=chapters, rows=True), _map(build))
    body = "\n\n".join(part for part in parts if part) + "\n"
    return Page(GALLERY, "Designs", body)


def _map(build: Build) -> str:
    """How the designs build on each other, where any does; "" else. Each node leads to its page.

    The picture stands in the page itself, so that the style sheet gives it the colours of the page's palette.
    """
    architectures = [design.architecture for design in build.designs]
    pages = {a.slug: posixpath.relpath(_page_of(a.slug), posixpath.dirname(GALLERY)) for a in architectures}
    graph = extends_graph(architectures, pages)
    if not graph.edges:
        return ""
    try:
        picture = svg_text(graph)
    except GraphTooLargeError:
        return ""
    return render("map", title=graph.title, picture=Markup(picture.strip()))


def _page_of(slug: str) -> str:
    """Where a browser finds a design's page, whatever MkDocs makes of directories."""
    return design_path(slug).removesuffix(".md") + ".html"


def cards(build: Build, root: str) -> Markup:
    """One card a design, in order, each with its chapter's name."""
    return render("gallery", chapters=[{"title": "", "cards": _cards(build, root)}], rows=False)


def facts(build: Build, root: str) -> Markup:
    """How many designs, flows and verdicts there are."""
    verdicts = _verdicts(*build.designs)
    numbers = (
        (len(build.designs), "designs", f"{root}{GALLERY}"),
        (sum(verdicts.values()), "flows traced", f"{root}{GALLERY}"),
        (verdicts[Verdict.BLOCKED], "blocked, each for a stated reason", f"{root}reference/reason-codes.md"),
    )
    return render("facts", numbers=[(number, link(label, target)) for number, label, target in numbers])


def hero(build: Build, root: str) -> Markup:
    """The picture of the last design that has one: the fullest."""
    for design in reversed(build.designs):
        slug = design.architecture.slug
        picture = build.pictures.get(slug, {}).get("overview")
        if picture:
            return render("hero", card=_card(build, design, root))
    return Markup("")


def _filled(build: Build) -> list[Chapter]:
    return [chapter for chapter in build.chapters if chapter.designs]


def _cards(build: Build, root: str) -> list[dict[str, object]]:
    pairs = [(chapter, design) for chapter in _filled(build) for design in chapter.designs]
    return [
        {**_card(build, design, root), "number": number, "chapter": chapter}
        for number, (chapter, design) in enumerate(pairs, 1)
    ]


def _card(build: Build, design: Design, root: str) -> dict[str, object]:
    architecture = design.architecture
    verdicts = _verdicts(design)
    return {
        "title": link(architecture.title, f"{root}{design_path(architecture.slug)}"),
        "alt": architecture.title,
        "summary": text(architecture.summary),
        "picture": build.pictures.get(architecture.slug, {}).get("overview"),
        "image": f"{root}designs/{architecture.slug}/overview",
        "size": _size(design),
        "badges": [badge(v, f"{verdicts[v]} {v}") for v in Verdict if verdicts[v]],
    }


def _size(design: Design) -> str:
    """`1 VPC, 8 subnets`."""
    counts = Counter(component.kind for component in design.architecture.components)
    parts = ((counts["vpc"], "VPC", "VPCs"), (counts["subnet"], "subnet", "subnets"))
    return ", ".join(f"{number} {one if number == 1 else many}" for number, one, many in parts if number)


def _verdicts(*designs: Design) -> Counter[Verdict]:
    return Counter(report.verdict for design in designs for report in design.reports.values())
