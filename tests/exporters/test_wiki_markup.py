"""Wiki markup means what its values say: nothing in a text is read as markup, and it reads as it is written."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.exporters import _dokuwiki_markup as doku
from docgen.exporters import _mediawiki_markup as media
from docgen.exporters._article import Run, plain
from docgen.exporters._wiki_text import one_line

LIVELY = "[]{}<>|'\"&#;:=*_~%!^-+/\\()@. \taA1x\u00e9→"
TEXTS = st.text(st.sampled_from(LIVELY), max_size=40) | st.text(st.characters(codec="utf-8"), max_size=20)
MARKUP = re.compile(
    r"\[|\]|\{|\}|<|>|''|~~|__|\||=|//|(?<=[A-Za-z]):(?=\S)|&(?!#\d+;)|^[*#:;!+ -]|(?:RFC|PMID|ISBN) \d"
)


@given(TEXTS)
def test_mediawiki_text_holds_no_markup(raw: str) -> None:
    """What it reads first is not there; entities, which it reads last, give the text."""
    written = media.text(raw)

    assert MARKUP.search(written) is None
    assert html.unescape(written) == one_line(raw)


@given(TEXTS)
def test_dokuwiki_text_is_protected(raw: str) -> None:
    """All that is not plain words stands between marks within which DokuWiki reads nothing but their end."""
    written = doku.text(raw)
    bare = re.fullmatch(r"%%((?:(?!%%).)+)%%", written)
    pieces = re.findall(r"<nowiki>((?:(?!</nowiki>).)*)</nowiki>", written)

    if bare:
        assert bare[1] == one_line(raw)
        assert "%" not in bare[1]
    elif pieces:
        assert written == "".join(f"<nowiki>{piece}</nowiki>" for piece in pieces)
        assert "".join(pieces) == one_line(raw)
    else:
        assert written == one_line(raw)
        assert re.fullmatch(r"[A-Za-z0-9,. \u0080-\U0010ffff-]*", written)


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        pytest.param("Three tiers in two zones", "Three tiers in two zones", id="as-it-is"),
        pytest.param("MediaWiki:Common.js", "MediaWiki Common.js", id="no-namespace"),
        pytest.param("user:Admin/common.js", "User Admin common.js", id="no-subpage"),
        pytest.param("../../etc", "Etc", id="no-way-out"),
        pytest.param("a <b> [c] {d} |e| #f", "A b c d e f", id="no-markup"),
        pytest.param("~~~~ %41 &lt;", "41 & lt", id="no-signature-no-entity"),
        pytest.param("", "Design", id="empty"),
        pytest.param("[]", "Design", id="nothing-left"),
        pytest.param("x" * 900, "X" + "x" * 199, id="too-long"),
        pytest.param("é" * 150, "É" + "é" * 99, id="too-many-bytes"),
        pytest.param("Über Wölfe", "Über Wölfe", id="other-scripts"),
    ],
)
def test_mediawiki_titles(raw: str, title: str) -> None:
    """A page of the main namespace, whatever a design is called."""
    assert title == media.page_title(raw)


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        pytest.param("Hub & Spoke", "hub-spoke", id="lower-case-and-hyphens"),
        pytest.param("../start", "start", id="no-way-out"),
        pytest.param("a:b;c/d", "a-b-c-d", id="no-namespace"),
        pytest.param("Über", "uber", id="no-accents"),
        pytest.param("設計", "x", id="nothing-left"),
        pytest.param("x" * 300, "x" * 100, id="too-long"),
    ],
)
def test_dokuwiki_ids(raw: str, name: str) -> None:
    """Ids that DokuWiki's own cleaning leaves as they are, whatever its settings."""
    assert name == doku.identifier(raw)


@pytest.mark.parametrize(
    ("markup", "block", "closer"),
    [
        pytest.param(media.block, "a\n</pre><script>x</script>\n{{b}} [[c]]", "</pre>", id="mediawiki"),
        pytest.param(lambda t: doku.block(t, "yaml", "a.yaml"), "a\n</file><html>", "</code>", id="dokuwiki-other"),
        pytest.param(lambda t: doku.block(t, "yaml", "a.yaml"), "</file></code>", "</file>", id="dokuwiki-both"),
    ],
)
def test_blocks_end_where_they_should(markup: Callable[[str], str], block: str, closer: str) -> None:
    """A definition that holds the end of its own block does not end it."""
    written = markup(block)

    assert written.count(closer) == 1
    assert written.endswith(closer)


def test_links_of_ours_only() -> None:
    """A name does not end its link, and is no picture of another host."""
    run = Run(text="{{https://evil.example/x.png}}]]|[[", link="https://docs.example/a b]]")

    assert doku.line((run,)) == "[[https://docs.example/a%20b%5D%5D|((https://evil.example/x.png))))/((]]"
    assert "[https://docs.example/a%20b%5D%5D " in media.line((run,))
    assert media.line((run,)).count("]") == 1


@pytest.mark.parametrize(
    ("line", "written"),
    [
        pytest.param(plain("* no list"), "&#42; no list", id="list"),
        pytest.param(plain(" no block"), "no block", id="preformatted"),
        pytest.param(plain("----"), "&#45;---", id="rule"),
        pytest.param((Run(text="A tier", section="A tier"),), "[[#A tier|A tier]]", id="link-to-a-heading"),
        pytest.param((Run(text="a]b", section="a]b"),), "a&#93;b", id="no-link-to-what-no-link-can-hold"),
    ],
)
def test_starts_of_mediawiki_lines(line: tuple[Run, ...], written: str) -> None:
    assert written == media.line(line)


def test_file_names_of_designs_never_meet() -> None:
    """The design stands in front; MediaWiki takes an underscore for a space, and any first letter for a capital."""
    slugs = (
        "shop",
        "shop-vpc-x",
        "Shop",
        "shop.vpc-x",
        "shop-vpc_x",
        "shop vpc-x",
        "shop_",
        "-shop",
        "x" * 300,
        "x" * 301,
    )
    views = ("overview", "vpc-x-overview", "vpc-x.overview", "vpc-X-overview", "flow-a_b", "flow-a-b", "flow-a__b")
    names = [media.file_name(slug, view, suffix=".png") for slug in slugs for view in views]

    assert len(slugs) * len(views) == len({name.lower().replace("_", " ") for name in names})
    assert max(map(len, names)) < 240
    assert [] == [name for name in names if re.search(r"[^\w.!-]|__|^[a-z_]|[-_]\.", name)]


def test_alt_of_mediawiki_holds_no_link() -> None:
    """MediaWiki decodes it and then looks for links in it, which would end the attribute."""
    alt = "[//evil.example a] https://evil.example mailto:x {{b}} 'c' | to → db: allowed"

    assert "alt=evil.example a https: evil.example mailto x b c to → db: allowed]]" in media.picture("x.png", 9, alt)
