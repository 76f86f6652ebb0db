"""Security groups in pictures, on request."""

from __future__ import annotations

from dataclasses import replace

import pytest

from docgen.core.errors import UnknownNameError
from docgen.diagram import draw
from docgen.diagram.scorecard import score
from docgen.model.architecture import View
from tests.diagram.networks import CASES, three_tier

GROUPS = ("security-groups",)


def _guards(drawing) -> set[str]:
    return {b.id.removeprefix("band:guard:") for b in drawing.boxes if b.style == "guard"}


@pytest.mark.parametrize("name", CASES)
def test_overlays_cause_no_faults(name):
    case = CASES[name]()

    assert {} == score(draw(case.network, "overview", case.reports, overlays=GROUPS)).faults()


def test_what_carries_a_group_has_a_frame_and_its_name():
    case = three_tier()
    drawing = draw(case.network, "overview", case.reports, overlays=GROUPS)

    assert {"instance:shop/web-a", "load_balancer:shop/edge"} <= _guards(drawing)
    assert "nat_gateway:shop/nat-a" not in _guards(drawing)
    assert "web" == drawing.icon("instance:shop/web-a").label.lines[-1].text


def test_nobody_who_does_not_ask_sees_them():
    case = three_tier()

    assert set() == _guards(draw(case.network, "overview", case.reports))


def test_a_view_may_ask_for_them():
    case = three_tier()
    view = View(id="guarded", overlay=GROUPS)
    network = replace(case.network, architecture=replace(case.network.architecture, views=(view,)))

    assert _guards(draw(network, "view-guarded", case.reports))


def test_an_unknown_overlay_is_refused():
    case = three_tier()

    with pytest.raises(UnknownNameError, match="security-group"):
        draw(case.network, "overview", case.reports, overlays=("security-group",))
