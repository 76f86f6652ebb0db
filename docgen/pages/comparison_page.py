# Designs that answer the same need, side by side.
#
# In:  a Build and one of its comparisons. Out: its page; verdicts and counts come from the traces.
"""comparison_page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from markupsafe import Markup

from docgen.model.comparison import Aspect, Comparison
from docgen.model.trace import Verdict
from docgen.pages.build import Build, Page, comparison_path, design_path
from docgen.pages.cards import DesignCard, design_cards
from docgen.pages.figures import with_figures
from docgen.pages.front_matter import front_matter
from docgen.pages.links import up
from docgen.pages.markdown import anchor, code, link, table, text
from docgen.pages.outline import Outline
from docgen.pages.templating import render
from docgen.pages.verdicts import badge


def comparison_page(build: Build, comparison: Comparison) -> Page:
    """The page of one comparison."""
    path = comparison_path(comparison.id)
    root = up(path)
    by_slug = {design.slug: design for design in build.designs}
    cards = {card.slug: card for card in design_cards(build, root)}
    designs = [by_slug[one.design.name] for one in comparison.designs]
    columns = [
        (one.label, cards[one.design.name], one.choose, f"{root}{design_path(one.design.name)}")
        for one in comparison.designs
    ]
    rows = [*_written(comparison, by_slug, root), *_counted(designs, cards)]
    body = render(
        "comparison",
        comparison=comparison,
        columns=columns,
        rows=table(["Compared by", *(one.label for one in comparison.designs)], rows),
    )
    meta = {"title": comparison.title, "description": comparison.question, "hide": ["navigation", "toc"]}
    return Page(path, comparison.title, f"{front_matter(meta)}\n{body}\n", comparison.span.file)


def _written(comparison: Comparison, by_slug: Mapping[str, Outline], root: str) -> Iterator[tuple[Markup, ...]]:
    """The author's rows, figures filled in and verdicts looked up."""
    for row in comparison.rows:
        head = Markup("**{}**").format(text(row.aspect))
        if row.flows:
            yield head, *_verdicts(row, comparison, by_slug, root)
        else:
            yield head, *(with_figures(value, root) for value in row.values)


def _verdicts(row: Aspect, comparison: Comparison, by_slug: Mapping[str, Outline], root: str) -> Iterator[Markup]:
    for ref, compared in zip(row.flows, comparison.designs, strict=True):
        ends = {flow.id: flow for flow in by_slug[compared.design.name].flows}.get(ref.name)
        if ends is None or ends.verdict is None:
            yield Markup("")
            continue
        target = f"{root}{design_path(compared.design.name)}#{anchor('flow', ref.name)}"
        reason = Markup(" {}").format(code(ends.reason)) if ends.reason else Markup("")
        yield Markup("{}{}<br>{}").format(badge(ends.verdict), reason, link("the trace", target))


def _counted(designs: list[Outline], cards: Mapping[str, DesignCard]) -> Iterator[tuple[object, ...]]:
    """What can be read off the designs themselves."""
    verdicts = [design.verdicts for design in designs]
    yield (
        Markup("**Flows of the design**"),
        *(Markup(" ").join(badge(v, f"{count[v]} {v}") for v in Verdict if count[v]) for count in verdicts),
    )
    yield (
        Markup("**Size**"),
        *(f"{d.size} components; {cards[d.slug].size}".removesuffix("; ") for d in designs),
    )
