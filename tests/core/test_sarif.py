"""Diagnostics as SARIF, held against OASIS' own schema."""

from __future__ import annotations

import doctest
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.core.diagnostic import Diagnostic, Note, Severity, Suppressed
from docgen.core.sarif import FINGERPRINT, Described, as_sarif
from docgen.core.span import NOWHERE, Span

SCHEMA = json.loads((Path(__file__).parents[1] / "data/sarif-schema-2.1.0.json").read_text())
VALIDATOR = jsonschema.validators.validator_for(SCHEMA)(SCHEMA, format_checker=jsonschema.FormatChecker())
FILE = "shop/architecture.yaml"
PLACE = Span(FILE, 3, 22, 33)
RULES = [
    Described(code="DGX-02", title="Another", help="Not found."),
    Described(
        code="DGX-01",
        name="odd_block",
        severity=Severity.WARNING,
        title="A block is odd",
        help="## Why\n\nOdd blocks...",
        help_uri="https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html",
    ),
]


def diagnostic(text: str = "no block", span: Span = PLACE, **more: Any) -> Diagnostic:
    return Diagnostic(more.pop("code", "DGX-01"), more.pop("severity", Severity.ERROR), span, text, **more)


def run_of(*diagnostics: Diagnostic, suppressed: tuple[Suppressed, ...] = ()) -> dict[str, Any]:
    """The one run of a valid file."""
    values = json.loads(json.dumps(as_sarif(diagnostics, suppressed, RULES, version="1.2.3")))
    VALIDATOR.validate(values)
    (run,) = values["runs"]
    return run  # type: ignore[no-any-return]


def test_nothing_found() -> None:
    run = run_of()

    assert [] == run["results"] == run["tool"]["driver"]["rules"]
    assert "1.2.3" == run["tool"]["driver"]["version"]


def test_whole_result() -> None:
    """Rule, level, message with the hint, region, second places."""
    found = diagnostic(hint="16 to 28 bits", notes=(Note(Span(FILE, 2, 1, 5), "in this block"), Note(NOWHERE, "x")))
    (result,) = run_of(found)["results"]
    prints = result.pop("partialFingerprints")

    assert [FINGERPRINT] == list(prints)
    assert result == {
        "ruleId": "DGX-01",
        "ruleIndex": 0,
        "level": "error",
        "message": {"text": "no block\n16 to 28 bits"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": FILE, "uriBaseId": "SRCROOT"},
                    "region": {"startLine": 3, "startColumn": 22, "endColumn": 33},
                }
            }
        ],
        "relatedLocations": [
            {
                "id": 1,
                "physicalLocation": {
                    "artifactLocation": {"uri": FILE, "uriBaseId": "SRCROOT"},
                    "region": {"startLine": 2, "startColumn": 1, "endColumn": 5},
                },
                "message": {"text": "in this block"},
            }
        ],
    }


def test_rules_are_those_that_were_found() -> None:
    """With their help, its address and their usual level."""
    (rule,) = run_of(diagnostic())["tool"]["driver"]["rules"]

    assert ("DGX-01", "odd_block") == (rule["id"], rule["name"])
    assert "## Why\n\nOdd blocks..." == rule["help"]["text"] == rule["help"]["markdown"]
    assert RULES[1].help_uri == rule["helpUri"]
    assert {"level": "warning"} == rule["defaultConfiguration"]


def test_code_that_nobody_described() -> None:
    (result,) = run_of(diagnostic(code="DGX-99"))["results"]

    assert "DGX-99" == result["ruleId"]
    assert "ruleIndex" not in result


@pytest.mark.parametrize(
    ("severity", "level"), [(Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.INFO, "note")]
)
def test_level(severity: Severity, level: str) -> None:
    assert level == run_of(diagnostic(severity=severity))["results"][0]["level"]


def test_accepted_findings_are_suppressions() -> None:
    """After the others, with the reason and the place where they are accepted."""
    accepted = Suppressed(diagnostic("b"), "only a test system", Span(FILE, 9, 3, 8))
    first, second = run_of(diagnostic("a"), suppressed=(accepted,))["results"]
    (suppression,) = second["suppressions"]

    assert "suppressions" not in first
    assert ("inSource", "accepted") == (suppression["kind"], suppression["status"])
    assert "only a test system" == suppression["justification"]
    assert 9 == suppression["location"]["physicalLocation"]["region"]["startLine"]


@pytest.mark.parametrize(
    ("file", "location"),
    [
        pytest.param("a/b.yaml", {"uri": "a/b.yaml", "uriBaseId": "SRCROOT"}, id="as-it-was-named"),
        pytest.param("./a/../b.yaml", {"uri": "b.yaml", "uriBaseId": "SRCROOT"}, id="without-detours"),
        pytest.param("../b.yaml", {"uri": "../b.yaml", "uriBaseId": "SRCROOT"}, id="beside-the-folder"),
        pytest.param("my shop/ü#1.yaml", {"uri": "my%20shop/%C3%BC%231.yaml", "uriBaseId": "SRCROOT"}, id="escaped"),
        pytest.param("<stdin>", {"uri": "%3Cstdin%3E", "uriBaseId": "SRCROOT"}, id="standard-input"),
        pytest.param("/elsewhere/b.yaml", {"uri": "file:///elsewhere/b.yaml"}, id="absolute-outside"),
    ],
)
def test_file(file: str, location: dict[str, str]) -> None:
    (result,) = run_of(diagnostic(span=Span(file, 1, 1, 2)))["results"]

    assert location == result["locations"][0]["physicalLocation"]["artifactLocation"]


def test_absolute_file_inside_becomes_relative() -> None:
    """No machine's path gets into a file that is committed or uploaded."""
    (result,) = run_of(diagnostic(span=Span(str(Path.cwd() / FILE), 1, 1, 2)))["results"]

    assert FILE == result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]


@pytest.mark.parametrize(
    ("span", "keys"),
    [
        pytest.param(Span(FILE, 1, 4, 4), {"startLine", "startColumn"}, id="an-empty-range-has-no-end"),
        pytest.param(Span(FILE), None, id="a-file-without-a-line"),
    ],
)
def test_region(span: Span, keys: set[str] | None) -> None:
    (result,) = run_of(diagnostic(span=span))["results"]
    region = result["locations"][0]["physicalLocation"].get("region")

    assert keys == (set(region) if region else None)


def test_finding_without_a_place() -> None:
    (result,) = run_of(diagnostic(span=NOWHERE))["results"]

    assert "locations" not in result


def prints(*diagnostics: Diagnostic) -> list[str]:
    return [result["partialFingerprints"][FINGERPRINT] for result in run_of(*diagnostics)["results"]]


@pytest.mark.parametrize(
    ("other", "same"),
    [
        pytest.param(diagnostic(span=Span(FILE, 30, 2, 13)), True, id="moved"),
        pytest.param(diagnostic(hint="another"), True, id="another-hint"),
        pytest.param(diagnostic("other block"), False, id="another-sentence"),
        pytest.param(diagnostic(code="DGX-02"), False, id="another-rule"),
        pytest.param(diagnostic(span=Span("b.yaml", 3, 22, 33)), False, id="another-file"),
    ],
)
def test_fingerprint(other: Diagnostic, same: bool) -> None:
    """It stays when lines move, so that an alert is not told as new."""
    assert same == (prints(diagnostic()) == prints(other))


def test_equal_findings_are_told_apart() -> None:
    assert 2 == len(set(prints(diagnostic(), diagnostic(span=Span(FILE, 9, 1, 2)))))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("add `a: [b, c]`", "add `a: [b, c]`", id="brackets-alone-are-text"),
        pytest.param("[x](https://evil.example)", "\\[x\\](https://evil.example)", id="a-link-is-none"),
        pytest.param("[[x]](1)", "\\[\\[x\\]\\](1)", id="nor-is-a-nested-one"),
        pytest.param("{0}", "{{0}}", id="a-placeholder-is-none"),
        pytest.param("a\x1b[31m\u202eb", "a␛[31m<U+202E>b", id="control-characters-are-shown"),
    ],
)
def test_message_is_plain_text(text: str, shown: str) -> None:
    assert shown == run_of(diagnostic(text))["results"][0]["message"]["text"]


@given(st.text(min_size=1), st.text(min_size=1))
def test_any_text_is_valid(text: str, file: str) -> None:
    """Whatever an author writes, or calls a file."""
    run_of(diagnostic(text, span=Span(file, 1, 1, 2)))


def test_examples() -> None:
    """Those of the docstrings."""
    from docgen.core import sarif, terminal

    for module in (sarif, terminal):
        result = doctest.testmod(module)
        assert result.attempted
        assert 0 == result.failed
