"""SVG: the portable profile, words, hooks for players, escaping."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from docgen.diagram.drawing import Point
from docgen.renderers import render
from docgen.renderers._svg import path_data
from tests.diagram.networks import CASES

SVG = "{http://www.w3.org/2000/svg}"
ALLOWED = {"svg", "title", "desc", "g", "rect", "circle", "path", "polygon", "text", "image"}


def _tree(drawing) -> ElementTree.Element:
    return ElementTree.fromstring(render(drawing, "svg"))


@pytest.mark.parametrize("name", CASES)
def test_only_what_wikis_and_viewers_accept(name, drawing):
    """No style, script, foreignObject, link or event; icons are PNG data; ids are unique."""
    for view in ("overview", next(iter(CASES[name]().reports), "")):
        tree = _tree(drawing(name, view if view == "overview" else f"flow-{view}"))
        ids = [e.attrib["id"] for e in tree.iter() if "id" in e.attrib]

        assert {e.tag.removeprefix(SVG) for e in tree.iter()} <= ALLOWED
        assert not [a for e in tree.iter() for a in e.attrib if a.startswith("on") or a == "style"]
        assert all(e.attrib["href"].startswith("data:image/png;base64,") for e in tree.iter(f"{SVG}image"))
        assert len(ids) == len(set(ids))
        assert all(i.startswith("dg-") for i in ids)


def test_colours_are_plain(drawing):
    text = render(drawing("three-tier", "flow-skip"), "svg").decode()

    assert not re.search(r"var\(|url\(|rgb|currentColor", text)


def test_the_picture_speaks(drawing):
    tree = _tree(drawing("three-tier", "flow-page"))
    labels = tree.attrib["aria-labelledby"].split()

    assert tree.attrib["role"] == "img"
    assert labels == [tree.find(f"{SVG}title").attrib["id"], tree.find(f"{SVG}desc").attrib["id"]]
    assert "A shopper opens the page" == tree.find(f"{SVG}title").text
    assert "4. edge to web-a" in tree.find(f"{SVG}desc").text


def test_players_find_components_connectors_and_steps(drawing):
    made = drawing("three-tier", "flow-pay")
    tree = _tree(made)
    by = {
        name: [e.attrib[name] for e in tree.iter() if name in e.attrib]
        for name in ("data-component", "data-icon", "data-connector", "data-step")
    }

    assert {"instance:shop/app-a", "vpc:shop", "subnet:shop/data-b"} <= set(by["data-component"])
    assert [i.id for i in made.icons] == by["data-icon"]
    assert [c.id for c in made.connectors] == by["data-connector"]
    assert {"1", "2", "3"} == set(by["data-step"])


def test_ids_differ_from_view_to_view(drawing):
    one, other = (_tree(drawing("three-tier", v)).attrib["id"] for v in ("overview", "flow-pay"))

    assert ("dg-overview", "dg-flow-pay") == (one, other)


def test_a_blocked_flow_shows_its_reason_without_colour(drawing):
    tree = _tree(drawing("three-tier", "flow-skip"))
    stops = [e for e in tree.iter() if e.attrib.get("data-reason")]

    assert {"ENI_SG_RULES_MISMATCH"} == {e.attrib["data-reason"] for e in stops}
    assert all("ENI_SG_RULES_MISMATCH" in "".join(e.itertext()) for e in stops)


def test_hostile_words_stay_words(hostile):
    content = render(hostile, "svg").decode()
    tree = ElementTree.fromstring(content)

    assert "<script" not in content
    assert "\u202e" not in "".join(tree.find(f"{SVG}g").itertext())
    assert any("<script>" in (e.text or "") for e in tree.iter(f"{SVG}text"))


@pytest.mark.parametrize(
    ("expected", "points"),
    [
        pytest.param("M0 0L40 0", [(0, 0), (40, 0)], id="a-straight-line"),
        pytest.param("M0 0L14 0Q20 0 20 6L20 20", [(0, 0), (20, 0), (20, 20)], id="a-rounded-corner"),
        pytest.param("M0 0L6 0Q8 0 8 2L8 4", [(0, 0), (8, 0), (8, 4)], id="a-smaller-one-where-room-is-short"),
    ],
)
def test_path_data(expected, points):
    assert expected == path_data(tuple(Point(*p) for p in points))


def test_steps_stops_and_answers_differ_in_more_than_colour(drawing):
    """Whoever sees no red, or prints in black, tells them apart by form: round and square, solid and dashed."""
    tree = _tree(drawing("three-tier", "flow-skip"))
    marks = {
        kind: {
            child.tag.removeprefix(SVG)
            for g in tree.iter(f"{SVG}g")
            if kind in g.get("class", "").split()
            for child in g
        }
        for kind in ("dg-marker-step", "dg-marker-stop")
    }
    stop = next(g for g in tree.iter(f"{SVG}g") if "dg-marker-stop" in g.get("class", "").split())

    assert {"circle", "text"} == marks["dg-marker-step"]
    assert {"rect", "path", "text"} == marks["dg-marker-stop"]
    assert stop.attrib["data-reason"] in "".join(stop.itertext())
