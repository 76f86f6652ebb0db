"""Figures kept between runs: found by content, never stale, never damaged."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from docgen.pipeline import Design, cache, open_text
from docgen.pipeline.cache import FigureCache, design_key

FIGURES = {"overview.svg": b"<svg/>", "empty": b"", "b.png": bytes(range(256))}
KEY = "k" * 64
TEXT = """\
version: 1
title: One server
region: ap-south-1
zones: [a]
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    subnets: {app: {cidr_block: 10.0.10.0/24}}
    instances: {app: {subnet: app}}
"""


def opened(text: str) -> Design:
    design = open_text(text).value
    assert design is not None
    return design


def test_stored_is_found(tmp_path: Path) -> None:
    store = FigureCache(tmp_path / "cache")
    store.store(KEY, FIGURES)

    assert FIGURES == store.load(KEY)
    assert list(FIGURES) == list(store.load(KEY) or ())


def test_nothing_stored_nothing_found(tmp_path: Path) -> None:
    assert None is FigureCache(tmp_path / "cache").load(KEY)


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda content: b"", id="emptied"),
        pytest.param(lambda content: content[:-1], id="cut-short"),
        pytest.param(lambda content: content[:40], id="cut-in-its-head"),
        pytest.param(lambda content: content[:-1] + b"!", id="one-byte-changed"),
        pytest.param(lambda content: b"x" + content, id="something-in-front"),
        pytest.param(lambda content: b"docgen figures 1\n" + b"0" * 64 + b"\n[]", id="wrong-hash"),
    ],
)
def test_damaged_entry_counts_as_none(tmp_path: Path, damage) -> None:
    store = FigureCache(tmp_path)
    store.store(KEY, FIGURES)
    (tmp_path / KEY).write_bytes(damage((tmp_path / KEY).read_bytes()))

    assert None is store.load(KEY)


def test_folder_that_cannot_be_made_is_no_error(tmp_path: Path) -> None:
    """The figures are drawn anyway; only the next run is slower."""
    (tmp_path / "file").touch()
    store = FigureCache(tmp_path / "file")

    store.store(KEY, FIGURES)
    store.prune()

    assert None is store.load(KEY)


def test_least_recently_used_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "_KEPT", 1000)  # bytes: two of these entries
    store = FigureCache(tmp_path)
    for age, name in enumerate("abc"):
        store.store(name, FIGURES)
        os.utime(tmp_path / name, (1000 - age, 1000 - age))
    store.load("c")

    store.prune()

    assert ["a", "c"] == sorted(path.name for path in tmp_path.iterdir())


@pytest.mark.parametrize(
    ("text", "parts", "same"),
    [
        pytest.param(TEXT, ["svg"], True, id="same-text-same-key"),
        pytest.param(TEXT.replace("10.0.10.0/24", "10.0.11.0/24"), ["svg"], False, id="definition-counts"),
        pytest.param(TEXT, ["png"], False, id="what-is-asked-counts"),
        pytest.param(TEXT, ["sv", "g"], False, id="parts-do-not-run-together"),
    ],
)
def test_key(text: str, parts: list[str], same: bool) -> None:
    assert same == (design_key(opened(TEXT), ["svg"]) == design_key(opened(text), parts))


def test_key_covers_docgen_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """A changed line of docgen, or another version of what it draws with, finds nothing in the cache."""
    before = design_key(opened(TEXT), ["svg"])
    cache._fingerprints.cache_clear()
    monkeypatch.setattr("importlib.metadata.version", lambda name: "other")

    assert before != design_key(opened(TEXT), ["svg"])
    cache._fingerprints.cache_clear()
