"""Outcomes as JUnit XML, held against the schema that readers agree on and read back by one of them."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import junitparser
import pytest
import xmlschema
from hypothesis import given
from hypothesis import strategies as st

from docgen.core.junit import Case, Outcome, Suite, as_junit

SCHEMA = xmlschema.XMLSchema(Path(__file__).parents[1] / "data/junit-10.xsd")

SUITE = Suite(
    name="shop",
    file="architectures/shop/architecture.yaml",
    cases=(
        Case(group="flows", name="visitor-opens-page", text="allowed"),
        Case(group="flows", name="quiet"),
        Case(
            group="rules",
            name="DGL-20 single",
            outcome=Outcome.SKIPPED,
            message="accepted: a test system",
            text="more",
        ),
        Case(
            group="invariants",
            name="private",
            outcome=Outcome.FAILED,
            message="a.yaml:3:1: it is not",
            text="all\nof it",
            code="DGP-10",
        ),
    ),
)


def read(text: str):
    """As junitparser reads it, after the schema took it."""
    SCHEMA.validate(ElementTree.fromstring(text))
    return junitparser.JUnitXml.fromstring(text.encode())


def test_whole_document() -> None:
    assert as_junit([SUITE]) == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<testsuites name="docgen" tests="4" failures="1" errors="0">\n'
        '  <testsuite name="shop" tests="4" failures="1" errors="0" skipped="1"'
        ' file="architectures/shop/architecture.yaml">\n'
        '    <testcase classname="shop.flows" name="visitor-opens-page">\n'
        "      <system-out>allowed</system-out>\n"
        "    </testcase>\n"
        '    <testcase classname="shop.flows" name="quiet" />\n'
        '    <testcase classname="shop.rules" name="DGL-20 single">\n'
        '      <skipped message="accepted: a test system">more</skipped>\n'
        "    </testcase>\n"
        '    <testcase classname="shop.invariants" name="private">\n'
        '      <failure message="a.yaml:3:1: it is not" type="DGP-10">all\nof it</failure>\n'
        "    </testcase>\n"
        "  </testsuite>\n"
        "</testsuites>\n"
    )


def test_readers_understand_it() -> None:
    """Names, outcomes, message and text as they were."""
    (suite,) = read(as_junit([SUITE]))
    passed, quiet, skipped, failed = suite

    assert ("shop", 4, 1, 1) == (suite.name, suite.tests, suite.failures, suite.skipped)
    assert [True, True, False, False] == [case.is_passed for case in (passed, quiet, skipped, failed)]
    assert skipped.is_skipped
    assert ("shop.invariants", "private") == (failed.classname, failed.name)
    (failure,) = failed.result
    assert ("a.yaml:3:1: it is not", "DGP-10", "all\nof it") == (failure.message, failure.type, failure.text)


def test_nothing_checked() -> None:
    assert [] == list(read(as_junit([])))


@given(st.text(), st.sampled_from(Outcome))
def test_any_text_stays_in_its_place(text: str, outcome: Outcome) -> None:
    """No name, message or text ends its element, and none makes a file that is no XML."""
    case = Case(group="flows", name=text, outcome=outcome, message=text, text=text)
    (suite,) = read(as_junit([Suite(name=text, file=text, cases=(case, case))]))

    assert 2 == len(list(suite))


@pytest.mark.parametrize(
    "text",
    [
        '"><failure/>',
        "]]></system-out>",
        "&#0;",
        "\x00\x1b[2J",
        "\ufffe\ud800",
        "</testsuites><x>",
        "<!ENTITY a 'b'>",
    ],
)
def test_nothing_is_forged(text: str) -> None:
    case = Case(group="flows", name=text, outcome=Outcome.FAILED, message=text, text=text)
    written = as_junit([Suite(name=text, file=text, cases=(case,))])
    (suite,) = read(written)
    (only,) = suite

    assert 1 == len(only.result)
    assert "\x1b" not in written
