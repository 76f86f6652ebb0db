"""Mermaid itself reads our text and shows our words.

Needs Chromium, playwright and Mermaid's bundle: `npm install --no-save mermaid@11` in the project's folder, or its
path in DOCGEN_MERMAID.
"""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from docgen.graphs import write
from docgen.graphs.graph import shown
from docgen.pipeline import open_design
from docgen.pipeline.graphs import graph_of, graph_views
from tests.graphs.samples import HOSTILE, hostile_graph

ROOT = Path(__file__).parents[2]
CHROMIUM = Path("/usr/bin/chromium")
BUNDLE = Path(os.environ.get("DOCGEN_MERMAID") or ROOT / "node_modules/mermaid/dist/mermaid.min.js")
READ = """async text => {
  mermaid.initialize({startOnLoad: false, securityLevel: 'loose'});
  const {svg} = await mermaid.render('graph', text);
  document.body.innerHTML = svg;
  const words = name => [...document.querySelectorAll(name)].map(e => e.textContent);
  return {nodes: words('.node .nodeLabel'), groups: words('.cluster-label'), edges: words('.edgeLabel .label'),
          bad: document.body.querySelectorAll('script, img, [onerror], a').length};
}"""


def missing() -> str:
    if importlib.util.find_spec("playwright") is None or not CHROMIUM.is_file():
        return "no browser"
    return "" if BUNDLE.is_file() else "no Mermaid: npm install --no-save mermaid@11"


pytestmark = [
    pytest.mark.mermaid,
    pytest.mark.skipif(bool(missing()), reason=missing() or "all there"),
]


@pytest.fixture(scope="module")
def page() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        opened = browser.new_page()
        opened.set_content("<body></body>")
        opened.add_script_tag(path=str(BUNDLE))
        yield opened
        browser.close()


def test_hostile_words_are_shown_as_words(page):
    seen = page.evaluate(READ, write(hostile_graph(), "mermaid"))

    for kind, times in (("nodes", 2), ("groups", 1), ("edges", 1)):
        words = {w.replace("\u2060", "").strip() for w in seen[kind]}
        assert {(shown(w) * times).strip() for w in HOSTILE} - {""} <= words | {"two lines" * times}, kind
    assert 0 == seen["bad"]


def test_every_view_of_a_design_is_read(page):
    design = open_design(ROOT / "architectures/three-tier").value
    for view in graph_views(design):
        graph = graph_of(design, view)
        seen = page.evaluate(READ, write(graph, "mermaid"))

        assert len(graph.nodes) == len(seen["nodes"]), view
        assert len(graph.groups) == len(seen["groups"]), view
