"""A notebook made into a page by nbconvert: designs play in it, beside each other and without a network."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import docgen as dg
from tests.site.test_mkdocs_plugin import DEFINITION


def _output(value: Any) -> dict[str, Any]:
    """What Jupyter keeps of a cell that ends with a value."""
    mime, method = ("image/svg+xml", "_repr_svg_") if hasattr(value, "_repr_svg_") else ("text/html", "_repr_html_")
    data = {mime: getattr(value, method)(), "text/plain": type(value).__name__}
    return {"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": data}


def _notebook(path: Path, values: list[Any]) -> Path:
    cells = [
        {
            "cell_type": "code",
            "id": f"c{number}",
            "metadata": {},
            "execution_count": 1,
            "source": "value",
            "outputs": [_output(value)],
        }
        for number, value in enumerate(values)
    ]
    path.write_text(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))
    return path


def test_notebook_plays_flows(tool, chromium, tmp_path):
    """The same design twice, an answer and a picture; its template asks other hosts for what we do not need."""
    design = dg.open_text(DEFINITION).value
    report = next(iter(design.reports.values()))
    notebook = _notebook(tmp_path / "designs.ipynb", [design, design, report, dg.draw(design.network)])
    command = [tool("notebook/bin/python"), "-m", "nbconvert", "--to", "html", notebook]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert 0 == done.returncode, done.stderr

    context = chromium.new_context(viewport={"width": 1200, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    page.route("http**", lambda route: route.abort())
    page.goto(f"file://{tmp_path / 'designs.html'}")
    first, second = page.frames[1:]
    for frame in (first, second):
        frame.locator(".dg-on").wait_for()
    before = second.locator(".dg-count").inner_text()
    first.locator(".dg-step-last").click()
    assert first.locator(".dg-count").inner_text() != before == second.locator(".dg-count").inner_text()
    assert page.get_by_text("Every hop").is_visible()
    assert page.locator(".jp-RenderedSVG img").evaluate("one => one.naturalWidth") > 500
    context.close()
