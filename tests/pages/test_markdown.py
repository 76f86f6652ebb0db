"""What stands in a value is what a reader sees, on the site's own Markdown engine."""

from __future__ import annotations

import doctest
import html
import re
from html.parser import HTMLParser

import markdown as engine
import pytest
import yaml
from markupsafe import Markup

from docgen.pages import architecture_page, front_matter, links, verdicts
from docgen.pages import markdown as md

HOSTILE = [
    pytest.param("<script>alert(1)</script>", id="script-element"),
    pytest.param("<img src=x onerror=alert(1)>", id="element-with-handler"),
    pytest.param("[x](javascript:alert(1))", id="link-with-script"),
    pytest.param("![x](http://tracker.example/p.png)", id="picture-of-another-host"),
    pytest.param("<https://elsewhere.example>", id="automatic-link"),
    pytest.param("see www.elsewhere.example or http://elsewhere.example", id="bare-addresses"),
    pytest.param("`code` and ``more``", id="backticks"),
    pytest.param("a | b | c", id="pipes"),
    pytest.param("{{ secret }} {% raw %}", id="template-of-another-engine"),
    pytest.param("{: onclick=alert(1) } { .class #id }", id="attribute-list"),
    pytest.param("# Heading", id="heading"),
    pytest.param("*stars* _lines_ ~~gone~~ ^^up^^ ==marked==", id="emphasis"),
    pytest.param("&lt;b&gt; &amp; &#60;", id="entities"),
    pytest.param("1. first", id="ordered-list"),
    pytest.param("- item", id="bullet"),
    pytest.param("+ item", id="plus-bullet"),
    pytest.param("> quote", id="quotation"),
    pytest.param("===", id="underline-of-a-heading"),
    pytest.param(":   definition", id="definition"),
    pytest.param("back\\slash \\* end\\", id="backslashes"),
    pytest.param("[^1] [ref]: x", id="footnote-and-reference"),
    pytest.param("\"double\" and 'single'", id="quotes"),
    pytest.param("</div></details><b>", id="closing-elements"),
    pytest.param("!!! note", id="admonition"),
    pytest.param("???+ note", id="collapsible"),
    pytest.param("--8<-- secret.md", id="snippet"),
    pytest.param("<!-- docgen:gallery -->", id="place-of-docgen"),
    pytest.param("東京 ☂ ß \u202e", id="other-scripts"),
]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def _read(source: str, root) -> _Reader:
    settings = yaml.safe_load((root / "mkdocs.yml").read_text())["markdown_extensions"]
    names = [next(iter(one)) if isinstance(one, dict) else one for one in settings]
    reader = _Reader()
    reader.feed(engine.markdown(source, extensions=[name for name in names if name != "toc"]))
    return reader


def _flat(words: str) -> str:
    return re.sub(r"\s+", " ", words).strip()


@pytest.mark.parametrize("value", HOSTILE)
def test_text_reads_as_written(value, root):
    """A paragraph of escaped text has one element and the value's own words."""
    page = _read(str(md.text(value)), root)

    assert page.elements == ["p"]
    assert _flat("".join(page.words)) == _flat(value)


@pytest.mark.parametrize("value", HOSTILE)
def test_text_keeps_a_table_whole(value, root):
    """A cell holds the value and nothing else, and there are as many cells as were given."""
    page = _read(str(md.table(["Name", "Note"], [[value, md.code(value)]])), root)

    assert page.elements.count("td") == 2
    assert set(page.elements) <= {"table", "thead", "tbody", "tr", "th", "td", "code"}
    assert _flat("".join(page.words)).count(_flat(value)) == 2


@pytest.mark.parametrize("value", HOSTILE)
def test_heading_reads_as_written(value, root):
    """A heading inside a block of HTML is a heading with the value's words."""
    page = _read(f"<div markdown>\n\n{md.heading(2, value, 'flow-x')}\n\n</div>", root)

    assert page.elements == ["div", "h2"]
    assert _flat("".join(page.words)) == _flat(value)


@pytest.mark.parametrize("value", HOSTILE)
def test_attribute_stays_in_its_quotes(value):
    """An attribute ends where its quotes end."""
    reader = _Reader()
    reader.feed(f'<img alt="{md.attribute(value)}">')

    assert reader.elements == ["img"]
    assert _flat(html.unescape(str(md.attribute(value)))) == _flat(value)


@pytest.mark.parametrize("value", HOSTILE)
def test_fence_cannot_be_closed(value, root):
    """A code block holds every line, fences included."""
    body = f"```\n{value}\n~~~~\n````\nend: 1"
    page = _read(str(md.fence(body, "yaml", "file.yaml")), root)

    assert {"script", "img", "a", "h1", "b"}.isdisjoint(page.elements)
    assert _flat(value) in _flat("".join(page.words))


def test_text_drops_what_engines_use_inside():
    """Control characters that Python-Markdown uses as marks never reach it."""
    assert str(md.text("a\x02b\x03c\nd")) == "a b c d"


def test_markup_is_not_escaped_twice():
    """What was made as Markdown passes; what comes from outside does not."""
    assert str(md.text(Markup("**a**"))) == "**a**"
    assert str(md.text(md.text("a*b"))) == "a&#42;b"


@pytest.mark.parametrize("module", [md, front_matter, links, verdicts, architecture_page], ids=lambda m: m.__name__)
def test_examples_in_docstrings(module):
    """What the docstrings show is what happens."""
    result = doctest.testmod(module)

    assert (result.failed, result.attempted > 0) == (0, True)
