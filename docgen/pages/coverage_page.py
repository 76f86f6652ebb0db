# The map of a document: where each of its sections is taught, and what in it is dated or wrong.
#
# In:  a Build and its SourceMap. Out: one Page.
"""COVERAGE, coverage_page."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from docgen.model.component import Ref
from docgen.model.source_map import SourceMap, SourceSection
from docgen.pages.build import Build, Page, design_path
from docgen.pages.front_matter import front_matter
from docgen.pages.links import up
from docgen.pages.markdown import link, table, text
from docgen.pages.templating import render

COVERAGE = "learn/coverage.md"
_JUDGED = {"wrong": "deny", "dated": "severity--warning", "imprecise": "undeclared"}


def coverage_page(build: Build, told: SourceMap) -> Page:
    """The page of the map."""
    titles = {d.slug: d.title for d in build.designs}
    root = up(COVERAGE)
    body = render(
        "coverage",
        told=told,
        sections=table(["Section", "What it tells", "Taught by"], [_section(s, titles, root) for s in told.sections]),
        corrections=_corrections(told, titles, root),
    )
    meta = {"title": "Coverage", "hide": ["navigation", "toc"]}
    return Page(COVERAGE, "Coverage", f"{front_matter(meta)}\n{body}\n", told.span.file)


def _section(section: SourceSection, titles: dict[str, str], root: str) -> tuple[object, ...]:
    head = Markup('<span class="dg-level-{}">{}</span>').format(section.level, text(section.title))
    pages = [link(page.title, f"{root}{page.path}") for page in section.pages]
    return head, section.tells, Markup("<br>").join([*_designs(section.designs, titles, root), *pages])


def _corrections(told: SourceMap, titles: dict[str, str], root: str) -> Markup | None:
    rows = [
        (
            one.said,
            Markup('<span class="dg-{}">{}</span>').format(_JUDGED[one.judgement], one.judgement),
            one.truth,
            Markup("<br>").join(
                [*(link(s.title, s.address) for s in one.sources), *_designs(one.designs, titles, root)]
            ),
        )
        for one in told.corrections
    ]
    return table(["What it says", "Judgement", "What is true", "Source, and where to see it"], rows) if rows else None


def _designs(refs: Iterable[Ref], titles: dict[str, str], root: str) -> list[Markup]:
    return [link(titles[ref.name], f"{root}{design_path(ref.name)}") for ref in refs if ref.name in titles]
