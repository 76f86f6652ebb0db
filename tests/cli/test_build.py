"""`docgen build`: a whole site or none, and what it says about time and mistakes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

CONFIG = """\
site_name: Small
docs_dir: site
site_dir: build/site
use_directory_urls: false
theme: {name: material, font: false}
plugins: [search, {docgen: {pages: true, dress: true, cache: build/cache}}]
"""
BROKEN = "version: 1\ntitle: Bad\nvpcs: {shop: {cidr_block: 10.0.0.0/99}}\n"


@pytest.fixture
def folder(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small site of its own with one design, and the user standing in it."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.md").write_text("# Home\n")
    (tmp_path / "mkdocs.yml").write_text(CONFIG)
    monkeypatch.chdir(tmp_path)
    assert run("new", "shop").exit_code == 0
    return tmp_path


def test_build(run, folder: Path) -> None:
    """The site stands under its name, with the times of docgen and of MkDocs apart and nothing else beside it."""
    result = run("build")

    assert 0 == result.exit_code, result.output
    assert re.fullmatch(r"site written to build/site\ndocgen \d+\.\d s, MkDocs \d+\.\d s\n", result.stdout), (
        result.stdout
    )
    assert "Shop" in (folder / "build/site/designs/shop/index.html").read_text()
    assert ["cache", "site"] == sorted(path.name for path in (folder / "build").iterdir())


def test_build_elsewhere(run, folder: Path) -> None:
    assert 0 == run("build", "-o", "public").exit_code
    assert (folder / "public" / "index.html").is_file()
    assert not (folder / "build" / "site").exists()


def test_mistake_in_a_design(run, folder: Path) -> None:
    """Exit code 1, the mistake with its excerpt, and the site of before untouched."""
    (folder / "build" / "site").mkdir(parents=True)
    (folder / "build" / "site" / "sitemap.xml").write_text("before")
    (folder / "architectures" / "bad").mkdir()
    (folder / "architectures" / "bad" / "architecture.yaml").write_text(BROKEN)

    result = run("build")

    assert (1, "") == (result.exit_code, result.stdout)
    assert "bad/architecture.yaml:3:27: error[" in result.stderr
    assert "3 | vpcs: {shop: {cidr_block: 10.0.0.0/99}}\n  |                           ^^^^^^^^^^^" in result.stderr
    assert "was not written" in result.stderr
    assert [("sitemap.xml", "before")] == [(p.name, p.read_text()) for p in (folder / "build" / "site").iterdir()]
    assert ["cache", "site"] == sorted(path.name for path in (folder / "build").iterdir())


def test_strict_refuses_what_mkdocs_warns_of(run, folder: Path) -> None:
    """A link that leads nowhere is a warning; with --strict the site is not written."""
    (folder / "site" / "index.md").write_text("# Home\n\n[gone](gone.md)\n")

    assert 0 == run("build", "-o", "lenient").exit_code
    assert 1 == run("build", "-o", "strict", "--strict").exit_code
    assert not (folder / "strict").exists()


def test_configuration_that_is_wrong(run, folder: Path) -> None:
    (folder / "mkdocs.yml").write_text(CONFIG + "plugin: []\nnav: 7\n")

    result = run("build")

    assert 1 == result.exit_code
    assert "Traceback" not in result.stderr
    assert not (folder / "build" / "site").exists()


def test_without_configuration(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    result = run("build")

    assert 2 == result.exit_code
    assert "mkdocs.yml" in result.stderr
