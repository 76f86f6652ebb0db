"""What a build does again: nothing where nothing changed, one design's own where one definition did."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path

import pytest

from docgen import pipeline
from docgen.pipeline import figure_files, kept, opened
from docgen.site.contents import Contents, contents

ONE = """\
version: 1
title: {title}
region: eu-west-1
zones: [a]
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    subnets: {{app: {{cidr_block: 10.0.10.0/24}}}}
    security_groups: {{app: {{ingress: [tcp 443 from app]}}}}
    instances: {{a: {{subnet: app, security_groups: [app]}}, b: {{subnet: app, security_groups: [app]}}}}
flows:
  query: {{from: a, to: b, port: 443, expect: allowed}}
"""

Done = list[tuple[str, str]]


@pytest.fixture
def designs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for slug in ("one", "two", "three"):
        (tmp_path / "designs" / slug).mkdir(parents=True)
        (tmp_path / "designs" / slug / "architecture.yaml").write_text(ONE.format(title=slug.title()))
    return Path("designs")


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> Done:
    """What is worked on from here on, with the design's name; all of it in this process."""
    work: Done = []

    def noted(module: object, name: str, what: str, slug: Callable[..., str]) -> None:
        real = getattr(module, name)

        def wrapped(*arguments: object) -> object:
            work.append((what, slug(*arguments)))
            return real(*arguments)

        monkeypatch.setattr(module, name, wrapped)

    noted(opened, "open_design", "opened", lambda folder: folder.name)
    noted(figure_files, "draw", "drawn", lambda job: job.design.slug)
    writing = importlib.import_module("docgen.site.contents")
    noted(writing, "architecture_page", "written", lambda build, design: design.architecture.slug)
    noted(writing, "web_fonts", "cut", lambda: "fonts")
    monkeypatch.setattr(kept, "spread_copies", lambda work, things: [work(thing) for thing in things])
    return work


def built(folder: Path) -> Contents:
    """All that docgen does for a site."""
    cache = Path("cache")
    found = pipeline.open_all(folder, cache=cache)
    assert not found.failed
    figures = pipeline.figures_of_all(found.designs, cache=cache)
    return contents(found.chapters, figures, make=kept.keeping(cache))


def test_nothing_changed(designs: Path, done: Done) -> None:
    """Nothing is opened, drawn, written or cut again, and the site is the same."""
    first = built(designs)
    assert {"opened", "drawn", "written", "cut"} == {what for what, _ in done}
    done.clear()

    second = built(designs)

    assert [] == done
    assert first.files == second.files
    assert first.pages == second.pages


def test_one_definition_changed(designs: Path, done: Done) -> None:
    """Its own pictures and page, and no others'; what stands there is what a build from nothing gives."""
    built(designs)
    done.clear()
    changed = ONE.format(title="Two").replace("port: 443, expect: allowed", "port: 80")
    (designs / "two/architecture.yaml").write_text(changed)

    again = built(designs)

    assert [("opened", "two"), ("drawn", "two"), ("written", "two")] == done
    fresh = pipeline.open_all(designs)
    assert contents(fresh.chapters, pipeline.figures_of_all(fresh.designs)).files == again.files


def test_prose_draws_nothing(designs: Path, done: Done) -> None:
    """A changed README writes its page anew."""
    built(designs)
    done.clear()
    (designs / "two/README.md").write_text("# Two\n\nWhy it is built so.\n")

    again = built(designs)

    assert [("opened", "two"), ("written", "two")] == done
    assert any("Why it is built so." in page.markdown for page in again.pages)
