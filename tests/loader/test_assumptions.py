"""The `assumptions` block: what it takes, and what it says to the rest."""

from __future__ import annotations

import pytest

from docgen.loader import load_text
from docgen.loader.to_yaml import dump

HEAD = "version: 1\ntitle: A choice\n"


def test_a_choice_is_read_and_written_back() -> None:
    """Only what differs is kept."""
    loaded = load_text(HEAD + "assumptions: {blackhole-route: fall-through, ephemeral-ports: 32768-61000}\n")

    assert loaded.value is not None
    assert not loaded.diagnostics
    assert loaded.value.assumptions == {"blackhole-route": "fall-through", "ephemeral-ports": "32768-61000"}
    again = load_text(dump(loaded.value))
    assert again.value is not None
    assert again.value.assumptions == loaded.value.assumptions


@pytest.mark.parametrize("block", ["", "{}", "{blackhole-route: null}"])
def test_nothing_said_is_nothing_set(block: str) -> None:
    """docgen's own choice holds."""
    loaded = load_text(HEAD + f"assumptions: {block}\n")

    assert loaded.value is not None
    assert loaded.value.assumptions == {}


def test_a_variant_may_choose_otherwise() -> None:
    """As any other part of its changes."""
    text = HEAD + "variants: {other: {changes: {assumptions: {local-route: local-first}}}}\n"
    loaded = load_text(text, variant="other")

    assert loaded.value is not None
    assert loaded.value.assumptions == {"local-route": "local-first"}


@pytest.mark.parametrize(
    ("code", "text", "hint", "block"),
    [
        pytest.param(
            "DGY-13",
            "there is no assumption 'blackhole-rout'",
            "did you mean 'blackhole-route'?",
            "{blackhole-rout: drop}",
            id="a choice that does not exist",
        ),
        pytest.param(
            "DGY-17",
            "assumption 'blackhole-route' cannot be text 'fall-trough'",
            "did you mean 'fall-through'?",
            "{blackhole-route: fall-trough}",
            id="a value that does not exist",
        ),
        pytest.param(
            "DGY-17",
            "the assumption 'every-path' is fixed: docgen knows no other way",
            "`docgen explain every-path` says why",
            "{every-path: any}",
            id="a choice without another value",
        ),
        pytest.param(
            "DGY-14",
            "`assumptions` wants a block, found text 'fall-through'",
            "for example `assumptions: {blackhole-route: fall-through}`",
            "fall-through",
            id="no block",
        ),
        pytest.param(
            "DGY-17",
            "assumption 'blackhole-route' cannot be a list",
            "known: drop, fall-through",
            "{blackhole-route: [drop]}",
            id="a list for a value",
        ),
    ],
)
def test_what_cannot_be_meant_is_told(code: str, text: str, hint: str, block: str) -> None:
    """With its place and the likely word."""
    (diagnostic,) = load_text(HEAD + f"assumptions: {block}\n").diagnostics

    assert (code, text, hint) == (diagnostic.code, diagnostic.text, diagnostic.hint)
    assert diagnostic.span.line == 3
