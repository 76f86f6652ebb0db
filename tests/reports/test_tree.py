"""A flow's tree of connections in the terminal: numbers, outline, and where calls are traced."""

from __future__ import annotations

import textwrap

import pytest

from docgen.kinds import all_kinds
from docgen.loader import load_text
from docgen.model.trace import FlowReport
from docgen.reports.trace_json import result
from docgen.reports.trace_text import report_text
from docgen.reports.tree import depth_of, followed_elsewhere, numbers_of
from docgen.routing import resolve, trace

SHOP = """
    version: 1
    title: A shop
    region: ap-south-1
    zones: [a, b]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets:
          app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24]}
        security_groups: {all: {ingress: [all from 10.0.0.0/8]}, none: {}}
        load_balancers:
          inner: {scheme: internal, subnets: [app], security_groups: [all], listeners: {80: {app: 8080}}}
        instances:
          app: {subnet: app, security_groups: [all], calls: [orders, inner]}
        db_instances: {orders: {engine: mysql, subnets: [app], security_groups: [GROUP]}}
    flows:
      ask: {from: orders, to: inner:80}
"""


def asked(group: str = "all") -> FlowReport:
    loaded = load_text(textwrap.dedent(SHOP).replace("GROUP", group))
    assert loaded.value is not None, loaded.diagnostics
    return trace(resolve(loaded.value, all_kinds()).value, loaded.value.flows[0])


@pytest.fixture(scope="module")
def report() -> FlowReport:
    return asked()


def test_numbers_tell_the_tree(report: FlowReport) -> None:
    """Every connection is numbered below the one that it comes out of, and as deep as it has dots."""
    numbers = numbers_of(report.connections)

    assert numbers[:6] == ("1", "1.1", "1.1.1", "1.1.2", "1.1.2.1", "1.1.2.2")
    assert [n.count(".") for n in numbers] == [depth_of(report.connections, i) for i in range(len(numbers))]


def test_outline_comes_first(report: FlowReport) -> None:
    """A line that sums up, then one for each connection; what is traced elsewhere says where."""
    lines = report_text(report).splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith("ALLOWED: "))

    assert lines[start : start + 4] == [
        "ALLOWED: 20 connections, 20 of 20 paths work",
        "  1 orders -> inner@a, tcp 80: ALLOWED",
        "    1.1 inner@a -> app-a, tcp 8080 (listener): ALLOWED",
        "      1.1.1 app-a -> orders, tcp 3306 (call): ALLOWED",
    ]
    assert "        1.1.2.1 inner@a -> app-a, tcp 8080 (listener): ALLOWED (in a circle: see 1.1)" in lines
    assert "connection 1.1.2.2: inner@a -> app-b (listener): ALLOWED" in [line.strip() for line in lines]


def test_a_blocked_call_in_the_outline() -> None:
    """With its reason; nothing hangs below it."""
    lines = [line.strip() for line in report_text(asked("none")).splitlines()]

    assert "1.1.1 app-a -> orders, tcp 3306 (call): BLOCKED, SG_HAS_NO_RULES" in lines


def test_json_says_where_calls_are_followed(report: FlowReport) -> None:
    """As an index, like `parent`; the sentence of a person has the number."""
    values = result(report)["connections"]
    index = next(i for i, c in enumerate(values) if c["followed_at"] is not None)

    assert (values[0]["followed_at"], values[index]["followed_at"]) == (None, 1)
    assert followed_elsewhere(report.connections, index) == "in a circle: see 1.1"
