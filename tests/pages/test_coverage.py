"""Comparisons, the map of the document and the words, as pages; and that our own map is whole."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import markdown as engine
import pytest
import yaml

from docgen.kinds import all_kinds
from docgen.loader import read_source_map
from docgen.model.comparison import Aspect, Compared, Comparison
from docgen.model.component import Ref
from docgen.model.source_map import Correction, Source, SourceMap, SourceSection
from docgen.pages.glossary import abbreviations, terms
from tests.pages.shop_sample import build, written

ROOT = Path(__file__).parent.parent.parent
HERE = Path(__file__).parent
NASTY = '<script>alert("x")</script> [x](javascript:alert(1)) {{ 1 }} | # h'
HEADINGS = 28
"""Of the document, its own title left out."""
SHOP = Compared(design=Ref("shop"), label="Shop", choose="there is one server.")
COMPARISON = Comparison(
    id="shop-or-shop",
    title="The shop or the shop",
    question="Which of the two?",
    answer="The shop.",
    designs=(SHOP, replace(SHOP, label="Shop again")),
    rows=(
        Aspect(aspect="An hour", values=("{{ figure:nat-gateway-hour }}", "<b>nothing</b>")),
        Aspect(aspect="The database", flows=(Ref("web-to-database"), Ref("shopper-opens-page"))),
    ),
)
MAP = SourceMap(
    document="Notes",
    about="Old notes.",
    sections=(SourceSection(title="Shops", level=2, tells="What a shop is.", designs=(Ref("shop"),)),),
    corrections=(
        Correction(
            said="Shops are free.",
            judgement="dated",
            truth="They are not.",
            sources=(Source(address="https://docs.aws.amazon.com/x", title="Prices"),),
            designs=(Ref("shop"),),
        ),
    ),
)


def pages_of(**changes: object) -> dict[str, str]:
    return {page.path: page.markdown for page in written(replace(build(), **changes))}


def test_comparison_is_as_recorded(golden) -> None:
    """Verdicts are looked up, figures filled in, counts taken from the designs."""
    page = pages_of(comparisons=(COMPARISON,))["learn/compare/shop-or-shop.md"]

    golden.check(HERE / "expected/comparison.md", page)


def test_coverage_is_as_recorded(golden) -> None:
    golden.check(HERE / "expected/coverage.md", pages_of(source_map=MAP)["learn/coverage.md"])


def test_no_map_no_page() -> None:
    assert "learn/coverage.md" not in pages_of()


def test_hostile_files_stay_text() -> None:
    """They are written by people, like definitions."""
    hostile = replace(COMPARISON, title=NASTY, question=NASTY, rows=(Aspect(aspect=NASTY, values=(NASTY, NASTY)),))
    mapped = replace(MAP, about=NASTY, corrections=(replace(MAP.corrections[0], said=NASTY),))
    pages = pages_of(comparisons=(hostile,), source_map=mapped)
    for path in ("learn/compare/shop-or-shop.md", "learn/coverage.md"):
        body = pages[path].split("---\n", 2)[2]
        html = engine.markdown(body, extensions=["md_in_html", "tables", "attr_list"])
        assert "<script" not in html
        assert 'href="javascript' not in html
        assert "{{" not in body


def test_our_map_has_every_section() -> None:
    """A heading of the document for each, in its order; loading it refuses one that nothing teaches."""
    told = read_source_map(ROOT / "architectures")

    assert () == told.diagnostics
    assert told.value is not None
    assert HEADINGS == len(told.value.sections)
    assert all(s.designs or s.pages for s in told.value.sections)
    assert len({s.title for s in told.value.sections}) == HEADINGS


def test_our_map_leads_to_pages() -> None:
    """Every page that it names is one that docgen writes or that stands in the folder of pages."""
    told = read_source_map(ROOT / "architectures").value
    assert told is not None
    compared = [f"learn/compare/{p.stem}.md" for p in (ROOT / "architectures/comparisons").glob("*.yaml")]
    known = {
        *pages_of(),
        *compared,
        *(p.relative_to(ROOT / "site").as_posix() for p in (ROOT / "site").rglob("*.md")),
    }

    assert [] == [page.path for s in told.sections for page in s.pages if page.path not in known]


def test_corrections_cite_aws() -> None:
    told = read_source_map(ROOT / "architectures").value
    assert told is not None

    assert [] == [s.address for c in told.corrections for s in c.sources if "aws.amazon.com" not in s.address]
    assert all(c.sources for c in told.corrections)


def test_words_are_whole() -> None:
    """Each says something, names a kind that there is, and stands in the file once, in order."""
    text = (ROOT / "docgen/pages/glossary.yaml").read_text(encoding="utf-8")
    names = re.findall(r"^(\S.*):$", text, re.MULTILINE)

    assert names == sorted(names, key=str.casefold)
    assert len(names) == len(yaml.safe_load(text)) == len(terms())
    assert [] == [
        t.name for t in terms().values() if not t.text.endswith(".") or (t.kind and t.kind not in all_kinds())
    ]


@pytest.mark.parametrize("word", ["VPC", "VPCs", "route table", "Security groups", "NAT gateway"])
def test_words_have_tooltips(word: str) -> None:
    page = f"A {word} here."
    html = engine.markdown(f"{page}\n\n{abbreviations(page)}", extensions=["abbr"])

    assert re.search(rf'<abbr title="[^"]+">{word}</abbr>', html)
    assert "*[" not in html


def test_everyday_words_have_none() -> None:
    assert re.findall(r"^\*\[(.+?)\]", abbreviations("Leg, Region, Connection, VPC"), re.MULTILINE) == ["VPC"]


def test_a_page_carries_its_own_words_only() -> None:
    """Each word costs a paragraph of every page; escaped ones count as they are read."""
    carried = re.findall(r"^\*\[(.+?)\]", abbreviations("A gateway endpoint, a route\\ table."), re.MULTILINE)

    assert carried == ["gateway endpoint", "route table"]
