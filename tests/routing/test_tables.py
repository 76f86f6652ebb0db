# ruff: noqa: E501 - one case, one line or two
"""Route tables, several VPCs and what an outage does to them: each rule both ways."""

from __future__ import annotations

from typing import Any

import pytest

from tests.routing.cases import ALLOWED, Answer, blocked, case, check, network_with
from tests.routing.cases import ask as asked

NO_ROUTE, BLACKHOLE = "NO_ROUTE_TO_DESTINATION", "BAD_STATE_ROUTE"

TABLES = [
    case("the-local-route-is-everywhere", "", "db -> web tcp 443", ALLOWED),
    case("a-subnet-without-a-table-takes-the-main-one", "", "db -> server tcp 443", blocked(NO_ROUTE, "route_table:rt-main")),
    case("a-promoted-main-table", "{main_route_table: rt-app, route_tables: {rt-main: null}}", "db -> server tcp 443", ALLOWED),
    case("a-table-called-main", "{route_tables: {rt-main: null, main: {0.0.0.0/0: nat}}}", "db -> server tcp 443", ALLOWED),
    case("an-implicit-main-table", "{route_tables: {rt-main: null}}", "db -> server tcp 443",
         blocked(NO_ROUTE, "route_table:main")),
    case("a-blackhole-is-not-passed-over", "{route_tables: {rt-app: {routes: [{destination_cidr_block: 0.0.0.0/0, target: nat},"
         " {destination_cidr_block: 203.0.113.0/24, target: nat, state: blackhole}], 0.0.0.0/0: null}}}",
         "app -> server tcp 443", blocked(BLACKHOLE, "route_table:rt-app")),
    case("a-blackhole-for-others", "{route_tables: {rt-app: {routes: [{destination_cidr_block: 0.0.0.0/0, target: nat},"
         " {destination_cidr_block: 203.0.114.0/24, target: nat, state: blackhole}], 0.0.0.0/0: null}}}",
         "app -> server tcp 443", ALLOWED),
    case("the-longer-prefix-wins", "{route_tables: {rt-pub: {203.0.113.80/32: web2}}}", "web -> server tcp 443",
         blocked("ENI_SOURCE_DEST_CHECK_RESTRICTION", "instance:web2"),
         top="{vpcs: {vpc: {instances: {web2: {security_groups: [sg-open]}}}}}"),
    case("a-propagated-route-inside-the-vpc-loses", "{route_tables: {rt-app: {routes: [{destination_cidr_block: 10.0.20.0/24,"
         " target: web, origin: EnableVgwRoutePropagation}], 0.0.0.0/0: null}}}", "app -> db tcp 5432", ALLOWED),
    case("a-static-one-inside-the-vpc-wins", "{route_tables: {rt-app: {10.0.20.0/24: web}}}", "app -> db tcp 5432",
         blocked("ENI_SOURCE_DEST_CHECK_RESTRICTION", "instance:web")),
    case("a-local-route-outside-the-vpc", "{route_tables: {rt-app: {192.168.0.0/16: local}}}", "app -> 192.168.1.1 tcp 80",
         blocked("VPC_LOCAL_ROUTE_CIDR_RESTRICTION", "route_table:rt-app")),
    case("a-local-route-written-out", "{route_tables: {rt-app: {10.0.0.0/16: local}}}", "app -> db tcp 5432", ALLOWED),
    case("the-table-of-the-answer's-subnet-counts", "{route_tables: {rt-pub: {10.0.10.0/24: nat}}}", "app -> web tcp 443",
         blocked("DG_RETURN_PATH_ASYMMETRIC", "nat_gateway:nat", "return")),
    case("gateway-down", "", "web -> server tcp 443", blocked(BLACKHOLE, "route_table:rt-pub"), outage="igw"),
    case("gateway-down-from-outside", "", "user -> web tcp 443", blocked("BAD_STATE_ATTACHMENT", "internet_gateway:igw"), outage="igw"),
    case("the-other-zone-stays", "", "web2 -> app2 tcp 8080", ALLOWED, outage="a"),
    case("a-subnet-down", "", "web -> app tcp 8080", blocked("BAD_STATE", "instance:app"), outage="app-a"),
    case("the-source-down", "", "web -> app tcp 8080", blocked("BAD_STATE", "instance:web"), outage="web"),
    case("the-destination-down", "", "web -> app tcp 8080", blocked("BAD_STATE", "instance:app"), outage="app"),
    case("a-user-down", "", "user -> web tcp 443", blocked("BAD_STATE", "user:user"), outage="user"),
    case("a-host-down", "", "web -> server tcp 443", blocked("BAD_STATE", "internet_host:server"), outage="server"),
    case("standby-takes-over", "{db_instances: {orders: {subnets: [db], multi_az: true, primary_zone: a, security_groups:"
         " [sg-db]}}}", "app2 -> orders tcp 5432", ALLOWED, outage="a"),
    case("no-standby", "{db_instances: {orders: {subnets: [db], primary_zone: a, security_groups: [sg-db]}}}",
         "app2 -> orders tcp 5432", blocked("BAD_STATE", "db_instance:orders"), outage="a"),
]  # fmt: skip

SECOND = """
vpcs:
  other:
    cidr_block: BLOCK.0.0/16
    internet_gateway: igw2
    subnets:
      o: {cidr_block: BLOCK.20.0/24, availability_zone: a, route_table: out}
      quiet: {cidr_block: BLOCK.30.0/24, availability_zone: a}
    route_tables: {out: {0.0.0.0/0: igw2}}
    security_groups: {sg-o: {ingress: [all from 0.0.0.0/0]}}
    nat_gateways: {nat2: {subnet: o, private_ip_address: BLOCK.20.100}}
    instances:
      there: {subnet: o, private_ip_address: BLOCK.20.10, elastic_ip: 198.51.100.77, security_groups: [sg-o]}
      still: {subnet: quiet, private_ip_address: BLOCK.30.10, security_groups: [sg-o]}
"""
APART, OVERLAPPING, PUBLIC_BLOCK = (
    SECOND.replace("BLOCK", "10.20"),
    SECOND.replace("BLOCK", "10.0"),
    SECOND.replace("BLOCK", "9.9"),
)
PRIVATE = "IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS"

VPCS = [
    case("no-route-to-another-vpc", "", "db -> there tcp 80", blocked(NO_ROUTE, "route_table:rt-main"), top=APART),
    case("no-route-back-either", "", "still -> db tcp 80", blocked(NO_ROUTE, "route_table:main"), top=APART),
    case("the-default-route-is-no-link", "", "web -> there tcp 80", blocked(PRIVATE, "internet_gateway:igw"), top=APART),
    case("nor-is-nat", "", "app -> still tcp 80", blocked(PRIVATE, "internet_gateway:igw"), top=APART),
    case("by-public-address-over-the-internet", "", "app -> 198.51.100.77 tcp 80", ALLOWED, top=APART),
    case("and-back", "", "there -> 198.51.100.10 tcp 443", ALLOWED, top=APART),
    case("a-route-to-another-vpc's-nat-gateway", "{route_tables: {rt-app: {203.0.113.0/24: other/nat2}}}", "app -> server tcp 443",
         blocked("DG_INVALID_CONFIG", "route_table:rt-app"), top=APART),
    case("a-route-to-another-vpc's-instance", "{route_tables: {rt-app: {10.20.0.0/16: other/there}}}", "app -> there tcp 443",
         blocked("DG_INVALID_CONFIG", "route_table:rt-app"), top=APART),
    case("a-route-to-another-vpc's-internet-gateway", "{route_tables: {rt-app: {203.0.113.0/24: igw2}}}", "app -> server tcp 443",
         blocked("DG_INVALID_CONFIG", "route_table:rt-app"), top=APART),
    case("overlapping-and-one's-own-has-the-address", "", "app -> there tcp 5432", blocked("NO_POSSIBLE_DESTINATION", "vpc:vpc"),
         top=OVERLAPPING),
    case("overlapping-and-nobody-of-one's-own-has-it", "", "app -> still tcp 80", blocked("NO_POSSIBLE_DESTINATION", "vpc:vpc"),
         top=OVERLAPPING),
    case("overlapping-and-an-address-means-one's-own", "", "app -> 10.0.20.10 tcp 5432", ALLOWED, top=OVERLAPPING),
    case("overlapping-and-an-address-of-two-hosts-asks", "", "10.0.20.10 -> app tcp 80", Answer("unknown", "UNKNOWN_RESOURCE"),
         top=OVERLAPPING),
    case("overlapping-and-public-addresses-still-differ", "", "web -> 198.51.100.77 tcp 80", ALLOWED, top=OVERLAPPING),
    case("a-public-block-of-a-vpc-is-not-on-the-internet", "", "web -> there tcp 80", blocked(NO_ROUTE, "internet:internet"),
         top=PUBLIC_BLOCK),
    case("nor-by-its-address", "", "web -> 9.9.20.10 tcp 80", blocked(NO_ROUTE, "internet:internet"), top=PUBLIC_BLOCK),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "ends", "answer", "more"), TABLES)
def test_tables(changes: str, ends: str, answer: Answer, more: dict[str, Any]) -> None:
    """Which table, which route, and in which state its target is."""
    check(changes, ends, answer, dict(more))


@pytest.mark.parametrize(("changes", "ends", "answer", "more"), VPCS)
def test_vpcs(changes: str, ends: str, answer: Answer, more: dict[str, Any]) -> None:
    """Two VPCs without a link meet on the internet or not at all, whatever addresses they use."""
    check(changes, ends, answer, dict(more))


def test_a_selected_blackhole_keeps_its_place_among_the_candidates() -> None:
    """The step lists the shorter route as the loser."""
    changes = (
        "{route_tables: {rt-app: {routes: [{destination_cidr_block: 0.0.0.0/0, target: nat},"
        " {destination_cidr_block: 203.0.113.0/24, target: nat, state: blackhole}], 0.0.0.0/0: null}}}"
    )
    blocker = asked(network_with(changes), "app -> server tcp 443").connections[0].forward.blocker
    assert blocker is not None
    assert [(c.text, c.code) for c in blocker.candidates if c.chosen or c.code == "MORE_SPECIFIC_ROUTE"] == [
        ("203.0.113.0/24 -> nat", ""),
        ("0.0.0.0/0 -> nat", "MORE_SPECIFIC_ROUTE"),
    ]
