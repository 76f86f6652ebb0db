"""What a hostile design says comes out as words, whatever it is written into: SVG, draw.io, Markdown, HTML, wikis, reports.

Two designs by default, and every field of each says something else; `DOCGEN_LONG=1` makes one for each payload, so that
every field has said everything. To add a case: a line in `payloads.py`.
"""

from __future__ import annotations

import html
import json
import os
import re
from collections.abc import Callable, Iterable
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml
from markdown import markdown

from docgen import pipeline, renderers
from docgen.exporters import all_exporters
from docgen.graphs import write as graph_text
from docgen.pipeline.exporting import export
from docgen.pipeline.graphs import graph_of
from docgen.site import contents
from tests.hostile import payloads

ROOT = Path(__file__).parents[2]
TARGETS = tuple(all_exporters())
ROTATIONS = range(len(payloads.NAMES)) if os.environ.get("DOCGEN_LONG") else range(0, 2 * 23, 23)
SAFE_ADDRESS = re.compile(
    r"https?://|mailto:|data:image/(?:png|svg\+xml|webp)|data:font/|data:page/id,|(?![a-z][a-z0-9+.-]*:)",
    re.IGNORECASE,
)
"""Of the web, of a picture inside the page, of another page of a draw.io file; or without a scheme."""
BARE = ["tables", "fenced_code"]
ACTIVE = frozenset(
    {"script", "iframe", "object", "embed", "applet", "base", "form", "frame", "frameset", "link", "meta"}
)


@cache
def designs(first: int) -> pipeline.Designs:
    import tempfile

    folder = Path(tempfile.mkdtemp(prefix="docgen-hostile-")) / "architectures"
    payloads.write(folder, first)
    opened = pipeline.open_all(folder)
    assert not opened.failed, opened.diagnostics
    return opened


@cache
def figures(first: int) -> Any:
    return pipeline.figures_of_all(designs(first).designs)


@cache
def pages(first: int) -> dict[str, str]:
    """The pages that say anything of the designs, as Markdown."""
    opened = designs(first)
    told = opened.collection
    made = contents(opened.chapters, figures(first), told.comparisons, told.source_map)
    return {p.path: p.markdown for p in made.pages if not p.path.startswith("reference/")}


@cache
def said(first: int) -> list[str]:
    say = payloads.Words(first)
    payloads.definition(say)
    return say.said


class _Tags(HTMLParser):
    """What a browser would act on, as far as a parser tells."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.wrong: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ACTIVE:
            self.wrong.append(f"<{tag}>")
        for name, value in attrs:
            value = value or ""
            if name.startswith("on") or name in ("srcdoc", "formaction", "ping"):
                self.wrong.append(f"{tag} {name}={value}")
            if name in ("href", "src", "xlink:href", "action", "data", "poster", "srcset", "background"):
                if value and not SAFE_ADDRESS.match(value.strip()):
                    self.wrong.append(f"{tag} {name}={value}")
                if payloads.FOREIGN in value and (tag != "a" or name != "href"):
                    self.wrong.append(f"{tag} {name}={value}")
            if name == "style" and ("url(" in value or "fixed" in value):
                self.wrong.append(f"{tag} {name}={value}")

    def handle_data(self, data: str) -> None:
        self.words.append(data)


FILTER = re.compile(r'<form class="dg-filter"[^>]*>')
"""Of the page of all designs: ours."""


def check_html(text: str) -> str:
    """Nothing in it acts; its words."""
    parser = _Tags()
    parser.feed(FILTER.sub("", text))
    parser.close()
    assert parser.wrong == [], parser.wrong[:5]
    return " ".join("".join(parser.words).split())


def check_xml(content: bytes) -> ElementTree.Element:
    """Well-formed, and nothing in it acts."""
    assert b"<!DOCTYPE" not in content
    assert b"<!ENTITY" not in content
    root = ElementTree.fromstring(content)
    for element in root.iter():
        name = str(element.tag).rpartition("}")[2].lower()
        assert name not in (ACTIVE - {"object"}) | {"foreignobject", "animate", "set", "handler"}, name
        for key, value in element.attrib.items():
            plain = key.rpartition("}")[2].lower()
            assert not plain.startswith("on"), (key, value)
            if plain in ("href", "src", "link"):
                assert SAFE_ADDRESS.match(value), (key, value)
                assert payloads.FOREIGN not in value
    return root


def each_design(function: Callable[..., None]) -> Any:
    return pytest.mark.parametrize(
        "first", ROTATIONS, ids=lambda n: f"beginning-with-{payloads.NAMES[n % len(payloads.NAMES)]}"
    )(function)


@each_design
@pytest.mark.parametrize("theme", ["", ".dark"], ids=["light", "dark"])
@pytest.mark.parametrize("view", ["overview", "view-part", "flow-f0", "flow-f1", "flow-f2", "flow-f3"])
def test_svg(first: int, view: str, theme: str) -> None:
    root = check_xml(figures(first)["one"][f"{view}{theme}.svg"])
    assert root.find("{http://www.w3.org/2000/svg}title") is not None


@each_design
@pytest.mark.parametrize("name", ["one.drawio", "overview.drawio", "view-part.drawio", "flow-f1.drawio"])
def test_drawio(first: int, name: str) -> None:
    """draw.io takes labels and tooltips for HTML: what stands in them is words."""
    root = check_xml(figures(first)["one"][name])
    for element in root.iter():
        if element.get("parent") == "0":  # a layer, whose name draw.io writes as text
            continue
        for key in ("value", "label", "tooltip"):
            check_html(element.get(key, ""))


@each_design
def test_png(first: int) -> None:
    content = figures(first)["one"]["overview.png"]
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    assert b"iTXt" not in content


@each_design
def test_stage_is_data(first: int) -> None:
    """What the player draws: markup of ours in JSON."""
    values = json.loads(figures(first)["one"]["stage.json"])
    for layer in json.dumps(values), *(str(v) for v in values["art"].values()):
        assert "<script" not in layer.lower()
        assert "onload=" not in re.sub(r"&[a-z]+;[^<]*", "", layer)


@each_design
@pytest.mark.parametrize("format", ["mermaid", "dot", "svg"])
@pytest.mark.parametrize("view", ["topology", "routes", "depends", "flow-f1"])
def test_graphs(first: int, view: str, format: str) -> None:
    graph = graph_of(designs(first).designs[0], view)
    text = graph_text(graph, format, "light")
    if format == "svg":
        check_xml(text.encode())
    elif format == "mermaid":
        assert not re.search(r"^\s*(click|%%)", text, re.MULTILINE)
        for quoted in re.findall(r'"([^"]*)"', text):
            assert not re.search(r"<(?!br/>)", quoted)
    else:
        outside = re.sub(r'"(?:[^"\\]|\\.)*"', '""', text)
        assert "URL" not in outside
        assert "<" not in outside.replace("<->", "")


@cache
def _extensions() -> tuple[list[str], dict[str, Any]]:
    """Those of this site's own configuration."""
    names: list[str] = []
    settings: dict[str, Any] = {}
    for one in yaml.safe_load((ROOT / "mkdocs.yml").read_text())["markdown_extensions"]:
        name, values = next(iter(one.items())) if isinstance(one, dict) else (one, {})
        names.append(name)
        settings[name] = values or {}
    return names, settings


def as_html(text: str) -> str:
    names, settings = _extensions()
    body = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)
    return markdown(body, extensions=names, extension_configs=settings)


PAGES = ("designs/one/index.md", "designs/two/index.md", "designs/index.md", "learn/index.md", "learn/coverage.md")


@each_design
@pytest.mark.parametrize("path", PAGES)
def test_pages_as_markdown(first: int, path: str) -> None:
    """By Python-Markdown, with attribute lists, HTML blocks, fences and what else the site switches on."""
    text = pages(first)[path]
    made = re.sub(r"<script type=\"application/json\"[^>]*>[^<]*</script>", "", as_html(text))
    made = re.sub(r"<dg-player[^>]*>.*?</dg-player>", "", made, flags=re.DOTALL) if "xss7" not in made else made
    words = check_html(made)
    if path == PAGES[0]:
        for told in said(first)[:6]:
            assert " ".join(told.split()) in words, told


@each_design
@pytest.mark.parametrize("path", PAGES)
def test_pages_elsewhere(first: int, path: str) -> None:
    """By the bare language with tables and fences, as an engine without our extensions has it."""
    body = re.sub(r"\A---\n.*?\n---\n", "", pages(first)[path], flags=re.DOTALL)
    check_html(re.sub(r"<script type=\"application/json\"[^>]*>[^<]*</script>", "", markdown(body, extensions=BARE)))


@each_design
@pytest.mark.parametrize("path", PAGES)
def test_page_metadata(first: int, path: str) -> None:
    """Front matter is plain data; titles are no markup, for themes print them as they are."""
    head = pages(first)[path].split("\n---\n")[0].removeprefix("---\n")
    values = yaml.safe_load(head)
    for key in ("title", "description"):
        assert "<" not in values.get(key, "")


@each_design
@pytest.mark.parametrize("target", TARGETS)
def test_exports(first: int, target: str) -> None:
    files = export(designs(first).designs, target, workers=1)
    assert files
    for name, content in files.items():
        assert not name.startswith(("/", "..")), name
        assert re.fullmatch(r"[\w./ ()-]+", name, re.ASCII), name
        if name.endswith((".svg", ".drawio", ".xml")):
            check_xml(content)
        elif name.endswith(".html"):
            _check_page(content.decode())
        elif name.endswith(".md"):
            check_html(markdown(content.decode(), extensions=["tables", "fenced_code", "attr_list", "md_in_html"]))
            check_html(markdown(content.decode(), extensions=BARE))
        elif name.endswith((".wiki", ".mediawiki", ".txt", ".dokuwiki")):
            _check_wiki(content.decode(), DOKUWIKI if target == "dokuwiki" else MEDIAWIKI)


def _check_page(text: str) -> None:
    """A whole page of ours: its own script and style, which hold no word of the design, and a body that does not act."""
    ours = re.compile(r"<(script|style)\b[^>]*>(.*?)</\1>", re.DOTALL)
    for tag, inside in ours.findall(text):
        assert tag == "style" or "window.xss7=1</" not in inside
    rest = ours.sub("", text)
    rest = re.sub(
        r"<meta (?:charset|name|http-equiv=\"?Content-Security-Policy)[^>]*>|<link rel=\"?icon[^>]*>|<base target=[^>]*>",
        "",
        rest,
    )
    check_html(rest)


MEDIAWIKI = re.compile(r"<nowiki>.*?</nowiki>|<(pre|code|syntaxhighlight)\b.*?</\1>", re.DOTALL)
"""What MediaWiki does not read."""
DOKUWIKI = re.compile(
    r"^[ \t]*={2,}[^\n]+={2,}[ \t]*$|<nowiki>.*?</nowiki>|%%.*?%%|<(code|file)\b.*?</\1>|\[\[[^\n\]]*\]\]|\{\{\.:[^\n}]*\}\}",
    re.DOTALL | re.MULTILINE,
)
"""What DokuWiki does not read: among it headings, and names of links and pictures, whichever begins first."""


def _check_wiki(text: str, unread: re.Pattern[str]) -> None:
    """None of the words that a wiki acts on stands outside of what it does not read."""
    quiet = unread.sub("", text)
    for word in (
        "<php>",
        "<html>",
        "{{Template}}",
        "__TOC__",
        "~~NOCACHE~~",
        "[javascript:",
    ):
        assert word not in quiet, word


@each_design
@pytest.mark.parametrize("format", ["text", "json", "sarif", "junit", "github"])
def test_reports_of_findings(docgen: Callable[..., Any], first: int, format: str) -> None:
    ended = docgen("check", str(designs(first).folder), "--format", format)
    if format in ("json", "sarif"):
        json.loads(ended.out)
    elif format == "junit":
        check_xml(ended.out.encode())
    elif format == "github":
        for line in ended.out.splitlines():
            assert not line.lstrip().startswith("::") or re.match(r"::(error|warning|notice) ", line), line
            assert not re.search(r"##\w*\[", line), line


@each_design
@pytest.mark.parametrize(
    "command",
    [("trace",), ("trace", "--flow-logs"), ("trace", "--format", "json"), ("show",), ("reach", "--to", "app")],
    ids=" ".join,
)
def test_words_on_a_terminal(docgen: Callable[..., Any], first: int, command: tuple[str, ...]) -> None:
    name, *options = command
    ended = docgen(name, str(designs(first).folder / "one"), *options)
    if "json" in options:
        json.loads(ended.out)


def _formats() -> Iterable[str]:
    return renderers.all_renderers()


def test_every_format_is_looked_at() -> None:
    """A new format or target comes into these tables."""
    assert set(_formats()) == {"svg", "png", "drawio", "drawio.svg", "drawio.png"}


@each_design
@pytest.mark.parametrize("name", ["drawio.svg", "drawio.png"])
def test_pictures_that_carry_a_diagram(first: int, name: str) -> None:
    made = pipeline.render_figures(designs(first).designs[0], [name], ["overview"])
    (content,) = made.values()
    if name.endswith("svg"):
        inner = html.unescape(check_xml(content).get("content", ""))
        check_xml(check_xml(content).get("content", "").encode())
        assert "<script>window" not in inner or "&lt;" in check_xml(content).get("content", "")
