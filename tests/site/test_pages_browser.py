"""What pages do beside the player, in Chromium: questions, the filter of designs, marks of what is done."""

from __future__ import annotations

import pytest

from tests.site.test_browser import _address, browser, opened  # noqa: F401

pytestmark = pytest.mark.browser
WIDE = {"width": 1280, "height": 900}


@pytest.mark.parametrize("path", ["learn/index.html", "designs/nat-egress/index.html", "reference/figures.html"])
def test_page_fits_every_width(browser, site, path):  # noqa: F811
    for scheme in ("light", "dark"):
        with opened(browser, _address(site, path), color_scheme=scheme) as (page, complaints):
            for width in (390, 1280, 1920):
                page.set_viewport_size({"width": width, "height": 900})
                assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width, scheme)
            assert [] == complaints


def test_question_answers_a_click_and_a_key(browser, site):  # noqa: F811
    """A wrong choice is marked and tells nothing; the right one opens the answer."""
    with opened(browser, _address(site, "designs/nat-egress/index.html"), viewport=WIDE) as (page, _):
        quiz = page.locator(".dg-quiz").first
        quiz.locator("li:not([data-right])").first.click()
        assert 1 == quiz.locator("li.dg-wrong").count()
        assert not quiz.locator("details").evaluate("one => one.open")
        quiz.locator("li[data-right] > button").focus()
        page.keyboard.press("Enter")
        assert 1 == quiz.locator("li.dg-right").count()
        assert quiz.locator("details").evaluate("one => one.open")


def test_question_is_whole_without_javascript(browser, site):  # noqa: F811
    """The choices are a list, and the answer opens by itself."""
    address = _address(site, "designs/nat-egress/index.html")
    with opened(browser, address, java_script_enabled=False, viewport=WIDE) as (page, _):
        quiz = page.locator(".dg-quiz").first
        assert quiz.locator("li").count() >= 2
        quiz.locator("summary").click()
        assert quiz.locator("details a").last.is_visible()


def test_designs_are_filtered(browser, site):  # noqa: F811
    """By component; chapters without one go away, and what is shown is said."""
    with opened(browser, _address(site, "designs/index.html"), viewport=WIDE) as (page, complaints):
        all_of_them = page.locator(".dg-design:visible").count()
        page.select_option(".dg-filter [name=component]", "nat_gateway")
        shown = page.locator(".dg-design:visible")
        assert 0 < shown.count() < all_of_them
        assert all("nat_gateway" in (one.get_attribute("data-components") or "") for one in shown.all())
        assert page.locator(".dg-chapter:visible").count() <= shown.count()
        assert f"{shown.count()} of {all_of_them} designs" == page.locator(".dg-filter output").inner_text()
        page.click(".dg-filter [type=reset]")
        page.wait_for_function(
            "n => document.querySelectorAll('.dg-design:not([hidden])').length == n", arg=all_of_them
        )
        assert [] == complaints


def test_filter_stands_in_the_address(browser, site):  # noqa: F811
    """A link can ask for the designs with a component."""
    address = _address(site, "designs/index.html") + "?component=nat_gateway"
    with opened(browser, address, viewport=WIDE) as (page, _):
        assert "nat_gateway" == page.locator(".dg-filter [name=component]").input_value()
        assert (
            "NAT" in page.locator(".dg-design:visible").last.inner_text()
            or page.locator(".dg-design:visible").count()
        )


def test_designs_are_a_list_without_javascript(browser, site):  # noqa: F811
    address = _address(site, "designs/index.html")
    with opened(browser, address, java_script_enabled=False, viewport=WIDE) as (page, _):
        assert not page.locator(".dg-filter").is_visible()
        assert page.locator(".dg-design").count() == page.locator(".dg-design:visible").count()


def test_marks_are_kept(browser, site):  # noqa: F811
    """Marked on the design's page, shown on the path, kept over a visit, and taken away again."""
    context = browser.new_context(viewport=WIDE)
    page = context.new_page()
    page.goto(_address(site, "designs/nat-egress/index.html"))
    page.click("[data-done-toggle] button")
    assert "true" == page.locator("[data-done-toggle] button").get_attribute("aria-pressed")
    page.goto(_address(site, "learn/index.html"))
    assert page.locator("[data-done-mark=nat-egress] input").is_checked()
    assert page.locator(".dg-progress--all").inner_text().startswith("1 of ")
    page.locator("[data-done-mark=nat-egress] input").uncheck()
    assert page.locator(".dg-progress--all").inner_text().startswith("0 of ")
    context.close()


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("transit gateway", id="component"),
        pytest.param("DG_NAT_UNSOLICITED_INBOUND", id="reason-code"),
        pytest.param("standby", id="concept"),
        pytest.param("non transitive peering", id="concept-in-other-words"),
    ],
)
def test_search_finds_designs(browser, site, words):  # noqa: F811
    """A design is among the results for a component, a reason code and an idea."""
    with opened(browser, _address(site, "index.html"), viewport=WIDE) as (page, _):
        page.click(".md-search__input")
        page.locator(".md-search__input").press_sequentially(words)
        page.wait_for_selector(".md-search-result__item", timeout=15_000)
        links = page.eval_on_selector_all(".md-search-result__link", "all => all.map(one => one.href)")

        assert any("/designs/" in link and "designs/index.html" not in link for link in links)


def test_words_are_explained(browser, site):  # noqa: F811
    """Terms have a tooltip on a page that nobody wrote one for, and none on the page of words."""
    with opened(browser, _address(site, "designs/nat-egress/index.html"), viewport=WIDE) as (page, _):
        assert page.locator(".dg-prose abbr[title]").count() > 0 or page.locator(".dg-prose abbr").count() > 0
        assert "*[" not in page.inner_text("article")
    with opened(browser, _address(site, "learn/glossary.html"), viewport=WIDE) as (page, _):
        assert 0 == page.locator("article abbr").count()


@pytest.mark.parametrize(
    "path", ["index.html", "learn/index.html", "designs/index.html", "designs/three-tier/index.html"]
)
def test_explained_words_stay_in_their_line(browser, site, path):  # noqa: F811
    """A word with a tooltip is no box of its own among boxes: text around it would be torn apart."""
    with opened(browser, _address(site, path), viewport=WIDE) as (page, _):
        torn = page.evaluate(
            "[...document.querySelectorAll('article abbr')].map(a => a.parentElement)"
            ".filter(p => /flex|grid/.test(getComputedStyle(p).display)).map(p => p.outerHTML.slice(0, 120))"
        )

        assert [] == torn
