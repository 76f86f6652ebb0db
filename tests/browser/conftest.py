"""A built site in Chromium: from disk, and served with instant navigation."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.chromium import running_chromium, serving

ROOT = Path(__file__).parent.parent.parent
SITE = Path(os.environ.get("DOCGEN_SITE", ROOT / "build/site")).absolute()
DESIGNS = tuple(sorted(p.parent.name for p in SITE.glob("designs/*/index.html")))
VIEWPORT = {"width": 1280, "height": 800}
THEME = frozenset({"landmark-unique"})
"""What Material's own navigation of sections brings along."""
INSTANT = """
site_name: Instant
site_url: {address}
docs_dir: docs
use_directory_urls: true
theme: {{name: material, font: false, features: [navigation.instant]}}
plugins: [search, {{docgen: {{pages: true, dress: true, count_warnings: false}}}}]
markdown_extensions: [attr_list, md_in_html, tables, pymdownx.superfences]
extra: {{generator: false}}
"""


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    with running_chromium() as instance:
        yield instance


@pytest.fixture(scope="session")
def tab(browser: Any) -> Iterator[tuple[Any, list[str]]]:
    """One tab for many pages, and what they complain of; each page begins with nothing remembered."""
    context = browser.new_context(viewport=VIEWPORT, reduced_motion="reduce")
    context.add_init_script("try { localStorage.clear() } catch {}")
    page, complaints = context.new_page(), []
    _listen(page, complaints, "file:")
    yield page, complaints
    context.close()


@pytest.fixture
def visited(tab: tuple[Any, list[str]]) -> Iterator[Callable[[str], Any]]:
    """`visited(address)` like `opened`, much quicker, for pages on disk that need no settings of their own."""
    page, complaints = tab
    complaints.clear()

    def go(address: str) -> Any:
        page.set_viewport_size(VIEWPORT)
        page.goto("about:blank")  # else an address that differs in its hash only would load nothing
        page.goto(address)
        return page

    yield go
    assert complaints == []


def _listen(page: Any, complaints: list[str], own: str) -> None:
    page.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    allowed = (own, "data:", "blob:", "about:")
    page.on("request", lambda r: None if r.url.startswith(allowed) else complaints.append(r.url))


@pytest.fixture
def opened(browser: Any) -> Iterator[Callable[..., Any]]:
    """`opened(address)`: a page; at the end of the test it must have complained of nothing and asked nobody else."""
    contexts, complaints = [], []

    def open_page(address: str, *, own: str = "file:", **settings: Any) -> Any:
        context = browser.new_context(**{"viewport": VIEWPORT, "reduced_motion": "reduce", **settings})
        contexts.append(context)
        page = context.new_page()
        _listen(page, complaints, own)
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def axe_findings(page: Any, only: Sequence[str] = ()) -> list[tuple[str, str, str, list[str]]]:
    """What axe-core finds on an open page: impact, rule, what it means, where. `only` some rules, or all."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    options: dict[str, Any] = {"resultTypes": ["violations"], "preload": False}
    if only:
        options["runOnly"] = list(only)
    found = axe.Axe().run(page, options=options).response["violations"]
    return [
        (v["impact"], v["id"], v["help"], [n["html"][:160] for n in v["nodes"][:3]])
        for v in found
        if v["id"] not in THEME
    ]


def page_of(slug: str, place: str = "") -> str:
    """The address of a design's page on disk."""
    return f"file://{SITE / 'designs' / slug / 'index.html'}{f'#{place}' if place else ''}"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A small site with instant navigation, over HTTP."""
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    base = tmp_path_factory.mktemp("instant")
    for slug in ("isolated-vpc", "public-web-server"):
        shutil.copytree(ROOT / "architectures" / slug, base / "architectures" / slug)
    (base / "docs").mkdir()
    (base / "docs/index.md").write_text(
        "# Start\n\n[First](designs/isolated-vpc/index.md) [Second](designs/public-web-server/index.md)\n"
    )
    (base / "site").mkdir()
    with serving(base / "site") as address:
        (base / "mkdocs.yml").write_text(INSTANT.format(address=address))
        config = load_config(str(base / "mkdocs.yml"), site_dir=str(base / "site"))
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
        yield address
