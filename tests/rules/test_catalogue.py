"""The catalogue of design rules: which of them exist, how severe they are, and who else looks for the same."""

import ast
import inspect
from pathlib import Path

import pytest

from docgen.core.diagnostic import Severity
from docgen.pages.rule_example import shown
from docgen.pipeline.explanations import explanations
from docgen.rules import Rule, all_rules

ALL = {rule.code: rule for rule in all_rules()}
by_name = pytest.mark.parametrize("rule", ALL.values(), ids=lambda r: r.name)
SEVERITY = {
    "E": Severity.ERROR,
    "H": Severity.WARNING,
    "M": Severity.WARNING,
    "L": Severity.INFO,
    "I": Severity.INFO,
}
"""Error; high and medium; low and a matter of cost."""
CATALOGUE = {
    # exposure
    "01": "H", "02": "H", "03": "H", "04": "H", "05": "H", "06": "M", "07": "M", "08": "M", "09": "M",
    "10": "M", "11": "M", "12": "L", "13": "L", "14": "M", "15": "H", "16": "M", "17": "M", "18": "L",
    # availability
    "20": "M", "21": "M", "22": "E", "23": "M", "24": "M", "25": "M", "26": "M", "27": "M", "28": "H",
    "29": "M", "30": "L", "31": "M", "32": "M",
    # routing and addressing
    "33": "E", "34": "E", "35": "H", "36": "M", "37": "E", "38": "H", "39": "L", "40": "M", "41": "M",
    "42": "L", "43": "M", "44": "L", "45": "M", "46": "E", "47": "M", "48": "L", "49": "L", "50": "L",
    # cost, hygiene, visibility
    "60": "I", "61": "I", "62": "M", "63": "L", "64": "M", "65": "I", "66": "L", "67": "M", "68": "L", "69": "I",
}  # fmt: skip
PENDING: set[str] = set()
"""Not written yet; what is written may go from here."""
OURS = {"11": Severity.INFO, "62": Severity.INFO}
"""Another severity, with the reason on the rule's page: a design need not say who watches it, or its requests."""
NOBODY_ELSE = {"12", "28", "36", "38", "39", "40", "41", "42", "44", "47", "66"}
"""No other catalogue has the like."""


@pytest.mark.parametrize("number", CATALOGUE)
def test_rule_of_the_catalogue_exists(number: str):
    """With the severity that the catalogue gives it, and the names that others give it."""
    rule = ALL.get(f"DGL-{number}")
    if rule is None:
        assert number in PENDING
        return
    assert OURS.get(number, SEVERITY[CATALOGUE[number]]) is rule.severity
    assert (number in NOBODY_ELSE) == (not rule.related)


def test_most_of_the_catalogue_is_there():
    assert sum(f"DGL-{number}" in ALL for number in CATALOGUE) >= 45


@by_name
def test_every_finding_has_a_hint(rule: Rule):
    """Wherever a rule makes a finding, it says what usually cures it."""
    tree = ast.parse(Path(inspect.getfile(rule.find)).read_text(encoding="utf-8"))
    made = [n for n in ast.walk(tree) if isinstance(n, ast.Call) and getattr(n.func, "id", "") == "Finding"]

    assert [] == [call.lineno for call in made if not any(k.arg == "hint" for k in call.keywords)]
    assert made


@by_name
def test_related_rules_are_named_once(rule: Rule):
    assert sorted(set(map(str, rule.related))) == sorted(map(str, rule.related))
    assert all(related.id for related in rule.related)


@by_name
def test_explanation_says_everything(rule: Rule):
    """Severity, what, why, both examples, what docgen says to the first with its cure, source, related ids."""
    explanation = explanations()[rule.code]
    text, values = explanation.text(), explanation.values()
    message = shown(rule)[0][1]

    for part in (
        f"{rule.code}: {rule.summary.rstrip('.')} (rule {rule.name}, {rule.severity})",
        rule.sections["Why it matters"],
        rule.flagged[0],
        rule.accepted[0],
        f"{rule.severity}[{rule.code}]: {message.text}",
        f"hint: {message.hint}",
        rule.source,
        *map(str, rule.related),
    ):
        assert part in text
    assert values["rule"]["severity"] == rule.severity
    assert values["rule"]["found"][0]["hint"] == message.hint
    assert [r.id for r in rule.related] == [r["id"] for r in values["rule"]["related"]]
