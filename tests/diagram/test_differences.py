"""One picture of two states: everything of both, told apart by signs and not by colour alone."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from docgen import diagram
from docgen.diagram.drawing import Drawing, MarkerShape, State, Tone
from docgen.diagram.scorecard import score
from docgen.pipeline import open_text
from docgen.pipeline.difference import difference, drawn
from docgen.renderers import Options, render
from tests.cli.test_diff import BEFORE, OPENED

CHANGES = [
    pytest.param(OPENED, {"changed:instance:shop/web"}, {Tone.OPENED}, id="a rule more: seen on who carries it"),
    pytest.param(
        BEFORE.replace("[tcp 5432 from web]", "[]"),
        {"changed:instance:shop/old", "changed:db_instance:shop/orders"},
        {Tone.CLOSED},
        id="a rule less",
    ),
    pytest.param(
        BEFORE.replace("data: {}}", "data: {10.9.0.0/16: igw}}"),
        {"changed:subnet:shop/data"},
        set(),
        id="a table: seen on its subnets",
    ),
    pytest.param(
        "".join(line for line in BEFORE.splitlines(keepends=True) if "      old:" not in line),
        {"removed:instance:shop/old"},
        {Tone.CLOSED},
        id="a server less",
    ),
    pytest.param(
        BEFORE.replace("      old:", "      new: {subnet: data, security_groups: [data]}\n      old:"),
        {"added:instance:shop/new"},
        {Tone.OPENED},
        id="a server more",
    ),
    pytest.param(BEFORE, set(), set(), id="nothing"),
]


def _drawing(after: str, monkeypatch: pytest.MonkeyPatch) -> tuple[Drawing, dict[str, bytes]]:
    one, two = open_text(BEFORE).value, open_text(after).value
    assert one is not None
    assert two is not None
    made: list[Drawing] = []
    draw = diagram.draw_changes
    monkeypatch.setattr(diagram, "draw_changes", lambda *told: made.append(draw(*told)) or made[-1])
    files = drawn(one, two, difference(one, two), ["svg", "drawio"])
    return made[0], files


@pytest.mark.parametrize(("after", "signs", "tones"), CHANGES)
def test_signs_and_lines(monkeypatch, after: str, signs: set[str], tones: set[Tone]) -> None:
    """Each change has its sign; ways opened and closed have a colour, a word, and closed ones are dashed."""
    drawing, files = _drawing(after, monkeypatch)

    assert {m.id.partition("@")[0] for m in drawing.markers} == signs
    assert {c.tone for c in drawing.connectors} - {Tone.PLAIN} == tones
    for connector in drawing.connectors:
        if connector.tone is Tone.CLOSED:
            assert connector.dashed
    gone = {m.id.partition(":")[2] for m in drawing.markers if m.shape is MarkerShape.REMOVED}
    assert {i.id for i in drawing.icons if i.state is State.FADED} == gone
    card = score(drawing)
    assert not any(card.faults().values()), card.faults()
    for name in ("light", "dark"):
        ET.fromstring(render(drawing, "svg", Options(theme=name)))
    assert len(files) == 2
