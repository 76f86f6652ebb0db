"""draw.io itself opens our files and draws what we drew."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from docgen.diagram import draw, views
from docgen.diagram.drawing import Drawing
from docgen.renderers import render
from tests.diagram.networks import CASES, three_tier
from tests.renderers.conftest import HOSTILE
from tests.renderers.drawio_viewer import Viewer, missing_tools, viewer

pytestmark = [
    pytest.mark.drawio,
    pytest.mark.skipif(bool(missing_tools()), reason=missing_tools() or "all there"),
]
WITHIN = 2.0
"""px that a corner or a text may be off."""


@pytest.fixture(scope="module")
def drawio() -> Iterator[Viewer]:
    with viewer() as opened:
        yield opened


@pytest.mark.parametrize("name", CASES)
def test_draw_io_draws_what_we_drew(name, drawio):
    """Every shape resolves, every line has our corners, every text stands where we measured it."""
    case = CASES[name]()
    for view in views(case.network, case.reports):
        drawing = draw(case.network_of(view), view, case.reports)
        seen = drawio.open(render(drawing, "drawio"))
        assert [] == seen["errors"], view
        assert [] == _moved_lines(drawing, seen), view
        assert [] == _moved_texts(drawing, seen), view
    assert [] == drawio.outside


def test_hostile_words_are_shown_as_words(drawio):
    case = three_tier("ab", HOSTILE)
    drawing = draw(case.network, "overview", case.reports)
    seen = drawio.open(render(drawing, "drawio"))

    assert [] == seen["errors"]
    assert [] == _moved_texts(drawing, seen)


def _origin(drawing: Drawing, seen) -> tuple[float, float]:
    """draw.io crops a page to its content: how far that moved everything."""
    x, y, _, _ = seen["boxes"]["cloud"]
    cloud = drawing.box("cloud").rect
    return x - cloud.x, y - cloud.y


def _moved_lines(drawing: Drawing, seen) -> list[str]:
    dx, dy = _origin(drawing, seen)
    moved = []
    for connector in drawing.connectors:
        found = [(x - dx, y - dy) for x, y in seen["edges"][f"edge:{connector.id}"]]
        same = len(found) == len(connector.points) and all(
            abs(x - p.x) <= WITHIN and abs(y - p.y) <= WITHIN
            for (x, y), p in zip(found, connector.points, strict=True)
        )
        if not same:
            moved.append(f"{connector.id}: {found}")
    return moved


def _moved_texts(drawing: Drawing, seen) -> list[str]:
    dx, dy = _origin(drawing, seen)
    wanted = {i.id: i.label.rect for i in drawing.icons if i.label.lines}
    wanted |= {f"{b.id}#title-{at}": t.rect for b in drawing.boxes for at, t in enumerate(b.titles, 1)}
    wanted |= {f"label:{c.id}": c.label.rect for c in drawing.connectors if c.label}
    wanted |= {f"note:{m.id}": m.note.rect for m in drawing.markers if m.note}
    moved = []
    for id, rect in wanted.items():
        x, y, width, height = seen["texts"][id]
        inside = (
            x - dx >= rect.x - WITHIN
            and y - dy >= rect.y - WITHIN
            and x - dx + width <= rect.right + WITHIN
            and y - dy + height <= rect.bottom + WITHIN
        )
        if not inside:
            moved.append(f"{id}: {(x - dx, y - dy, width, height)} is not {tuple(rect)}")
    return moved
