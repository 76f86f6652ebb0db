"""Pelican, which reads Markdown with Python-Markdown: the fence of the extension plays, and a mistake is a box."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import markdown

from tests.site.test_mkdocs_plugin import DEFINITION

ROOT = Path(__file__).parents[2]
SETTINGS = """\
AUTHOR, SITENAME, PATH, TIMEZONE, RELATIVE_URLS = "us", "Notes", "content", "UTC", True
MARKDOWN = {
    "extensions": ["markdown.extensions.extra", "markdown.extensions.meta", "docgen.markdown_extension"],
    "extension_configs": {"docgen.markdown_extension": {"root": "."}},
    "output_format": "html5",
}
"""
PAGE = """\
Title: Our shop
Date: 2026-01-01

```architecture file="shop"
```

```architecture file=shop
```
"""


def test_pelican(tool: Callable[[str], Path], chromium: Any, tmp_path: Path) -> None:
    (tmp_path / "architectures/shop").mkdir(parents=True)
    (tmp_path / "architectures/shop/architecture.yaml").write_text(DEFINITION)
    (tmp_path / "content").mkdir()
    (tmp_path / "content/shop.md").write_text(PAGE)
    (tmp_path / "pelicanconf.py").write_text(SETTINGS)
    command = [tool("pelican/bin/python"), "-m", "pelican", "content", "-s", "pelicanconf.py", "-o", "out"]
    ours = f"{ROOT}{os.pathsep}{Path(markdown.__file__).parents[1]}"  # docgen with what it needs
    done = subprocess.run(
        command, cwd=tmp_path, env={**os.environ, "PYTHONPATH": ours}, capture_output=True, text=True, check=False
    )
    assert 0 == done.returncode, done.stderr
    assert "is not in quotes" in " ".join((done.stdout + done.stderr).split())

    context = chromium.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    page.route("http**", lambda route: route.abort())
    page.goto(f"file://{tmp_path / 'out/our-shop.html'}")
    player = page.locator("docgen-embed")
    player.locator(".dg-on").wait_for()
    before = player.locator(".dg-count").inner_text()
    player.locator(".dg-step-next").click()
    assert before != player.locator(".dg-count").inner_text()
    assert page.locator(".dg-error").is_visible()
    context.close()
