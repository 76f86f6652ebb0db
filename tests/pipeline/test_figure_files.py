"""Figures: which there are, the same however they are made, drawn only when something changed."""

from __future__ import annotations

import io
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image

from docgen.core.errors import UnknownNameError
from docgen.pipeline import Design, drawing, figures, figures_of_all, open_text, render_figures, spread
from docgen.pipeline.addresses import AddressError

TEXT = """\
version: 1
title: Two servers
region: ap-south-1
zones: [a]
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    subnets: {app: {cidr_block: 10.0.10.0/24}, data: {cidr_block: 10.0.20.0/24}}
    security_groups: {app: {ingress: []}, db: {ingress: [tcp 3306 from app]}}
    instances: {app: {subnet: app, security_groups: [app]}, db: {subnet: data, security_groups: [db]}}
variants:
  moved: {title: Moved, changes: {vpcs: {shop: {instances: {db: {title: Moved database}}}}}}
flows:
  query: {from: app, to: db, port: 3306, expect: allowed}
  query-moved: {from: app, to: db, port: 3306, when: {variant: moved}}
"""
VIEWS = ("overview", "flow-query", "flow-query-moved")


def opened(text: str = TEXT) -> Design:
    design = open_text(text, "shop/architecture.yaml").value
    assert design is not None
    return design


@pytest.fixture(scope="module")
def design() -> Design:
    return opened()


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The views that are drawn from here on, not taken from the cache."""
    views: list[str] = []
    real = drawing._drawn

    def drawn(job, composed):
        views.append(composed[0].view)
        return real(job, composed)

    monkeypatch.setattr(drawing, "_drawn", drawn)
    return views


def test_every_figure(design: Design) -> None:
    """Each view in each format, no flow as PNG; then one draw.io file of all and the picture of the page."""
    expected = [
        f"{view}.{suffix}"
        for view in VIEWS
        for suffix in ("svg", "dark.svg", "png", "drawio")
        if suffix != "png" or view == "overview"
    ]

    assert [*expected, f"{design.slug}.drawio", "stage.json"] == list(figures(design))


def test_views_as_text(design: Design) -> None:
    """The topology, and the way of a flow, beside pictures or alone."""
    made = render_figures(design, ["mermaid", "svg", "dot"], ["overview", "flow-query"])

    assert {"overview.svg", "flow-query.svg"} < made.keys()
    assert made["overview.mmd"].startswith(b"flowchart")
    assert made["overview.dot"].startswith(b"digraph")
    assert b'-->|"1"|' in made["flow-query.mmd"]
    assert b'-->|"1"|' not in made["overview.mmd"]
    assert ["flow-query.mmd"] == list(render_figures(design, ["mermaid"], ["flow-query"]))


def test_pages_of_the_whole_file(design: Design) -> None:
    """The file with all views has one page for each."""
    pages = ElementTree.fromstring(figures(design)[f"{design.slug}.drawio"]).findall("diagram")

    assert len(VIEWS) == len(pages)


def test_flow_is_drawn_in_its_variant(design: Design) -> None:
    made = render_figures(design, ["svg"])

    assert b"Moved database" in made["flow-query-moved.svg"]
    assert b"Moved database" not in made["flow-query.svg"]


def test_same_bytes_in_one_process_and_in_two(design: Design) -> None:
    assert dict(figures(design)) == dict(figures_of_all([design], workers=2)[design.slug])


def test_chosen_views_and_formats_in_the_order_asked(design: Design) -> None:
    made = render_figures(design, ["drawio", "svg"], ["flow-query", "overview"])

    assert ["flow-query.drawio", "flow-query.svg", "overview.drawio", "overview.svg"] == list(made)


def test_all_views_as_drawio_come_with_the_file_of_all(design: Design) -> None:
    made = render_figures(design, ["drawio"])

    assert [*(f"{view}.drawio" for view in VIEWS), f"{design.slug}.drawio"] == list(made)
    assert dict(figures(design))["overview.drawio"] != b""


def test_one_view_alone_is_the_same_file(design: Design) -> None:
    """Its layers too, for which other views have to be drawn."""
    made = render_figures(design, ["drawio"], ["overview"])

    assert render_figures(design, ["drawio"])["overview.drawio"] == made["overview.drawio"]
    assert b'id="layer:flow-query" parent="0" value="query" visible="0"' in made["overview.drawio"]


def test_themes_and_sizes(design: Design) -> None:
    made = render_figures(design, ["svg", "png", "drawio"], ["overview"], themes=["light", "dark"], width=640)

    assert [
        "overview.svg",
        "overview.dark.svg",
        "overview.png",
        "overview.dark.png",
        "overview.drawio",
    ] == list(made)
    assert 640 == Image.open(io.BytesIO(made["overview.png"])).width


@pytest.mark.parametrize("formats", [["png", "drawio", "svg"], ["drawio", "png"], ["png"]])
def test_same_pictures_on_one_core_and_on_two(
    design: Design, formats: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    for cores in (1, 2):
        monkeypatch.setattr(spread, "all_cores", lambda cores=cores: cores)
        made.append(list(render_figures(design, formats, ["flow-query", "overview"]).items()))

    assert made[0] == made[1]
    assert [f"flow-query.{name}" for name in formats] == [name for name, _ in made[0]][: len(formats)]


def test_components_link_to_what_the_page_says_of_them(design: Design) -> None:
    page = "https://example.com/designs/shop/index.html"
    made = render_figures(design, ["svg", "drawio"], ["overview"], page=page)
    svg = ElementTree.fromstring(made["overview.svg"])
    drawio = ElementTree.fromstring(made["overview.drawio"])
    instance = next(e for e in drawio.iter("object") if e.attrib["id"] == "instance:shop/app")

    assert f"{page}#security_group-shop-app" == instance.attrib["link"]
    addresses = {e.attrib["href"].removeprefix(page) for e in svg.iter("{http://www.w3.org/2000/svg}a")}
    assert {"", "#address-plan", "#security_group-shop-app", "#security_group-shop-db"} == addresses


@pytest.mark.parametrize("page", ["javascript:alert(1)", "data:text/html,x", 'x" onclick="y'])
def test_no_picture_links_to_a_program(design: Design, page: str) -> None:
    with pytest.raises(AddressError, match="no address"):
        render_figures(design, ["svg"], ["overview"], page=page)


@pytest.mark.parametrize(
    ("formats", "views", "message"),
    [
        pytest.param(["gif"], [], "no format 'gif'", id="format"),
        pytest.param(["svg"], ["flow-qery"], "did you mean 'flow-query'", id="view"),
    ],
)
def test_unknown_names(design: Design, formats: list[str], views: list[str], message: str) -> None:
    with pytest.raises(UnknownNameError, match=message):
        render_figures(design, formats, views)


def test_nothing_changed_nothing_drawn(design: Design, tmp_path: Path, drawn: list[str]) -> None:
    first = figures(design, cache=tmp_path)
    drawn.clear()

    assert dict(first) == dict(figures(opened(), cache=tmp_path))
    assert [] == drawn


@pytest.mark.parametrize(
    ("before", "after", "anew"),
    [
        pytest.param("Two servers", "Two hosts", VIEWS[:1], id="title"),
        pytest.param("version: 1", "version: 1  # as agreed", (), id="comment"),
        pytest.param("tcp 3306 from app", "tcp 3307 from app", VIEWS, id="rule"),
        pytest.param("Moved database", "Moved", VIEWS[2:], id="variant-of-one-flow"),
    ],
)
def test_only_changed_views_are_drawn(
    tmp_path: Path, drawn: list[str], before: str, after: str, anew: tuple[str, ...]
) -> None:
    """And all files are those that a run from nothing makes."""
    changed = TEXT.replace(before, after).replace("port: 3306, expect: allowed", "port: 3306")
    figures(opened(TEXT.replace("port: 3306, expect: allowed", "port: 3306")), cache=tmp_path)
    drawn.clear()

    made = figures(opened(changed), cache=tmp_path)

    assert list(anew) == drawn
    assert dict(figures(opened(changed))) == dict(made)


def test_a_flow_more_draws_one_view(tmp_path: Path, drawn: list[str]) -> None:
    figures(opened(), cache=tmp_path)
    drawn.clear()
    changed = f"{TEXT}  other: {{from: db, to: app, port: 80}}\n"

    made = figures(opened(changed), cache=tmp_path)

    assert ["flow-other"] == drawn
    assert dict(figures(opened(changed))) == dict(made)


def test_another_page_counts(tmp_path: Path) -> None:
    """Where links lead is not in the scene."""
    one, other = (figures(opened(), cache=tmp_path, site=f"https://{name}.example") for name in ("one", "other"))

    assert b"other.example" in other["overview.drawio"]
    assert b"one.example" in one["overview.drawio"]
    assert b"one.example" not in b"".join(other.values())


def test_damaged_entries_are_drawn_again(design: Design, tmp_path: Path, drawn: list[str]) -> None:
    whole = figures(design, cache=tmp_path)
    drawn.clear()
    for path in tmp_path.iterdir():
        path.write_bytes(path.read_bytes()[:-10])

    assert dict(whole) == dict(figures(opened(), cache=tmp_path))
    assert list(VIEWS) == drawn


def test_folded_vpcs_lead_to_their_own_pictures():
    """In an overview of very many VPCs each is one icon; a click opens its picture, where that is drawn."""
    vpcs = "".join(f"  v{n}: {{cidr_block: 10.{n}.0.0/16}}\n" for n in range(41))
    design = open_text(f"version: 1\ntitle: Many\nregion: eu-west-1\nvpcs:\n{vpcs}").value
    assert design is not None

    picture = render_figures(design, ["svg"], ["overview", "vpc-v1"])["overview.svg"].decode()

    assert '<a href="vpc-v1.svg">' in picture
    assert '<a href="vpc-v2.svg">' not in picture
