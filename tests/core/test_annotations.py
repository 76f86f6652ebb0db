"""Diagnostics as workflow commands of GitHub Actions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.core.annotations import as_annotations
from docgen.core.diagnostic import Diagnostic, Note, Severity
from docgen.core.span import NOWHERE, Span

FILE = "shop/architecture.yaml"
PLACE = Span(FILE, 3, 22, 33)


def diagnostic(text: str = "no block", span: Span = PLACE, **more: object) -> Diagnostic:
    return Diagnostic("DGX-01", Severity.ERROR, span, text, **more)  # type: ignore[arg-type]


def parsed(line: str) -> tuple[str, dict[str, str], str]:
    """A line as a runner reads it: command, properties, message; unescaped."""
    assert line.startswith("::")
    info, message = line[2:].split("::", 1)
    command, _, listed = info.partition(" ")
    properties = dict(pair.split("=", 1) for pair in listed.split(",") if pair)
    for token, written in (("\r", "%0D"), ("\n", "%0A"), (":", "%3A"), (",", "%2C"), ("%", "%25")):
        properties = {name: value.replace(written, token) for name, value in properties.items()}
        message = message.replace(written, token) if token not in ":," else message
    return command, properties, message


def test_whole_line() -> None:
    """Place, title and message; hint and notes follow on lines of their own."""
    found = diagnostic(hint="a prefix has 16 to 28 bits", notes=(Note(Span(FILE, 2, 1, 5), "in this block"),))

    assert as_annotations([found], {"DGX-01": "a block, odd: 100%"}) == (
        "::error file=shop/architecture.yaml,line=3,col=22,endColumn=33,title=DGX-01%3A a block%2C odd%3A 100%25"
        "::no block%0Anote: shop/architecture.yaml:2:1: in this block%0Ahint: a prefix has 16 to 28 bits\n"
    )


@pytest.mark.parametrize(
    ("severity", "command"), [(Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.INFO, "notice")]
)
def test_severity(severity: Severity, command: str) -> None:
    assert command == parsed(as_annotations([Diagnostic("DGX-01", severity, NOWHERE, "x")]))[0]


@pytest.mark.parametrize(
    ("span", "place"),
    [
        pytest.param(Span(FILE, 3, 22, 33), {"line": "3", "col": "22", "endColumn": "33"}, id="a-range"),
        pytest.param(Span(FILE, 3, 22, 22), {"line": "3", "col": "22"}, id="an-empty-range-has-no-end"),
        pytest.param(Span(FILE), {}, id="a-file-without-a-line"),
    ],
)
def test_place(span: Span, place: dict[str, str]) -> None:
    _, properties, _ = parsed(as_annotations([diagnostic(span=span)]))

    assert {"file": FILE, **place, "title": "DGX-01"} == properties


HOSTILE = [
    pytest.param("x\n::error::forged", id="a-line-of-its-own"),
    pytest.param("x\r::set-output name=a::b", id="a-carriage-return"),
    pytest.param("x\u2028::error::y", id="a-line-separator"),
    pytest.param("x%0A::error::y", id="an-escaped-line-break"),
    pytest.param("a,line=1,title=forged::y", id="properties"),
    pytest.param("##[error]forged", id="a-command-of-the-older-kind"),
    pytest.param("##vso[task.setvariable variable=x]y", id="a-command-of-another-system"),
    pytest.param("\x1b[2J\x1b]0;title\x07", id="terminal-sequences"),
]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("where", ["text", "hint", "note", "file"])
def test_nothing_is_forged(text: str, where: str) -> None:
    """One line, one command, at its place, whatever a definition holds; none of the older kind in its middle."""
    found = {
        "text": diagnostic(text),
        "hint": diagnostic(hint=text),
        "note": diagnostic(notes=(Note(Span(FILE, 1, 1, 2), text),)),
        "file": diagnostic(span=Span(text, 3, 22, 33)),
    }[where]
    written = as_annotations([found])
    command, properties, _ = parsed(written)

    assert 1 == len(written.splitlines())
    assert ("error", "3", "22", "DGX-01") == (command, properties["line"], properties["col"], properties["title"])
    assert {"file", "line", "col", "endColumn", "title"} == set(properties)
    assert "##[" not in written
    assert "##vso[" not in written
    assert "\x1b" not in written


@given(st.text(), st.text())
def test_any_text_stays_in_its_line(text: str, file: str) -> None:
    """What a runner reads has the message in its message and the file in its file."""
    written = as_annotations([diagnostic(text, span=Span(f"f{file}", 1, 1, 2))])

    assert 1 == len(written.splitlines())
    assert parsed(written[:-1])[1]["title"] == "DGX-01"
