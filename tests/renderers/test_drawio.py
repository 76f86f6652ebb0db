"""draw.io files: structure, geometry, data, escaping; test_drawio_opens.py opens them in draw.io itself."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from docgen.renderers import render
from docgen.renderers.drawio import render_pages
from tests.diagram.networks import CASES


def _cells(content: bytes) -> dict[str, ElementTree.Element]:
    """Cells by id; that of an `object` is its inner cell."""
    cells = {}
    for node in ElementTree.fromstring(content).find("diagram/mxGraphModel/root"):
        cell = node if node.tag == "mxCell" else node.find("mxCell")
        assert node.attrib["id"] not in cells
        cells[node.attrib["id"]] = cell
    return cells


def _place(cells, id: str) -> tuple[float, float]:
    """Absolute upper left corner."""
    x = y = 0.0
    while id in cells and cells[id].find("mxGeometry") is not None:
        geometry = cells[id].find("mxGeometry").attrib
        x, y = x + float(geometry.get("x", 0)), y + float(geometry.get("y", 0))
        id = cells[id].attrib["parent"]
    return x, y


@pytest.mark.parametrize("name", CASES)
def test_every_reference_is_there(name, drawing):
    """Parents, sources and targets name cells; draw.io would drop them without a word."""
    view = f"flow-{next(iter(CASES[name]().reports))}"
    for content in (render(drawing(name, "overview"), "drawio"), render(drawing(name, view), "drawio")):
        cells = _cells(content)
        named = [c.attrib[k] for c in cells.values() for k in ("parent", "source", "target") if k in c.attrib]

        assert set(named) <= set(cells)


def test_containers_are_true_containers(drawing):
    cells = _cells(render(drawing("three-tier", "overview"), "drawio"))

    assert "subnet:shop/app-a" == cells["instance:shop/app-a"].attrib["parent"]
    assert "zone:shop/ap-south-1a" == cells["subnet:shop/app-a"].attrib["parent"]
    assert "container=1" in cells["subnet:shop/app-a"].attrib["style"]


def test_everything_stands_where_the_drawing_has_it(drawing):
    made = drawing("three-tier", "overview")
    cells = _cells(render(made, "drawio"))

    for box in made.boxes:
        assert (box.rect.x, box.rect.y) == _place(cells, box.id), box.id
    for icon in made.icons:
        x, y = _place(cells, icon.id)
        size = cells[icon.id].find("mxGeometry").attrib
        centre = (x + float(size["width"]) / 2, y + float(size["height"]) / 2)
        assert tuple(icon.rect.centre) == centre, icon.id


def test_connectors_hang_on_their_icons_with_every_corner(drawing):
    made = drawing("three-tier", "overview")
    cells = _cells(render(made, "drawio"))

    for connector in made.connectors:
        cell = cells[f"edge:{connector.id}"]
        corners = [(float(p.attrib["x"]), float(p.attrib["y"])) for p in cell.iterfind("mxGeometry/Array/mxPoint")]
        assert (connector.source, connector.target) == (cell.attrib["source"], cell.attrib["target"])
        assert [tuple(p) for p in connector.points[1:-1]] == corners
        for word, id, point in (
            ("exit", connector.source, connector.points[0]),
            ("entry", connector.target, connector.points[-1]),
        ):
            assert tuple(point) == _port(cells, cell.attrib["style"], word, id), connector.id


def _port(cells, style: str, word: str, icon: str) -> tuple[float, float]:
    value = {k: float(v) for k, v in re.findall(rf"{word}(X|Y|Dx|Dy)=([-\d.]+);", style)}
    x, y = _place(cells, icon)
    size = cells[icon].find("mxGeometry").attrib
    return (x + value["X"] * float(size["width"]) + value["Dx"], y + value["Y"] * float(size["height"]) + value["Dy"])


def test_a_stopped_line_is_not_attached_to_what_it_never_reached(drawing):
    cells = _cells(render(drawing("three-tier", "flow-skip"), "drawio"))
    stopped = [c for id, c in cells.items() if id.startswith("edge:") and id.endswith("--blocked")]

    assert stopped
    assert not [c for c in stopped if "target" in c.attrib]


def test_cells_carry_data_and_a_tooltip(drawing):
    tree = ElementTree.fromstring(render(drawing("three-tier", "overview"), "drawio"))
    (server,) = [o for o in tree.iter("object") if o.attrib["id"] == "instance:shop/app-a"]

    assert "10.0.20.5" == server.attrib["aws_private_ip"]
    assert "private ip: 10.0.20.5" in server.attrib["tooltip"].splitlines()


def test_a_file_can_have_a_page_for_each_view(drawing):
    made = [drawing("load-balanced", v) for v in ("overview", "flow-page")]
    pages = ElementTree.fromstring(render_pages(made)).findall("diagram")

    assert [("overview", "Load balanced"), ("flow-page", "page")] == [
        (p.attrib["id"], p.attrib["name"]) for p in pages
    ]
    assert all(p.find("mxGraphModel") is not None for p in pages)  # not compressed


def test_hostile_words_stay_words(hostile):
    content = render(hostile, "drawio")
    labels = [o.attrib["label"] for o in ElementTree.fromstring(content).iter("object")]

    assert not [x for x in labels if "<script" in x]
    assert any("&lt;script&gt;" in x for x in labels)
    assert 'placeholders="1"' not in content.decode()
