"""What survives which failure, on a design's page."""

from __future__ import annotations

from pathlib import Path

from docgen.pages.architecture_page import architecture_page
from docgen.pages.build import Build, Chapter
from docgen.pages.outline import outline_of
from docgen.pipeline import open_text

SHOP = Path(__file__).parents[1] / "analysis" / "shop.yaml"
FLOWS = """
flows:
  page: {title: A <b>shopper</b>, from: shopper, to: edge, port: 443, expect: allowed}
  orders: {from: app-a, to: orders, port: 5432, expect: allowed}
"""


def page(more: str = FLOWS) -> str:
    design = open_text(SHOP.read_text(encoding="utf-8") + more).value
    assert design is not None
    return architecture_page(Build(chapters=(Chapter(title="One", designs=(outline_of(design),)),)), design).markdown


def cells(text: str, failure: str) -> list[str]:
    """The cells of a failure's row."""
    (row,) = [line for line in text.splitlines() if line.startswith(f"| `{failure}` ")]
    return [cell.strip() for cell in row.strip("|").split(" | ")]


def test_a_row_for_each_zone_and_each_component_that_matters() -> None:
    """Works, breaks with its reason as a link, lost with it: in words, not by colour alone."""
    text = page()
    assert "- [What survives which failure](#resilience)" in text
    first, opened, stored = cells(text, "ap-south-1a")
    assert "Zone" in first
    assert "✓</i> works" in opened
    assert "–</i> lost with it" in stored
    assert "[`BAD_STATE_ATTACHMENT`](../../reference/reason-codes.md#bad_state_attachment)" in cells(text, "igw")[1]
    assert "No flow misses any of these: " in text
    assert "`app-b`" in text.partition("No flow misses")[2].splitlines()[0]


def test_a_title_is_text() -> None:
    """What an author wrote stays text in the table's head, which leads to the flow."""
    (head,) = [line for line in page().splitlines() if line.startswith("| While this is down |")]
    assert "&#60;b&#62;" in head
    assert "(#flow-page)" in head


def test_designs_with_nothing_to_lose_have_no_table() -> None:
    """No flow, no section."""
    assert "survives which failure" not in page("")


def test_what_an_invariant_takes_down_has_its_row() -> None:
    """A part that an invariant names stands beside zones and components where a flow misses it."""
    text = page(FLOWS + "invariants: {one: {survives: [edge/listener-443, orders@primary]}}\n")
    assert "✕</i> breaks" in cells(text, "edge/listener-443")[1]
    assert "`orders@primary`" in text.partition("No flow misses")[2].splitlines()[0]
