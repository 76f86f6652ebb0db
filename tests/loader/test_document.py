"""Text to nodes: YAML 1.2 scalars, places, aliases and their limits."""

from __future__ import annotations

import pytest
import yaml

from docgen.core.span import Span
from docgen.loader import document
from docgen.loader.document import read
from docgen.loader.nodes import Mapping, Scalar, Tag, plain
from docgen.loader.report import Reporter

PARSERS = [
    pytest.param(document.FAST, id="fastest-parser"),
    pytest.param(yaml.SafeLoader, id="pure-parser"),
]


def entry(text, key="key", parser=document.FAST):
    reporter = Reporter()
    node, _ = read(text, "a.yaml", reporter, parser=parser)
    assert not reporter.diagnostics()
    assert isinstance(node, Mapping)
    found = node.get(key)
    assert found is not None
    return found


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize(
    ("written", "tag", "text"),
    [
        pytest.param("22:22", Tag.STR, "22:22", id="sexagesimal-is-text"),
        pytest.param("no", Tag.STR, "no", id="no-is-text"),
        pytest.param("off", Tag.STR, "off", id="off-is-text"),
        pytest.param("on", Tag.STR, "on", id="on-is-text"),
        pytest.param("y", Tag.STR, "y", id="y-is-text"),
        pytest.param("true", Tag.BOOL, "true", id="true-is-a-boolean"),
        pytest.param("False", Tag.BOOL, "False", id="capitals-are-fine"),
        pytest.param('"true"', Tag.STR, "true", id="quoted-true-is-text"),
        pytest.param("012345670123", Tag.INT, "012345670123", id="leading-zero-is-decimal"),
        pytest.param("'012345670123'", Tag.STR, "012345670123", id="quoted-digits-are-text"),
        pytest.param("0o17", Tag.INT, "0o17", id="octal"),
        pytest.param("0x1F", Tag.INT, "0x1F", id="hexadecimal"),
        pytest.param("0b11", Tag.STR, "0b11", id="no-binary"),
        pytest.param("1_000", Tag.STR, "1_000", id="no-underscores"),
        pytest.param("1e3", Tag.FLOAT, "1e3", id="exponent-without-dot"),
        pytest.param("-.inf", Tag.FLOAT, "-.inf", id="infinity"),
        pytest.param(".NaN", Tag.FLOAT, ".NaN", id="not-a-number"),
        pytest.param("~", Tag.NULL, "~", id="tilde-is-null"),
        pytest.param("", Tag.NULL, "", id="nothing-is-null"),
        pytest.param('""', Tag.STR, "", id="empty-quotes-are-text"),
        pytest.param("2026-11-22", Tag.STR, "2026-11-22", id="date-is-text"),
        pytest.param("=", Tag.STR, "=", id="equals-sign-is-text"),
        pytest.param("10.0.0.0/16", Tag.STR, "10.0.0.0/16", id="block-is-text"),
    ],
)
def test_plain_scalars_follow_the_core_schema(written, tag, text, parser):
    """YAML 1.2's core schema, with either of PyYAML's parsers."""
    value = entry(f"key: {written}\n", parser=parser).value

    assert isinstance(value, Scalar)
    assert (tag, text) == (value.tag, value.text)


@pytest.mark.parametrize("parser", PARSERS)
def test_every_key_and_value_has_its_place(parser):
    """Lines and columns from 1, the end exclusive; wide characters count as one."""
    text = 'title: "Käse 🧀"\nvpcs:\n  shop: {cidr_block: 10.0.0.0/16}\n'
    vpcs = entry(text, "vpcs", parser)
    assert isinstance(vpcs.value, Mapping)
    (shop,) = vpcs.value.entries
    assert isinstance(shop.value, Mapping)
    (block,) = shop.value.entries

    assert Span("a.yaml", 1, 8, 16) == entry(text, "title", parser).value.span
    assert Span("a.yaml", 2, 1, 5) == vpcs.key.span
    assert Span("a.yaml", 3, 10, 20) == block.key.span
    assert Span("a.yaml", 3, 22, 33) == block.value.span


def test_both_parsers_give_the_same_tree(root):
    """On every shipped definition."""
    for file in sorted(root.glob("architectures/*/architecture.yaml")):
        data = file.read_bytes()
        fast, _ = read(data, "a", Reporter())
        pure, _ = read(data, "a", Reporter(), parser=yaml.SafeLoader)

        assert fast == pure


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a: [1, 2\nb: 3\n", id="bracket"),
        pytest.param("a: 'x\n", id="quote"),
        pytest.param("a: b: c\n", id="colon"),
        pytest.param("a: 1\n  b: 2\n", id="indentation"),
        pytest.param("a: *b\n", id="alias"),
    ],
)
def test_both_parsers_lead_to_the_same_message(text):
    """The pure parser is asked again, because its places are better."""
    messages = []
    for parser in (document.FAST, yaml.SafeLoader):
        reporter = Reporter()
        read(text, "a", reporter, parser=parser)
        messages.append(reporter.diagnostics())

    assert messages[0] == messages[1]


def test_byte_order_mark_is_accepted():
    """Editors on Windows write it; places do not move."""
    value = entry(b"\xef\xbb\xbfkey: value\n")

    assert Span("a.yaml", 1, 1, 4) == value.key.span


def test_windows_line_ends_are_accepted():
    """As in any text file."""
    assert "value" == plain(entry("other: 1\r\nkey: value\r\n").value)


def test_alias_repeats_its_anchor():
    """The value stands at its anchor."""
    found = entry("first: &a {x: 1}\nkey: *a\n")

    assert {"x": 1} == plain(found.value)
    assert 1 == found.value.span.line


def test_merge_key_fills_in_what_is_missing():
    """The block's own keys win."""
    assert {"y": 3, "x": 1} == plain(entry("first: &a {x: 1, y: 2}\nkey: {<<: *a, y: 3}\n").value)


def test_merge_key_takes_a_list():
    """The earlier block wins."""
    text = "one: &a {x: 1}\ntwo: &b {x: 2, y: 2}\nkey: {<<: [*a, *b]}\n"

    assert {"x": 1, "y": 2} == plain(entry(text).value)


def test_quoted_merge_key_is_a_key():
    """Whoever quotes it means it."""
    assert {"<<": "x"} == plain(entry('key: {"<<": x}\n').value)


def billion_laughs(levels: int = 30, width: int = 9) -> str:
    lines = ["a0: &a0 ha"]
    for n in range(1, levels):
        lines.append(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * width)}]")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(billion_laughs(), id="a-billion-laughs"),
        pytest.param(billion_laughs(levels=250, width=1), id="a-tower-of-aliases"),
        pytest.param(
            "a0: &a0 {x: 1}\n"
            + "".join(f"a{n}: &a{n} {{<<: *a{n - 1}, y: [*a{n - 1}, *a{n - 1}]}}\n" for n in range(1, 40)),
            id="merges-of-merges",
        ),
    ],
)
def test_alias_bombs_are_refused(text):
    """Aliases are counted as if they were written out, in breadth and in depth."""
    reporter = Reporter()

    node, _ = read(text, "a.yaml", reporter)

    assert node is None
    assert ["DGY-07"] == [d.code for d in reporter.diagnostics()]


def test_number_of_values_is_limited(monkeypatch):
    """A file of five megabytes can hold millions."""
    monkeypatch.setattr(document, "MAX_NODES", 100)
    reporter = Reporter()

    read("a: [" + "1," * 200 + "]", "a.yaml", reporter)

    assert ["DGY-07"] == [d.code for d in reporter.diagnostics()]
