# ruff: noqa: E501 - one case, one line
"""Rules about flow logs, in cases that their pages do not show."""

from __future__ import annotations

import pytest
import yaml

from tests.routing.cases import merged
from tests.rules.conftest import Judge

BASE = """
version: 1
title: A VPC, a hub and a regional NAT gateway
region: ap-south-1
zones: [a, b]
s3_buckets: {archive: {}}
transit_gateways: {hub: {}}
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    internet_gateway: igw
    subnets: {app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24]}, hub: {cidr_block: 10.0.99.0/28, availability_zone: a}}
    nat_gateways: {nat: {availability_mode: regional}}
    transit_gateway_attachments: {att: {transit_gateway: hub, subnets: [shop/hub]}}
    instances: {app: {subnet: app}}
"""


@pytest.mark.parametrize(
    ("logs", "expected"),
    [
        pytest.param("{}", ["DGL-62"], id="none"),
        pytest.param("{all: {log_group_name: /a}}", [], id="on-the-vpc"),
        pytest.param("{all: {log_group_name: /a, traffic_type: ACCEPT}}", ["DGL-62"], id="accepted-only"),
        pytest.param("{app: {subnet: app, log_group_name: /a}}", ["DGL-62"], id="on-some-subnets"),
        pytest.param("{app: {subnet: app, log_group_name: /a}, hub: {subnet: hub, log_group_name: /a}}", [], id="on-every-used-subnet"),
        pytest.param("{one: {log_group_name: /a}, two: {log_destination: archive}}", [], id="two-destinations"),
        pytest.param("{one: {log_group_name: /a}, two: {log_group_name: /a, traffic_type: REJECT}}", [], id="two-sorts-of-traffic"),
        pytest.param("{one: {log_group_name: /a}, two: {vpc: shop, log_group_name: /a}}", ["DGL-203"], id="the-same-vpc-by-name"),
        pytest.param("{all: {log_group_name: /a}, att: {transit_gateway_attachment: att, traffic_type: ALL, log_group_name: /b}}", ["DGL-200"], id="attachment-with-traffic-type"),
        pytest.param("{all: {log_group_name: /a}, att: {transit_gateway_attachment: att, max_aggregation_interval: 600, log_group_name: /b}}", ["DGL-201"], id="attachment-of-ten-minutes"),
        pytest.param("{all: {log_group_name: /a}, nat: {regional_nat_gateway: nat, log_group_name: /b, log_format: [resource-id, action]}}", [], id="regional-nat"),
        pytest.param("{all: {log_group_name: /a, log_format: [tgw-id]}}", ["DGL-202"], id="a-hub's-field"),
    ],
)  # fmt: skip
def test_flow_log_rules(judge: Judge, logs: str, expected: list[str]) -> None:
    """What AWS refuses, and VPCs that nobody watches."""
    definition = merged(yaml.safe_load(BASE), {"vpcs": {"shop": {"flow_logs": yaml.safe_load(logs)}}})
    found = [d.code for d in judge(yaml.safe_dump(definition))]

    assert expected == [code for code in found if code in ("DGL-62", "DGL-200", "DGL-201", "DGL-202", "DGL-203")]


@pytest.mark.parametrize(
    ("block", "text"),
    [
        pytest.param("flow_logs: {x: {log_group_name: /a}}", "watches something", id="outside-a-vpc-without-resource"),
        pytest.param("flow_logs: {x: {vpc: shop}}", "one destination", id="no-destination"),
        pytest.param("flow_logs: {x: {vpc: shop, log_group_name: /a, log_destination: archive}}", "one destination", id="two-destinations"),
        pytest.param("flow_logs: {x: {vpc: shop, subnet: shop/app-a, log_group_name: /a}}", "watches one resource", id="two-resources"),
        pytest.param("flow_logs: {x: {vpc: shop, log_group_name: /a, max_aggregation_interval: 300}}", "60 or 600", id="interval"),
        pytest.param("flow_logs: {x: {vpc: shop, log_group_name: /a, log_format: [source-address]}}", "source-address", id="unknown-field"),
    ],
)  # fmt: skip
def test_what_no_flow_log_is(block: str, text: str) -> None:
    """Said at the place, before any rule."""
    from docgen.loader import load_text

    found = load_text(yaml.safe_dump(merged(yaml.safe_load(BASE), yaml.safe_load(block)))).diagnostics

    assert any(text in d.text for d in found), found
