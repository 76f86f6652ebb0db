"""Bundle, file for an iframe, and fragment: from disk, in somebody's page, and through DOMPurify."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

FLOW = ("three-tier", "--flow", "app-charges-card")
NAME = "three-tier-app-charges-card"
SANITIZE = """(fragment) => {
  const cleaned = DOMPurify.sanitize(fragment), before = document.createElement("template");
  before.innerHTML = fragment;
  document.querySelector("main").innerHTML = cleaned;
  const count = (root) => {
    const found = {};
    for (const one of root.querySelectorAll("*")) {
      for (const name of [one.localName, ...[...one.attributes].map((a) => `${one.localName} ${a.name}`)])
        found[name] = (found[name] || 0) + 1;
    }
    return found;
  };
  return [count(before.content), count(document.querySelector("main")), DOMPurify.removed.length];
}"""
PAGE = """<!doctype html><meta charset="utf-8"><title>Our handbook</title>
<body style="font:16px/1.5 sans-serif;max-width:1100px;margin:20px auto;padding:0 20px">{}</body>"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_bundle_plays_from_disk_with_no_other_file(
    opened: Callable[..., Any],
    exported: Callable[..., Path],
    tmp_path: Path,
    scheme: str,
    picture: Callable[..., None],
) -> None:
    """Its page alone, in a folder of its own: picture, steps, keys, colours of the reader's system."""
    shutil.copy(exported("bundle", *FLOW) / NAME / "index.html", tmp_path / "alone.html")
    page = opened(f"file://{tmp_path}/alone.html", color_scheme=scheme)

    assert "Step 1" in page.locator(".dg-count").inner_text()
    steps = page.locator(".dg-track i").count()
    page.locator(".dg-player").focus()
    for _ in range(steps):
        page.keyboard.press("ArrowRight")
    assert f"Step {steps}" in page.locator(".dg-count").inner_text()
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (scheme == "dark") == (sum(map(int, paper[4:-1].split(","))) < 200)
    if scheme == "light":
        picture(page, "bundle", width=1200, height=760)


def test_bundle_has_everything(exported: Callable[..., Path]) -> None:
    """SVG in both palettes, PNG at twice the size, draw.io, trace and definition; nothing of another flow."""
    folder = exported("bundle", *FLOW) / NAME

    view = "flow-app-charges-card"
    wanted = {f"{view}.{s}" for s in ("svg", "dark.svg", "png", "drawio", "json")} | {
        "architecture.yaml",
        "index.html",
    }
    assert wanted == {path.name for path in folder.iterdir()}


def test_file_in_a_sandboxed_iframe(
    opened: Callable[..., Any], exported: Callable[..., Path], tmp_path: Path, picture: Callable[..., None]
) -> None:
    """An iframe that may run scripts and nothing else, as wikis give it."""
    shutil.copy(exported("html", *FLOW) / f"{NAME}.html", tmp_path / "network.html")
    frame = '<iframe src="network.html" sandbox="allow-scripts" width="100%" height="620" style="border:0"></iframe>'
    page_text = PAGE.format(f"<h1>Our handbook</h1><p>How a card is charged.</p>{frame}")
    (tmp_path / "page.html").write_text(page_text)
    page = opened(f"file://{tmp_path}/page.html")
    inside = page.frame_locator("iframe")

    inside.locator(".dg-step-next").click()
    assert "Step" in inside.locator(".dg-count").inner_text()
    picture(page, "iframe", width=1200, height=820)


def test_file_given_as_text_of_an_iframe(opened: Callable[..., Any], exported: Callable[..., Path]) -> None:
    """`srcdoc`: the page's address is not its own, and the player still steps."""
    text = (exported("html", *FLOW) / f"{NAME}.html").read_text()
    page = opened()
    page.set_content("<iframe width=1000 height=620 sandbox=allow-scripts></iframe>")
    page.evaluate("text => document.querySelector('iframe').srcdoc = text", text)
    inside = page.frame_locator("iframe")

    first = inside.locator(".dg-count").inner_text()
    inside.locator(".dg-step-next").click()
    assert first != inside.locator(".dg-count").inner_text()


@pytest.mark.parametrize("target", ["bundle", "html"])
def test_a_hostile_design_runs_nothing(
    opened: Callable[..., Any], exported: Callable[..., Path], target: str
) -> None:
    """Every flow is opened and stepped through; `opened` tells of any dialog, request or complaint."""
    for file in sorted(exported(target, "hostile").rglob("*.html")):
        page = opened(f"file://{file}")
        for chip in page.locator(".dg-pick").all():
            chip.evaluate("one => one.click()")
            page.keyboard.press("End")
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        page.wait_for_timeout(100)
        assert 0 == page.evaluate("document.querySelectorAll('script:not(body > script:last-of-type)').length")


@pytest.mark.parametrize("design", ["three-tier", "hostile"])
def test_dompurify_keeps_all_of_the_fragment(
    opened: Callable[..., Any],
    exported: Callable[..., Path],
    tool: Callable[[str], Path],
    picture: Callable[..., None],
    design: str,
) -> None:
    """Its default profile removes no element and no attribute: picture, steps, details and tables stay."""
    arguments = FLOW if design == "three-tier" else ("hostile",)
    (file,) = exported("html", *arguments).glob("*.fragment.html")
    page = opened()
    page.set_content(PAGE.format("<main></main>"))
    page.add_script_tag(path=str(tool("node_modules/dompurify/dist/purify.min.js")))

    before, after, removed = page.evaluate(SANITIZE, file.read_text(encoding="utf-8"))

    assert before == after
    assert 0 == removed
    assert {"svg", "image", "li", "details", "summary", "table"} <= after.keys()
    assert 0 == after.get("script", 0)
    assert page.locator("svg").first.bounding_box()["height"] > 200
    page.wait_for_timeout(100)  # an attack would have run by now; `opened` would tell
    if design == "three-tier":
        picture(page, "fragment")
