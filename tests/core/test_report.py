"""Diagnostics as text and as JSON."""

from __future__ import annotations

import json

import pytest

from docgen.core.diagnostic import Diagnostic, Note, Severity
from docgen.core.report import as_json, as_text, summary
from docgen.core.span import NOWHERE, Span
from docgen.core.terminal import Paint

FILE = "shop/architecture.yaml"
TEXT = "version: 1\nvpcs:\n  shop: {cidr_block: 10.0.0.0/33}\n"


def diagnostic(span: Span, text: str = "no block", **more: object) -> Diagnostic:
    return Diagnostic("DGX-01", Severity.ERROR, span, text, **more)  # type: ignore[arg-type]


def test_whole_message() -> None:
    """Place, severity, code, sentence, excerpt, caret, notes and hint, in this order."""
    found = diagnostic(
        Span(FILE, 3, 22, 33),
        "'10.0.0.0/33' is no block",
        hint="a prefix has 16 to 28 bits",
        notes=(Note(Span(FILE, 2, 1, 5), "in this block"),),
    )

    assert as_text([found], {FILE: TEXT}) == (
        "shop/architecture.yaml:3:22: error[DGX-01]: '10.0.0.0/33' is no block\n"
        "  |\n"
        "3 |   shop: {cidr_block: 10.0.0.0/33}\n"
        "  |                      ^^^^^^^^^^^\n"
        "  note: shop/architecture.yaml:2:1: in this block\n"
        "  hint: a prefix has 16 to 28 bits\n"
    )


@pytest.mark.parametrize(
    ("line", "span", "excerpt", "caret"),
    [
        pytest.param("a: bad", (4, 7), "1 | a: bad", "  |    ^^^", id="plain-text"),
        pytest.param("\ta: bad", (5, 8), "1 |     a: bad", "  |        ^^^", id="tab-is-four-columns"),
        pytest.param("数据: bad", (5, 8), "1 | 数据: bad", "  |       ^^^", id="wide-characters-are-two-columns"),
        pytest.param("a: 数据", (4, 6), "1 | a: 数据", "  |    ^^^^", id="caret-is-as-wide-as-what-it-marks"),
        pytest.param("e\u0301: bad", (5, 8), "1 | e\u0301: bad", "  |    ^^^", id="combining-marks-take-no-column"),
        pytest.param("\x1b[2J: bad", (7, 10), "1 | ␛[2J: bad", "  |       ^^^", id="escape-sequence-is-shown"),
        pytest.param(
            "x\u202e: bad", (5, 8), "1 | x<U+202E>: bad", "  |            ^^^", id="direction-mark-is-shown"
        ),
        pytest.param("a: bad", (4, 4), "1 | a: bad", "  |    ^", id="empty-range-gets-one-caret"),
        pytest.param("a:", (3, 9), "1 | a:", "  |   ^", id="range-past-the-end-gets-one-caret"),
        pytest.param("a: bad", (90, 99), "1 | a: bad", "  |       ^", id="column-past-the-end-points-at-the-end"),
        pytest.param("a: bad", (0, 0), "1 | a: bad", "  | ^", id="no-column-points-at-the-start"),
    ],
)
def test_excerpt(line: str, span: tuple[int, int], excerpt: str, caret: str) -> None:
    """The caret stands under what the span names, whatever the line is made of."""
    lines = as_text([diagnostic(Span(FILE, 1, *span))], {FILE: line + "\n"}).splitlines()

    assert [excerpt, caret] == lines[2:4]


def test_long_line_is_cut_around_the_caret() -> None:
    """A file of one line of 5 MB does not flood the terminal."""
    line = "x" * 100_000 + "bad" + "y" * 100_000

    lines = as_text([diagnostic(Span(FILE, 1, 100_001, 100_004))], {FILE: line}).splitlines()

    assert "1 | …" + "x" * 40 + "bad" + "y" * 40 + "…" == lines[2]
    assert "  | " + " " * 41 + "^^^" == lines[3]


@pytest.mark.parametrize(
    ("span", "first"),
    [
        pytest.param(NOWHERE, "error[DGX-01]: no block", id="no-file-no-place"),
        pytest.param(Span("a.yaml"), "a.yaml: error[DGX-01]: no block", id="file-without-line"),
        pytest.param(Span("gone.yaml", 3, 1, 2), "gone.yaml:3:1: error[DGX-01]: no block", id="unknown-text"),
        pytest.param(Span(FILE, 99, 1, 2), f"{FILE}:99:1: error[DGX-01]: no block", id="line-past-the-end"),
    ],
)
def test_without_excerpt(span: Span, first: str) -> None:
    """Where the text is not known the message stands alone."""
    assert first + "\n" == as_text([diagnostic(span)], {FILE: TEXT})


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x85", "\u2028"], ids=["lf", "crlf", "cr", "nel", "ls"])
def test_line_ends(end: str) -> None:
    """Lines are counted as YAML counts them."""
    lines = as_text([diagnostic(Span(FILE, 2, 1, 4))], {FILE: f"one{end}two{end}three"}).splitlines()

    assert "2 | two" == lines[2]


def test_hostile_texts_are_made_visible() -> None:
    """No field that an author or a file name fills reaches the terminal as it is."""
    evil = "\x1b]0;x\x07\n\u2066"
    found = diagnostic(Span(f"{evil}.yaml", 1, 1, 2), evil, hint=evil, notes=(Note(Span(evil), evil),))

    text = as_text([found], {f"{evil}.yaml": evil})

    assert not {"\x1b", "\x07", "\u2066"} & set(text)
    assert "␛]0;x␇␊<U+2066>" in text


def test_colour_is_asked_for() -> None:
    """Colour is put on only where the caller says that it can be shown."""
    found = [diagnostic(Span(FILE, 1, 1, 2))]

    assert "\x1b" not in as_text(found, {FILE: TEXT})
    assert "\x1b[1;31merror[DGX-01]\x1b[0m" in as_text(found, {FILE: TEXT}, Paint(enabled=True))


def test_json() -> None:
    """Plain values with the place of everything."""
    found = diagnostic(Span(FILE, 3, 22, 33), hint="h", notes=(Note(Span(FILE, 2, 1, 5), "n"),))

    assert json.loads(json.dumps(as_json([found]))) == [
        {
            "code": "DGX-01",
            "severity": "error",
            "text": "no block",
            "hint": "h",
            "file": FILE,
            "line": 3,
            "column": 22,
            "end_column": 33,
            "notes": [{"text": "n", "file": FILE, "line": 2, "column": 1, "end_column": 5}],
        }
    ]


@pytest.mark.parametrize(
    ("severities", "text"),
    [
        pytest.param("", "no findings", id="nothing"),
        pytest.param("e", "1 error", id="one-error"),
        pytest.param("wee", "2 errors, 1 warning", id="worst-first"),
        pytest.param("iw", "1 warning, 1 remark", id="remarks-last"),
    ],
)
def test_summary(severities: str, text: str) -> None:
    """Counts by severity."""
    words = {"e": Severity.ERROR, "w": Severity.WARNING, "i": Severity.INFO}

    assert text == summary(Diagnostic("X", words[s], NOWHERE, "t") for s in severities)
