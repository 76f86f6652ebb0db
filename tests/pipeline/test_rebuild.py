"""What a build does again: nothing where nothing changed, one design's own where one definition did."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path

import pytest

import docgen
from docgen import pipeline
from docgen.pages import Page
from docgen.pages.kind_page import kind_page
from docgen.pages.rule_page import rule_pages
from docgen.pages.write import Part, parts
from docgen.pipeline import cache as caching
from docgen.pipeline import drawing, kept, opened
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
AROUND = ("written designs/index.md", "written learn/index.md", "written reference/reason-codes.md")
"""Pages that show something of every design."""


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
    noted(drawing, "_drawn", "drawn", lambda job, composed: f"{job.design.slug}/{composed[0].view}")
    writing = importlib.import_module("docgen.site.contents")
    noted(writing, "architecture_page", "written", lambda build, design: design.architecture.slug)
    monkeypatch.setattr(writing, "web_fonts", lambda: {"inter.woff": b""})
    noted(writing, "web_fonts", "cut", lambda: "fonts")
    monkeypatch.setattr(writing, "_schemas", dict)  # what takes long and shows no design is left out
    monkeypatch.setattr(writing, "parts", lambda *given: (part for part in parts(*given) if _shows_designs(part)))
    noted(opened, "_read", "read", lambda packed, folder: folder.name)
    real = Part.pages

    def pages(part: Part) -> tuple[Page, ...]:
        written = real(part)
        work.append(("written", written[0].path))
        return written

    monkeypatch.setattr(Part, "pages", pages)
    monkeypatch.setattr(kept, "spread_copies", lambda work, things: [work(thing) for thing in things])
    return work


def _shows_designs(part: Part) -> bool:
    return part.write is not rule_pages and (part.write is not kind_page or part.given[0] in ("instance", "vpc"))


def built(folder: Path, *, tooltips: bool = False) -> Contents:
    """All that docgen does for a site."""
    cache = Path("cache")
    found = pipeline.open_all(folder, cache=cache)
    assert not found.failed, found.diagnostics
    figures = pipeline.figures_of_all(found.listed, cache=cache)
    told = found.collection
    make = kept.keeping(cache)
    return contents(found.chapters, figures, told.comparisons, told.source_map, make, tooltips=tooltips)


def fresh(folder: Path, *, tooltips: bool = False) -> Contents:
    """The same from nothing."""
    found = pipeline.open_all(folder)
    told = found.collection
    figures = pipeline.figures_of_all(found.listed)
    return contents(found.chapters, figures, told.comparisons, told.source_map, tooltips=tooltips)


def test_nothing_changed(designs: Path, done: Done) -> None:
    """Nothing is opened, read, drawn, written or cut again, and the site is the same."""
    first = built(designs)
    assert {"opened", "drawn", "written", "cut"} <= {what for what, _ in done}
    done.clear()

    second = built(designs)

    assert [] == done
    assert first.files == second.files
    assert first.pages == second.pages
    assert fresh(designs).files == second.files


CHANGED = ONE.format(title="Two").replace("port: 443, expect: allowed", "port: 80")
GROWN = "version: 1\ntitle: Four\nextends: two\n"
COMPARED = """\
version: 1
title: Which
question: Which one?
answer: Either.
designs:
  - {design: one, label: One, choose: Always.}
  - {design: two, label: Two, choose: Never.}
rows:
  - {aspect: Size, values: [small, large]}
"""


@pytest.mark.parametrize(
    ("path", "text", "again"),
    [
        pytest.param(
            "two/architecture.yaml",
            ONE.format(title="Two") + "# seen\n",
            {"opened two", "written two"},
            id="comment",
        ),
        pytest.param(
            "two/architecture.yaml",
            ONE.format(title="Two").replace("10.0.10.0/24", "10.0.11.0/24"),
            {"opened two", "drawn two/overview", "drawn two/flow-query", "written two"},
            id="address",
        ),
        pytest.param(
            "two/architecture.yaml",
            CHANGED,
            {"opened two", "drawn two/overview", "drawn two/flow-query", "written two", *AROUND},
            id="verdict",
        ),
        pytest.param("two/README.md", "# Two\n\nWhy it is built so.\n", {"opened two", "written two"}, id="prose"),
        pytest.param(
            "two/page.yaml",
            "version: 1\nteaches: One.\n",
            {"opened two", "written two", *AROUND},
            id="what-a-page-teaches",
        ),
        pytest.param(
            "comparisons/which.yaml", COMPARED, {"written learn/compare/which.md", *AROUND}, id="comparison"
        ),
    ],
)
def test_one_file_changed(designs: Path, done: Done, path: str, text: str, again: set[str]) -> None:
    """Only what shows it is made again; what stands there is what a build from nothing gives."""
    built(designs)
    done.clear()
    (designs / path).parent.mkdir(exist_ok=True)
    (designs / path).write_text(text)

    site = built(designs)

    assert again == {f"{what} {name}" for what, name in done if what != "read"}
    assert fresh(designs).files == site.files


def test_base_changed(designs: Path, done: Done) -> None:
    """Those that extend it follow."""
    (designs / "four").mkdir()
    (designs / "four/architecture.yaml").write_text(GROWN)
    built(designs)
    done.clear()
    (designs / "two/architecture.yaml").write_text(CHANGED)

    site = built(designs)

    assert ["four", "two"] == sorted(name for what, name in done if what == "opened")
    assert {"two", "four"} <= {name for what, name in done if what == "written"}
    assert fresh(designs).files == site.files


def test_an_option_of_the_plugin_changed(designs: Path) -> None:
    """Tooltips are in the pages: those without are others."""
    plain, explained = (built(designs, tooltips=tooltips) for tooltips in (False, True))

    assert fresh(designs, tooltips=True).files == explained.files
    assert fresh(designs).files == plain.files != explained.files


@pytest.mark.parametrize("part", ["pages/glossary.yaml", "core/aws_ranges.csv", "cli/build_command.py"])
def test_docgen_itself_changed(designs: Path, done: Done, monkeypatch: pytest.MonkeyPatch, part: str) -> None:
    """Its words write every page anew; what pictures depend on draws them too."""
    first = built(designs)
    everything = {what for what, _ in done} - {"read"}
    done.clear()
    changed, real = Path(docgen.__file__).parent / part, Path.read_bytes
    assert changed.is_file()
    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", lambda path: real(path) + (b"#" if path == changed else b""))
        caching._fingerprints.cache_clear()
        again = built(designs)
    caching._fingerprints.cache_clear()

    draws = part.startswith("core/")
    assert (everything if draws else everything - {"drawn"}) == {what for what, _ in done} - {"read"}
    assert first.files == again.files


def test_damaged_entries_are_made_again(designs: Path) -> None:
    """Whichever it is; and nothing of what it says is shown."""
    whole = built(designs)
    entries = sorted(Path("cache").iterdir())
    for number, path in enumerate(entries):
        content = path.read_bytes()
        path.write_bytes(content[: len(content) // 2] if number % 2 else content[:-1] + bytes([content[-1] ^ 1]))

    assert whole.files == built(designs).files
