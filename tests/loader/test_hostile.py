"""Whatever is fed to the loader ends in a result or in messages, never in an exception."""

from __future__ import annotations

import json
from pathlib import Path

import hypothesis.strategies as st
from hypothesis import given, settings

from docgen.loader import dump, load_text
from docgen.loader.document import read
from docgen.loader.nodes import plain
from docgen.loader.report import Reporter

HERE = Path(__file__).parent
FORMS = (HERE / "expanded" / "architecture.yaml").read_text(encoding="utf-8")
TREE = plain(read(FORMS, "forms", Reporter())[0])
WORDS = st.sampled_from(
    ["", "~", "a", "shop/app", "10.0.0.0/8", "+0.0.1.0/24", "tcp 1 from x", "*x", "&x", "{", "[", "]", ": ", "- ",
     "\t", "<<: ", "!!x ", "'", '"', "|\n", "true", ".nan", "1e999", "0x", "../..", "\u202e", "\x00", "\ud7ff", "🧀"]
)  # fmt: skip
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8) | WORDS, inner, max_size=3),
    max_leaves=6,
)


def check(text):
    """It has a value or an error, places inside the text, and what it has can be written again."""
    result = load_text(text)
    assert result.value is not None or result.failed
    for found in result.diagnostics:
        assert 1 <= found.span.line <= text.count("\n") + text.count("\r") + 2
        assert "\n" not in found.text
    if result.value is not None and not result.failed:
        assert not load_text(dump(result.value)).failed


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_text_with_anything_put_into_it(data):
    """Cut, doubled or with odd bits in it."""
    text = FORMS
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        end = min(len(text), start + data.draw(st.integers(0, 30)))
        text = text[:start] + data.draw(WORDS | st.text(max_size=5) | st.just(text[start:end] * 2)) + text[end:]
    check(text)


@settings(max_examples=250, deadline=None)
@given(st.data())
def test_tree_with_any_value_in_any_place(data):
    """Wrong types in every block."""
    tree = json.loads(json.dumps(TREE))
    node = tree
    while True:
        key = data.draw(st.sampled_from(sorted(node) if isinstance(node, dict) else range(len(node))))
        inner = node[key]
        if not isinstance(inner, dict | list) or not inner or data.draw(st.integers(0, 3)) == 0:
            node[key] = data.draw(VALUES)
            break
        node = inner
    check(json.dumps(tree, ensure_ascii=False))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes(data):
    """Files that are no definitions at all."""
    result = load_text(data)
    assert result.failed
