"""From an edited draw.io file to pins and back to pictures."""

from __future__ import annotations

import base64
import re
import zlib
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docgen.core.errors import UnreadableInputError
from docgen.diagram import draw
from docgen.diagram.layout import arrange
from docgen.diagram.pins import pinned
from docgen.diagram.scorecard import score
from docgen.loader import layout_text, read_layout
from docgen.pipeline import open_design, render_figures
from docgen.pipeline.pinning import pins_from, unfit_pins

ROOT = Path(__file__).parents[2]
APP_A = r'(id="instance:shop/app-a".*?parent=")subnet:shop/app-a'


@pytest.fixture(scope="module")
def design():
    opened = open_design(ROOT / "architectures/three-tier").value
    assert opened is not None
    return opened


@pytest.fixture(scope="module")
def drawn(design) -> str:
    return render_figures(design, ["drawio"], ["overview"])["overview.drawio"].decode()


def move(text: str, id: str, dx: int, dy: int) -> str:
    """The file after somebody dragged a shape."""
    shape = rf'(<object id="{re.escape(id)}" .*?<mxGeometry )x="(-?\d+)" y="(-?\d+)"'
    moved, count = re.subn(
        shape, lambda m: f'{m[1]}x="{int(m[2]) + dx}" y="{int(m[3]) + dy}"', text, count=1, flags=re.DOTALL
    )
    assert count == 1
    return moved


def packed(text: str) -> str:
    """The same file as draw.io saves it compressed."""

    def page(found: re.Match[str]) -> str:
        deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
        plain = quote(found[2], safe="~()*!.'").encode()
        return found[1] + base64.b64encode(deflate.compress(plain) + deflate.flush()).decode() + "</diagram>"

    return re.sub(r"(<diagram [^>]*>)(.*?)</diagram>", page, text, flags=re.DOTALL)


def said(pinning) -> str:
    return "\n".join(d.text for d in pinning.diagnostics)


def test_an_unedited_file_changes_nothing(design):
    whole = render_figures(design, ["drawio"])["three-tier.drawio"]
    pinning = pins_from(design, whole, "x.drawio")

    assert ({}, ()) == (pinning.pins, pinning.diagnostics)


def test_a_compressed_file_says_the_same(design, drawn):
    edited = move(drawn, "load_balancer:shop/edge", 20, 10)
    plain, small = (pins_from(design, text.encode(), "x") for text in (edited, packed(edited)))

    assert ["load_balancer:shop/edge"] == [p.id for p in plain.pins["overview"]]
    assert plain == small


def test_a_pinned_picture_has_the_icon_where_it_was_put(design, drawn):
    before = draw(design.network, "overview", design.reports)
    pins = pins_from(design, move(drawn, "load_balancer:shop/edge", 20, 10).encode(), "x").pins
    after = draw(design.network, "overview", design.reports, pins)
    box, moved = before.box("vpc:shop").rect, after.box("vpc:shop").rect
    one, other = (d.icon("load_balancer:shop/edge").rect for d in (before, after))

    assert (one.x - box.x + 20, one.y - box.y + 10) == (other.x - moved.x, other.y - moved.y)
    assert () == score(after).overlaps
    assert () == score(after).through_icon


def test_pins_of_the_overview_hold_in_every_view(design, drawn):
    pins = pins_from(design, move(drawn, "load_balancer:shop/edge", 20, 10).encode(), "x").pins
    drawings = [draw(design.network, v, design.reports, pins) for v in ("overview", "flow-shopper-opens-page")]

    assert drawings[0].icon("load_balancer:shop/edge").rect == drawings[1].icon("load_balancer:shop/edge").rect


def test_pinning_what_was_drawn_with_pins_gives_the_same_pins(design, drawn):
    edited = move(move(drawn, "load_balancer:shop/edge", 20, 10), "user:shopper", -40, -6)
    pins = pins_from(design, edited.encode(), "x").pins
    again = replace(design, pins=pins)
    whole = render_figures(again, ["drawio"])["three-tier.drawio"]

    assert 2 == len(pins["overview"])
    assert layout_text(pins) == layout_text(pins_from(again, whole, "x").pins)


def test_what_is_moved_back_in_the_overview_is_moved_back_everywhere(design, drawn):
    pins = pins_from(design, move(drawn, "load_balancer:shop/edge", 20, 10).encode(), "x").pins
    again = replace(design, pins=pins)
    whole = render_figures(again, ["drawio"])["three-tier.drawio"].decode()

    assert {} == pins_from(again, move(whole, "load_balancer:shop/edge", -20, -10).encode(), "x").pins


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda t: move(t, "instance:shop/web-a", 500, 0), "would stick out of subnet:shop/public-a"),
        (lambda t: move(t, "load_balancer:shop/edge", -250, 0), "would stand in"),
        (
            lambda t: re.sub(APP_A, r"\1subnet:shop/app-b", t, count=1, flags=re.DOTALL),
            "was moved to 'subnet:shop/app-b'",
        ),
        (
            lambda t: t.replace('id="instance:shop/app-a"', 'id="instance:shop/app-z"', 1),
            "app-z' is not in the picture",
        ),
        (lambda t: t.replace('id="instance:shop/app-a"', 'id="instance:shop/app-z"', 1), "app-a' is not in the file"),
        (lambda t: t.replace('id="instance:shop/app-a"', 'id="Xy7-1"', 1), "was added by hand"),
        (lambda t: t.replace('<diagram id="overview"', '<diagram id="old-view"'), "is no view of"),
    ],
)
def test_drift_is_told_and_not_pinned(change, words, design, drawn):
    pinning = pins_from(design, change(drawn).encode(), "x")

    assert words in said(pinning)
    assert {} == pinning.pins


def test_two_icons_may_change_places(design, drawn):
    one, other = (draw(design.network, "overview", design.reports).icon(f"{i}").rect for i in
                  ("nat_gateway:shop/nat-a", "instance:shop/web-a"))  # fmt: skip
    distance = other.x - one.x
    swapped = move(move(drawn, "nat_gateway:shop/nat-a", distance, 0), "instance:shop/web-a", -distance, 0)
    pinning = pins_from(design, swapped.encode(), "x")

    assert "" == said(pinning)
    assert 2 == len(pinning.pins["overview"])


def test_a_box_takes_its_content_along(design, drawn):
    pins = pins_from(design, move(drawn, "subnet:shop/data-b", 0, 3).encode(), "x").pins
    before, after = (draw(design.network, "overview", design.reports, p) for p in ({}, pins))
    inside = "db_instance:shop/orders@standby"

    assert before.icon(inside).rect.y + 3 == after.icon(inside).rect.y
    assert ["subnet:shop/data-b"] == [p.id for p in pins["overview"]]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    moves=st.lists(
        st.tuples(
            st.sampled_from(
                ["load_balancer:shop/edge", "load_balancer:shop/inner", "instance:shop/web-a", "user:shopper",
                 "nat_gateway:shop/nat-b", "subnet:shop/app-a", "zone:shop/ap-south-1a", "internet_gateway:shop/igw"]
            ),
            st.integers(-300, 300),
            st.integers(-300, 300),
        ),
        max_size=4,
        unique_by=lambda m: m[0],
    )
)  # fmt: skip
def test_whatever_is_moved_nothing_overlaps_and_the_pins_hold(moves, design, drawn):
    from docgen.diagram import compose

    text = drawn
    for id, dx, dy in moves:
        text = move(text, id, dx, dy)
    pins = pins_from(design, text.encode(), "x").pins
    placement, unfit = pinned(arrange(compose(design.network, "overview", design.reports)), pins.get("overview", ()))

    assert () == unfit
    assert min([0, *(b.rect.x for b in placement.boxes.values())]) == 0
    icons = list(placement.icons.values())
    assert [] == [
        (a.scene.id, b.scene.id) for i, a in enumerate(icons) for b in icons[i + 1 :] if a.rect.overlaps(b.rect)
    ]
    assert [] == list(unfit_pins(replace(design, pins=pins)))


def test_the_layout_stands_beside_the_definition_and_is_read_again(tmp_path, design, drawn):
    pins = pins_from(design, move(drawn, "load_balancer:shop/edge", 20, 10).encode(), "x").pins
    folder = tmp_path / "three-tier"
    folder.mkdir()
    source = (ROOT / "architectures/three-tier/architecture.yaml").read_text()
    (folder / "architecture.yaml").write_text(re.sub(r"^extends:.*\n", "", source, flags=re.MULTILINE))
    (folder / "layout.yaml").write_text(layout_text(pins))

    assert pins == dict(read_layout(folder).value)
    assert pins == dict(open_design(folder).value.pins)
    (folder / "layout.yaml").write_text(layout_text(pins).replace("shop/edge", "shop/gone"))
    found = [d for d in open_design(folder).diagnostics if d.code == "DGP-04"]
    assert ["it is not in the picture any more" in d.text for d in found] == [True]
    assert 5 == found[0].span.line


@pytest.mark.parametrize(
    ("layout", "words"),
    [
        ("- 1", "wants a block of keys"),
        ("version: 1\nviews: {overview: 3}", "wants places by id"),
        ("version: 1\nviews: {overview: {a: {x: 1}}}", "wants `x` and `y`"),
        ("version: 1\nviews: {overview: {a: {x: 1, y: 1e9}}}", "whole number"),
        ("version: 1\nviews: {overview: {a: {x: 1, y: 2, z: 3}}}", "no key 'z'"),
        ("version: 1\nviews: {overview: {a: {x: 1, y: 0x10}}}", "whole number"),
        ("version: 1\nviews: {overview: {a: {x: 1, y: 999999}}}", "whole number"),
        (
            "version: 1\nviews: {overview: {" + ", ".join(f"a{i}: {{x: 1, y: 1}}" for i in range(501)) + "}}",
            "at most",
        ),
    ],
)
def test_a_wrong_layout_is_told_with_its_place(layout, words, tmp_path):
    (tmp_path / "layout.yaml").write_text(layout)
    found = read_layout(tmp_path).diagnostics

    assert words in found[0].text
    assert found[0].span.line > 0


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE m [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    '<mxfile><diagram id="overview">&b;</diagram></mxfile>'
)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (BOMB, "no document type"),
        ('<!DOCTYPE m SYSTEM "file:///etc/passwd"><mxfile/>', "no document type"),
        ("<mxfile>", "not XML"),
        ("<svg/>", "holds no diagram"),
        ("\x00\x01", "not XML"),
        ("<mxfile>" + "<a>" * 200, "too deep"),
        ('<mxfile><diagram id="overview">//8=</diagram></mxfile>', "cannot be read"),
        (
            '<mxfile><diagram id="overview"><root><mxCell id="a" vertex="1"><mxGeometry x="nan"/></mxCell></root>'
            "</diagram></mxfile>",
            "no place",
        ),
        (
            '<mxfile><diagram id="overview"><root><mxCell id="a" vertex="1"><mxGeometry x="e"/></mxCell></root>'
            "</diagram></mxfile>",
            "no number",
        ),
    ],
)
def test_hostile_files_are_refused(content, words, design):
    with pytest.raises(UnreadableInputError, match=words):
        pins_from(design, content.encode(), "x")


def test_what_inflates_without_end_is_refused(design):
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    bomb = base64.b64encode(deflate.compress(b" " * 50_000_000) + deflate.flush()).decode()

    with pytest.raises(UnreadableInputError, match="inflate"):
        pins_from(design, f'<mxfile><diagram id="overview">{bomb}</diagram></mxfile>'.encode(), "x")
