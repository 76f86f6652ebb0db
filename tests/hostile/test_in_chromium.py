"""Hostile designs as a whole site, as exports and as pictures, opened in Chromium: nothing of them runs or asks anybody.

`.ci/run hostile`. Every page is opened, its folds opened, its links hovered and its first flow played; a script of a payload
would set `window.xss7`, open a dialog or ask a foreign host.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.chromium import running_chromium
from tests.hostile import payloads

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.browser
TARGETS = ("bundle", "html")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with running_chromium() as instance:
        yield instance


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built as this repository's own is; exports and pictures beside it."""
    place = tmp_path_factory.mktemp("hostile-site")
    payloads.write(place / "architectures", 0)
    (place / "site").mkdir()
    (place / "site/index.md").write_text("# Start\n\n<!-- docgen:gallery -->\n\n[one](designs/one/index.md)\n")
    settings = re.sub(r"^nav:\n(?:[ -].*\n)+", "", (ROOT / "mkdocs.yml").read_text(), flags=re.MULTILINE)
    (place / "mkdocs.yml").write_text(settings)
    run(place, "build")
    for target in TARGETS:
        run(place, "export", "architectures", "--to", target, "-o", f"exported/{target}")
    run(place, "render", "one", "-o", "pictures", "-f", "svg,drawio.svg")
    run(place, "graph", "one", "-f", "svg", "-o", "pictures/graph.svg")
    return place


def run(place: Path, *args: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "docgen", *args],
        cwd=place,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]


def pages(site: Path) -> list[str]:
    built = site / "build/site"
    found = [
        p for p in built.rglob("*.html") if "reference" not in p.parts and p.name != "404.html"
    ]  # 404 is served at any address: its paths are absolute
    found += [
        p for folder in ("exported", "pictures") for p in (site / folder).rglob("*") if p.suffix in (".html", ".svg")
    ]
    return sorted(p.relative_to(site).as_posix() for p in found)


def test_nothing_runs(browser: Any, site: Path) -> None:
    opened = pages(site)
    assert len(opened) > 30
    wrong: list[str] = []
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.on("dialog", lambda d: (wrong.append(f"{page.url}: dialog {d.message}"), d.dismiss()))
    allowed = (f"file://{site}", "data:", "blob:")
    page.on("request", lambda r: None if r.url.startswith(allowed) else wrong.append(f"{page.url}: asks {r.url}"))
    page.on("popup", lambda _: wrong.append(f"{page.url}: opens a window"))
    for name in opened:
        page.goto(f"file://{site}/{name}")
        if name.endswith(".html"):
            page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
            page.evaluate(
                "document.querySelectorAll('a, summary, button, img').forEach((one) => one.dispatchEvent(new MouseEvent('mouseover', {bubbles: true})))"
            )
            play = page.locator(".dg-play").first
            if play.count() and play.is_visible():
                play.click()
        page.wait_for_timeout(60)
        if page.evaluate("window.xss7"):
            wrong.append(f"{name}: a script ran")
        for address in page.evaluate(
            "[...document.querySelectorAll('a[href], area[href]')].map((a) => a.href.baseVal ?? a.href)"
        ):
            if re.match(r"\s*(javascript|data|vbscript):", address, re.IGNORECASE):
                wrong.append(f"{name}: links to {address}")
        if page.url.split("#")[0] != f"file://{site}/{name}":
            wrong.append(f"{name}: leads away to {page.url}")
    context.close()
    assert wrong == [], wrong[:20]
    print(f"{len(opened)} pages and pictures opened")
