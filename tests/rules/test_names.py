"""Rules about DNS records, beyond the examples of their pages."""

from __future__ import annotations

import pytest

from docgen.kinds import all_kinds
from docgen.loader import load_text
from docgen.routing import resolve
from docgen.rules import Subject, check


def codes(text: str) -> list[str]:
    """Codes about names that a definition gets."""
    loaded = load_text(text)
    assert loaded.value is not None, loaded.diagnostics
    found = check(Subject(network=resolve(loaded.value, all_kinds()).value))
    return sorted({d.code for d in found if d.code in {f"DGL-{n}" for n in range(180, 190)}})


@pytest.mark.parametrize(
    ("expected", "records"),
    [
        pytest.param([], "{a: [198.51.100.7]}", id="one-record"),
        pytest.param([], "[{a: [198.51.100.7]}, {aaaa: ['2001:db8::7']}]", id="a-and-aaaa"),
        pytest.param(["DGL-183"], "[{a: [198.51.100.7]}, {a: [198.51.100.8]}]", id="two-simple-records-of-one-type"),
        pytest.param(["DGL-183"], "[{a: [198.51.100.7]}, {cname: x.example}]", id="a-cname-beside-an-address"),
        pytest.param([], "[{a: [198.51.100.7], weight: 1}, {a: [198.51.100.8], weight: 1}]", id="equal-weights"),
        pytest.param([], "[{cname: a.example, weight: 1}, {cname: b.example, weight: 2}]", id="weighted-cnames"),
        pytest.param(
            ["DGL-183"], "[{a: [198.51.100.7], region: us-east-1}, {a: [198.51.100.8], region: us-east-1}]",
            id="one-region-twice",
        ),
        pytest.param(
            ["DGL-182", "DGL-183", "DGL-184"],
            "[{a: [198.51.100.7], failover: primary}, {a: [198.51.100.8], failover: primary}]", id="two-primaries",
        ),
        pytest.param(["DGL-182"], "{a: [198.51.100.8], failover: secondary}", id="a-secondary-alone"),
        pytest.param(
            ["DGL-183"], "[{a: [198.51.100.7], weight: 1}, {a: [198.51.100.8], region: us-east-1}]", id="two-policies"
        ),
    ],
)  # fmt: skip
def test_records_of_one_name(expected: list[str], records: str) -> None:
    """What Route 53 takes together, and what it does not."""
    assert expected == codes(f"version: 1\ntitle: t\nhosted_zones: {{example.com: {{www: {records}}}}}\n")


@pytest.mark.parametrize(
    ("text", "records"),
    [
        ("a record is one of", "{a: [198.51.100.7], cname: x.example}"),
        ("one routing policy", "{a: [198.51.100.7], weight: 1, failover: primary}"),
        ("only an alias", "{a: [198.51.100.7], evaluate_target_health: true}"),
        ("no CNAME for the zone's own name", "{cname: x.example}"),
        ("there is no alias target called 'nothing'", "{alias: nothing}"),
    ],
)
def test_records_that_are_wrong_by_themselves(text: str, records: str) -> None:
    """Told with the place, without a rule."""
    loaded = load_text(f"version: 1\ntitle: t\nhosted_zones: {{example.com: {{'@': {records}}}}}\n")
    found = [*loaded.diagnostics, *(resolve(loaded.value, all_kinds()).diagnostics if loaded.value else ())]

    assert any(text in d.text for d in found), found
