"""What each view shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.core.errors import UnknownNameError
from docgen.diagram import compose, draw, views
from docgen.diagram.drawing import MarkerShape, State, Tone
from docgen.diagram.scene import Place, StopPlace
from docgen.pipeline.design import open_design
from docgen.pipeline.drawing import network_of_view
from tests.diagram.networks import CASES, three_tier


def _scene(name: str, view: str):
    case = CASES[name]()
    return compose(case.network_of(view), view, case.reports)


def _pairs(scene) -> set[tuple[str, str]]:
    return {(link.source.split(":")[1], link.target.split(":")[1]) for link in scene.links}


def test_there_is_an_overview_and_one_view_for_each_flow():
    case = CASES["load-balanced"]()

    expected = ("overview", "flow-page", "flow-direct", "flow-outage", "flow-updates")
    assert expected == views(case.network, case.reports)


def test_an_unknown_view_is_refused():
    case = three_tier()

    with pytest.raises(UnknownNameError, match="overwiew"):
        compose(case.network, "overwiew", case.reports)


def test_boxes_nest_from_cloud_to_subnet():
    boxes = {b.id: b for b in _scene("three-tier", "overview").boxes}
    chain, at = [], "subnet:shop/app-b"
    while at:
        chain.append(at)
        at = boxes[at].parent

    assert ["subnet:shop/app-b", "zone:shop/ap-south-1b", "vpc:shop", "region:ap-south-1", "cloud"] == chain


def test_every_role_has_its_place():
    places = {i.id: i.place for i in _scene("three-tier", "overview").icons}

    assert {
        "user:shopper": Place.OUTSIDE,
        "hosted_zone:example.com": Place.EDGE,
        "internet_gateway:shop/igw": Place.BORDER,
        "load_balancer:shop/edge": Place.SPINE,
        "nat_gateway:shop/nat-a": Place.CELL,
        "db_instance:shop/orders@standby": Place.CELL,
    }.items() <= places.items()


def test_a_multi_zone_database_is_two_icons_with_replication_between():
    scene = _scene("three-tier", "overview")
    (link,) = [k for k in scene.links if k.target.endswith("@standby")]

    assert (link.source, link.dashed, link.label) == ("db_instance:shop/orders@primary", True, "Sync replication")


def test_another_dns_provider_stands_outside_the_cloud():
    icons = {i.id: i for i in _scene("public-server", "overview").icons}

    assert (icons["hosted_zone:example.com"].place, icons["hosted_zone:example.net"].place) == (
        Place.OUTSIDE,
        Place.EDGE,
    )


def test_the_overview_joins_what_allowed_flows_use():
    pairs = _pairs(_scene("three-tier", "overview"))

    assert ("shop/app-a", "shop/nat-a") in pairs
    assert ("shop/igw", "payment-api") in pairs
    assert ("shop/web-a", "shop/orders@primary") not in pairs  # blocked


def test_ways_out_and_look_ups_are_dashed_in_the_overview():
    dashed = {link.id for link in _scene("three-tier", "overview").links if link.dashed}

    assert "instance:shop/app-a--nat_gateway:shop/nat-a" in dashed
    assert "user:shopper--hosted_zone:example.com" in dashed
    assert "load_balancer:shop/edge--instance:shop/web-a" not in dashed


def test_a_flow_fades_what_is_off_its_path():
    states = {i.id: i.state for i in _scene("three-tier", "flow-pay").icons}

    assert states["instance:shop/app-a"] is State.NORMAL
    assert states["instance:shop/web-a"] is State.FADED


def test_an_outage_marks_what_is_down():
    case = CASES["load-balanced"]()
    drawing = draw(case.network_of("flow-outage"), "flow-outage", case.reports)

    assert drawing.icon("instance:shop/web-a").state is State.DOWN
    assert ["down:instance:shop/web-a"] == [m.id for m in drawing.markers if m.shape is MarkerShape.DOWN]


@pytest.mark.parametrize(
    ("name", "view", "place", "box", "code"),
    [
        pytest.param(
            "isolated",
            "flow-web-to-app-a-22",
            StopPlace.END,
            "",
            "ENI_SG_RULES_MISMATCH",
            id="a-security-group-stops-at-its-icon",
        ),
        pytest.param(
            "isolated",
            "flow-app-a-to-internet-443",
            StopPlace.BORDER,
            "subnet:shop/app-a",
            "NO_ROUTE_TO_DESTINATION",
            id="a-missing-route-stops-at-the-subnet-border",
        ),
        pytest.param(
            "isolated",
            "flow-internet-to-web-a-80",
            StopPlace.BORDER,
            "vpc:shop",
            "NO_PATH",
            id="a-vpc-without-gateway-stops-at-its-border",
        ),
        pytest.param(
            "three-tier",
            "flow-shopper-inner",
            StopPlace.END,
            "",
            "IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS",
            id="a-gateway-stops-at-itself",
        ),
    ],
)
def test_stops(name, view, place, box, code):
    """A blocked flow is red up to the place that blocks it."""
    (stop,) = {link.stop for link in _scene(name, view).links if link.stop}

    assert (place, box, code) == (stop.place, stop.box, stop.code)
    assert {Tone.BLOCKED} == {link.tone for link in _scene(name, view).links if link.stop}


def test_a_stopped_line_ends_at_its_stop():
    case = CASES["isolated"]()
    drawing = draw(case.network, "flow-app-a-to-internet-443", case.reports)
    (line,) = drawing.connectors
    (stop,) = [m for m in drawing.markers if m.shape is MarkerShape.STOP]
    subnet = drawing.box("subnet:shop/app-a").rect

    assert stop.centre == line.points[-1] == line.rest[0]
    assert abs(stop.centre.x - subnet.right) <= 16
    assert stop.text == "NO_ROUTE_TO_DESTINATION"


def test_all_views_share_one_placement():
    """A player can switch pictures without anything jumping."""
    case = three_tier()
    drawings = [draw(case.network_of(v), v, case.reports) for v in views(case.network, case.reports)]

    assert 1 == len({tuple((b.id, b.rect) for b in d.boxes) for d in drawings})
    assert 1 == len({tuple((i.id, i.rect) for i in d.icons) for d in drawings})


def test_numbers_in_the_picture_are_those_of_the_steps():
    case = three_tier()
    drawing = draw(case.network, "flow-pay", case.reports)
    shown = {(int(m.text), line) for m in drawing.markers if m.shape is MarkerShape.STEP for line in m.connectors}

    assert shown == {(n, c.id) for c in drawing.connectors for n in c.steps}
    assert {1, 2, 3} == {n for n, _ in shown}


def test_the_description_tells_the_flow_in_words():
    words = _scene("three-tier", "flow-pay").description

    assert words.startswith("Allowed. 1. app-a to nat-a: ")
    assert "3. igw to payment-api" in words


def test_no_box_of_a_shipped_vpc_view_has_its_title_cut():
    """A Region that holds a hub only is narrow: its name runs on over its middle."""
    design = open_design(Path(__file__).parents[2] / "architectures" / "transit-gateway-peering").value
    assert design is not None
    drawing = draw(network_of_view(design, "vpc-finance"), "vpc-finance", design.reports)

    assert "eu-west-1 (Ireland)" in {line.text for b in drawing.boxes for t in b.titles for line in t.lines}
