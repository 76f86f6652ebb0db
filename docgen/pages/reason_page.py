# The reference of reason codes, from the codes themselves and the flows that show them.
#
# In:  the registry of codes and the designs. Out: one Page.
"""reason_page."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from docgen.model.codes import REASON_CODES, ReasonCode
from docgen.pages.build import Build, Page, design_path
from docgen.pages.front_matter import front_matter
from docgen.pages.links import up
from docgen.pages.markdown import anchor, link
from docgen.pages.templating import render

PATH = "reference/reason-codes.md"
MOST = 6
"""Flows that are shown for one code."""


def reason_page(build: Build) -> Page:
    """Every code under its topic, with flows of this site that end in it."""
    topics: dict[str, list[dict[str, object]]] = {}
    seen = _seen(build)
    for reason in REASON_CODES.values():
        topics.setdefault(reason.topic, []).append(_entry(reason, seen))
    body = render("reasons", topics=topics)
    meta = front_matter({"title": "Reason codes"})
    return Page(PATH, "Reason codes", f"{meta}\n{body}\n")


def _entry(reason: ReasonCode, seen: dict[str, list[Markup]]) -> dict[str, object]:
    return {
        "reason": reason,
        "anchor": anchor(reason.code),
        "flows": _listed(seen.get(reason.code, [])),
        "source": link(reason.source.removeprefix("https://"), reason.source),
    }


def _listed(links: list[Markup]) -> Markup:
    rest = f" and {len(links) - MOST} more" if len(links) > MOST else ""
    return Markup("{}{}").format(Markup(", ").join(links[:MOST]), rest)


def _seen(build: Build) -> dict[str, list[Markup]]:
    """Links to flows, by the code that blocks them."""
    found: dict[str, list[Markup]] = {}
    for reason, flow_link in _blocked(build):
        found.setdefault(reason, []).append(flow_link)
    return found


def _blocked(build: Build) -> Iterator[tuple[str, Markup]]:
    for design in build.designs:
        page = f"{up(PATH)}{design_path(design.slug)}"
        for flow in design.flows:
            if flow.reason:
                yield flow.reason, link(f"{design.title}: {flow.title}", f"{page}#{anchor('flow', flow.id)}")
