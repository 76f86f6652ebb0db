"""Figures: which there are, the same however they are made, drawn only when something changed."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from docgen.core.errors import UnknownNameError
from docgen.pipeline import Design, figure_files, figures, figures_of_all, open_text, render_figures

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
    """The slugs of designs that are drawn from here on, not taken from the cache."""
    slugs: list[str] = []
    real = figure_files.draw_jobs

    def draw_jobs(jobs, workers):
        slugs.extend(job.design.slug for job in jobs)
        return real(jobs, workers)

    monkeypatch.setattr(figure_files, "draw_jobs", draw_jobs)
    return slugs


def test_every_figure(design: Design) -> None:
    """Each view in each format, then one draw.io file with all of them."""
    expected = [f"{view}.{suffix}" for view in VIEWS for suffix in ("svg", "png", "drawio")]

    assert [*expected, f"{design.slug}.drawio"] == list(figures(design))


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
    "change",
    [
        pytest.param(lambda folder: TEXT.replace("Two servers", "Two hosts"), id="definition-changed"),
        pytest.param(lambda folder: _damage(folder) or TEXT, id="entry-damaged"),
    ],
)
def test_drawn_again(design: Design, tmp_path: Path, drawn: list[str], change) -> None:
    figures(design, cache=tmp_path)
    drawn.clear()

    figures(opened(change(tmp_path)), cache=tmp_path)

    assert [design.slug] == drawn


def _damage(folder: Path) -> None:
    for path in folder.iterdir():
        path.write_bytes(path.read_bytes()[:-10])
