"""Where the lines of blocked flows end in shipped designs, and how answers and reasons look."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from docgen.diagram import compose, draw
from docgen.diagram.drawing import Drawing, MarkerShape
from docgen.diagram.scene import Scene, StopPlace
from docgen.pipeline.design import Design, open_design
from docgen.pipeline.drawing import network_of_view
from docgen.renderers import Options, render
from docgen.renderers.drawio import render_pages

DESIGNS = Path(__file__).parents[2] / "architectures"


@cache
def _design(slug: str) -> Design:
    design = open_design(DESIGNS / slug).value
    assert design is not None
    return design


def _scene(slug: str, flow: str) -> Scene:
    view, design = f"flow-{flow}", _design(slug)
    return compose(network_of_view(design, view), view, design.reports)


def _drawing(slug: str, flow: str) -> Drawing:
    view, design = f"flow-{flow}", _design(slug)
    return draw(network_of_view(design, view), view, design.reports)


@pytest.mark.parametrize(
    ("slug", "flow", "source", "place", "box"),
    [
        pytest.param(
            "physical-lan",
            "stranger-to-orders",
            "user:stranger",
            StopPlace.BORDER,
            "premises",
            id="a-private-address-asked-from-the-internet-stops-at-the-premises",
        ),
        pytest.param(
            "physical-lan",
            "clerk-with-wide-mask",
            "host:clerk",
            StopPlace.START,
            "",
            id="a-question-without-a-reply-stays-with-who-asked",
        ),
        pytest.param(
            "physical-lan",
            "clerk-to-server-without-gateway",
            "host:orders",
            StopPlace.START,
            "",
            id="an-answer-without-a-gateway-stays-with-who-answers",
        ),
        pytest.param(
            "client-vpn",
            "bob-reads-news",
            "vpn_client:bob",
            StopPlace.START,
            "",
            id="what-a-client-does-not-send-into-its-tunnel-stays-with-it",
        ),
        pytest.param(
            "multi-region-dns",
            "both-fail",
            "user:shopper",
            StopPlace.END,
            "",
            id="a-gateway-that-is-down-stops-at-itself",
        ),
        pytest.param(
            "isolated-vpc",
            "shopper-opens-page",
            "user:shopper",
            StopPlace.BORDER,
            "vpc:shop",
            id="a-vpc-without-a-way-in-stops-at-its-border",
        ),
    ],
)
def test_a_packet_stops_at_what_blocks_it(slug, flow, source, place, box):
    (link,) = [one for one in _scene(slug, flow).links if one.stop]

    assert (source, place, box) == (link.source, link.stop.place, link.stop.box)


def test_what_never_left_is_stopped_once_wherever_it_was_going():
    """Two servers that each want to reach two others over no route: one stop at each."""
    stopped = [link.source for link in _scene("account-scopes", "spice-to-bakery").links if link.stop]

    assert ["instance:spice/app-a", "instance:spice/app-b"] == stopped


def test_steps_of_the_answer_are_hollow():
    """Numbers start again on the way back: without colours too one has to see which is which."""
    drawing = _drawing("isolated-vpc", "reports-without-answers")
    steps = {m.answer: m for m in drawing.markers if m.shape is MarkerShape.STEP}
    svg = render(drawing, "svg").decode()
    drawio = render_pages([drawing], Options()).decode()

    assert {"1"} == {m.text for m in steps.values()}
    assert {False: False, True: True} == {
        answer: all(c.answer for c in drawing.connectors if c.id in m.connectors) for answer, m in steps.items()
    }
    assert 1 == svg.count("dg-marker-step dg-hollow")
    assert 1 == drawio.count("fillColor=#ffffff;strokeColor=#b42318")


def test_a_reason_is_broken_where_one_line_finds_no_room_near_its_stop():
    """Between two zones there are 75 px beside the stop."""
    drawing = _drawing("load-balanced-web", "shopper-and-private-load-balancer")
    (stop,) = [m for m in drawing.markers if m.shape is MarkerShape.STOP]

    assert stop.note is not None
    assert ["NO_ROUTE_TO_", "DESTINATION"] == [line.text for line in stop.note.lines]
    assert stop.note.rect.x - stop.rect.right < 24
    assert stop.note.rect.grown(4, 2).overlaps(stop.rect) is False


def test_a_step_to_no_icon_has_its_circle_beside_the_icon_where_it_begins():
    """The resolver of a VPC is not drawn: the numbers start at 1 all the same, and cover nothing."""
    drawing = _drawing("interface-endpoint", "app-sends-order")
    steps = {m.text: m for m in drawing.markers if m.shape is MarkerShape.STEP}
    asking = drawing.icon("instance:shop/app-a")

    assert {"1", "2", "3"} == set(steps)
    assert steps["1"].rect.overlaps(asking.rect.grown(8))
    assert not any(steps["1"].rect.overlaps(taken) for i in drawing.icons for taken in (i.rect, i.label.rect))


def test_no_number_is_missing_on_the_way_there():
    for slug, flow in (("direct-connect", "line-and-vpn-lost"), ("nat-egress", "updates-through-misplaced-nat")):
        shown = {int(m.text) for m in _drawing(slug, flow).markers if m.shape is MarkerShape.STEP}

        assert shown == set(range(1, max(shown) + 1)), flow


def test_signs_leave_arrowheads_free():
    """A stop that an answer does not get past stands beside the line by which the question came."""
    drawing = _drawing("vpc-peering", "ticket-without-return-route")
    heads = [c.points[-1] for c in drawing.connectors if c.arrow_end]
    signs = [m.rect for m in drawing.markers]

    assert len(heads) > 3
    assert not any(sign.x < x < sign.right and sign.y < y < sign.bottom for x, y in heads for sign in signs)
