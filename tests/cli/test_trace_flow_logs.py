"""`docgen trace --flow-logs`: what flow logs would write, and which declared one takes it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema
import pytest

from docgen.reports import json_schema

DEFINITION = """
version: 1
title: A watched server
region: ap-south-1
zones: [a, b]
accounts: {shop: {account_id: "012345670123"}}
vpcs:
  shop:
    account: shop
    cidr_block: 10.0.0.0/16
    subnets: {app: {cidr_block: 10.0.10.0/24, availability_zone: a}, db: {cidr_blocks: [10.0.20.0/24, 10.0.21.0/24]}}
    security_groups: {closed: {}}
    instances: {app: {subnet: app, security_groups: [closed]}}
    db_instances: {orders: {subnets: [db], security_groups: [closed]}}
    flow_logs:
      refused: {traffic_type: REJECT, log_group_name: /shop}
      audit: {subnet: app, log_group_name: /app, log_format: [version, srcaddr, dstaddr, flow-direction, tcp-flags]}
flows:
  asks: {from: app, to: orders, port: 3306, expect: blocked}
"""


@pytest.fixture
def definition(tmp_path: Path) -> str:
    path = tmp_path / "shop.yaml"
    path.write_text(DEFINITION)
    return str(path)


def test_text(run: Any, definition: str) -> None:
    """Each record with the flow logs that take it, and the line in another format below."""
    lines = run("trace", definition, "--flow-logs").stdout.splitlines()
    at = lines.index("flow log records (ids, times and counts are examples)")
    records = lines[at + 1 :]

    assert records[0].startswith("  app egress      2 012345670123 eni-0")
    assert records[0].endswith("10.0.10.4 10.0.20.4 49761 3306 6 3 180 1418530010 1418530070 ACCEPT OK  <- audit")
    assert "    audit: 5 10.0.10.4 10.0.20.4 egress 2" == records[1]
    assert records[2].endswith("REJECT OK  <- refused")
    assert len(records) == 3


def test_only_when_asked(run: Any, run_json: Any, definition: str) -> None:
    """Records take as long as traces do."""
    assert "flow log records" not in run("trace", definition).stdout
    assert "flow_log" not in run_json("trace", definition, "--format", "json")["results"][0]


@pytest.mark.parametrize("question", [(), ("--from", "app", "--to", "orders", "--port", "3306")])
def test_json(run_json: Any, definition: str, question: tuple[str, ...]) -> None:
    """The machine interface, as its schema says, for declared flows and for others."""
    answer = run_json("trace", definition, *question, "--flow-logs", "--format", "json")
    jsonschema.validate(answer, json_schema())
    first, second = answer["results"][0]["flow_log"]

    assert ("app", "egress", "ACCEPT", "1") == tuple(
        first[k] for k in ("interface", "direction", "action", "traffic_path")
    )
    assert [{"flow_log": "audit", "line": "5 10.0.10.4 10.0.20.4 egress 2"}] == first["captured_by"]
    assert ("orders", "ingress", "REJECT", None) == tuple(
        second[k] for k in ("component", "direction", "action", "traffic_path")
    )
    assert [{"flow_log": "refused", "line": second["line"]}] == second["captured_by"]


def test_nothing_to_record(run: Any, definition: str) -> None:
    """The VPC's resolver is never logged."""
    shown = run(
        "trace", definition, "--from", "app", "--to", "10.0.0.2", "--protocol", "udp", "--port", "53", "--flow-logs"
    )

    assert "none: no network interface sees a packet that flow logs record" in shown.stdout
