# Outcomes of checks as JUnit XML, which CI systems show as tests and follow over time.
#
# In:  suites of cases. Out: text. No clock and no host stand in it: same input, same bytes.
# There is no standard; Jenkins' junit-10.xsd is what readers agree on, and the tests hold the output against it.
"""Outcome, Case, Suite and as_junit."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from xml.etree import ElementTree

from docgen.core.data import dataclass
from docgen.core.terminal import visible


class Outcome(StrEnum):
    """How a case ends."""

    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One thing that was checked."""

    group: str
    """What it is one of: `flows`, `rules`."""
    name: str
    outcome: Outcome = Outcome.PASSED
    message: str = ""
    """A line that says why it failed or was skipped."""
    text: str = ""
    """All there is to say, lines."""
    code: str = ""
    """Of what made it fail."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suite:
    """What was checked of one design."""

    name: str
    file: str = ""
    """Its definition."""
    cases: tuple[Case, ...]


def as_junit(suites: Iterable[Suite]) -> str:
    """All suites as one document."""
    listed = tuple(suites)
    root = ElementTree.Element("testsuites", {"name": "docgen", **_counts(c for s in listed for c in s.cases)})
    for suite in listed:
        _suite(root, suite)
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'


def _suite(root: ElementTree.Element, suite: Suite) -> None:
    name = visible(suite.name)
    skipped = sum(case.outcome is Outcome.SKIPPED for case in suite.cases)
    attributes = {"name": name, **_counts(suite.cases), "skipped": str(skipped)}
    if suite.file:
        attributes["file"] = visible(suite.file)
    element = ElementTree.SubElement(root, "testsuite", attributes)
    for case in suite.cases:
        about = {"classname": f"{name}.{case.group}", "name": visible(case.name)}
        inside = ElementTree.SubElement(element, "testcase", about)
        text = "\n".join(map(visible, case.text.splitlines()))
        if case.outcome is Outcome.PASSED:
            if text:
                ElementTree.SubElement(inside, "system-out").text = text
        else:
            tag = "failure" if case.outcome is Outcome.FAILED else "skipped"
            why = {"message": visible(case.message), **({"type": case.code} if case.code else {})}
            ElementTree.SubElement(inside, tag, why).text = text or None


def _counts(cases: Iterable[Case]) -> dict[str, str]:
    outcomes = [case.outcome for case in cases]
    return {"tests": str(len(outcomes)), "failures": str(outcomes.count(Outcome.FAILED)), "errors": "0"}
