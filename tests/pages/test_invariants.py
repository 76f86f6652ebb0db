"""Invariants on a design's page."""

from __future__ import annotations

from pathlib import Path

from docgen.pages.architecture_page import architecture_page
from docgen.pages.build import Build, Chapter
from docgen.pages.outline import outline_of
from docgen.pipeline import open_text

SHOP = Path(__file__).parents[1] / "analysis" / "shop.yaml"


def page(invariants: str) -> str:
    design = open_text(SHOP.read_text(encoding="utf-8") + invariants).value
    assert design is not None
    return architecture_page(Build(chapters=(Chapter(title="One", designs=(outline_of(design),)),)), design).markdown


def test_held_and_broken() -> None:
    """Each with what it covers, or with what breaks it."""
    text = page("invariants:\n  a: {never: {from: internet, to: orders}}\n  b: {never: {from: app, to: orders}}\n")
    (held,) = [line for line in text.splitlines() if line.startswith("| a |")]
    assert "held" in held
    assert "headers from 1 source to 2 addresses" in held
    (broken,) = [line for line in text.splitlines() if line.startswith("| b |")]
    assert "violated" in broken
    assert "5432: it connects" in broken


def test_none_no_section() -> None:
    """Nothing about invariants where there are none."""
    assert "Invariants" not in page("")
