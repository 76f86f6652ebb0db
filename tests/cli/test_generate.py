"""`docgen generate`: plain Markdown that another engine takes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

CONFIG = """\
site_name: Small
docs_dir: markdown
site_dir: html
use_directory_urls: false
markdown_extensions: [attr_list, md_in_html, tables, fenced_code, toc]
"""


@pytest.fixture
def folder(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One design and a page written by hand."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.md").write_text("# Home\n\n[Designs](designs/index.md)\n\n<!-- docgen:gallery -->\n")
    assert 0 == run("new", "shop").exit_code
    return tmp_path


def generate(run, *more: str) -> str:
    result = run("generate", "-o", "markdown", "--pages", "site", *more)
    assert 0 == result.exit_code, result.output
    return result.stdout


def test_writes_pages_pictures_and_downloads(run, folder: Path) -> None:
    """And says how many."""
    said = generate(run)
    files = {p.relative_to(folder / "markdown").as_posix() for p in (folder / "markdown").rglob("*") if p.is_file()}
    pages = {name for name in files if name.endswith(".md")}

    assert f"{len(pages)} pages and {len(files) - len(pages)} other files written to markdown\n" == said
    assert {"index.md", "designs/shop/index.md", "designs/shop/overview.svg", "designs/shop/shop.drawio"} <= files
    assert not any(name.endswith(".dark.svg") for name in files)
    assert "designs/shop/index.md" in (folder / "markdown/index.md").read_text()


def test_fences_that_stay_are_named(run, folder: Path) -> None:
    """With their places: what shows a fence is none."""
    text = '# More\n\n```architecture file="shop"\n```\n\n````markdown\n```architecture\n```\n````\n'
    (folder / "site/more.md").write_text(text)

    result = run("generate", "-o", "markdown", "--pages", "site")

    assert 0 == result.exit_code
    assert 1 == result.stderr.count("stays a fence")
    assert "site/more.md:3:1: this fence stays a fence" in result.stderr
    assert text == (folder / "markdown/more.md").read_text()


def test_every_link_leads_to_a_file(run, folder: Path) -> None:
    """Markdown links, links in HTML and pictures, from each page."""
    generate(run)
    root = folder / "markdown"
    broken = []
    for page in root.rglob("*.md"):
        text = re.sub(r"^(```+).*?^\1$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
        for target in re.findall(r'\]\(([^)\s#]+)|(?:href|src)="([^"#]+)', text):
            address = target[0] or target[1]
            if "://" in address:
                continue
            path = (page.parent / address.partition("?")[0]).resolve()
            made = path.with_suffix(".md") if path.suffix == ".html" else path
            if not made.exists():
                broken.append(f"{page.relative_to(root)}: {address}")

    assert [] == broken


def test_writes_anew_what_it_wrote(run, folder: Path) -> None:
    """A page that is gone from the designs goes from the folder."""
    generate(run)
    (folder / "markdown" / "designs" / "old.md").write_text("old")
    generate(run)

    assert not (folder / "markdown" / "designs" / "old.md").exists()


def test_leaves_other_folders_alone(run, folder: Path) -> None:
    """A folder that holds something else is not written over."""
    (folder / "markdown").mkdir()
    (folder / "markdown" / "letter.txt").write_text("Dear")
    result = run("generate", "-o", "markdown")

    assert 2 == result.exit_code
    assert "holds something" in result.output
    assert ["letter.txt"] == [p.name for p in (folder / "markdown").iterdir()]


def test_broken_design_writes_nothing(run, folder: Path) -> None:
    (folder / "architectures/shop/architecture.yaml").write_text(
        "version: 1\ntitle: Bad\nvpcs: {a: {cidr_block: x}}\n"
    )
    result = run("generate", "-o", "markdown")

    assert 1 == result.exit_code
    assert "error[" in result.output
    assert not (folder / "markdown").exists()


def test_builds_with_properdocs(run, folder: Path) -> None:
    """Without a warning, and without anything of ours installed in it."""
    commands = pytest.importorskip("properdocs.commands.build")
    config = pytest.importorskip("properdocs.config")
    generate(run)
    (folder / "properdocs.yml").write_text(CONFIG)
    assert yaml.safe_load(CONFIG)
    commands.build(config.load_config(str(folder / "properdocs.yml"), strict=True))

    page = (folder / "html/designs/shop/index.html").read_text(encoding="utf-8")
    assert "Shop" in page
    assert 'src="overview.svg"' in page
    assert "markdown=" not in page
