"""A design whose every text field attacks the page: nothing of it becomes markup, whatever the target."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from html.parser import HTMLParser

import pytest
from markdown import Markdown

from docgen.exporters import all_exporters
from tests.exporters.samples import ATTACKS

Exported = Callable[..., Mapping[str, bytes]]
OWN_SCRIPTS = {"html": 1, "bundle": 1}
"""Scripts of docgen's own in a page."""


class Found(HTMLParser):
    """Elements and attributes of a page that could run, load or lead somewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts = 0
        self.elements: set[str] = set()
        self.bad: list[str] = []
        self.leads: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.scripts += tag == "script"
        for name, value in attrs:
            if name.startswith("on"):
                self.bad.append(f"{tag} {name}={value}")
            if name in ("href", "src", "action", "xlink:href", "formaction", "data"):
                self.leads.append(value or "")

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def look(html: str) -> Found:
    found = Found()
    found.feed(html)
    found.close()
    return found


def texts(files: Mapping[str, bytes], *suffixes: str) -> Iterator[tuple[str, str]]:
    for path, content in files.items():
        if path.endswith(suffixes):
            yield path, content.decode()


@pytest.mark.parametrize("target", ["bundle", "html"])
def test_html_runs_loads_and_leads_nothing(attacked: Exported, target: str) -> None:
    """Only docgen's own script; no handler; no address but those of the page's own pictures and places."""
    for path, page in texts(attacked(target), ".html"):
        found = look(page)

        assert (0 if "fragment" in path else OWN_SCRIPTS[target]) == found.scripts
        assert [] == found.bad
        assert {"svg", "details"} <= found.elements
        assert [] == [where for where in found.leads if not where.startswith(("#", "data:image/"))]
        assert not {"iframe", "object", "embed", "base", "meta-refresh", "form"} & found.elements
        assert "<script>alert(1)</script>" in "".join(found.words), "it is there to be read"


def test_pictures_run_nothing(attacked: Exported) -> None:
    """SVG files are whole XML without scripts, handlers and addresses."""
    from xml.etree import ElementTree

    for _, picture in texts(attacked("bundle"), ".svg"):
        for element in ElementTree.fromstring(picture).iter():
            assert not element.tag.endswith(("script", "foreignObject", "a"))
            assert [] == [name for name in element.attrib if name.rpartition("}")[2].startswith("on")]


ENGINES = {
    "plain": ["tables", "fenced_code", "md_in_html", "sane_lists"],
    "material": ["tables", "md_in_html", "attr_list", "def_list", "abbr", "footnotes", "toc", "admonition",
                 "pymdownx.superfences", "pymdownx.details", "pymdownx.emoji", "pymdownx.mark", "pymdownx.caret",
                 "pymdownx.tilde", "pymdownx.critic", "pymdownx.smartsymbols", "pymdownx.magiclink",
                 "pymdownx.inlinehilite", "pymdownx.tasklist", "pymdownx.arithmatex", "pymdownx.keys",
                 "pymdownx.snippets"],
}  # fmt: skip


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("target", ["markdown", "confluence"])
def test_markdown_says_it_and_does_nothing(attacked: Exported, target: str, engine: str) -> None:
    """With every extension that such engines have: each attack is read as it was written."""
    ((_, page),) = texts(attacked(target), ".md")
    html = Markdown(extensions=ENGINES[engine]).convert(page)
    found = look(html)

    assert 0 == found.scripts
    assert [] == found.bad
    assert [] == [where for where in found.leads if not re.fullmatch(r"definition/[a-z0-9.-]+|#[\w:.-]+", where)]
    assert {"img", "table", "details", "summary"} <= found.elements
    usual = "h1 h2 h3 p img a table thead tbody tr th td code pre strong ul li details summary div span br"
    assert set() == found.elements - set(usual.split())
    said = re.sub(r"\s+", " ", "".join(found.words))
    for attack in ATTACKS:
        assert re.sub(r"\s+", " ", attack) in said


def test_no_line_of_markdown_is_a_program(attacked: Exported) -> None:
    """MDX runs lines that begin with import or export, and what stands in braces."""
    ((_, page),) = texts(attacked("markdown"), ".md")
    prose = re.sub(r"^(`{3,}).*?^\1$", "", page, flags=re.MULTILINE | re.DOTALL)

    assert [] == re.findall(r"^\s*(?:import|export)\b.*", prose, re.MULTILINE)
    assert "{" not in prose
    assert "}" not in prose
    assert {"details", "summary", "code"} >= set(re.findall(r"</?(\w*)", prose))


@pytest.mark.parametrize("target", sorted(all_exporters()))
def test_no_direction_marks(attacked: Exported, target: str) -> None:
    """A mark that turns words round is written out, so that nothing reads otherwise than it is."""
    for path, text in texts(attacked(target), ".md", ".fragment.html", ".txt", ".wiki"):
        assert [] == re.findall("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]", text), path
