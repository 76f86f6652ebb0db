"""What a reader does with the player: keys, addresses, zoom, motion, print, phone, no script, instant navigation."""

from __future__ import annotations

import re

import pytest

from tests.browser.conftest import DESIGNS, SITE, page_of
from tests.chromium import serving

pytestmark = pytest.mark.browser

SHOWN = "() => [...document.querySelectorAll('.dg-on .dg-step')].filter(s => s.checkVisibility()).map(s => s.id)"
THREE = "three-tier"


# -- addresses -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("place", "shown", "outage"),
    [
        pytest.param("shopper-opens-page-8", "shopper-opens-page-8", "Normal", id="step"),
        pytest.param("shopper-opens-page-3-return", "shopper-opens-page-3-return", "Normal", id="return"),
        pytest.param("shopper-opens-page-3-zone-a-out", "shopper-opens-page-3-zone-a-out", "Zone a out", id="outage"),
        pytest.param("flow-web-to-database", "web-to-database-1", "", id="flow"),
        pytest.param("flow-shopper-opens-page-connection-2-1", "shopper-opens-page-4", "Normal", id="connection"),
    ],
)
def test_an_address_leads_to_its_step(opened, place, shown, outage):
    page = opened(page_of(THREE, place))

    assert [shown] == page.evaluate(SHOWN)
    chosen = page.locator("[aria-label='What is down'] [aria-checked=true]")
    assert outage == (chosen.inner_text() if chosen.count() else "")
    page.wait_for_function("Math.abs(document.querySelector('.dg-on').getBoundingClientRect().top) < 120")


def test_an_address_cut_in_the_middle_of_a_sign_leads_to_the_first_step(opened):
    """The fixture fails on an error of a script."""
    page = opened(page_of(THREE, "%E0%A4%A"))

    assert ["shopper-opens-page-1"] == page.evaluate(SHOWN)


@pytest.mark.parametrize("way", ["return", "request"])
def test_numbers_beside_routes_have_the_colour_of_their_way(opened, way):
    """As in the player: answers are ink, requests the accent."""
    page = opened(page_of(THREE, "shopper-opens-page-1"))
    if way == "return":
        page.locator(".dg-player").focus()
        page.keyboard.press("r")
    tones = page.evaluate(
        """() => ["--c", "--dg-ink", "--dg-accent"].map(name =>
            getComputedStyle(document.querySelector(".dg-uses .dg-c")).getPropertyValue(name).trim())"""
    )

    assert tones[0] == tones[1 if way == "return" else 2] != tones[2 if way == "return" else 1]


def test_links_in_the_page_lead_into_the_player(opened):
    """The number of a flow beside a route chooses it; going back returns to where one was."""
    page = opened(page_of(THREE))
    link = page.locator(".dg-uses > a:not(.dg-c)").first
    link.click()

    page.wait_for_function("location.hash != ''")
    assert page.evaluate("document.querySelector('.dg-chosen h3').id") == page.evaluate("location.hash.slice(1)")
    assert page.locator(".dg-on").evaluate("r => r === document.activeElement")
    page.go_back()
    assert page.evaluate("location.hash") == ""


def test_a_link_can_be_copied(opened):
    page = opened(page_of(THREE, "web-asks-app-1"), permissions=["clipboard-read", "clipboard-write"])
    page.click(".dg-copy")

    assert page.evaluate("navigator.clipboard.readText()").endswith("three-tier/index.html#web-asks-app-1")


def test_files_of_a_flow_can_be_saved(opened):
    """The picture, the draw.io file and the trace; from disk, where browsers open files instead, they are there."""
    with serving(SITE) as address:
        page = opened(f"{address}designs/three-tier/index.html#web-asks-app-1", own=address)
        names = []
        for link in page.locator(".dg-chosen .dg-files a").all():
            with page.expect_download() as saved:
                link.click()
            names.append(saved.value.suggested_filename)

    assert [f"flow-web-asks-app.{suffix}" for suffix in ("svg", "drawio", "json")] == names
    assert all((SITE / "designs/three-tier" / name).is_file() for name in names)


# -- keys ------------------------------------------------------------------------------------------
def test_keys_act_inside_and_are_the_page_s_outside(opened):
    """Outside the player F opens the search, as Material has it; inside it never does, nor does any other letter."""
    page = opened(page_of(THREE))
    page.evaluate("addEventListener('keydown', e => { window.leaked = (window.leaked || '') + e.key })")
    page.focus(".dg-on")
    page.evaluate("document.querySelector('.dg-on').requestFullscreen = () => Promise.resolve(window.filled = true)")
    for key in "fspnroa19+-0":
        page.keyboard.press(key)
    assert page.evaluate("window.leaked") is None
    assert page.evaluate("window.filled") is True
    assert not page.evaluate("document.querySelector('[data-md-toggle=search]').checked")
    page.keyboard.press("/")
    assert page.evaluate("window.leaked") == "/"

    page.evaluate("window.leaked = ''; document.activeElement.blur()")
    page.evaluate("document.querySelector('[data-md-toggle=search]').checked = false")
    before = page.evaluate(SHOWN)
    page.keyboard.press("ArrowRight")
    assert before == page.evaluate(SHOWN)
    assert page.evaluate("window.leaked") == "ArrowRight"


def test_tab_goes_through_and_out(opened):
    """Nothing holds the focus; a button takes Space for itself."""
    page = opened(page_of(THREE))
    page.focus(".dg-on")
    inside = 0
    for _ in range(60):
        page.keyboard.press("Tab")
        if not page.evaluate("document.querySelector('.dg-on').contains(document.activeElement)"):
            break
        inside += 1
    assert 10 < inside < 60

    page.focus(".dg-step-next")
    page.keyboard.press("Space")
    assert ["shopper-opens-page-2"] == page.evaluate(SHOWN)
    assert page.locator(".dg-play").get_attribute("aria-label") == "Play"


def test_letters_turn_switch_and_jump(opened):
    """R turns to the answers and back, O to the outage, a digit to a connection, Escape leaves the flow."""
    page = opened(page_of(THREE, "shopper-opens-page-4"))
    page.focus(".dg-on")
    for key, shown in (
        ("r", "shopper-opens-page-3-return"),
        ("r", "shopper-opens-page-4"),
        ("o", "shopper-opens-page-4-zone-a-out"),
        ("o", "shopper-opens-page-4"),
        ("2", "shopper-opens-page-2"),
    ):
        page.keyboard.press(key)
        assert [shown] == page.evaluate(SHOWN), key
    page.keyboard.press("Escape")
    assert page.locator(".dg-layer[data-view=overview]").get_attribute("display") is None
    assert page.locator(".dg-glow").count() == 0


def test_up_and_down_choose_flows(opened):
    page = opened(page_of(THREE))
    page.focus(".dg-pick[aria-checked=true]")
    page.keyboard.press("ArrowDown")
    assert "web-asks-app" == page.evaluate("document.querySelector('.dg-chosen').dataset.flow")
    assert "A web server asks the application, allowed" == page.evaluate("document.activeElement.ariaLabel")
    page.keyboard.press("ArrowUp")
    assert "shopper-opens-page" == page.evaluate("document.querySelector('.dg-chosen').dataset.flow")


# -- motion ----------------------------------------------------------------------------------------
def test_play_steps_to_the_end_and_stops(opened):
    """It rests longer than two seconds at each step (here a tenth of it), and does not begin again."""
    page = opened(page_of(THREE, "app-charges-card-1"), reduced_motion="no-preference")
    page.evaluate(
        "() => { const real = setTimeout; window.rests = []; window.setTimeout = (act, time, ...more) =>"
        " real(act, time > 2000 ? (rests.push(time), time / 10) : time, ...more) }"
    )
    page.click(".dg-play")
    assert "Pause" == page.get_attribute(".dg-play", "aria-label")
    page.wait_for_selector(".dg-play[aria-label='Play again']", timeout=10_000)
    assert "Step 3 of 3" == page.inner_text(".dg-count")
    page.wait_for_timeout(800)
    assert "Step 3 of 3" == page.inner_text(".dg-count")
    assert all(rest > 2200 for rest in page.evaluate("rests"))


def test_the_packet_travels_or_stands_still(opened):
    """With reduced motion it is where it ends from the start."""
    where = "['cx', 'cy'].map(name => document.querySelector('.dg-packet').getAttribute(name))"
    moving = opened(page_of(THREE, "app-charges-card-1"), reduced_motion="no-preference")
    moving.focus(".dg-on")
    moving.keyboard.press("ArrowRight")
    first = moving.evaluate(where)
    moving.wait_for_timeout(1200)
    last = moving.evaluate(where)
    assert first != last
    still = opened(page_of(THREE, "app-charges-card-1"))
    still.focus(".dg-on")
    still.keyboard.press("ArrowRight")
    assert last == still.evaluate(where)
    still.wait_for_timeout(300)
    assert last == still.evaluate(where)
    assert "none" == still.evaluate(
        "getComputedStyle(document.querySelector('.dg-step[data-now] .dg-why')).animationName"
    )


# -- zoom ------------------------------------------------------------------------------------------
def test_zoom_pan_and_fit(opened):
    """Keys, buttons, a wheel with Ctrl, dragging; a wheel without scrolls the page."""
    page = opened(page_of(THREE))
    view = "() => document.querySelector('.dg-on .dg-drawing').getAttribute('viewBox').split(' ').map(Number)"
    whole = page.evaluate(view)
    page.focus(".dg-on")
    page.keyboard.press("+")
    near = page.evaluate(view)
    assert near[2] < whole[2]
    box = page.locator(".dg-stage").bounding_box()
    page.mouse.move(box["x"] + 200, box["y"] + 200)
    page.mouse.down()
    page.mouse.move(box["x"] + 260, box["y"] + 240)
    page.mouse.up()
    assert near[:2] != page.evaluate(view)[:2]
    page.keyboard.press("0")
    assert whole == page.evaluate(view)
    page.mouse.wheel(0, 200)
    page.wait_for_function("scrollY > 100")
    assert whole == page.evaluate(view)
    page.evaluate("scrollTo(0, 0)")
    page.keyboard.down("Control")
    page.mouse.wheel(0, -200)
    page.keyboard.up("Control")
    nearer = "w => +document.querySelector('.dg-on .dg-drawing').getAttribute('viewBox').split(' ')[2] < w"
    page.wait_for_function(nearer, arg=whole[2])
    assert page.evaluate("scrollY") == 0


def test_full_screen(opened):
    page = opened(page_of(THREE))
    page.click(".dg-full")
    page.wait_for_function("document.fullscreenElement?.matches('.dg-player')")
    page.keyboard.press("ArrowRight")
    assert ["shopper-opens-page-2"] == page.evaluate(SHOWN)


# -- phone -----------------------------------------------------------------------------------------
def test_a_phone_follows_the_packet(opened):
    """The stage frames the current step; the controls stay at hand and are large enough for a thumb."""
    page = opened(page_of(THREE), viewport={"width": 390, "height": 844}, has_touch=True)
    seen = set()
    for _ in range(5):
        seen.add(page.evaluate("document.querySelector('.dg-on .dg-drawing[viewBox]').getAttribute('viewBox')"))
        frame = page.locator(".dg-stage").bounding_box()
        for point in page.evaluate(
            "[...document.querySelectorAll('.dg-on .dg-marker-step[data-s=now] circle')].map(c => {"
            " const b = c.getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2] })"
        )[:1]:
            assert frame["x"] <= point[0] <= frame["x"] + frame["width"]
            assert frame["y"] <= point[1] <= frame["y"] + frame["height"]
        page.tap(".dg-step-next")
    assert len(seen) > 2
    for name in (".dg-step-back", ".dg-play", ".dg-step-next"):
        box = page.locator(name).bounding_box()
        assert (box["width"], box["height"]) >= (44, 44)


def test_a_phone_shows_both_ends_of_each_step(opened):
    """The icons of who sends and who receives stand inside the stage, step by step."""
    page = opened(page_of(THREE, "shopper-opens-page-1"), viewport={"width": 390, "height": 844}, has_touch=True)
    for _ in range(9):
        cut = page.evaluate(
            """() => {
                const stage = document.querySelector(".dg-on docgen-player").parentElement.getBoundingClientRect();
                return [...document.querySelectorAll(".dg-here .dg-art")].map(one => one.getBoundingClientRect())
                    .filter(box => box.left < stage.left - 1 || box.right > stage.right + 1
                        || box.top < stage.top - 1 || box.bottom > stage.bottom + 1).length;
            }"""
        )
        assert cut == 0, page.url
        page.click(".dg-step-next")


def test_on_a_phone_sections_are_rows(opened):
    """All flows first and open; a link opens the row that it leads into; on a wide window there are no rows."""
    page = opened(page_of(THREE), viewport={"width": 390, "height": 844}, has_touch=True)
    rows = page.locator(".dg-section")
    assert rows.count() > 5
    assert ["all-flows"] == page.eval_on_selector_all(".dg-section[open] h2", "all => all.map(one => one.id)")
    page.locator(".dg-section[open] .dg-flowtable a").nth(1).click()
    assert "web-asks-app" == page.evaluate("document.querySelector('.dg-chosen').dataset.flow")
    page.locator(".dg-aside a[href='#route-tables']").click()
    page.wait_for_selector(".dg-section[open] #route-tables")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.wait_for_function("!document.querySelector('.dg-section')")
    assert page.locator("#route-tables + p").is_visible()


# -- beside the player -----------------------------------------------------------------------------
def test_steps_stand_beside_the_lines_that_decided_them(opened):
    """Round numbers follow the chosen flow, its way and its step; each leads to its step."""
    page = opened(page_of(THREE, "shopper-opens-page-8"))
    shown = "all => all.map(one => [one.textContent, one.dataset.s])"
    table = "#route_table-shop-private-a ~ * .dg-c, #route_table-shop-private-a ~ .dg-c"
    assert [["6", "past"], ["7", "past"], ["8", "now"]] == page.eval_on_selector_all(table, shown)
    page.locator(table).first.click()
    assert ["shopper-opens-page-6"] == page.evaluate(SHOWN)
    page.focus(".dg-on")
    page.keyboard.press("r")
    there = page.eval_on_selector_all(".dg-uses .dg-c", "all => all.map(one => one.hash)")
    assert there
    assert all("-return" in hash for hash in there)
    page.evaluate("location.hash = 'flow-app-charges-card'")
    page.wait_for_function("[...document.querySelectorAll('.dg-uses .dg-c')].every(a => a.hash.startsWith('#app-c'))")


# -- without a script, in print ----------------------------------------------------------------------
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_without_a_script_there_is_a_picture_and_the_lists(opened, scheme):
    page = opened(page_of(THREE), java_script_enabled=False, color_scheme=scheme)
    assert page.locator(".dg-stage .dg-drawing").first.is_visible()
    rows = page.locator("details.dg-flow")
    assert rows.count() > 4
    rows.nth(1).locator("> summary").click()
    steps = rows.nth(1).locator(".dg-step:not(.dg-return .dg-step)")
    assert steps.first.is_visible()
    assert steps.count() >= 2
    assert page.locator(".dg-bar-top").count() == 0


def test_print_has_every_step_of_every_flow(opened):
    """All steps, none of the controls, light colours."""
    page = opened(page_of(THREE))
    page.emulate_media(media="print")
    steps = page.evaluate(
        "[...document.querySelectorAll('.dg-step')]"
        ".map(s => [s.id, s.checkVisibility() && s.getBoundingClientRect().height > 5])"
    )
    assert [id for id, seen in steps if not seen] == []
    hidden = page.evaluate(
        "[...document.querySelectorAll('.dg-bar-top, .dg-controls, .dg-tools, .dg-keys, .dg-files')]"
        ".filter(n => n.checkVisibility()).map(n => n.className)"
    )
    assert hidden == []
    assert page.locator(".dg-stage .dg-drawing").first.is_visible()


# -- served ------------------------------------------------------------------------------------------
def test_instant_navigation(opened, served):
    """A page that Material fetched and put in place has a working player, time and again."""
    page = opened(served, own=served)
    page.evaluate("window.same = true")
    for slug, title in (("First", "isolated-vpc"), ("Second", "public-web-server"), ("First", "isolated-vpc")):
        page.locator(".md-content a", has_text=slug).click()
        page.wait_for_url(re.compile(title))
        page.wait_for_selector(".dg-on")
        page.focus(".dg-on")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowLeft")
        assert page.inner_text(".dg-count").startswith("Step 1 of")
        assert page.locator(".dg-bar-top").count() == 1
        page.locator(".dg-uses a").last.click()
        page.wait_for_function("location.hash.startsWith('#flow-')")
        assert page.evaluate("'#' + document.querySelector('.dg-chosen h3').id") == page.evaluate("location.hash")
        page.go_back()
        page.go_back()
        page.wait_for_selector("h1:has-text('Start')")
    assert page.evaluate("window.same") is True


def test_pages_are_not_heavy():
    """Compressed, as a server sends them."""
    import gzip

    sizes = {slug: len(gzip.compress((SITE / f"designs/{slug}/index.html").read_bytes(), 9)) for slug in DESIGNS}

    assert max(sizes.values()) < 150_000, sizes
