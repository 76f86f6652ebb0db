# What a rule is, and the runner.
#
# In:  a Subject: a resolved network and the reports of its flows.
# Out: diagnostics, sorted by place. A crash in a rule is a bug of ours and is not swallowed.
# A rule's docstring is its page: what it reports, why it matters, what it flags and what it accepts.
"""Rule, Related, Subject, the `rule` decorator, `all_rules` and `check`."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field
from functools import cache
from types import MappingProxyType

from docgen.core.data import dataclass
from docgen.core.diagnostic import Diagnostic, Finding, Severity
from docgen.core.registry import discover
from docgen.core.values import later, reads_later
from docgen.model.network import Network
from docgen.model.trace import FlowReport

_HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
_YAML_BLOCK = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What rules judge."""

    network: Network
    reports: Mapping[str, FlowReport] = field(default_factory=lambda: MappingProxyType({}))
    """The answers to the design's flows, by id; a flow may have been traced in a variant or an outage."""


Check = Callable[[Subject], Iterable[Finding]]

CATALOGUES = (
    "AWS Config",
    "CIS AWS Foundations 6.0",
    "Checkov",
    "Prowler",
    "Reachability Analyzer",
    "Security Hub",
    "Trusted Advisor",
    "Well-Architected",
    "cfn-lint",
)
"""Whose rules ours are compared with."""
_RELATED = re.compile(
    rf"(?P<catalogue>{'|'.join(map(re.escape, CATALOGUES))}) (?P<id>.+?)(?: \((?P<severity>[\w ]+)\))?"
)


@dataclass(frozen=True, slots=True)
class Related:
    """A rule elsewhere that looks for the same."""

    catalogue: str
    """One of `CATALOGUES`."""
    id: str
    severity: str = ""
    """As its own catalogue says it; "" where that has none, or none that we know."""

    @classmethod
    def parse(cls, text: str) -> Related:
        """Read `Security Hub EC2.13 (High)`.

        >>> Related.parse("Security Hub EC2.13 (High)")
        Related(catalogue='Security Hub', id='EC2.13', severity='High')

        Raises:
            ValueError: the catalogue is not one of ours.
        """
        match = _RELATED.fullmatch(text)
        if match is None:
            raise ValueError(f"{text!r} begins with no catalogue; known: {', '.join(CATALOGUES)}")
        return cls(match["catalogue"], match["id"], match["severity"] or "")

    def __str__(self) -> str:
        return f"{self.catalogue} {self.id}" + (f" ({self.severity})" if self.severity else "")


@reads_later("page")
@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One thing that docgen looks for."""

    code: str
    """`DGL-38`; never says the severity, so that this can change."""
    name: str
    """Name of its file and function; reads after "allow": `blackhole_route`."""
    severity: Severity
    source: str
    """AWS page that says why."""
    related: tuple[Related, ...]
    """Rules elsewhere that look for the same."""
    page: str
    """Its docstring, Markdown."""
    find: Check

    @property
    def summary(self) -> str:
        """The first line of its page."""
        return self.page.partition("\n")[0]

    @property
    def sections(self) -> Mapping[str, str]:
        """The text under each heading of its page, in order."""
        parts = _HEADING.split(self.page)[1:]
        return MappingProxyType({h: t.strip() for h, t in zip(parts[::2], parts[1::2], strict=True)})

    @property
    def flagged(self) -> tuple[str, ...]:
        """Definitions that it reports."""
        return tuple(_YAML_BLOCK.findall(self.sections.get("Flagged", "") + "\n"))

    @property
    def accepted(self) -> tuple[str, ...]:
        """Definitions that it does not report."""
        return tuple(_YAML_BLOCK.findall(self.sections.get("Accepted", "") + "\n"))

    def diagnostics(self, subject: Subject) -> Iterator[Diagnostic]:
        """Its findings, with its code and severity."""
        for finding in self.find(subject):
            yield Diagnostic(
                self.code, self.severity, finding.span, finding.text, hint=finding.hint, notes=finding.notes
            )


def rule(code: str, *, severity: Severity, source: str, related: Iterable[str] = ()) -> Callable[[Check], Rule]:
    """Make a rule of a function; its docstring becomes the rule's page.

    `related` names rules elsewhere that look for the same, with their own severity where they have one:
    `Security Hub EC2.13 (High)`, `Checkov CKV_AWS_24`.
    """

    def decorate(find: Check) -> Rule:
        return Rule(
            code=code,
            name=find.__name__,
            severity=severity,
            source=source,
            related=tuple(map(Related.parse, related)),
            page=later(lambda: inspect.cleandoc(find.__doc__ or "")),
            find=find,
        )

    return decorate


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, by number."""
    rules: tuple[Rule, ...] = discover("docgen.rules", "RULE")
    return tuple(sorted(rules, key=lambda r: int(r.code.rpartition("-")[2])))


def check(subject: Subject) -> tuple[Diagnostic, ...]:
    """Run every rule; by place, each diagnostic once.

    Where a component could not be read, it is missing from the network: then only errors are told, since a
    remark on something unused or unreachable would mislead.
    """
    rules = all_rules()
    if subject.network.architecture.broken:
        rules = tuple(r for r in rules if r.severity is Severity.ERROR)
    found = (d for r in rules for d in r.diagnostics(subject))
    return tuple(sorted(dict.fromkeys(found), key=lambda d: d.sort_key))
