"""`docgen new`: every template is right as it is, and nothing is ever overwritten."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml

from docgen import loader
from docgen.cli.new_command import TEMPLATES
from docgen.model.trace import Verdict
from docgen.pipeline import open_design


@pytest.mark.parametrize("template", TEMPLATES)
def test_template(run, tmp_path: Path, template: str) -> None:
    """Passes its own check at once, strictly but for the smallest; has flows, an invariant and comments; draws."""
    made = run("new", "my-shop", "--template", template, "--folder", str(tmp_path))
    folder = tmp_path / "my-shop"
    checked = run("check", str(folder), *([] if template == "minimal" else ["--strict"]))
    drawn = run("render", str(folder), "-o", str(tmp_path / "pictures"), "--view", "overview", "--scorecard")
    text = (folder / "architecture.yaml").read_text()
    design = open_design(folder).value
    assert design is not None

    assert (0, 0, 0) == (made.exit_code, checked.exit_code, drawn.exit_code), checked.output + drawn.output
    assert ": warning[" not in checked.stdout
    assert {"architecture.yaml", "README.md"} == {path.name for path in folder.iterdir()}
    assert 'title: "My shop"' in text
    assert {Verdict.ALLOWED, Verdict.BLOCKED} == {report.verdict for report in design.reports.values()}
    assert [] == [flow.id for flow in design.architecture.flows if not (flow.expect and flow.title)]
    assert {"held"} == {report.standing for report in design.invariants}
    assert len(re.findall("(^|[ ])# [A-Za-z`]", text)) >= 2
    assert "svg" == ElementTree.parse(tmp_path / "pictures/overview.svg").getroot().tag.rpartition("}")[2]


def test_a_template_for_each_chapter(root: Path) -> None:
    """Of our own designs, in their order; the smallest belongs to none."""
    index = yaml.safe_load((root / "architectures/index.yaml").read_text())

    assert ["", *(chapter["title"] for chapter in index["chapters"])] == list(TEMPLATES.values())
    assert sorted(TEMPLATES) == sorted(p.parent.name for p in root.glob("docgen/cli/templates/*/architecture.yaml"))


def test_list(run) -> None:
    """Name, chapter, and what it is."""
    lines = run("new", "--list").stdout.splitlines()
    names = [line.split()[0] for line in lines if not line.startswith(" ")]

    assert list(TEMPLATES) == names
    assert "hub               Many VPCs" in lines
    assert all(len(line) <= 100 for line in lines)


def test_needs_a_name(run) -> None:
    assert 2 == run("new").exit_code


def test_new_never_overwrites(run, tmp_path: Path) -> None:
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "architecture.yaml").write_text("mine")

    result = run("new", "shop", "--folder", str(tmp_path))

    assert 2 == result.exit_code
    assert "exists already; nothing was changed" in result.stderr
    assert "mine" == (tmp_path / "shop" / "architecture.yaml").read_text()


@pytest.mark.parametrize("slug", ["", "..", "../x", "a/b", "A", "a b", "-a", "a--b", "é"])
def test_new_refuses_names_that_are_no_folder(run, tmp_path: Path, slug: str) -> None:
    result = run("new", "--folder", str(tmp_path / "designs"), "--", slug)

    assert 2 == result.exit_code
    assert "is no name for a design" in result.stderr
    assert [] == list(tmp_path.iterdir())


def test_new_escapes_its_title(run, tmp_path: Path) -> None:
    """A title with YAML in it stays a title."""
    title = 'x: "y" #\n- z'
    run("new", "shop", "--title", title, "--folder", str(tmp_path))
    loaded = loader.load(tmp_path / "shop")

    assert loaded.value is not None
    assert 'x: "y" #' in loaded.value.title
