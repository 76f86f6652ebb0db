"""`docgen export`: files for other places."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docgen.exporters import all_exporters


@pytest.fixture
def shop(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one design."""
    monkeypatch.chdir(tmp_path)
    assert 0 == run("new", "shop").exit_code
    return tmp_path


def test_writes_and_says_what(run, shop: Path) -> None:
    """And leaves alone what stands in the folder already."""
    (shop / "out").mkdir()
    (shop / "out" / "mine.txt").write_text("mine")

    result = run("export", "shop", "--to", "markdown", "-o", "out")

    assert 0 == result.exit_code, result.output
    named = {Path(line) for line in result.stdout.splitlines() if line.startswith("out")}
    assert named == {p.relative_to(shop) for p in (shop / "out").rglob("*") if p.is_file()} - {Path("out/mine.txt")}
    assert "mine" == (shop / "out" / "mine.txt").read_text()


def test_a_folder_of_designs_has_a_page_that_lists_them(run, shop: Path) -> None:
    """With a link to each."""
    run("new", "inn")

    assert 0 == run("export", "--to", "markdown", "-o", "out").exit_code
    listed = (shop / "out" / "index.md").read_text()
    assert "(shop.md)" in listed
    assert "(inn.md)" in listed


@pytest.mark.parametrize(
    ("code", "said", "arguments"),
    [
        (2, "no target 'markdwon'; did you mean 'markdown'?", ("shop", "--to", "markdwon")),
        (2, "no flow 'none'", ("shop", "--to", "markdown", "--flow", "none")),
        (2, "--flow names a flow of one design", ("shop", "shop", "--to", "markdown", "--flow", "none")),
        (2, "would both be written to 'shop'", ("shop", "shop", "--to", "markdown")),
        (2, "is no address of a page", ("shop", "--to", "markdown", "--site", "javascript:alert(1)")),
        (1, "has no key 'vpc'", ("broken", "--to", "markdown")),
    ],
)
def test_refuses(run, shop: Path, code: int, said: str, arguments: tuple[str, ...]) -> None:
    """In a sentence, and writes nothing."""
    (shop / "broken").mkdir()
    (shop / "broken" / "architecture.yaml").write_text("version: 1\ntitle: Broken\nvpc: {}\n")

    result = run("export", *arguments, "-o", "out")

    assert code == result.exit_code, result.output
    assert said in result.stderr
    assert not (shop / "out").exists()


@pytest.mark.parametrize("name", ["Ümlaut & Söhne", "...", "-rf", "a b", "x](javascript:alert(1))", "con", "%2e%2e"])
def test_names_of_folders_stay_names(run, shop: Path, name: str) -> None:
    """Whatever a folder is called, its files have plain names, inside the folder that was asked for."""
    (shop / "architectures" / "shop").rename(shop / "architectures" / name)

    result = run("export", f"architectures/{name}", "--to", "bundle", "-o", "deep/out")

    assert 0 == result.exit_code, result.output
    paths = [p.relative_to(shop / "deep/out").as_posix() for p in (shop / "deep").rglob("*") if p.is_file()]
    assert len(paths) > 5
    assert [] == [path for path in paths if not re.fullmatch(r"[a-z0-9_-]+(/[\w.-]+)+", path, re.ASCII)]


@pytest.mark.parametrize("target", ["markdown", "mediawiki"])
def test_check_tells_pictures_of_views_that_are_gone(run, shop: Path, target: str) -> None:
    """In whatever way a target names them; what is called otherwise is somebody else's."""
    assert 0 == run("export", "shop", "--to", target, "-o", "out").exit_code
    picture = next(p for p in sorted((shop / "out").rglob("*overview*")) if p.suffix in (".png", ".svg"))
    gone = picture.with_name(picture.name.replace("overview", "flow-gone"))
    for path in (gone, picture.with_name("mine.png"), picture.with_name("inn.flow-a.drawio.png")):
        path.write_bytes(b"")

    result = run("export", "shop", "--to", target, "-o", "out", "--check")

    assert 1 == result.exit_code
    assert f"{gone.relative_to(shop / 'out').as_posix()}: no longer made" in result.output.replace("out/", "")
    assert 1 == result.output.count(": no longer made\n")


def test_every_target_is_told_of(run, root: Path) -> None:
    """In the command's help and in the guide."""
    told = run("export", "--help").output
    guide = (root / "site/guide/embedding.md").read_text()

    for name in all_exporters():
        assert re.search(rf"^  {name} ", told, re.MULTILINE)
        assert f"`{name}`" in guide
