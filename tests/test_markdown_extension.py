"""The fence in Python-Markdown itself, as other engines use it: alone, beside fenced code, beside superfences."""

from __future__ import annotations

import os
from copy import deepcopy
from importlib.metadata import entry_points
from pathlib import Path

import pytest
from markdown import Markdown, markdown

from docgen.markdown_extension import DocgenExtension, Pages
from docgen.pipeline.fences import Project
from tests.site.test_mkdocs_plugin import DEFINITION

ROOT = Path(__file__).parent.parent
FENCE = f"```architecture\n{DEFINITION}```\n"
OTHERS = (
    "```yaml\na: 1\n```\n\n````markdown\n```architecture\nfile: nowhere\n```\n````\n\n"
    "    ```indented\n    code\n    ```\n"
)
ENGINES = {
    "alone": [],
    "fenced-code": ["fenced_code", "tables"],
    "codehilite": ["fenced_code", "codehilite"],
    "superfences": ["pymdownx.superfences", "attr_list"],
    "extra": ["extra", "toc"],
}


def _quiet(**settings: object) -> DocgenExtension:
    return DocgenExtension(**{"root": str(ROOT), "script": "none", "style": "none", **settings})


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("first", [True, False], ids=["listed-first", "listed-last"])
def test_same_html_in_every_engine(engine, first):
    """Whatever else reads fences, ours gives the same, and all others stay as they were."""
    others = ENGINES[engine]
    listed = [_quiet(), *others] if first else [*others, _quiet()]
    made = markdown(f"{OTHERS}\n{FENCE}", extensions=listed)
    alone = markdown(FENCE, extensions=[_quiet()])

    assert alone.startswith('<div class="dg-embed"><docgen-embed')
    assert alone in made
    assert markdown(OTHERS, extensions=others) in made


def test_script_and_style_once_and_only_with_a_design():
    md = Markdown(extensions=[DocgenExtension(root=str(ROOT))])
    two = md.convert(f"{FENCE}\n\n{FENCE}")
    md.reset()
    none = md.convert("# Nothing")

    assert 2 == two.count("<docgen-embed")
    assert (1, 1) == (two.count("<script>"), two.count("<style>"))
    assert "<h1>Nothing</h1>" == none


def test_ids_differ_between_designs_of_a_page():
    made = markdown(f"{FENCE}\n\n{FENCE}\n\n```{{.architecture #mine}}\n{DEFINITION}```\n", extensions=[_quiet()])

    for prefix in ("design-flow-shopper", "design-2-flow-shopper", "mine-flow-shopper"):
        assert 1 == made.count(f'id="{prefix}"')


def test_mistake_is_logged_with_its_line(caplog):
    made = markdown("# x\n\n```architecture\nversion: 1\n```\n", extensions=[_quiet(name="notes.md")])

    assert "notes.md:4:1: error[DGY-12]" in made
    assert [m for m in caplog.messages if m.startswith("notes.md:4:1: [DGY-12]")]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("fence", "hint"),
    [
        pytest.param("```architecture file=shop\n```\n", 'write file="shop"', id="a-name"),
        pytest.param("> ```architecture file=\n> ```\n", 'write file="..."', id="nothing-in-a-quotation"),
        pytest.param('```architecture file="shop" view=<b>x\n```\n', 'write view="&lt;b&gt;x"', id="markup"),
    ],
)
def test_value_out_of_quotes_is_a_box(caplog, engine, fence, hint):
    """Engines take it for no fence; its author would look at a line of text."""
    made = markdown(f"# x\n\n{fence}", extensions=[*ENGINES[engine], _quiet(name="notes.md")])

    assert 1 == made.count('<div class="dg-error" role="alert">')
    assert hint in made.replace("&#34;", '"').replace("&quot;", '"')
    assert [m for m in caplog.messages if m.startswith("notes.md:3:") and "is not in quotes" in m]


def test_attributes_in_braces_and_what_shows_a_fence_stay():
    shown = "````markdown\n```architecture file=shop\n```\n````\n"
    braces = "```{.architecture file=nowhere}\n```\n"

    assert markdown(shown, extensions=["fenced_code"]) in markdown(shown, extensions=["fenced_code", _quiet()])
    assert "there is no definition &#39;nowhere&#39;" in markdown(braces, extensions=[_quiet()])


def test_cache_is_used(tmp_path):
    """A second process finds what the first has drawn, below root."""
    (tmp_path / "one.yaml").write_text(DEFINITION)
    text = '```architecture file="./one.yaml"\n```\n'
    first = markdown(text, extensions=[_quiet(root=str(tmp_path), cache="kept")])
    stored = {p: p.stat().st_size for p in (tmp_path / "kept").iterdir()}

    assert stored
    assert first == markdown(text, extensions=[_quiet(root=str(tmp_path), cache="kept")])
    assert stored == {p: p.stat().st_size for p in (tmp_path / "kept").iterdir()}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('```architecture file="shop"\n```\n', id="by-name"),
        pytest.param("```architecture\nversion: 1\ntitle: More\nextends: shop\n```\n", id="extended"),
    ],
)
def test_design_that_was_missing_is_found_once_it_is_there(tmp_path, text):
    """One reader through many readings of a page, as while somebody writes it."""
    folder = tmp_path / "architectures"
    folder.mkdir()
    md = Markdown(extensions=[_quiet(root=str(tmp_path))])
    missing = md.convert(text)
    (folder / "shop").mkdir()
    (folder / "shop/architecture.yaml").write_text(DEFINITION)
    md.reset()

    assert 'class="dg-error"' in missing
    assert "<docgen-embed" in md.convert(text)


def test_settings_can_be_copied():
    """Plugins for several languages copy all settings; what a fence was made of must not be copied along."""
    pages = Pages(Project(root=ROOT, architectures=ROOT / "architectures"), print)

    assert deepcopy({"docgen": {"pages": pages}})["docgen"]["pages"] is pages


def test_extension_is_found_by_name():
    """`extensions=["docgen"]` works without an import path."""
    found = entry_points(group="markdown.extensions", name="docgen")
    if not found and os.environ.get("CI") != "true":
        pytest.skip("docgen was installed before it had this entry point")
    (entry,) = found
    assert entry.load() is DocgenExtension
