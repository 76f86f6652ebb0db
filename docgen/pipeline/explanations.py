# What every code that docgen prints means, wherever it comes from.
#
# In:  the lists of the stages. Out: one mapping for `docgen explain` and the reference pages.
"""Explanation and explanations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from docgen.core.data import dataclass
from docgen.core.report import as_json
from docgen.loader.messages import LOADER_CODES
from docgen.model.assumptions import ASSUMPTIONS, Assumption
from docgen.model.codes import REASON_CODES, ReasonCode
from docgen.pages.rule_example import shown
from docgen.pages.rule_page import WHY, rule_body
from docgen.pipeline.expectations import PIPELINE_CODES
from docgen.pipeline.fence_request import FENCE_CODES
from docgen.pipeline.invariants import INVARIANT_CODES
from docgen.pipeline.lesson import LESSON_CODES
from docgen.pipeline.pinning import PIN_CODES
from docgen.routing.messages import RESOLVER_CODES
from docgen.rules import SUPPRESSION_CODES, Rule, all_rules


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """One code."""

    code: str
    origin: str
    """`reason of a trace`, `rule`, `message about a definition`."""
    title: str
    body: str = ""
    """Paragraphs, Markdown; "" for a rule: its page says them."""
    source: str = ""
    """AWS page behind it; "" where it is docgen's own affair."""
    rule: Rule | None = None
    """The rule that gives it, where one does."""

    def paragraphs(self) -> str:
        """All that there is to say, Markdown; a rule is run on its own example for it."""
        return rule_body(self.rule) if self.rule is not None else self.body

    def text(self) -> str:
        """For a terminal."""
        parts = [f"{self.code}: {self.title} ({self.origin})", self.paragraphs()]
        if self.source:
            parts.append(f"Source: {self.source}")
        if self.rule is not None and self.rule.related:
            parts.append("Elsewhere: " + ", ".join(map(str, self.rule.related)))
        return "\n\n".join(part for part in parts if part) + "\n"

    def values(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "code": self.code,
            "origin": self.origin,
            "title": self.title,
            "body": self.paragraphs(),
            "source": self.source or None,
            "rule": _rule_values(self.rule) if self.rule is not None else None,
        }


def explanations() -> Mapping[str, Explanation]:
    """Every code: reasons by topic, rules, messages of loader, resolver and pipeline; then choices by name."""
    return {explanation.code.upper(): explanation for explanation in _all()}


def _all() -> Iterator[Explanation]:
    yield from (_of_reason(reason) for reason in REASON_CODES.values())
    yield from (_of_rule(rule) for rule in all_rules())
    ours = (PIPELINE_CODES, LESSON_CODES, PIN_CODES, INVARIANT_CODES, FENCE_CODES)
    for codes in (LOADER_CODES, RESOLVER_CODES, *ours, SUPPRESSION_CODES):
        for code, (title, body) in codes.items():
            yield Explanation(code=code, origin="message about a definition", title=title, body=body)
    yield from (_of_assumption(assumption) for assumption in ASSUMPTIONS.values())


def _of_reason(reason: ReasonCode) -> Explanation:
    owner = "AWS Reachability Analyzer's own code" if reason.official else "docgen's own code"
    return Explanation(
        code=reason.code,
        origin=f"reason of a trace, {owner}",
        title=reason.title,
        body=f"{reason.meaning}\n\nUsual fix: {reason.fix}",
        source=reason.source,
    )


def _of_assumption(assumption: Assumption) -> Explanation:
    parts = [assumption.statement, f"What AWS says: {assumption.aws}"]
    if assumption.values:
        lines = [
            f"- `{value}`{' (default)' if value == assumption.default else ''}: {meaning}"
            for value, meaning in assumption.values.items()
        ]
        parts.append("\n".join([f"Set it with `assumptions: {{{assumption.id}: ...}}`:", *lines]))
    else:
        parts.append("It cannot be set otherwise.")
    parts.append(f"Read in `{assumption.read_in}`.")
    return Explanation(
        code=assumption.id,
        origin=f"choice that AWS leaves open, {assumption.tag}",
        title=assumption.title,
        body="\n\n".join(parts),
        source=assumption.source,
    )


def _of_rule(rule: Rule) -> Explanation:
    return Explanation(
        code=rule.code,
        origin=f"rule {rule.name}, {rule.severity}",
        title=rule.summary.rstrip("."),
        source=rule.source,
        rule=rule,
    )


def _rule_values(rule: Rule) -> dict[str, Any]:
    return {
        "name": rule.name,
        "severity": rule.severity.value,
        "why": rule.sections[WHY],
        "flagged": list(rule.flagged),
        "found": as_json(diagnostic for _, diagnostic in shown(rule)),
        "accepted": list(rule.accepted),
        "related": [asdict(related) for related in rule.related],
    }
