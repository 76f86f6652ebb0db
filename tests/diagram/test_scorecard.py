"""Every picture of the hand-built networks, and of every shipped design, meets the targets of the scorecard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from docgen.diagram import draw, views
from docgen.diagram.drawing import Drawing, Point, Rect, State
from docgen.diagram.scorecard import score
from docgen.kinds import all_kinds
from docgen.loader import load
from docgen.routing import resolve, trace
from docgen.routing.outages import apply_outages
from tests.diagram.networks import CASES

CROSSED = {("client-vpn", "overview"): 2}
"""Small pictures with crossings, and how many: one line comes down between the zones, two go across; to cross none it
would have to go round a whole zone."""
WIDEST = {"physical-and-virtual": 2.5}
"""Width over height of overviews beyond the target: two worlds side by side, with hardly a line between them."""
MEAN_BENDS = {"detailed-overview": 1.57}
"""How often a line of an overview turns on average, where that is oftener than the target."""
DESIGNS = sorted(p.parent for p in (Path(__file__).parents[2] / "architectures").glob("*/architecture.yaml"))

MOST_BENDS = {"auto-scaling-web": 5, "overview": 7, "detailed-overview": 6}
"""Where a line turns oftener than four times."""


@pytest.mark.parametrize("name", CASES)
def test_pictures_of_small_networks_have_no_faults(name):
    """Nothing overlaps, no line hits icon or text, zones are equal, rows are aligned."""
    case = CASES[name]()

    for view in views(case.network, case.reports):
        assert {} == score(draw(case.network_of(view), view, case.reports)).faults(), view


@pytest.mark.parametrize("name", CASES)
def test_lines_are_calm(name):
    """Few bends, no detours; no crossings where there are up to 15 icons."""
    case = CASES[name]()

    for view in views(case.network, case.reports):
        drawing = draw(case.network_of(view), view, case.reports)
        card = score(drawing)
        assert card.bends_most <= 4, view
        assert card.crossings == 0 or len(drawing.icons) > 15, view
    overview = score(draw(case.network, "overview", case.reports))
    assert overview.bends_mean <= 1.5
    assert overview.detour <= 1.15
    assert 0.75 <= overview.aspect <= 1.9


@pytest.mark.parametrize("folder", DESIGNS, ids=lambda f: f.name)
def test_pictures_of_shipped_designs_have_no_faults(folder):
    """The same for every view of every design in the repository, with its variants and outages."""
    for view, drawing in _drawings(folder):
        card = score(drawing)
        assert {} == card.faults(), view
        assert card.bends_most <= MOST_BENDS.get(folder.name, 4) or len(drawing.icons) > 40, view
        assert card.crossings <= CROSSED.get((folder.name, view), 0) or len(drawing.icons) > 15, view
        if view == "overview":
            assert 0.75 <= card.aspect <= WIDEST.get(folder.name, 1.9)
            assert card.bends_mean <= MEAN_BENDS.get(folder.name, 1.5)


def _drawings(folder: Path) -> Iterator[tuple[str, Drawing]]:
    networks = {}

    def network_of(variant: str):
        if variant not in networks:
            architecture = load(folder, variant=variant).value
            assert architecture is not None
            networks[variant] = resolve(architecture, all_kinds()).value
        return networks[variant]

    base = network_of("")
    flows = {f"flow-{f.id}": f for f in base.architecture.flows}
    reports = {f.id: trace(network_of(f.when.variant), f) for f in base.architecture.flows}
    for view in views(base, reports):
        flow = flows.get(view)
        network = apply_outages(network_of(flow.when.variant), flow.when.outage) if flow else base
        yield view, draw(network, view, reports)


# -- the scorecard itself finds faults ---------------------------------------------------------------
@pytest.fixture(scope="module")
def good() -> Drawing:
    case = CASES["three-tier"]()
    return draw(case.network, "overview", case.reports)


def _with_line(drawing: Drawing, *points: tuple[int, int]) -> Drawing:
    first = replace(drawing.connectors[0], points=tuple(Point(*p) for p in points))
    return replace(drawing, connectors=(first, *drawing.connectors[1:]))


def _centre_of(drawing: Drawing, id: str) -> Point:
    return drawing.icon(id).rect.centre


def test_scorecard_finds_covered_icons(good):
    moved = replace(good.icons[1], rect=good.icons[0].rect)

    assert "overlaps" in score(replace(good, icons=(good.icons[0], moved, *good.icons[2:]))).faults()


def test_scorecard_finds_a_line_through_an_icon_and_its_label(good):
    at = _centre_of(good, "instance:shop/web-a")
    faults = score(_with_line(good, (at.x, at.y - 60), (at.x, at.y + 60))).faults()

    assert "through_icon" in faults
    assert "through_text" in faults


def test_scorecard_finds_a_slanted_line(good):
    assert "slanted" in score(_with_line(good, (0, 0), (5, 9))).faults()


def test_scorecard_finds_a_ride_on_a_border(good):
    zone = next(b.rect for b in good.boxes if b.style == "zone")

    assert "rides" in score(_with_line(good, (zone.x + 2, zone.y), (zone.x + 2, zone.bottom))).faults()


def test_scorecard_finds_a_line_in_a_foreign_subnet(good):
    subnet = good.box("subnet:shop/data-b").rect
    y = subnet.bottom - 3

    assert "foreign_box" in score(_with_line(good, (subnet.x - 9, y), (subnet.x + 9, y))).faults()


def test_scorecard_finds_unequal_zones_and_misaligned_rows(good):
    zone = next(b for b in good.boxes if b.style == "zone")
    subnet = good.box("subnet:shop/web-a")
    boxes = tuple(
        replace(b, rect=Rect(b.rect.x, b.rect.y, b.rect.width + 3, b.rect.height))
        if b is zone
        else replace(b, rect=b.rect.moved(0, 3))
        if b is subnet
        else b
        for b in good.boxes
    )
    faults = score(replace(good, boxes=boxes)).faults()

    assert "unequal_zones" in faults
    assert "misaligned_tiers" in faults


def test_scorecard_finds_strangers_on_one_track(good):
    other = good.connectors[1]

    drawing = replace(
        good, connectors=(*good.connectors, replace(other, id="x", source="a", target="b", dashed=True))
    )
    icons = (replace(good.icons[0], id="a"), replace(good.icons[0], id="b"))
    assert "collinear" in score(replace(drawing, icons=(*good.icons, *icons))).faults()


def test_scorecard_finds_a_child_outside_its_box(good):
    subnet = good.box("subnet:shop/web-a")
    boxes = tuple(replace(b, rect=b.rect.moved(-400, 0)) if b is subnet else b for b in good.boxes)

    assert "containment" in score(replace(good, boxes=boxes)).faults()


def test_a_fault_free_drawing_has_none(good):
    assert {} == score(good).faults()
    assert State.NORMAL is good.icons[0].state
