"""`--check` of commands that write: names what is stale, writes nothing."""

from __future__ import annotations

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
Snapshot = dict[str, tuple[bytes, int]]


@pytest.fixture
def folder(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small project with one design, and the user standing in it."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.md").write_text("# Home\n")
    (tmp_path / "mkdocs.yml").write_text(CONFIG)
    monkeypatch.chdir(tmp_path)
    assert run("new", "shop").exit_code == 0
    return tmp_path


def snapshot(folder: Path, apart: str = "build/cache") -> Snapshot:
    """Every file with its content and the time it was written."""
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file() and apart not in path.as_posix()
    }


COMMANDS = [
    pytest.param(["render", "shop", "-o", "net"], "net/overview.svg", id="render"),
    pytest.param(["render", "shop", "-o", "net", "-f", "svg,drawio,mermaid"], "net/shop.drawio", id="render-more"),
    pytest.param(["export", "shop", "--to", "markdown", "-o", "net"], "net/shop/overview.svg", id="export"),
    pytest.param(["trace", "shop", "-o", "net"], "net/traces.txt", id="trace"),
    pytest.param(["trace", "shop", "-o", "net", "--format", "json"], "net/traces.json", id="trace-json"),
    pytest.param(["graph", "shop", "-o", "net/graph.mmd"], "net/graph.mmd", id="graph"),
]


@pytest.mark.parametrize(("command", "file"), COMMANDS)
def test_missing_fresh_changed(run, folder: Path, command: list[str], file: str) -> None:
    """Exit code 1 and the name where it is missing or differs, 0 where it is fresh; nothing is ever written."""
    before = snapshot(folder)
    missing = run(*command, "--check")
    assert (1, before) == (missing.exit_code, snapshot(folder)), missing.output
    assert f"{file}: missing\n" in missing.stdout

    assert 0 == run(*command).exit_code
    before = snapshot(folder)
    fresh = run(*command, "--check")
    assert (0, before) == (fresh.exit_code, snapshot(folder)), fresh.output
    assert fresh.stdout.endswith(" up to date\n")

    Path(file).write_text("edited")
    before = snapshot(folder)
    changed = run(*command, "--check")
    assert (1, before) == (changed.exit_code, snapshot(folder))
    first, summed, hint = changed.stdout.splitlines()
    assert f"{file}: differs" == first
    assert "1 file stale: 1 differs" == summed
    assert "hint: the same command without --check writes them anew" == hint.strip()


def without_a_flow(folder: Path) -> None:
    """Take a flow out of the definition."""
    definition = folder / "architectures/shop/architecture.yaml"
    text = definition.read_text()
    start, end = text.index("  servers-talk:"), text.index("  internet-to-app:")
    definition.write_text(text[:start] + text[end:])


@pytest.mark.parametrize(
    ("command", "pictures", "suffixes"),
    [
        pytest.param(["render", "shop", "-o", "net"], "net", ["svg"], id="render"),
        pytest.param(
            ["export", "shop", "--to", "markdown", "-o", "net"], "net/shop", ["svg", "png", "drawio"], id="export"
        ),
        pytest.param(
            ["export", "shop", "--to", "dokuwiki", "-o", "net"],
            "net/media/shop",
            ["svg", "drawio.png"],
            id="dokuwiki",
        ),
    ],
)
def test_picture_no_longer_made(run, folder: Path, command: list[str], pictures: str, suffixes: list[str]) -> None:
    """Of a flow that is gone; what else stands beside the pictures is the user's own."""
    run(*command)
    (folder / pictures / "logo.svg").write_text("mine")
    without_a_flow(folder)
    told = run(*command, "--check")

    assert 1 == told.exit_code
    for suffix in suffixes:
        assert f"{pictures}/flow-servers-talk.{suffix}: no longer made\n" in told.stdout
    assert "logo.svg" not in told.stdout
    assert told.stdout.endswith("remove what is no longer made\n")


@pytest.mark.parametrize(("name", "page"), [("generate", "index.md"), ("build", "index.html")])
def test_pages(run, folder: Path, name: str, page: str) -> None:
    """A page edited by hand, one that is missing, one of a flow that is gone; a sitemap of yesterday is fresh."""
    command = [name, "-o", "net"]
    assert 0 == run(*command).exit_code
    if name == "build":
        (folder / "net/sitemap.xml").write_text("yesterday")
        assert (0, "") == ((fresh := run(*command, "--check")).exit_code, fresh.stderr), fresh.output
    (folder / "net/reference" / page).write_text("edited")
    (folder / "net/designs" / page).unlink()
    without_a_flow(folder)
    before = snapshot(folder)
    told = run(*command, "--check")

    assert (1, before) == (told.exit_code, snapshot(folder))
    assert {
        f"net/reference/{page}: differs",
        f"net/designs/{page}: missing",
        f"net/designs/shop/{page}: differs",
        "net/designs/shop/flow-servers-talk.svg: no longer made",
    } <= set(told.stdout.splitlines())


def test_render_of_several(run, folder: Path) -> None:
    """A folder each; that of a design which is gone is told, one of the user's own is not."""
    for slug in ("two", "three"):
        run("new", slug)
    command = ["render", "architectures", "-o", "net", "--view", "overview"]
    assert 0 == run(*command).exit_code
    (folder / "net/own").mkdir()
    (folder / "net/own/logo.svg").write_text("mine")
    assert 0 == run(*command, "--check").exit_code
    for file in (folder / "architectures/two").iterdir():
        file.unlink()
    (folder / "net/three/overview.svg").write_text("edited")
    result = run("render", "architectures", "-o", "net", "--check")

    assert {"net/two/overview.svg: no longer made", "net/three/overview.svg: differs"} <= set(
        result.stdout.splitlines()
    )
    assert "logo" not in result.stdout


def test_trace_of_several(run, folder: Path) -> None:
    run("new", "two")
    assert 0 == run("trace", "architectures", "-o", "expected").exit_code
    (folder / "expected/two/traces.txt").unlink()
    result = run("trace", "architectures", "-o", "expected", "--check")

    assert (1, "expected/two/traces.txt: missing") == (result.exit_code, result.stdout.splitlines()[0])


def test_traces_that_we_keep_are_fresh(run, root: Path) -> None:
    """The recorded traces of a shipped design are what `docgen trace -o` writes."""
    result = run("trace", "three-tier", "-o", "architectures/three-tier/expected", "--check")

    assert (0, "1 file up to date\n") == (result.exit_code, result.stdout)


def test_trace_asked_on_the_command_line(run, folder: Path) -> None:
    command = ["trace", "shop", "--from", "app-a", "--to", "app-b", "--port", "8080", "-o", "asked"]

    assert 0 == run(*command).exit_code
    assert 0 == run(*command, "--check").exit_code
    assert "ALLOWED" in (folder / "asked/traces.txt").read_text()


@pytest.mark.parametrize(
    "command",
    [["render", "shop"], ["render", "shop", "--scorecard"], ["trace", "shop"], ["graph", "shop"]],
    ids="-".join,
)
def test_needs_something_to_compare_with(run, folder: Path, command: list[str]) -> None:
    result = run(*command, "--check")

    assert 2 == result.exit_code
    assert "-o" in result.stderr


def test_broken_design_is_not_compared(run, folder: Path) -> None:
    """Its errors are told instead."""
    run("render", "shop", "-o", "net")
    definition = folder / "architectures/shop/architecture.yaml"
    definition.write_text(definition.read_text().replace("10.0.0.0/16", "10.0.0.0/99"))
    result = run("render", "shop", "-o", "net", "--check")

    assert (1, "") == (result.exit_code, result.stdout)
    assert "error[" in result.stderr
