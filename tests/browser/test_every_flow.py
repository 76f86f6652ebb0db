"""Each flow of each design, step by step: what the list says is what the player shows, on the picture too.

All flows of all designs are stepped through inside the page, which is quick; those of some designs by real keys and
clicks as well.
"""

from __future__ import annotations

import json

import pytest

from tests.browser.conftest import DESIGNS, SITE, page_of

pytestmark = pytest.mark.browser

STATE = """() => {
  const root = document.querySelector(".dg-on");
  const chosen = [...root.querySelectorAll(".dg-flow")].filter(f => f.checkVisibility());
  const shown = chosen.flatMap(f => [...f.querySelectorAll(".dg-step")].filter(s => s.checkVisibility()));
  const seen = l => l.getAttribute("display") !== "none" && l.closest("svg").style.display !== "none";
  const layers = [...root.querySelectorAll(".dg-layer")].filter(seen);
  return {
    steps: shown.map(s => s.id), count: root.querySelector(".dg-count").textContent, hash: location.hash.slice(1),
    said: root.querySelector(".dg-live").textContent, layers: layers.map(l => l.dataset.view),
    lines: layers[0].querySelectorAll('.dg-connector[data-s="now"]').length,
    ends: shown[0] ? [shown[0].dataset.from, shown[0].dataset.to] : [],
    glow: root.querySelectorAll(".dg-glow").length, why: shown[0]?.querySelector(".dg-why").textContent.trim(),
    answer: root.querySelector(".dg-chosen .dg-answer").checkVisibility(),
    stopped: !!shown[0]?.matches(".dg-step--stopped"),
  };
}"""
FLOWS = """() => [...document.querySelectorAll(".dg-flow")].map(f => {
  const all = [...f.querySelectorAll(".dg-step:not(.dg-step--brief)")], back = s => !!s.closest(".dg-return");
  return {view: f.dataset.view, verdict: f.dataset.verdict, id: f.dataset.flow, anchor: f.querySelector("h3").id,
          there: all.filter(s => !back(s)).map(s => s.id), back: all.filter(back).map(s => s.id)};
})"""


def _check(state, flow, ids, at) -> None:
    assert [ids[at]] == state["steps"] == [state["hash"]], (flow["id"], at, state)
    assert f"Step {at + 1} of {len(ids)}" == state["count"]
    assert [flow["view"]] == state["layers"]
    assert f"Step {at + 1} of {len(ids)}" in state["said"]
    assert " ".join(state["why"].split()) in state["said"]
    assert state["stopped"] == state["answer"]
    if all(state["ends"]) and state["ends"][0] != state["ends"][1]:
        assert (1, 1) == (state["lines"], state["glow"]), (flow["id"], at, state)


WALK = """async ([flows, state]) => {
  const read = eval(state), seen = [], root = document.querySelector(".dg-on");
  const press = key => root.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true}));
  for (const flow of flows) {
    if (location.hash !== "#" + flow.anchor) {
      const there = new Promise(done => addEventListener("hashchange", done, {once: true}));
      location.hash = flow.anchor;
      await there;
    }
    for (const ids of [flow.there, flow.back].filter(ids => ids.length)) {
      if (ids === flow.back) press("r");
      press("End");
      press("Home");
      for (let at = 0; at < ids.length; at++) {
        if (at) press("ArrowRight");
        if (at || ids.length > 1) seen.push([flow.id, ids, at, read()]);
      }
    }
  }
  return seen;
}"""


@pytest.mark.parametrize("slug", DESIGNS)
def test_every_step(visited, slug):
    """Each step of each flow and outage, there and back: one is shown, said, addressed, marked on the picture."""
    page = visited(page_of(slug))
    flows = page.evaluate(FLOWS)
    results = json.loads((SITE / f"designs/{slug}/traces.json").read_text(encoding="utf-8"))["results"]
    assert [r["id"] for r in results] == [f["id"] for f in flows]
    by_id = {flow["id"]: flow for flow in flows}
    seen = page.evaluate(WALK, [flows, STATE])
    assert sum(len(ids) for f in flows for ids in (f["there"], f["back"]) if len(ids) > 1) == len(seen)
    for flow_id, ids, at, state in seen:
        _check(state, by_id[flow_id], ids, at)
    stopped = page.locator(".dg-flow[data-verdict=blocked]:has(.dg-step):not(:has(.dg-step--stopped))")
    assert [] == stopped.evaluate_all("all => all.map(one => one.dataset.flow)")


@pytest.mark.parametrize("slug", DESIGNS[:: max(1, len(DESIGNS) // 5)])
def test_by_keyboard(opened, slug):
    """Right arrow from the first step to the last, both ways; Home goes back; every flow and outage is reached."""
    page = opened(page_of(slug))
    flows = page.evaluate(FLOWS)
    for flow in flows:
        page.evaluate("id => { location.hash = id }", flow["anchor"])
        page.wait_for_selector(f'.dg-chosen[data-flow="{flow["id"]}"]')
        page.focus(".dg-on")
        for ids in (flow["there"], flow["back"]):
            if not ids:
                continue
            if ids is flow["back"]:
                page.keyboard.press("r")
            page.keyboard.press("End")
            page.keyboard.press("Home")
            if len(ids) == 1:
                continue
            for at in range(1, len(ids)):
                page.keyboard.press("ArrowRight")
                _check(page.evaluate(STATE), flow, ids, at)
            page.keyboard.press("ArrowLeft")
            _check(page.evaluate(STATE), flow, ids, len(ids) - 2)
        last = page.evaluate(FLOWS)
        assert flow["there"] == next(f for f in last if f["id"] == flow["id"])["there"]
        if flow["verdict"] == "blocked" and flow["there"]:
            assert page.locator(".dg-chosen .dg-step--stopped").count() >= 1


@pytest.mark.parametrize("slug", DESIGNS[:: max(1, len(DESIGNS) // 6)])
def test_by_mouse(opened, slug):
    """A click on a chip chooses a flow, on forward a step, on a circle of the picture its step."""
    page = opened(page_of(slug))
    if page.locator(".dg-more-flows").is_visible():
        page.click(".dg-more-flows")
    flows = {f["id"]: f for f in page.evaluate(FLOWS)}
    for chip in page.locator(".dg-pick").all():
        chip.click()
        flow = flows[page.evaluate("document.querySelector('.dg-chosen').dataset.flow")]
        ids = flow["there"]
        if not ids:
            continue
        for at in range(1, len(ids)):
            page.click(".dg-step-next")
            _check(page.evaluate(STATE), flow, ids, at)
        assert page.locator(".dg-step-next").is_disabled()
        for circle in page.locator(f'.dg-layer[data-view="{flow["view"]}"] .dg-marker-step').all()[:4]:
            number = circle.locator("text").text_content()
            circle.dispatch_event("click")
            assert f"Step {number} " in page.inner_text(".dg-count")
    assert page.locator(".dg-pick[aria-checked='true']").count() == 1
