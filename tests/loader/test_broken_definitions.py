"""Every way to get a definition wrong that the loader sees: `broken/<case>.yaml`, and what is said in `<case>.txt`.

Each file holds one mistake, so each message stands alone: a second line of errors would be a follow-up error.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.core.diagnostic import Diagnostic, Severity, has_errors
from docgen.loader import load_text
from docgen.loader.messages import LOADER_CODES

BROKEN = Path(__file__).parent / "broken"
CASES = sorted(BROKEN.glob("*.yaml"))
TWO_MISTAKES = {"duplicate-subnet"}


def printed(diagnostics: tuple[Diagnostic, ...]) -> str:
    """As the command line prints them, without the excerpt."""
    lines: list[str] = []
    for d in diagnostics:
        lines.append(f"{d.span}: {d.severity}[{d.code}]: {d.text}")
        lines += [f"  note: {note.span}: {note.text}" for note in d.notes]
        if d.hint:
            lines.append(f"  hint: {d.hint}")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("case", CASES, ids=lambda p: p.stem)
def test_broken_definition_gets_its_message(case, golden, tmp_path):
    """The first line in full, with place and code, then notes and hint."""
    folder = tmp_path / "broken"
    (tmp_path / "good-one").mkdir()
    (tmp_path / "good-one" / "architecture.yaml").write_text("version: 1\ntitle: Good\n")
    folder.mkdir()
    (folder / "architecture.yaml").write_bytes(case.read_bytes())

    found = load_text(case.read_bytes(), case.name, folder=folder).diagnostics

    assert has_errors(found)
    golden.check(case.with_suffix(".txt"), printed(found))


@pytest.mark.parametrize("case", CASES, ids=lambda p: p.stem)
def test_one_mistake_gives_one_error(case):
    """No follow-up errors."""
    recorded = case.with_suffix(".txt").read_text(encoding="utf-8")

    assert recorded.count(": error[") == (2 if case.stem in TWO_MISTAKES else 1)


def test_there_are_cases_enough():
    """The specification asks for sixty."""
    assert len(CASES) >= 60


def test_no_recording_without_its_case():
    """A renamed case takes its recording along."""
    assert {p.stem for p in CASES} == {p.stem for p in BROKEN.glob("*.txt")}


def test_all_mistakes_of_a_file_are_reported_in_one_run():
    """All broken components of one file, in the order of its lines."""
    text = """\
version: 1
title: Broken in four places
region: ap-south-1
zones: [a]
vpcs:
  shop:
    cidr_block: 10.0.0.0/99
    subnets:
      app: {cidr_block: 10.0.10.0/24, teir: app}
    security_groups:
      app: {ingress: [tcp 8080 of edge]}
flows:
  ask: {from: internet, to: app, port: http}
"""
    result = load_text(text)

    assert [7, 9, 11, 13] == [d.span.line for d in result.diagnostics]
    assert {"vpc:shop", "subnet:shop/app", "security_group:shop/app"} == {str(k) for k in result.value.broken}


def test_a_broken_component_is_known_by_group_and_members():
    """References to it, by any of its names, are not reported again."""
    text = """\
version: 1
title: A subnet per zone with too few blocks
region: ap-south-1
zones: [a, b]
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    subnets: {app: {cidr_blocks: [10.0.10.0/24]}}
    instances: {web: {subnet: app}, tool: {subnet: app-b}}
"""
    result = load_text(text)

    assert 1 == len(result.diagnostics)
    assert {"subnet:shop/app", "subnet:shop/app-a", "subnet:shop/app-b"} == {str(k) for k in result.value.broken}


@pytest.mark.parametrize(
    ("data", "place", "code", "text"),
    [
        pytest.param(b"", "1:1", "DGY-03", "the file is empty", id="nothing-in-it"),
        pytest.param(b"\n  \n", "1:1", "DGY-03", "the file is empty", id="white-space-only"),
        pytest.param(b"# later\n", "1:1", "DGY-03", "the file is empty", id="comment-only"),
        pytest.param(b"---\n", "1:1", "DGY-03", "the file is empty", id="document-mark-only"),
        pytest.param(b"\x89PNG\r\n\x1a\n\0\0", "1:1", "DGY-01", "byte 0x89 is not UTF-8 text", id="a-picture"),
        pytest.param(
            b"version: 1\ntitle: a\0b\n", "2:9", "DGY-01", "a binary file is not a definition", id="zero-byte"
        ),
        pytest.param("title: Käse\n".encode("latin-1"), "1:9", "DGY-01", "byte 0xe4 is not UTF-8 text", id="latin-1"),
        pytest.param(
            "title: x\n".encode("utf-16"),
            "1:1",
            "DGY-01",
            "the file is UTF-16; a definition is UTF-8",
            id="utf-16",
        ),
        pytest.param(
            b"title: a\x1b[31m\n",
            "1:9",
            "DGY-01",
            "the control character U+001B cannot stand in a definition",
            id="escape-character",
        ),
        pytest.param(b"version: 1\n\ttitle: x\n", "2:1", "DGY-05", "a tab; YAML is indented with spaces", id="tab"),
        pytest.param(
            b"version: 1\ntitle:\tx\n",
            "2:7",
            "DGY-05",
            "a tab; YAML is indented with spaces",
            id="tab-between-key-and-value",
        ),
        pytest.param(
            b"a: " + b"[" * 1000 + b"]" * 1000,
            "1:104",
            "DGY-07",
            "nested deeper than 100 levels",
            id="a-thousand-lists-deep",
        ),
        pytest.param(
            b"a: " + b"[" * 1_000_000,
            "1:104",
            "DGY-07",
            "nested deeper than 100 levels",
            id="a-million-lists-deep",
        ),
        pytest.param(b"#" * (5 * 1024 * 1024 + 1), "1:1", "DGY-02", "the file is larger than 5 MB", id="too-large"),
    ],
)
def test_what_cannot_be_read_gets_its_message(data, place, code, text):
    """Bytes that are no text, text that is no YAML, YAML that is no definition of sane size."""
    (found,) = load_text(data, "x.yaml").diagnostics

    assert (f"x.yaml:{place}", code, text) == (str(found.span), found.code, found.text)
    assert found.severity is Severity.ERROR


def test_every_code_of_the_recordings_is_explained():
    """`docgen explain` knows what is printed."""
    printed_codes = {
        line.partition("error[")[2].partition("]")[0]
        for case in BROKEN.glob("*.txt")
        for line in case.read_text(encoding="utf-8").splitlines()
        if ": error[" in line
    }

    assert printed_codes <= set(LOADER_CODES)
    assert len(printed_codes) >= 20
