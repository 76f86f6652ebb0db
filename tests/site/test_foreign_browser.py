"""A site that is not docgen's, in Chromium: flows are stepped through, in the colours of the page around them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import docgen as dg
from tests.chromium import running_chromium, serving
from tests.site.conftest import build_site
from tests.site.foreign import INSTANT, foreign
from tests.site.test_mkdocs_plugin import DEFINITION

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with running_chromium() as instance:
        yield instance


@contextmanager
def opened(browser: Any, address: str, **settings: Any) -> Iterator[Any]:
    """A page on which no script of ours fails; themes ask other hosts and a worker that a disk has not."""
    settings = {"viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce", **settings}
    context = browser.new_context(**settings)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error.stack)))
    page.goto(address)
    yield page
    context.close()
    assert [] == [error for error in errors if "assets/docgen" in error or "srcdoc" in error]


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The same pages in each theme."""
    base = tmp_path_factory.mktemp("foreign")
    settings: dict[str, dict[str, Any]] = {
        "material": {},
        "mkdocs": {"theme": "mkdocs", "extensions": []},
        "readthedocs": {"theme": "readthedocs", "extensions": []},
    }
    return {
        name: build_site(foreign(base / name, use_directory_urls=False, **chosen), base / name / "out")
        for name, chosen in settings.items()
    }


@pytest.mark.parametrize("theme", ["material", "mkdocs", "readthedocs"])
@pytest.mark.parametrize(
    ("width", "scheme"), [pytest.param(1280, "dark", id="wide-dark"), pytest.param(390, "light", id="narrow-light")]
)
def test_a_flow_is_stepped_through(browser, sites, theme, width, scheme):
    """By button and by key; nothing is wider than the window; the ground behind decides light or dark."""
    address = f"file://{sites[theme] / 'index.html'}"
    with opened(browser, address, viewport={"width": width, "height": 900}, color_scheme=scheme) as page:
        player = page.locator("docgen-embed .dg-on")
        player.wait_for()
        page.locator("docgen-embed .dg-step-next").click()
        assert "Step 2 of 2" == page.locator("docgen-embed .dg-count").inner_text()
        page.keyboard.press("Home")
        assert "Step 1 of 2" == page.locator("docgen-embed .dg-count").inner_text()
        assert "igw replaces the destination" in page.locator("docgen-embed [data-now] .dg-why").inner_text()
        page.keyboard.press("n")  # Material would go to the next page
        assert page.url.startswith(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        dark = page.evaluate("document.querySelector('docgen-embed').inside.dataset.mdColorScheme")
        expected = "slate" if scheme == "dark" and theme != "readthedocs" else "default"
        assert expected == dark


def test_deep_link_and_several_in_a_page(browser, sites):
    """A link to a step goes there in its own design, and the others stay where they are."""
    address = f"file://{sites['material'] / 'nets/deep/inside.html'}#shop-2-stranger-2"
    with opened(browser, address) as page:
        counts = page.locator("docgen-embed .dg-count")
        counts.nth(1).wait_for()
        assert ["Step 1 of 2", "Step 2 of 2"] == counts.all_inner_texts()
        assert 2 == page.locator("docgen-embed").nth(2).locator(".dg-pick").count()
        assert page.locator("docgen-embed").nth(1).locator("svg.dg-drawing").is_visible()


def test_palette_can_be_switched(browser, sites):
    """The picture follows the reader's choice without a reload."""
    with opened(browser, f"file://{sites['material'] / 'index.html'}", color_scheme="light") as page:
        page.locator("docgen-embed .dg-on").wait_for()
        page.evaluate("document.body.setAttribute('data-md-color-scheme', 'slate')")
        page.wait_for_function("document.querySelector('docgen-embed').inside.dataset.mdColorScheme === 'slate'")


@pytest.mark.parametrize("theme", ["material", "mkdocs", "readthedocs"])
def test_without_script(browser, sites, theme):
    """Picture and list in the page's own look."""
    with opened(browser, f"file://{sites[theme] / 'index.html'}", java_script_enabled=False) as page:
        assert page.locator("docgen-embed svg.dg-drawing").first.is_visible()
        assert page.locator("docgen-embed ol.dg-steps li").first.is_visible()
        page.locator("docgen-embed details.dg-flow").nth(1).locator("> summary").click()
        assert page.locator("docgen-embed details.dg-flow").nth(1).locator("ol.dg-steps").first.is_visible()


def test_instant_navigation(browser, tmp_path):
    """A design on a page that was never loaded whole is played, and again after going back."""
    out = tmp_path / "out"
    out.mkdir()
    with serving(out) as address:
        build_site(foreign(tmp_path, theme=INSTANT, site_url=address), out)
        with opened(browser, f"{address}plain/") as page:
            page.wait_for_load_state("networkidle")  # Material knows which links are the site's own
            page.evaluate("window.stays = true")
            page.click("a.md-nav__link:has-text('Our shop')")
            page.locator("docgen-embed .dg-on").wait_for()
            page.click("text=the way there")
            page.wait_for_function("document.querySelectorAll('docgen-embed').length === 3")
            page.locator("docgen-embed .dg-step-next").first.click()
            assert "Step 2 of 2" == page.locator("docgen-embed .dg-count").first.inner_text()
            page.go_back()
            page.wait_for_function("document.querySelectorAll('docgen-embed').length === 1")
            page.locator("docgen-embed .dg-step-next").click()
            assert "Step 2 of 2" == page.locator("docgen-embed .dg-count").inner_text()
            assert page.evaluate("window.stays")


def test_notebook_outputs_play_beside_each_other(browser, tmp_path):
    """Two outputs of the same design in one page, each in its frame; neither reaches the page."""
    html = dg.open_text(DEFINITION).value._repr_html_()
    (tmp_path / "notebook.html").write_text(f"<!DOCTYPE html><meta charset=utf-8>{html}{html}", encoding="utf-8")
    with opened(browser, f"file://{tmp_path / 'notebook.html'}") as page:
        first, second = page.frames[1:]
        first.locator(".dg-on").wait_for()
        second.locator(".dg-on").wait_for()
        first.locator(".dg-step-next").click()
        assert "Step 2 of 2" == first.locator(".dg-count").inner_text()
        assert "Step 1 of 2" == second.locator(".dg-count").inner_text()
        assert "null" == first.evaluate("self.origin")
