"""A design as HTML for other people's pages: whole without a script, hostile words stay words."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from docgen import pipeline, site
from docgen.site import embed
from tests.site.test_mkdocs_plugin import DEFINITION

NASTY = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def shop():
    design = pipeline.open_text(DEFINITION.replace("A web server", f"'{NASTY}'")).value
    return design, site.stages_of(pipeline.stage(design))


class _Tags(HTMLParser):
    """Counts tags that stand open."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.names: set[str] = set()
        self.ids: list[str] = []
        self.handlers: list[str] = []
        self.addresses: set[str] = set()

    def handle_starttag(self, tag, attrs):
        self.names.add(tag)
        self.handlers += [name for name, _ in attrs if name.startswith("on")]
        self.addresses |= {v for name, v in attrs if name in ("src", "href") and not v.startswith(("#", "data:"))}
        self.ids += [value for name, value in attrs if name == "id"]
        if tag not in ("br", "img", "meta", "hr"):
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.names.add(tag)

    def handle_endtag(self, tag):
        assert tag == self.open.pop()


def _read(html: str) -> _Tags:
    tags = _Tags()
    tags.feed(html)
    assert [] == tags.open
    return tags


def test_fragment_is_whole_and_holds_no_script(shop):
    """Picture and every step as elements; what the author wrote is text; every id is there once."""
    html = str(embed.fragment(*shop, prefix="one"))
    tags = _read(html)

    assert {"svg", "ol", "li", "details"} <= tags.names
    assert not {"script", "img", "iframe", "style"} & tags.names
    assert [] == tags.handlers
    assert len(tags.ids) == len(set(tags.ids))
    assert all(one.startswith("one") for one in tags.ids)
    assert 'href="../' not in html
    assert html.startswith("<div")


def test_chosen_flow_is_the_only_one(shop):
    """The picture that is seen without a script is that flow's."""
    html = embed.fragment(*shop, flows=["stranger"])

    assert ["stranger"] == re.findall(r'data-flow="([^"]*)"', html)
    assert {"flow-stranger"} == set(re.findall(r'<g class="dg-layer" data-view="([^"]*)"', html))
    assert {"overview"} == set(re.findall(r'<g display="none" class="dg-layer" data-view="([^"]*)"', html))


def test_picture_alone_has_no_lists(shop):
    html = embed.fragment(*shop, picture="overview")

    assert {"overview"} == set(re.findall(r'data-view="([^"]*)"', html))
    assert "dg-flow" not in html
    assert "docgen-player" not in html


def test_document_needs_nothing_else(shop):
    """No address of another host, no file; the title stays text."""
    page = embed.document(NASTY, [embed.fragment(*shop)])
    assert 1 == page.count("<script>")
    assert NASTY not in page
    assert set() == _read(re.sub(r"<(meta|!)[^>]*>", "", page)).addresses
    assert {"http://www.w3.org/2000/svg"} == set(re.findall(r"https?://[\w./]+", embed.script()))


def test_styles_know_nothing_of_the_page_around():
    """No size that depends on the page's root, no width of the window, nothing outside of the element."""
    inner = embed._inner_style()
    assert [] == re.findall(r"[\d.]rem\b", inner)
    assert not re.search(r"@media screen and \((?:min|max)-width", inner)
    assert inner.count("{") == inner.count("}")
    reached = list(_selectors(embed.plain_style()))
    assert reached
    assert [] == [one for one in reached if not one.startswith((".dg-error", "docgen-embed", ":is("))]
    assert all("docgen-embed" in one or one.startswith(".dg-error") for one in reached)


def _selectors(style: str):
    """Of rules, not of those inside them."""
    depth, media, start = 0, 0, 0
    for at, sign in enumerate(style):
        if sign == "{":
            head = style[start:at].strip()
            if head.startswith("@"):
                media += 1
            elif depth == media:
                yield from re.split(r",(?![^(]*\))", head)
        depth += {"{": 1, "}": -1}.get(sign, 0)
        media = min(media, depth)
        if sign in "{}":
            start = at + 1


def test_same_bytes_every_time(shop):
    assert embed.fragment(*shop) == embed.fragment(*shop)
