"""Everything at once, and what notebooks show of it."""

from __future__ import annotations

import re
from html import unescape

import pytest

import docgen as dg
from tests.site.test_mkdocs_plugin import DEFINITION

NASTY = "</iframe><script>alert(1)</script>\"'"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    base = tmp_path_factory.mktemp("designs")
    for name in ("shop", "stall"):
        (base / name).mkdir()
        (base / name / "architecture.yaml").write_text(DEFINITION.replace("A web server", f"A {name}"))
    return base


def test_build_of_a_design(folder, tmp_path):
    """The bundle, in memory; writing puts it where it is asked."""
    made = dg.build(folder / "shop")
    written = made.write(tmp_path / "out")

    assert not made.failed
    assert ["shop"] == [design.slug for design in made.designs]
    assert {"shop/index.html", "shop/overview.svg"} <= set(made.files)
    assert all(path.read_bytes() in made.files.values() for path in written)


def test_build_of_a_folder_for_another_place(folder):
    made = dg.build(folder, "markdown")

    assert ["shop", "stall"] == [design.slug for design in made.designs]
    assert {name for name in made.files if name.endswith(".md")}


def test_build_with_errors_has_no_files(tmp_path):
    (tmp_path / "architecture.yaml").write_text(DEFINITION.replace("igw}", "nowhere}"))
    made = dg.build(tmp_path)

    assert made.failed
    assert {} == dict(made.files)
    assert any(d.severity is dg.Severity.ERROR and d.span.line for d in made.diagnostics)


@pytest.mark.parametrize(
    ("error", "path", "to"),
    [
        pytest.param(dg.UnreadableInputError, "nowhere", "bundle", id="no-such-path"),
        pytest.param(dg.UnknownNameError, "shop", "confluense", id="no-such-exporter"),
    ],
)
def test_callers_mistakes_are_exceptions(folder, error, path, to):
    with pytest.raises(error):
        dg.build(folder / path, to)


def test_notebook_shows_a_design_in_a_frame_of_its_own():
    """Scripts run in a frame without access to the notebook; hostile words cannot leave it."""
    design = dg.open_text(DEFINITION.replace("A web server", f"'{NASTY.replace(chr(39), chr(39) * 2)}'")).value
    html = design._repr_html_()
    frames = re.findall(r'<iframe title="[^"<]*" sandbox="([^"]*)" srcdoc="([^"]*)"', html)

    assert 1 == html.count("<iframe")
    assert ["allow-scripts"] == [sandbox for sandbox, _ in frames]
    assert "<script" not in html
    page = unescape(frames[0][1])
    assert 1 == page.count("<script>")
    assert "<docgen-player>" in page


def test_notebook_shows_what_is_wrong():
    design = dg.open_text(DEFINITION.replace("expect: allowed", "expect: blocked")).value

    assert "DGP-01" in design._repr_html_()
    assert "<iframe" not in design._repr_html_()


def test_notebook_shows_answer_and_drawing():
    design = dg.open_text(DEFINITION).value
    report = design.reports["stranger"]

    assert "Blocked" in report._repr_html_()
    assert "<details>" in report._repr_html_()
    assert "<script" not in report._repr_html_()
    assert dg.render(dg.draw(design.network), "svg").decode() == dg.draw(design.network)._repr_svg_()


def test_traces_of_a_report(folder):
    """`report.forward[0].disposition`, as the interface promises."""
    network = dg.resolve(dg.load(folder / "shop").value).value
    report = dg.trace(network, dg.flow("internet", "web-a", 443))

    assert dg.Disposition.ACCEPTED is report.forward[0].disposition
    assert report.forward[0].hops
    assert len(report.returning) == len([c for c in report.connections if c.returning])
