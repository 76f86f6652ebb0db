"""The runner: order, repetition, crashes, and what is kept back where a definition could not be read whole."""

import pytest

from docgen import rules
from docgen.core.diagnostic import Finding, Severity
from docgen.core.span import Span
from docgen.kinds import all_kinds
from docgen.loader import load_text
from docgen.model.network import Network
from docgen.routing import resolve
from docgen.rules import Subject
from docgen.rules import _rule as machinery
from docgen.rules._rule import rule

TWO_MISTAKES = """\
version: 1
title: Two mistakes and a remark
region: ap-south-1
zones: [a]
vpcs:
  shop:
    cidr_block: 172.31.0.0/16
    subnets:
      first: {cidr_block: 10.1.0.0/24}
      second: {cidr_block: 10.1.1.0/24}
"""
HALF_READ = """\
version: 1
title: A gateway that cannot be read
region: ap-south-1
zones: [a]
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    internet_gateways: {igw: {speed: 9}}
    subnets:
      public: {cidr_block: 10.0.0.0/24}
      elsewhere: {cidr_block: 10.9.0.0/24}
    security_groups:
      unused: {ingress: [tcp 22 from 0.0.0.0/0]}
    instances:
      web: {subnet: public, elastic_ip: true}
"""


def network_of(text: str) -> Network:
    loaded = load_text(text)
    assert loaded.value is not None
    network = resolve(loaded.value, all_kinds()).value
    assert network is not None
    return network


@pytest.fixture
def only(monkeypatch):
    """Replaces the discovered rules."""

    def replace_by(*chosen):
        monkeypatch.setattr(machinery, "all_rules", lambda: chosen)

    return replace_by


def test_all_mistakes_are_told_in_the_order_of_the_file():
    """One run reports everything, by line."""
    found = rules.check(Subject(network=network_of(TWO_MISTAKES)))

    assert [(d.span.line, d.code) for d in found] == [(6, "DGL-50"), (9, "DGL-33"), (10, "DGL-33")]


def test_the_same_is_told_once(only):
    """A rule that yields a finding twice is heard once."""

    @rule("DGL-999", severity=Severity.INFO, source="https://docs.aws.amazon.com/")
    def stutter(subject):
        """Says it twice."""
        yield from [Finding(Span("x", 1, 1), "said")] * 2

    only(stutter)

    assert [d.text for d in rules.check(Subject(network=network_of(TWO_MISTAKES)))] == ["said"]


def test_a_crash_is_not_swallowed(only):
    """A bug in a rule is ours to mend, not the author's to read as a finding."""

    @rule("DGL-999", severity=Severity.INFO, source="https://docs.aws.amazon.com/")
    def crash(subject):
        """Falls over."""
        yield Finding(Span("x", 1, 1), str(1 // 0))

    only(crash)

    with pytest.raises(ZeroDivisionError):
        rules.check(Subject(network=network_of(TWO_MISTAKES)))


def test_only_errors_where_something_could_not_be_read():
    """What is missing is not called unused, and the gateway that could not be read not absent."""
    network = network_of(HALF_READ)
    found = rules.check(Subject(network=network))

    assert network.architecture.broken
    assert [d.code for d in found] == ["DGL-33"]


def test_rules_come_by_number():
    """The reference page lists them so."""
    numbers = [int(r.code.removeprefix("DGL-")) for r in rules.all_rules()]

    assert numbers == sorted(numbers)
