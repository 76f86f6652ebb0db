# What `docgen check` found, for programs: SARIF, JUnit and annotations of GitHub.
#
# In:  opened designs and what there is to say of them. Out: text. The formats themselves are core/'s.
"""sarif_report, junit_report, github_report."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import version

from docgen.core.annotations import as_annotations
from docgen.core.diagnostic import Diagnostic, Suppressed
from docgen.core.junit import as_junit
from docgen.core.sarif import Described, as_sarif
from docgen.pipeline.cases import suites_of
from docgen.pipeline.design import Design
from docgen.pipeline.explanations import Explanation, explanations

_OF_CHECKS = ("DGL-", "DGP-", "DGR-", "DGS-", "DGY-")


def sarif_report(diagnostics: Iterable[Diagnostic], suppressed: Iterable[Suppressed]) -> str:
    """SARIF 2.1.0, with what each code means that was found."""
    rules = tuple(map(_described, _codes()))
    values = as_sarif(diagnostics, suppressed, rules, version=version("docgen"))
    return json.dumps(values, indent=2, ensure_ascii=False) + "\n"


def junit_report(
    designs: Iterable[Design], diagnostics: Iterable[Diagnostic], sources: Mapping[str, str], *, strict: bool
) -> str:
    """JUnit XML: a suite for each design, a case for each flow, invariant, rule and file."""
    return as_junit(suites_of(designs, diagnostics, sources, strict=strict))


def github_report(diagnostics: Iterable[Diagnostic]) -> str:
    """A workflow command for each."""
    return as_annotations(diagnostics, {code.code: code.title for code in _codes()})


def _codes() -> Iterator[Explanation]:
    return (e for e in explanations().values() if e.code.startswith(_OF_CHECKS))


def _described(explanation: Explanation) -> Described:
    """A rule's page as it stands in its module: not run on its example, as `docgen explain` does."""
    rule = explanation.rule
    return Described(
        code=explanation.code,
        name=rule.name if rule else "",
        severity=rule.severity if rule else None,
        title=explanation.title,
        help=rule.page if rule else explanation.body,
        help_uri=explanation.source,
    )
