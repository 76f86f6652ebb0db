"""Choices that AWS leaves open: what docgen does by default, and what it does when the author says otherwise."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from docgen import model
from docgen.model.assumptions import ASSUMPTIONS
from docgen.model.packet import Family
from docgen.model.trace import FlowReport
from tests.routing.cases import ALLOWED, Answer, ask, blocked, network_with

UNKNOWN = "unknown"
REPOSITORY = Path(model.__file__).parent.parent.parent


def unknown(code: str, by: str) -> Answer:
    return Answer(UNKNOWN, code, "forward", by)


BLACKHOLE = """
route_tables: {rt-app: {203.0.113.0/24: {target: nat, state: blackhole}}}
"""
ALL_BLACK = """
route_tables: {rt-app: {0.0.0.0/0: {target: nat, state: blackhole}}}
"""
AROUND = """
route_tables: {rt-app: {10.0.20.0/24: fw}}
instances:
  fw: {subnet: pub-a, private_ip_address: 10.0.0.50, source_dest_check: false, security_groups: [sg-open]}
security_groups: {sg-db: {ingress: [tcp 5432 from 10.0.10.0/24]}}
"""
ADVERTISED = """
route_tables: {rt-app: {10.0.20.0/24: {target: nat, origin: Advertisement}}}
security_groups: {sg-db: {ingress: [tcp 5432 from 10.0.10.0/24]}}
"""
TWO_LISTS = "route_tables: {rt-app: {0.0.0.0/0: null, pl-one: aaa, pl-two: nat}}\ninstances: {aaa: {subnet: pub-a}}"
LISTS = """
prefix_lists: {pl-one: {entries: [203.0.113.0/24]}, pl-two: {entries: [203.0.113.0/24]}}
"""
PRIVATE = "instances: {web: {elastic_ip: null}}\nroute_tables: {rt-pub: {192.168.0.0/16: igw}}"
DUAL = """
ipv6_cidr_block: 2001:db8:1:100::/56
subnets:
  app: {ipv6_cidr_blocks: ["2001:db8:1:110::/64", "2001:db8:1:111::/64"]}
egress_only_internet_gateway: eigw
route_tables: {rt-app: {"::/0": eigw}}
security_groups: {sg-app: {ingress: ["tcp 8080 from ::/0"]}}
instances: {app: {ipv6_address: true}}
"""
SIX = """
internet_hosts: {six: {address: 203.0.113.81, ipv6_address: "2001:db8:ffff::81"}}
"""
REGIONAL = (
    "nat_gateways: {nat: {subnet: null, private_ip_address: null, elastic_ip: null, availability_mode: regional}}"
)
NAT64 = """
ipv6_cidr_block: 2001:db8:1:100::/56
subnets:
  six:
    ipv6_native: true
    ipv6_cidr_block: "2001:db8:1:120::/64"
    availability_zone: a
    route_table: rt-six
    enable_dns64: true
route_tables: {rt-six: {"64:ff9b::/96": nat}}
instances: {only6: {subnet: six, ipv6_address: true, security_groups: [sg-open]}}
security_groups: {sg-open: {egress: ["all to ::/0"]}}
"""
BOTH_REFUSE = """
network_acls: {acl: {subnets: [db], ingress: {100: deny all from 0.0.0.0/0}, egress: {100: allow all to 0.0.0.0/0}}}
"""
PORTS_OF_LINUX = """
network_acls:
  acl: {subnets: [db], ingress: {100: allow all from 0.0.0.0/0}, egress: {100: allow tcp 32768-61000 to 0.0.0.0/0}}
"""
HUB = """
transit_gateways: {hub: {}}
vpcs:
  far:
    cidr_block: 10.20.0.0/16
    subnets: {far: {cidr_block: 10.20.0.0/24, availability_zone: a}}
    transit_gateway_attachments: {att-far: {transit_gateway: hub, subnets: [far]}}
    route_tables: {main: {10.0.0.0/8: hub}}
    security_groups: {sg-far: {ingress: [all from 10.0.0.0/8]}}
    instances: {far: {subnet: far, security_groups: [sg-far]}}
"""
HUB_HERE = """
subnets: {hub: {cidr_block: 10.0.99.0/28, availability_zone: a}}
transit_gateway_attachments: {att: {transit_gateway: hub, subnets: [hub]}}
route_tables: {rt-app: {10.20.0.0/16: hub}}
"""
NLB = """
load_balancers:
  nlb: {type: network, scheme: internal, subnets: [pub], listeners: {80: {web: 443}}}
"""
REFLECTED = "security_groups: {sg-web: {ingress: [tcp 443 from 0.0.0.0/0]}}"

CASES: list[tuple[str, str, str, dict[str, Any], str, dict[str, Answer]]] = [
    # choice, changes of the VPC, changes of the top, more, ends, answer by value
    (
        "blackhole-route",
        BLACKHOLE,
        "",
        {},
        "app -> server tcp 443",
        {"drop": blocked("BAD_STATE_ROUTE", "route_table:rt-app"), "fall-through": ALLOWED},
    ),
    (
        "blackhole-route",
        ALL_BLACK,
        "",
        {},
        "app -> server tcp 443",
        {
            "drop": blocked("BAD_STATE_ROUTE", "route_table:rt-app"),
            "fall-through": blocked("NO_ROUTE_TO_DESTINATION", "route_table:rt-app"),
        },
    ),
    (
        "local-route",
        AROUND,
        "",
        {},
        "app -> db tcp 5432",
        {"longest-prefix": blocked("DG_RETURN_PATH_ASYMMETRIC", "instance:fw", "return"), "local-first": ALLOWED},
    ),
    (
        "prefix-list-tie",
        TWO_LISTS,
        LISTS,
        {},
        "app -> server tcp 443",
        {"first-name": blocked("ENI_SOURCE_DEST_CHECK_RESTRICTION", "instance:aaa"), "last-name": ALLOWED},
    ),
    (
        "advertised-route",
        ADVERTISED,
        "",
        {},
        "app -> db tcp 5432",
        {"propagated": ALLOWED, "static": blocked("ENI_SG_RULES_MISMATCH", "instance:db")},
    ),
    (
        "nat64-route",
        NAT64,
        SIX,
        {},
        "only6 -> server tcp 443",
        {"accepted": ALLOWED, "refused": blocked("DG_ADDRESS_FAMILY_MISMATCH", "nat_gateway:nat")},
    ),
    (
        "internet-gateway-order",
        PRIVATE,
        "",
        {},
        "web -> 192.168.0.9 tcp 443",
        {
            "private-destination-first": blocked(
                "IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS", "internet_gateway:igw"
            ),
            "public-address-first": blocked("IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS", "internet_gateway:igw"),
        },
    ),
    (
        "public-address-reflection",
        REFLECTED,
        "",
        {},
        "web -> 198.51.100.11 tcp 443",
        {"traced": ALLOWED, "unknown": unknown("IGW_NAT_REFLECTION", "internet_gateway:igw")},
    ),
    (
        "egress-only-gateway-answers",
        DUAL,
        SIX,
        {"family": Family.IPV6},
        "six -> app tcp 8080",
        {
            "drop": blocked("DG_RETURN_PATH_ASYMMETRIC", "egress_only_internet_gateway:eigw", "return"),
            "pass": ALLOWED,
        },
    ),
    (
        "regional-nat-network-acl",
        REGIONAL,
        "",
        {},
        "app -> server tcp 443",
        {"not-asked": ALLOWED, "unknown": unknown("UNSUPPORTED_COMPONENT", "nat_gateway:nat")},
    ),
    (
        "arrival-order",
        BOTH_REFUSE,
        "",
        {},
        "app -> db tcp 22",
        {
            "network-acl-first": blocked("SUBNET_ACL_RESTRICTION", "network_acl:acl"),
            "security-groups-first": blocked("ENI_SG_RULES_MISMATCH", "instance:db"),
        },
    ),
    (
        "ephemeral-ports",
        PORTS_OF_LINUX,
        "",
        {},
        "app -> db tcp 5432",
        {
            "1024-65535": blocked("SUBNET_ACL_RESTRICTION", "network_acl:acl", "return"),
            "32768-61000": ALLOWED,
            "49152-65535": blocked("SUBNET_ACL_RESTRICTION", "network_acl:acl", "return"),
        },
    ),
    (
        "appliance-state",
        AROUND,
        "",
        {},
        "app -> db tcp 5432",
        {"stateful": blocked("DG_RETURN_PATH_ASYMMETRIC", "instance:fw", "return"), "stateless": ALLOWED},
    ),
    (
        "attachment-subnets",
        HUB_HERE,
        HUB,
        {},
        "app -> far tcp 443",
        {
            "any-subnet-of-zone": ALLOWED,
            "associated-subnets-only": blocked("TGW_ROUTE_AZ_RESTRICTION", "transit_gateway_vpc_attachment:att"),
        },
    ),
    (
        "load-balancer-replies",
        NLB,
        "",
        {},
        "app -> nlb tcp 80",
        {
            "intercepted": ALLOWED,
            "routed": blocked("DG_RETURN_PATH_ASYMMETRIC", "instance:app", "return"),
        },
    ),
]


def answer(choice: str, value: str, vpc: str, top: str, more: dict[str, Any], ends: str) -> FlowReport:
    changes = yaml.safe_load(top) or {}
    return ask(network_with(vpc, yaml.safe_dump({**changes, "assumptions": {choice: value}})), ends, **more)


@pytest.mark.parametrize(
    ("choice", "value", "vpc", "top", "more", "ends", "expected"),
    [
        pytest.param(choice, value, vpc, top, more, ends, expected, id=f"{choice} {number}: {value}")
        for number, (choice, vpc, top, more, ends, answers) in enumerate(CASES)
        for value, expected in answers.items()
    ],
)
def test_each_value(
    choice: str, value: str, vpc: str, top: str, more: dict[str, Any], ends: str, expected: Answer
) -> None:
    """The core obeys what the definition says."""
    report = answer(choice, value, vpc, top, more, ends)
    by = f"{report.component.kind}:{report.component_name}" if report.component else None

    assert expected == Answer(report.verdict, report.reason, report.leg, by), report.text


@pytest.mark.parametrize(
    ("choice", "vpc", "top", "more", "ends"),
    [case[:5] for case in CASES],
    ids=[f"{c[0]} {i}" for i, c in enumerate(CASES)],
)
def test_a_step_that_depends_on_a_choice_names_it(
    choice: str, vpc: str, top: str, more: dict[str, Any], ends: str
) -> None:
    """By default, so that a reader sees where another reading would answer otherwise."""
    report = ask(network_with(vpc, top), ends, **more)
    named = {
        step.assumption
        for connection in report.connections
        for trace in (connection.forward, connection.returning)
        if trace is not None
        for hop in trace.hops
        for step in hop.steps
    }

    assert choice in named


def test_every_choice_that_can_be_set_is_tested_with_every_value() -> None:
    """The table above is complete."""
    tested = {(case[0], value) for case in CASES for value in case[5]}

    assert {(a.id, value) for a in ASSUMPTIONS.values() for value in a.values} == tested


@pytest.mark.parametrize("name", sorted(ASSUMPTIONS))
def test_a_choice_is_documented_where_it_is_made(name: str) -> None:
    """In the decision record, with AWS's page; and the module exists that decides by it."""
    assumption = ASSUMPTIONS[name]
    decisions = (REPOSITORY / "docs/decisions/0003-choices-of-the-routing-core.md").read_text(encoding="utf-8")

    assert f"`{name}`" in decisions
    assert assumption.source.startswith("https://docs.aws.amazon.com/")
    assert (REPOSITORY / assumption.read_in).is_file()
    assert assumption.statement.endswith(".")
    assert not assumption.title.endswith(".")
    if assumption.values:
        assert f'"{name}"' in (REPOSITORY / assumption.read_in).read_text(encoding="utf-8")
