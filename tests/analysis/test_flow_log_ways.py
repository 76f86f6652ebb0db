# ruff: noqa: E501 - one definition, one line
"""Flow log records by way of PrivateLink, transit gateways, appliances, and in IPv6."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from docgen.analysis.flow_log import flow_log_records
from docgen.model.flow_log import TRANSIT_FIELDS
from docgen.reports.flow_log import transit_shown
from tests.analysis.flow_log_lines import short
from tests.routing.cases import ask, merged, network_of, network_with

PRIVATE_LINK = yaml.safe_load("""
version: 1
title: A provider and a consumer
region: ap-south-1
zones: [a]
vpcs:
  provider:
    cidr_block: 10.0.0.0/16
    subnets: {edge: {cidr_block: 10.0.0.0/24}, app: {cidr_block: 10.0.10.0/24}}
    security_groups: {sg-edge: {ingress: [tcp 443 from 10.1.0.0/16]}, sg-app: {ingress: [all from 10.0.0.0/16]}}
    load_balancers:
      nlb: {type: network, scheme: internal, subnets: [edge], security_groups: [sg-edge], listeners: {443: {app: 8443}}}
    vpc_endpoint_services: {svc: {network_load_balancers: [nlb]}}
    instances: {app: {subnet: app, private_ip_address: 10.0.10.5, security_groups: [sg-app]}}
  consumer:
    cidr_block: 10.1.0.0/16
    subnets: {web: {cidr_block: 10.1.10.0/24}}
    security_groups: {sg-web: {}, sg-ep: {ingress: [tcp 443 from sg-web]}}
    vpc_endpoints: {ep: {endpoint_service: svc, subnets: [web], security_groups: [sg-ep]}}
    instances: {web: {subnet: web, private_ip_address: 10.1.10.50, security_groups: [sg-web]}}
""")


def test_private_link() -> None:
    """Nothing is written between the endpoint's interface and the load balancer's; both have records otherwise."""
    network = network_of(PRIVATE_LINK)

    assert [
        "web > ACCEPT 10.1.10.50 10.1.10.4",
        "ep < ACCEPT 10.1.10.50 10.1.10.4",
        "ep > ACCEPT 10.1.10.4 10.1.10.50",
        "web < ACCEPT 10.1.10.4 10.1.10.50",
        "nlb > ACCEPT 10.0.0.4 10.0.10.5",
        "app < ACCEPT 10.0.0.4 10.0.10.5",
        "app > ACCEPT 10.0.10.5 10.0.0.4",
        "nlb < ACCEPT 10.0.10.5 10.0.0.4",
    ] == short(network, ask(network, "web -> ep tcp 443"))


def test_private_link_refused() -> None:
    """The consumer gets no answer where the provider's target refuses; its load balancer's refusal is not logged."""
    closed = merged(PRIVATE_LINK, {"vpcs": {"provider": {"security_groups": {"sg-app": {"ingress": []}}}}})
    network = network_of(closed)

    assert [
        "web > ACCEPT 10.1.10.50 10.1.10.4",
        "ep < ACCEPT 10.1.10.50 10.1.10.4",
        "nlb > ACCEPT 10.0.0.4 10.0.10.5",
        "app < REJECT 10.0.0.4 10.0.10.5",
    ] == short(network, ask(network, "web -> ep tcp 443"))
    closed = merged(PRIVATE_LINK, {"vpcs": {"provider": {"security_groups": {"sg-edge": {"ingress": []}}}}})
    network = network_of(closed)
    assert ["web > ACCEPT 10.1.10.50 10.1.10.4", "ep < ACCEPT 10.1.10.50 10.1.10.4"] == short(
        network, ask(network, "web -> ep tcp 443")
    )


HUB = yaml.safe_load("""
version: 1
title: Two VPCs and a hub
region: ap-south-1
zones: [a, b]
transit_gateways: {hub: {}}
vpcs:
  one:
    cidr_block: 10.0.0.0/16
    subnets: {app: {cidr_block: 10.0.10.0/24, availability_zone: a}, tgw: {cidr_block: 10.0.99.0/28, availability_zone: a}}
    transit_gateway_attachments: {att-one: {transit_gateway: hub, subnets: [tgw]}}
    route_tables: {main: {10.0.0.0/8: hub}}
    instances: {client: {subnet: app, private_ip_address: 10.0.10.5}}
  two:
    cidr_block: 10.1.0.0/16
    subnets: {app: {cidr_block: 10.1.10.0/24, availability_zone: a}}
    transit_gateway_attachments: {att-two: {transit_gateway: hub, subnets: [app]}}
    route_tables: {main: {10.0.0.0/8: hub}}
    security_groups: {open: {ingress: [all from 10.0.0.0/8]}}
    instances: {server: {subnet: app, private_ip_address: 10.1.10.5, security_groups: [open]}}
""")


def test_transit_gateway() -> None:
    """Both attachments' interfaces write records, with their own address towards their VPC."""
    network = network_of(HUB)
    report = ask(network, "client -> server tcp 443")

    assert [
        "client > ACCEPT 10.0.10.5 10.1.10.5",
        "att-one < ACCEPT 10.0.10.5 10.0.99.4",
        "att-two > ACCEPT 10.1.10.4 10.1.10.5",
        "server < ACCEPT 10.0.10.5 10.1.10.5",
        "server > ACCEPT 10.1.10.5 10.0.10.5",
        "att-two < ACCEPT 10.1.10.5 10.1.10.4",
        "att-one > ACCEPT 10.0.99.4 10.0.10.5",
        "client < ACCEPT 10.1.10.5 10.0.10.5",
    ] == short(network, report)
    leaving = flow_log_records(network, report)[2]
    assert ("10.0.10.5", "10.1.10.5") == (leaving.value("pkt-srcaddr"), leaving.value("pkt-dstaddr"))


def test_acl_refuses_at_an_attachment() -> None:
    """The attachment's interface has the refusal, on its way out into the VPC."""
    acl = {"network_acls": {"acl": {"subnets": ["tgw"], "egress": {"100": "deny all to 0.0.0.0/0"}}}}
    acl["network_acls"]["acl"]["ingress"] = {"100": "allow all from 0.0.0.0/0"}  # type: ignore[assignment]
    network = network_of(merged(HUB, {"vpcs": {"one": acl}}))

    assert "att-one > REJECT 10.0.99.4 10.0.10.5" == short(network, ask(network, "client -> server tcp 443"))[-1]


SIX = """
ipv6_cidr_block: true
egress_only_internet_gateway: eigw
subnets: {app: {ipv6_cidr_block: true, assign_ipv6_address_on_creation: true}}
route_tables: {rt-app: {"::/0": eigw}}
"""


def test_ipv6() -> None:
    """An interface writes its IPv6 address, and an egress-only gateway writes nothing."""
    network = network_with(SIX, "internet_hosts: {six: {ipv6_address: '2001:db8:ffff::80'}}")
    records = flow_log_records(network, ask(network, "app -> 2001:db8:ffff::80 tcp 443"))

    own = str(network.interfaces["app"].ipv6)
    assert [("egress", own), ("ingress", "2001:db8:ffff::80")] == [(r.direction, r.value("srcaddr")) for r in records]
    assert {"IPv6"} == {r.value("type") for r in records}
    ping = flow_log_records(network, ask(network, "app -> 2001:db8:ffff::80 icmp"))
    assert {"58"} == {r.value("protocol") for r in ping}


APPLIANCE = """
instances: {fw: {subnet: pub-a, private_ip_address: 10.0.0.9, source_dest_check: false, security_groups: [sg-open]}}
subnets: {db: {route_table: rt-db}}
route_tables: {rt-app: {10.0.20.0/24: fw}, rt-db: {10.0.10.0/24: fw}}
security_groups: {sg-db: {ingress: [all from 10.0.0.0/16]}}
"""


def test_appliance() -> None:
    """What it passes on shows its own address, and both ends in the packet's fields."""
    network = network_with(APPLIANCE)
    report = ask(network, "app -> db tcp 5432")

    assert [
        "app > ACCEPT 10.0.10.10 10.0.20.10",
        "fw < ACCEPT 10.0.10.10 10.0.0.9",
        "fw > ACCEPT 10.0.0.9 10.0.20.10",
        "db < ACCEPT 10.0.10.10 10.0.20.10",
    ] == short(network, report)[:4]
    passed = [r for r in flow_log_records(network, report) if r.interface == "fw"]
    assert {("10.0.10.10", "10.0.20.10"), ("10.0.20.10", "10.0.10.10")} == {
        (r.value("pkt-srcaddr"), r.value("pkt-dstaddr")) for r in passed
    }


def transit(changes: dict[str, Any], flow_logs: dict[str, Any]) -> list[str]:
    """What flow logs of the hub and its attachments hold of a request from `client` to `server`."""
    network = network_of(merged(HUB, {"flow_logs": flow_logs, **changes}))
    report = ask(network, "client -> server tcp 443")
    return [
        f"{one.flow_log} {record.attachment_name} {record.direction} {line}"
        for one in transit_shown(network, report)
        for record, line in one.lines
    ]


SEEN = ["srcaddr", "dstaddr", "packets-lost-no-route", "packets-lost-blackhole"]


def test_transit_gateway_flow_log() -> None:
    """In by one attachment and out by the other, there and back; an attachment's flow log holds its own half."""
    hub = {"transit_gateway": "hub", "log_group_name": "/hub", "log_format": SEEN}
    one = {"transit_gateway_attachment": "one/att-one", "log_group_name": "/one", "log_format": SEEN}

    assert [
        "hub att-one ingress 10.0.10.5 10.1.10.5 0 0",
        "hub att-two egress 10.0.10.5 10.1.10.5 0 0",
        "hub att-two ingress 10.1.10.5 10.0.10.5 0 0",
        "hub att-one egress 10.1.10.5 10.0.10.5 0 0",
        "one att-one ingress 10.0.10.5 10.1.10.5 0 0",
        "one att-one egress 10.1.10.5 10.0.10.5 0 0",
    ] == transit({}, {"hub": hub, "one": one})


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        pytest.param({}, "3 0", id="no-route"),
        pytest.param({"routes": {"10.1.0.0/16": "blackhole"}}, "0 3", id="blackhole"),
    ],
)
def test_transit_gateway_loses(table: dict[str, Any], expected: str) -> None:
    """Counted where the packet came in; no interface refuses anything."""
    tables = {"alone": {"transit_gateway": "hub", "associations": ["one/att-one"], **table}}
    hub = {"transit_gateway": "hub", "log_group_name": "/hub", "log_format": SEEN}

    assert [f"hub att-one ingress 10.0.10.5 10.1.10.5 {expected}"] == transit(
        {"transit_gateway_route_tables": tables}, {"hub": hub}
    )


def test_default_format_of_a_transit_gateway() -> None:
    """Thirty-six fields, version 6."""
    (line, *_) = transit({}, {"hub": {"transit_gateway": "hub", "log_group_name": "/hub"}})
    fields = line.split()[3:]

    assert (len(TRANSIT_FIELDS), "6", "TransitGateway") == (len(fields), *fields[:2])
    held = dict(zip(TRANSIT_FIELDS, fields, strict=True))
    assert "-" != held["tgw-src-eni"] != held["tgw-dst-eni"] != "-"
    assert ("ingress", "443", "6") == (held["flow-direction"], held["dstport"], held["protocol"])
