"""Pages of the site: each complains of nothing, asks nobody else, fits every width, and axe-core finds nothing."""

from __future__ import annotations

import os
import re

import pytest

from tests.browser.conftest import SITE, axe_findings
from tests.site.test_links import broken_links, parsed

pytestmark = pytest.mark.browser

ALIKE = re.compile(r"reference/(rules|components)/(?!index)")
"""Pages of one template, of which every eighth is looked at; all of them with `DOCGEN_LONG=1`."""
_ALL = sorted(str(p.relative_to(SITE)) for p in SITE.rglob("*.html") if p.name != "404.html")
_EVERY = 1 if os.environ.get("DOCGEN_LONG") else 8
PAGES = (*(p for p in _ALL if not ALIKE.match(p)), *[p for p in _ALL if ALIKE.match(p)][::_EVERY])
"""Without the one whose links start from a server's root."""
WIDTHS = (390, 820, 1280, 1920)
COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules whose answer depends on the palette."""
TOO_WIDE = """width => [...document.querySelectorAll(
    ".dg-on, .dg-stage, .dg-controls, .dg-bar-top, [data-now], .dg-why, article > *")]
  .filter(n => n.checkVisibility() && n.getBoundingClientRect().right > width + 1)
  .map(n => n.className || n.tagName)"""


@pytest.mark.parametrize("path", PAGES)
def test_page(visited, path):
    """In both palettes and at every width; a player is stepped on at each width."""
    page = visited(f"file://{SITE / path}")
    assert [] == axe_findings(page)
    page.locator("[data-md-component=palette] label:visible").click()
    page.wait_for_selector("body[data-md-color-scheme=slate]")
    assert [] == axe_findings(page, only=COLOURS), "in the dark palette"
    player = page.locator(".dg-on").first
    steps = 3 if player.count() else 1
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844})
        for _ in range(steps):
            assert page.evaluate("document.documentElement.scrollWidth") <= width, width
            assert [] == page.evaluate(TOO_WIDE, width), width
            if steps > 1:
                player.press("ArrowRight")


def test_internal_links_and_anchors_resolve():
    """Of the site as it is published, pictures and downloads included."""
    assert [] == broken_links(SITE, parsed(SITE))
