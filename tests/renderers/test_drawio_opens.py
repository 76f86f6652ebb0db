"""draw.io itself opens our files and draws what the SVG shows, for the tests' networks and every shipped design."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from docgen.diagram import draw, views
from docgen.diagram.drawing import Drawing
from docgen.pipeline import open_all
from docgen.pipeline.drawing import Job, views_of
from docgen.pipeline.drawing import draw as drawn_views
from docgen.renderers import Options, render
from docgen.renderers._drawio_cells import glyph_rect
from docgen.renderers.drawio import render_pages
from tests.diagram.networks import CASES, three_tier
from tests.renderers.conftest import HOSTILE
from tests.renderers.drawio_viewer import Viewer, missing_tools, viewer

pytestmark = [
    pytest.mark.drawio,
    pytest.mark.skipif(bool(missing_tools()), reason=missing_tools() or "all there"),
]
WITHIN = 2.0
"""px that a box, a line or a text may be off."""
SHIPPED = sorted(p.parent.name for p in (Path(__file__).parents[2] / "architectures").glob("*/architecture.yaml"))


@pytest.fixture(scope="module")
def drawio() -> Iterator[Viewer]:
    with viewer() as opened:
        yield opened


def _drawings(name: str) -> list[Drawing]:
    case = CASES[name]()
    return [draw(case.network_of(view), view, case.reports) for view in views(case.network, case.reports)]


def _shipped(slug: str) -> list[Drawing]:
    folder = Path(__file__).parents[2] / "architectures"
    (design,) = [d for d in open_all(folder).designs if d.slug == slug]
    drawn = drawn_views(Job(design=design, views=views_of(design), forms=()))
    return [view.drawing for view in drawn]


@pytest.mark.parametrize("name", CASES)
def test_draw_io_draws_what_the_svg_shows(name, drawio):
    """Every shape resolves; boxes, lines and words are where the SVG has them."""
    assert [] == _differences(_drawings(name), drawio)


@pytest.mark.parametrize("slug", SHIPPED)
def test_draw_io_draws_what_the_svg_shows_of_a_shipped_design(slug, drawio):
    assert [] == _differences(_shipped(slug), drawio)


def test_hostile_words_are_shown_as_words(drawio):
    case = three_tier("ab", HOSTILE)

    assert [] == _differences([draw(case.network, "overview", case.reports)], drawio)


@pytest.mark.parametrize("name", ["drawio.svg", "drawio.png"])
def test_a_picture_opens_as_its_diagram(name, drawio):
    """draw.io finds the file in the picture, and draws what it draws of the file itself."""
    drawings = _drawings("three-tier")
    for drawing in drawings[:2]:
        seen = drawio.open(render(drawing, name, Options(layers=tuple(drawings))))

        assert [] == seen["errors"]
        assert drawio.open(render(drawing, "drawio", Options(layers=tuple(drawings)))) == seen


def test_layers_of_flows_start_hidden(drawio):
    drawings = _drawings("three-tier")
    seen = drawio.open(render(drawings[0], "drawio", Options(layers=tuple(drawings))))

    assert ["1", True] == seen["layers"][0]
    assert len(seen["layers"]) > 2
    assert not any(visible for _, visible in seen["layers"][1:])


def test_moving_a_vpc_moves_its_content_and_its_lines(drawio):
    """Everything inside goes along, corners of lines too."""
    drawing = _drawings("three-tier")[0]
    drawio.open(render(drawing, "drawio"))
    inside = {i.id for i in drawing.icons if i.parent and not i.parent.startswith(("cloud", "region"))}
    moved = drawio.page.evaluate("""async () => {
      const graph = window.__graph, cells = Object.values(graph.model.cells);
      const places = () => Object.fromEntries(cells.filter(c => c.vertex || c.edge).map(c => {
        const s = graph.view.getState(c);
        return [c.id, s.absolutePoints ? s.absolutePoints.map(p => [p.x, p.y]) : [[s.x, s.y]]];
      }));
      const before = places();
      graph.moveCells([cells.find(c => c.id.startsWith('vpc:'))], 60, 40, false);
      const after = places();
      return Object.fromEntries(Object.keys(before).map(id =>
        [id, before[id].map((p, i) => [after[id][i][0] - p[0], after[id][i][1] - p[1]])]));
    }""")
    along = [id for id in moved if id in inside]
    lines = [f"edge:{c.id}" for c in drawing.connectors if {c.source, c.target} <= inside]

    assert along
    assert lines
    for id in (*along, *lines):
        assert all(abs(dx - 60) < 0.1 and abs(dy - 40) < 0.1 for dx, dy in moved[id]), id


# -- comparing -------------------------------------------------------------------------------------
def _differences(drawings: list[Drawing], drawio: Viewer) -> list[str]:
    """What draw.io shows elsewhere than the SVG of the same view."""
    file = render_pages(drawings, Options(layers=tuple(drawings)))
    found = [f"asked of another host: {address}" for address in drawio.outside]
    for page, drawing in enumerate(drawings):
        shown = drawio.open(file, page)
        found += [f"{drawing.view}: {error}" for error in shown["errors"]]
        dx, dy = _origin(drawing, shown)
        wanted = drawio.measure(render(drawing, "svg"))
        found += [f"{drawing.view}: {text}" for text in _moved_boxes(drawing, wanted, shown, dx, dy)]
        found += [f"{drawing.view}: {text}" for text in _moved_lines(drawing, wanted, shown, dx, dy)]
        found += [f"{drawing.view}: {text}" for text in _moved_texts(drawing, wanted, shown, dx, dy)]
    return found


def _origin(drawing: Drawing, shown) -> tuple[float, float]:
    """draw.io crops a page to its content: how far that moved everything."""
    first = drawing.boxes[0] if drawing.boxes else drawing.icons[0]
    x, y, _, _ = shown["boxes"][first.id]
    rect = glyph_rect(first)
    return x - rect.x, y - rect.y


def _moved_boxes(drawing: Drawing, wanted, shown, dx: float, dy: float) -> Iterator[str]:
    artwork = {i.id: i for i in drawing.icons}
    for id, box in wanted["boxes"].items():
        x, y, width, height = shown["boxes"][id]
        there = (x - dx, y - dy, width, height)
        if id in artwork:  # only the artwork may differ: the stencil has its own proportions in the same square
            box = tuple(glyph_rect(artwork[id]))
        if any(abs(a - b) > WITHIN for a, b in zip(box, there, strict=True)):
            yield f"box {id}: {there} is not {box}"


def _moved_lines(drawing: Drawing, wanted, shown, dx: float, dy: float) -> Iterator[str]:
    for connector in drawing.connectors:
        corners = [(x - dx, y - dy) for x, y in shown["edges"][f"edge:{connector.id}"]]
        points = wanted["lines"][connector.id]
        far = max(_distance(p, corners) for p in points)
        ends = max(_apart(corners[0], connector.points[0]), _apart(corners[-1], connector.points[-1]))
        if far > WITHIN or ends > WITHIN or len(corners) != len(connector.points):
            yield f"line {connector.id}: {corners} is not {connector.points}"


def _moved_texts(drawing: Drawing, wanted, shown, dx: float, dy: float) -> Iterator[str]:
    for id, lines in _blocks(drawing, wanted["texts"]):
        if id not in shown["texts"]:
            yield f"text {id} is not there"
            continue
        left, right = min(x for x, _, _, _ in lines), max(x + w for x, _, w, _ in lines)
        middle = (lines[0][1] + lines[-1][1] + lines[-1][3]) / 2
        x, y, width, height = shown["texts"][id]
        sides = (x - dx - left, x - dx + width - right, y - dy + height / 2 - middle)
        if any(abs(side) > WITHIN for side in sides):
            yield f"text {id}: off by {sides}"


def _blocks(drawing: Drawing, texts) -> Iterator[tuple[str, list[list[float]]]]:
    """The lines of each text that is one cell in draw.io: the titles of a box are several."""
    boxes = {box.id: box for box in drawing.boxes}
    for id, lines in texts.items():
        if id not in boxes:
            yield id, lines
            continue
        rest = list(lines)
        for at, title in enumerate(boxes[id].titles, 1):
            own, rest = rest[: len(title.lines)], rest[len(title.lines) :]
            yield f"{id}#title-{at}", own


def _distance(point, corners) -> float:
    """From a point to the nearest part of a line."""
    return min(_to_segment(point, a, b) for a, b in pairwise(corners))


def _to_segment(point, a, b) -> float:
    (x, y), (ax, ay), (bx, by) = point, a, b
    length = (bx - ax) ** 2 + (by - ay) ** 2
    share = max(0.0, min(1.0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length)) if length else 0.0
    return _apart(point, (ax + share * (bx - ax), ay + share * (by - ay)))


def _apart(a, b) -> float:
    return float(((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5)
