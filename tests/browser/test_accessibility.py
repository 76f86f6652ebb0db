"""axe-core over a set of pages, light and dark: nothing that it calls more than a minor violation."""

from __future__ import annotations

import pytest

from tests.browser.conftest import SITE

pytestmark = pytest.mark.browser

PAGES = (
    "index.html",
    "designs/index.html",
    "designs/isolated-vpc/index.html",
    "designs/three-tier/index.html",
    "designs/three-tier/index.html#web-to-database-1",
    "designs/three-tier/index.html#shopper-opens-page-3-return-zone-a-out",
    "guide/index.html",
    "reference/index.html",
    "reference/reason-codes.html",
    "reference/components/load_balancer.html",
)

THEME = frozenset({"landmark-unique"})
"""What Material's own navigation of sections brings along."""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(opened, path, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page = opened(f"file://{SITE / path}", color_scheme=scheme)
    found = axe.Axe().run(page, options={"resultTypes": ["violations"], "preload": False}).response["violations"]

    ours = [v for v in found if v["impact"] != "minor" and v["id"] not in THEME]

    assert [] == [(v["id"], v["help"], [n["html"][:160] for n in v["nodes"][:3]]) for v in ours]
