"""The picture inside a page: what views share stands once, artwork apart, nothing but markup of our own."""

from __future__ import annotations

import json
from xml.etree import ElementTree

from docgen.diagram import draw
from docgen.renderers._stage import stage_values
from tests.diagram.networks import CASES

ICON = "dg-icon"


def _parts(text: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(f"<svg>{text}</svg>").iter())


def _stage(name: str):
    case = CASES[name]()
    views = ["overview", *(f"flow-{flow}" for flow in case.reports)]
    drawings = [draw(case.network_of(view), view, case.reports) for view in views]
    return drawings, stage_values(drawings)


def test_views_of_one_placement_share_a_ground():
    """One ground for all views of a network, and a layer for each."""
    drawings, values = _stage("three-tier")

    assert sum(len(stage["layers"]) for stage in values["stages"]) == len(drawings)
    assert len(values["stages"]) < len(drawings)
    assert json.loads(json.dumps(values)) == values


def test_artwork_stands_once_and_is_used():
    """No picture data in a ground; each use names artwork that is there, each artwork is used."""
    _, values = _stage("three-tier")
    used = [e.attrib["href"] for s in values["stages"] for e in _parts(s["ground"]) if e.tag == "use"]

    assert {f"#{id}" for id in values["art"]} == set(used)
    assert len(used) > len(values["art"])
    assert all("data:" not in s["ground"] for s in values["stages"])
    assert all(uri.startswith("data:image/png;base64,") for uri in values["art"].values())


def test_a_layer_says_what_its_flow_touches():
    """The icons at the ends of every line are on its way."""
    _, values = _stage("three-tier")
    for stage in values["stages"]:
        known = {e.attrib["data-icon"] for e in _parts(stage["ground"]) if "data-icon" in e.attrib}
        for layer in stage["layers"].values():
            parts = _parts(layer)
            on = set(parts[1].attrib["data-on"].split(" "))
            ends = {
                e.attrib[end] for e in parts if "data-connector" in e.attrib for end in ("data-source", "data-target")
            }
            assert ends - {""} <= on <= known


def test_hostile_words_stay_words(hostile):
    """What an author writes adds no element."""
    values = stage_values([hostile])
    tags = {e.tag for s in values["stages"] for t in (s["ground"], *s["layers"].values()) for e in _parts(t)}

    assert tags <= {"svg", "g", "rect", "circle", "path", "polygon", "text", "use"}
