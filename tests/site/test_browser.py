"""The built site in Chromium, opened from disk: search, console, width, both palettes, without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.chromium import running_chromium

pytestmark = pytest.mark.browser

PAGES = (
    "index.html",
    "designs/index.html",
    "designs/isolated-vpc/index.html",
    "designs/three-tier/index.html",
    "definition-format.html",
    "guide/index.html",
    "guide/how-docgen-decides.html",
    "reference/index.html",
    "reference/cli.html",
    "reference/reason-codes.html",
    "reference/rules/index.html",
    "reference/rules/dgl-69.html",
    "reference/components/index.html",
    "reference/components/load_balancer.html",
)
WIDTHS = (390, 768, 1280, 1920)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with running_chromium() as instance:
        yield instance


@contextmanager
def opened(browser: Any, address: str, **settings: Any) -> Iterator[tuple[Any, list[str]]]:
    """A page, and what it complained of or asked other hosts for."""
    context = browser.new_context(**settings)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda r: None if r.url.startswith(("file:", "data:", "blob:")) else complaints.append(r.url))
    page.goto(address)
    yield page, complaints
    context.close()


def _address(site: Path, page: str) -> str:
    return f"file://{site / page}"


@pytest.mark.parametrize("path", PAGES)
def test_page_fits_every_width_without_complaint(browser, site, path):
    """Nothing is wider than the window, no error in the console, no request elsewhere; light and dark."""
    for scheme in ("light", "dark"):
        with opened(browser, _address(site, path), color_scheme=scheme, reduced_motion="reduce") as (
            page,
            complaints,
        ):
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width, scheme)
            assert complaints == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param("NAT gateway", "NAT gateway", id="component"),
        pytest.param(
            "IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS", "IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS", id="reason-code"
        ),
        pytest.param("10.0.20.0/24", "Three tiers in two zones", id="address-block"),
    ],
)
def test_search_works_from_disk(browser, site, words, expected):
    """A word in the search box finds pages, without a server."""
    with opened(browser, _address(site, "index.html"), viewport={"width": 1280, "height": 900}) as (page, complaints):
        page.click(".md-search__input")
        page.locator(".md-search__input").press_sequentially(words)
        page.wait_for_selector(".md-search-result__item", timeout=15_000)
        found = page.inner_text(".md-search-result__list")
        assert expected in found
        assert complaints == []


def test_search_finds_designs_by_reason_code(browser, site):
    """Not only the reference: also a design that shows it."""
    with opened(browser, _address(site, "index.html"), viewport={"width": 1280, "height": 900}) as (page, _):
        page.click(".md-search__input")
        page.locator(".md-search__input").press_sequentially("ENI_SG_RULES_MISMATCH")
        page.wait_for_selector(".md-search-result__item", timeout=15_000)
        links = page.eval_on_selector_all(".md-search-result__link", "all => all.map(one => one.href)")

        assert any("/designs/" in link for link in links)


def test_flows_open_without_javascript(browser, site):
    """Rows are plain HTML: a click opens one, pictures and steps are there."""
    address = _address(site, "designs/three-tier/index.html")
    with opened(browser, address, java_script_enabled=False, viewport={"width": 1280, "height": 900}) as (page, _):
        row = page.locator("details.dg-flow").nth(1)
        row.locator("> summary").click()

        assert row.locator("ol.dg-steps").first.is_visible()
        assert row.locator("img").first.is_visible()


def test_typefaces_come_with_the_site(browser, site):
    """Inter and JetBrains Mono are loaded from the site's own files."""
    with opened(browser, _address(site, "designs/three-tier/index.html")) as (page, _):
        loaded = page.evaluate(
            "document.fonts.ready.then(all => [...all].filter(f => f.status == 'loaded').map(f => f.family))"
        )

        assert {name.strip('"') for name in loaded} >= {"Inter", "JetBrains Mono"}


def test_tables_scroll_in_their_own_box(browser, site):
    """On a phone a wide table moves by itself."""
    address = _address(site, "designs/three-tier/index.html")
    with opened(browser, address, viewport={"width": 390, "height": 844}) as (page, _):
        wide = page.evaluate(
            "[...document.querySelectorAll('.md-typeset__scrollwrap')]"
            ".filter(b => b.scrollWidth > b.clientWidth && getComputedStyle(b).overflowX == 'auto').length"
        )

        assert wide > 0
