"""What flow logs would show, in a closed row under each flow."""

from __future__ import annotations

from docgen.pages.architecture_page import architecture_page
from docgen.pages.build import Build, Chapter
from docgen.pages.outline import outline_of
from docgen.pipeline import open_text

DEFINITION = """
version: 1
title: A watched hub
region: ap-south-1
zones: [a]
transit_gateways: {hub: {}}
flow_logs: {hub-log: {transit_gateway: hub, log_group_name: /hub}}
vpcs:
  one:
    cidr_block: 10.0.0.0/16
    subnets: {app: {cidr_block: 10.0.10.0/24}}
    transit_gateway_attachments: {att-one: {transit_gateway: hub, subnets: [app]}}
    route_tables: {main: {10.0.0.0/8: hub}}
    instances: {client: {subnet: app}}
  two:
    cidr_block: 10.1.0.0/16
    subnets: {app: {cidr_block: 10.1.10.0/24}}
    transit_gateway_attachments: {att-two: {transit_gateway: hub, subnets: [app]}}
    route_tables: {main: {10.0.0.0/8: hub}}
    instances: {server: {subnet: app}}
    flow_logs: {two-log: {log_group_name: /two, log_format: [pkt-srcaddr, action]}}
flows:
  knocks: {from: client, to: server, port: 22, expect: blocked}
  looks-up: {from: client, to: 10.0.0.2, protocol: udp, port: 53, expect: allowed}
"""


def test_row() -> None:
    """Records with what is refused, in a declared flow log's format too, and the hub's own records below."""
    design = open_text(DEFINITION).value
    assert design is not None
    text = architecture_page(Build(chapters=(Chapter(title="One", designs=(outline_of(design),)),)), design).markdown

    assert 1 == text.count("What flow logs would show"), "nothing is recorded of a look-up"
    assert "What flow logs would show: 4 records, 1 REJECT" in text
    (refused,) = [line for line in text.splitlines() if "REJECT OK" in line]
    assert refused.startswith('| `server` | ingress | <span class="dg-deny">REJECT</span> | ')
    assert "`10.0.10.5:49761 → 10.1.10.5:22`" in refused
    assert "<br>`10.0.10.5 REJECT`" in refused
    assert "Ids, times and counts are examples; taken by two-log." in text
    assert "Transit gateway flow log `hub-log`" in text
    assert 2 == text.count("`6 TransitGateway ")
