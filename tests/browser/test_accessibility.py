"""axe-core over states of the player that opening a page does not show, light and dark."""

from __future__ import annotations

import pytest

from tests.browser.conftest import axe_findings, page_of

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "place",
    [
        pytest.param("web-to-database-1", id="stopped"),
        pytest.param("shopper-opens-page-8", id="translated"),
        pytest.param("shopper-opens-page-3-return-zone-a-out", id="answer-in-an-outage"),
    ],
)
def test_axe_finds_nothing_in_the_player(opened, place, scheme):
    assert [] == axe_findings(opened(page_of("three-tier", place), color_scheme=scheme))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_a_phone(opened, scheme):
    """With sections as rows, some open."""
    page = opened(page_of("three-tier"), color_scheme=scheme, viewport={"width": 390, "height": 844})
    page.locator(".dg-section > summary").nth(2).click()
    assert [] == axe_findings(page)
