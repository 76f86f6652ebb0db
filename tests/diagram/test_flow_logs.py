"""Where flow logs stand in the picture."""

from __future__ import annotations

import pytest

from docgen.diagram import draw
from docgen.diagram.scorecard import score
from docgen.diagram.structure import structure_of
from docgen.kinds import all_kinds
from docgen.loader import load_text
from docgen.model.network import Network
from docgen.routing import resolve

DEFINITION = """
version: 1
title: Flow logs of everything
region: ap-south-1
zones: [a]
s3_buckets: {archive: {}}
transit_gateways: {hub: {}}
flow_logs:
  hub-log: {transit_gateway: hub, log_group_name: /hub}
  app-log: {network_interface: app, log_destination: archive}
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    subnets: {app: {cidr_block: 10.0.10.0/24}}
    instances: {app: {subnet: app}}
    transit_gateway_attachments: {att: {transit_gateway: hub, subnets: [app]}}
    flow_logs:
      shop-log: {log_group_name: /shop}
      subnet-log: {subnet: app, log_group_name: /app}
      att-log: {transit_gateway_attachment: att, log_group_name: /att}
"""


@pytest.fixture
def network() -> Network:
    loaded = load_text(DEFINITION)
    assert loaded.value is not None, loaded.diagnostics
    network = resolve(loaded.value, all_kinds()).value
    assert network is not None
    return network


def test_in_the_region_of_what_they_watch(network: Network) -> None:
    """Outside the VPC, as AWS draws them, whatever they watch."""
    icons = [i for i in structure_of(network, (), ()).icons if i.component.kind == "flow_log"]

    assert 5 == len(icons)
    assert {"region:ap-south-1"} == {i.parent for i in icons}


def test_picture_has_no_faults(network: Network) -> None:
    """Five more icons find room."""
    assert {} == score(draw(network, "overview", {})).faults()


def test_lines_to_what_they_watch_and_to_where_they_write(network: Network) -> None:
    """To boxes and icons without an arrow, to a bucket with one; all dashed."""
    lines = [c for c in draw(network, "overview", {}).connectors if c.source.startswith("flow_log:")]

    assert all(c.dashed for c in lines)
    assert {
        ("flow_log:hub-log", "transit_gateway:hub", False),
        ("flow_log:app-log", "instance:shop/app", False),
        ("flow_log:app-log", "s3_bucket:archive", True),
        ("flow_log:shop/shop-log", "vpc:shop", False),
        ("flow_log:shop/subnet-log", "subnet:shop/app", False),
        ("flow_log:shop/att-log", "transit_gateway_vpc_attachment:shop/att", False),
    } == {(c.source, c.target, c.arrow_end) for c in lines}
