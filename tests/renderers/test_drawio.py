"""draw.io files: structure, geometry, data, escaping; test_drawio_opens.py opens them in draw.io itself."""

from __future__ import annotations

import io
import re
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from PIL import Image

from docgen import diagram
from docgen.diagram import theme
from docgen.diagram.views import MOST_VPCS
from docgen.pipeline import open_text
from docgen.renderers import Options, render
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
        left, top = _place(cells, cell.attrib["parent"])
        corners = [
            (left + float(p.attrib["x"]), top + float(p.attrib["y"]))
            for p in cell.iterfind("mxGeometry/Array/mxPoint")
        ]
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


def test_a_stopped_line_hangs_on_its_stop_not_on_what_it_never_reached(drawing):
    cells = _cells(render(drawing("three-tier", "flow-skip"), "drawio"))
    stopped = [c for id, c in cells.items() if id.startswith("edge:") and id.endswith("--blocked")]

    assert stopped
    assert all(c.attrib["target"].startswith("stop:") for c in stopped)


def test_lines_of_the_overview_belong_to_the_container_around_both_ends(drawing):
    """So that they move along with a VPC, corners and all."""
    made = drawing("three-tier", "overview")
    cells = _cells(render(made, "drawio"))
    parents = {c.id: cells[f"edge:{c.id}"].attrib["parent"] for c in made.connectors}

    assert "vpc:shop" == parents["load_balancer:shop/edge--instance:shop/web-a"]
    assert "1" == next(p for id, p in parents.items() if id.startswith("user:"))


def test_dashes_are_as_long_as_those_of_the_svg(drawing):
    """draw.io would make them longer with the width of the line."""
    styles = [
        cell.attrib.get("style", "")
        for cell in ElementTree.fromstring(render(drawing("three-tier", "overview"), "drawio")).iter("mxCell")
    ]
    dashed = [style for style in styles if "dashed=1" in style]

    assert len(dashed) > 5
    assert all("dashed=1;fixDash=1;dashPattern=6 4;" in style for style in dashed)


def test_each_flow_is_a_hidden_layer_of_the_overview(drawing):
    """With lines that flow, numbered steps that lead to the flow's page, and ids of its own."""
    made = [drawing("three-tier", v) for v in ("overview", "flow-pay", "flow-skip")]
    page = ElementTree.fromstring(render_pages(made, Options(layers=tuple(made)))).find("diagram")
    cells = {e.attrib["id"]: e for e in page.iter() if "id" in e.attrib}
    layers = {id: e.attrib for id, e in cells.items() if e.attrib.get("parent") == "0"}

    assert ["1", "layer:flow-pay", "layer:flow-skip"] == list(layers)
    assert [None, "0", "0"] == [attributes.get("visible") for attributes in layers.values()]
    flow = [e for id, e in cells.items() if id.startswith("flow-pay/edge:")]
    assert len(flow) == len(made[1].connectors)
    assert all("flowAnimation=1;fixDash=1;dashPattern=14 3;" in e.find("mxCell").attrib["style"] for e in flow)
    assert all("layer:flow-pay" == e.find("mxCell").attrib["parent"] for e in flow)
    steps = [e for id, e in cells.items() if id.startswith("flow-pay/step:")]
    assert {"1", "2", "3"} <= {e.attrib["aws_step"] for e in steps}
    assert {"data:page/id,flow-pay"} == {e.attrib["link"] for e in steps}


def test_a_flow_of_another_placement_is_no_layer(drawing):
    made = drawing("three-tier", "overview")
    other = drawing("load-balanced", "flow-page")

    assert render(made, "drawio") == render(made, "drawio", Options(layers=(made, other)))


def test_lines_of_a_flow_are_one_layer_of_its_page(drawing):
    cells = _cells(render(drawing("three-tier", "flow-pay"), "drawio"))
    lines = {c.attrib["parent"] for id, c in cells.items() if id.startswith("edge:")}

    assert {"layer:flow-pay"} == lines
    assert "0" == cells["layer:flow-pay"].attrib["parent"]


def test_lines_tell_what_was_decided(drawing):
    tree = ElementTree.fromstring(render(drawing("three-tier", "flow-skip"), "drawio"))
    (line,) = [o for o in tree.iter("object") if o.attrib["id"].startswith("edge:") and "web-a" in o.attrib["id"]]

    assert "Security group" in line.attrib["aws_decided"]
    assert "stopped on the way to" in line.attrib["tooltip"]


def test_containers_tell_their_routes_and_rules(drawing):
    tree = ElementTree.fromstring(render(drawing("three-tier", "overview"), "drawio"))
    data = {o.attrib["id"]: o.attrib for o in tree.iter("object")}

    assert "10.0.0.0/16" == data["vpc:shop"]["aws_cidr_block"]
    assert "0.0.0.0/0 -> " in data["subnet:shop/app-a"]["aws_routes"]
    assert "100 allow all from 0.0.0.0/0" in data["subnet:shop/app-a"]["aws_network_acl_ingress"]
    assert "tcp 8080 from" in data["instance:shop/app-a"]["aws_security_group_ingress"]


def test_a_picture_carries_its_diagram(drawing):
    """In the attribute of the SVG and the text of the PNG that draw.io reads, the very file."""
    made = drawing("three-tier", "flow-pay")
    file = render(made, "drawio").decode()
    svg = ElementTree.fromstring(render(made, "drawio.svg"))
    png = Image.open(io.BytesIO(render(made, "drawio.png")))

    assert file == svg.attrib.pop("content")
    assert file == unquote(png.text["mxfile"])
    assert ElementTree.tostring(ElementTree.fromstring(render(made, "svg"))) == ElementTree.tostring(svg)
    assert png.convert("RGB").tobytes() == Image.open(io.BytesIO(render(made, "png"))).convert("RGB").tobytes()


def test_the_diagram_stands_before_the_pixels(drawing):
    """draw.io reads no chunk after IDAT, and older ones no compressed text."""
    content = render(drawing("public-server", "overview"), "drawio.png")

    assert 0 < content.index(b"tEXtmxfile") < content.index(b"IDAT")


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


def test_a_folded_vpc_leads_to_its_own_page():
    """Where the file has that page; alone, the overview leads nowhere."""
    vpcs = "".join(f"  v{at}: {{cidr_block: 10.{at}.0.0/16}}\n" for at in range(MOST_VPCS + 1))
    opened = open_text(f"version: 1\ntitle: Many\nregion: ap-south-1\nvpcs:\n{vpcs}")
    assert opened.value is not None
    drawings = [diagram.draw(opened.value.network, view, {}) for view in ("overview", "vpc-v7")]

    links = {n.get("id"): n.get("link") for n in ElementTree.fromstring(render_pages(drawings)).iter("object")}
    assert links["folded:vpc:v7"] == "data:page/id,vpc-v7"
    assert links["folded:vpc:v8"] is None
    alone = {n.get("id"): n.get("link") for n in ElementTree.fromstring(render_pages(drawings[:1])).iter("object")}
    assert alone["folded:vpc:v7"] is None


def test_hostile_words_stay_words(hostile):
    content = render(hostile, "drawio")
    labels = [o.attrib["label"] for o in ElementTree.fromstring(content).iter("object")]

    assert not [x for x in labels if "<script" in x]
    assert any("&lt;script&gt;" in x for x in labels)
    assert 'placeholders="1"' not in content.decode()


def test_a_zone_that_is_down_has_a_grey_frame_as_in_the_svg(drawing):
    cells = _cells(render(drawing("load-balanced", "flow-outage"), "drawio"))
    zones = {id: e for id, e in cells.items() if id.startswith("zone:") and "#" not in id}
    frames = {id: (e if e.tag == "mxCell" else e.find("mxCell")).attrib["style"] for id, e in zones.items()}

    assert {f"strokeColor={theme.DOWN};" in style for style in frames.values()} == {True, False}
    assert not any("opacity" in style for style in frames.values())
