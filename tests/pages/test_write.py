"""The pages of one small design, whole and in hostile hands."""

from __future__ import annotations

import re
from pathlib import Path

import markdown as engine
import pytest

from docgen.kinds import all_kinds
from docgen.model.codes import REASON_CODES
from docgen.pages import Command, Option
from docgen.pages.cli_page import cli_page
from docgen.rules import all_rules
from tests.pages.shop_sample import build, design, written

HERE = Path(__file__).parent
NASTY = '<script>alert("x")</script> [x](javascript:alert(1)) `{{ 1 }}` | # h &amp;'


@pytest.fixture(scope="module")
def pages():
    return {page.path: page for page in written(build(), design())}


def test_design_page_is_as_recorded(pages, golden):
    """The page of a design changes on purpose only."""
    golden.check(HERE / "expected/shop.md", pages["designs/shop/index.md"].markdown)


def test_gallery_is_as_recorded(pages, golden):
    """So does the gallery."""
    golden.check(HERE / "expected/gallery.md", pages["designs/index.md"].markdown)


def test_component_page_has_every_key(pages):
    """Keys of the component and of the values in it, the example, and the designs that use it."""
    page = pages["reference/components/load_balancer.md"].markdown

    for key in ("scheme", "subnets", "cross_zone", "listeners", "port", "targets"):
        assert f"| `{key}` |" in page
    assert all_kinds()["load_balancer"].example.rstrip() in page
    assert "No design of this site uses it yet." in page
    assert "[A shop](../../designs/shop/index.md) (1)" in pages["reference/components/route_table.md"].markdown


def test_same_build_same_pages():
    """Nothing but the build decides what a page says."""
    assert written(build(), design()) == written(build(), design())


def test_every_registry_has_its_pages(pages):
    """Nobody lists kinds, rules or codes by hand."""
    assert {f"reference/components/{kind}.md" for kind in all_kinds()} <= pages.keys()
    assert {f"reference/rules/{rule.code.lower()}.md" for rule in all_rules()} <= pages.keys()
    codes = pages["reference/reason-codes.md"].markdown
    assert [code for code in REASON_CODES if f"`{code}`" not in codes] == []


def test_pages_have_unique_paths(pages):
    """No page overwrites another."""
    assert len(pages) == len(written(build(), design()))


def test_design_page_names_its_definition(pages):
    """`Edit` leads to the definition; pages from code have nothing to edit."""
    assert pages["designs/shop/index.md"].source == "architectures/shop/architecture.yaml"
    assert pages["reference/index.md"].source == ""


@pytest.mark.parametrize("field", ["title", "summary"])
def test_hostile_design_stays_text(field, root):
    """A title with HTML, Markdown and template marks comes out as its own letters."""
    made = {page.path: page.markdown for page in written(build(**{field: NASTY}), design(**{field: NASTY}))}
    for path in ("designs/shop/index.md", "designs/index.md"):
        body = made[path].split("---\n", 2)[2]
        html = engine.markdown(body, extensions=["md_in_html", "tables", "attr_list"])
        assert "<script" not in html
        assert 'href="javascript' not in html
        assert "{{" not in body
        assert "&lt;script&gt;" in html or "&#60;script&#62;" in html


def test_front_matter_is_safe_in_a_template_without_escaping():
    """MkDocs prints titles as they are, so they are escaped before."""
    page = next(p for p in written(build(title=NASTY), design(title=NASTY)) if p.path == "designs/shop/index.md")
    head = page.markdown.split("---\n", 2)[1]

    assert "<" not in head
    assert "{{" not in head


def test_step_anchors_are_unique(pages):
    """A link to a step leads to one place."""
    ids = re.findall(r'id="([^"]+)"', pages["designs/shop/index.md"].markdown)

    assert len(ids) == len(set(ids))


def test_command_line_page_shows_every_command():
    """Usage, text with examples and options, as the program's own help has them."""
    command = Command(
        name="docgen trace",
        usage="docgen trace [OPTIONS] PATH",
        summary="Trace flows.",
        text="Examples:\n  docgen trace shop",
        options=(Option(usage="--format [text|json]", text="How to print."),),
    )
    markdown = cli_page([command]).markdown

    for expected in ("docgen trace [OPTIONS] PATH", "docgen trace shop", "--format", "How to print."):
        assert expected in markdown
