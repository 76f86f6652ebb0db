"""Pictures are bounded: what shows too much is refused, lines that nobody could follow are left out."""

from __future__ import annotations

import pytest

from docgen import diagram
from docgen.diagram import connectors, scene, structure
from docgen.diagram.scene import PictureTooLargeError
from docgen.pipeline import drawing, open_text, render_figures

HEAD = """\
version: 1
title: Many
region: ap-south-1
zones: [a]
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    subnets: {app: {cidr_block: 10.0.0.0/20}}
    instances: {a: {subnet: app}, b: {subnet: app}, c: {subnet: app}}
flows:
  one: {from: a, to: b, port: 443}
  two: {from: b, to: c, port: 443}
"""


def test_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scene, "MOST_SHOWN", 5)
    design = open_text(HEAD).value
    assert design

    with pytest.raises(PictureTooLargeError, match="'overview' would show 8 boxes and icons; at most 5"):
        diagram.draw(design.network, "overview", design.reports)


def test_a_thicket_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connectors, "MOST_STATES", 1)
    design = open_text(HEAD).value
    assert design

    drawn = diagram.draw(design.network, "overview", design.reports)

    assert () == drawn.connectors
    assert "2 lines are too many for one picture and are left out." in drawn.description


@pytest.mark.parametrize("text", [HEAD, HEAD + "views: {all: {}, less: {exclude: [app]}}\n"])
def test_the_count_before_words_is_that_of_the_picture(text: str) -> None:
    design = open_text(text).value
    assert design
    shown = diagram.compose(design.network, "overview", design.reports)

    assert len(shown.boxes) + len(shown.icons) == structure.count_of(design.network, ())


def test_a_part_of_what_is_too_much_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scene, "MOST_SHOWN", 7)
    design = open_text(HEAD + "views: {less: {include: [a]}}\n").value
    assert design

    assert 1 == len(diagram.draw(design.network, "view-less", design.reports).icons)


def test_very_many_pictures_are_no_layers_of_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    design = open_text(HEAD).value
    assert design
    layered = render_figures(design, ["drawio"])
    assert b"layer:flow-two" in layered["overview.drawio"]
    monkeypatch.setattr(drawing, "MOST_IN_LAYERS", 5)

    whole, one = render_figures(design, ["drawio"]), render_figures(design, ["drawio"], ["overview"])

    assert b"layer:" not in whole["overview.drawio"]
    assert whole["overview.drawio"] == one["overview.drawio"]
    assert {"overview.drawio", "flow-one.drawio", "flow-two.drawio", f"{design.slug}.drawio"} == set(whole)


def test_too_many_pictures_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "MOST_PICTURES", 2)
    design = open_text(HEAD).value
    assert design

    with pytest.raises(drawing.TooManyPicturesError, match=r"3 pictures .* at most 2 are drawn at once"):
        render_figures(design)
    assert render_figures(design, ["svg"], ["overview"])
