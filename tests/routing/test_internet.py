# ruff: noqa: E501 - one case, one line or two
"""Internet gateways, public addresses and the way back: each rule both ways."""

from __future__ import annotations

from typing import Any

import pytest

from tests.routing.cases import ALLOWED, Answer, blocked, case, check, network_with
from tests.routing.cases import ask as asked

NO_GATEWAY = "{internet_gateway: null, route_tables: {rt-pub: {0.0.0.0/0: null}}}"
PRIVATE = "IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS"
SHARED = "IGW_DESTINATION_ADDRESS_NOT_IN_RFC6598_EGRESS"
NO_PUBLIC = "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS"
NOT_PUBLIC = "IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS"
DIRECT = "{subnets: {app: {route_table: rt-pub}}}"

CASES = [
    case("from-the-internet-to-a-public-address", "", "user -> web tcp 443", ALLOWED),
    case("the-internet-itself-asks", "", "internet -> web tcp 443", ALLOWED),
    case(
        "an-elastic-ip-that-nothing-has",
        "",
        "user -> 198.51.100.77 tcp 443",
        blocked("IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS", "internet_gateway:igw"),
    ),
    case(
        "an-elastic-ip-that-was-taken-away",
        "instances: {web: {elastic_ip: null}}",
        "internet -> 198.51.100.10 tcp 443",
        blocked("IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS", "internet_gateway:igw"),
    ),
    case("another-host-of-the-internet", "", "user -> 203.0.113.99 tcp 443", ALLOWED),
    case("any-public-address-asks", "", "198.51.100.77 -> web tcp 443", ALLOWED),
    case("by-the-public-address", "", "user -> 198.51.100.10 tcp 443", ALLOWED),
    case("no-public-address", "", "user -> app tcp 443", blocked(NOT_PUBLIC, "internet_gateway:igw")),
    case("the-private-address-from-outside", "", "user -> 10.0.0.10 tcp 443", blocked(NOT_PUBLIC, "internet_gateway:igw")),
    case("a-private-address-that-nobody-has", "", "user -> 10.0.99.9 tcp 443",
         blocked("NO_ROUTE_TO_DESTINATION", "user:user")),
    case("no-gateway-at-all", NO_GATEWAY, "user -> web tcp 443", blocked("NO_PATH", "vpc:vpc")),
    case("no-gateway-on-the-way-out", NO_GATEWAY, "web -> server tcp 443",
         blocked("NO_ROUTE_TO_DESTINATION", "route_table:rt-pub")),
    case("a-source-in-private-space", "", "user -> web tcp 443",
         blocked("IGW_SOURCE_ADDRESS_NOT_IN_RFC1918_INGRESS", "internet_gateway:igw"),
         top="{users: {user: {address: 192.168.7.7}}}"),
    case("a-source-in-shared-space", "", "user -> web tcp 443",
         blocked("IGW_SOURCE_ADDRESS_NOT_IN_RFC6598_INGRESS", "internet_gateway:igw"),
         top="{users: {user: {address: 100.64.7.7}}}"),
    case("out-with-a-public-address", "", "web -> server tcp 443", ALLOWED),
    case("out-without-one", DIRECT, "app -> server tcp 443", blocked(NO_PUBLIC, "internet_gateway:igw")),
    case("a-private-destination-is-said-first", DIRECT, "app -> 192.168.1.1 tcp 443",
         blocked(PRIVATE, "internet_gateway:igw")),
    case("a-private-destination-despite-a-public-address", "", "web -> 172.16.0.1 tcp 443",
         blocked(PRIVATE, "internet_gateway:igw")),
    case("shared-space-as-destination", "", "web -> 100.64.0.1 tcp 443", blocked(SHARED, "internet_gateway:igw")),
    case("just-outside-shared-space", "", "web -> 100.128.0.1 tcp 443", ALLOWED),
    case("just-outside-172-16", "", "web -> 172.32.0.1 tcp 443", ALLOWED),
    case("no-host-is-a-multicast-group", "", "web -> 224.0.0.5 tcp 443",
         blocked("NO_ROUTE_TO_DESTINATION", "internet:internet")),
    case("a-public-address-without-a-way-back", "{instances: {db: {elastic_ip: true, security_groups: [sg-open]}}}",
         "user -> db tcp 5432", blocked("NO_ROUTE_TO_DESTINATION", "route_table:rt-main", "return")),
    case("a-public-address-whose-answer-goes-to-the-nat",
         "{instances: {app: {elastic_ip: true, security_groups: [sg-open]}}}", "user -> app tcp 8080",
         blocked("DG_RETURN_PATH_ASYMMETRIC", "nat_gateway:nat", "return")),
    case("a-narrow-route-that-holds-the-client", "{route_tables: {rt-pub: {0.0.0.0/0: null, 203.0.113.0/24: igw}}}",
         "user -> web tcp 443", ALLOWED),
    case("a-narrow-route-that-does-not", "{route_tables: {rt-pub: {0.0.0.0/0: null, 203.0.114.0/24: igw}}}",
         "user -> web tcp 443", blocked("NO_ROUTE_TO_DESTINATION", "route_table:rt-pub", "return")),
    case("a-public-block-as-vpc-block-stays-private",
         "{cidr_block: 9.9.0.0/16, subnets: {pub: null, app: null, db: null, s: {cidr_block: 9.9.0.0/24,"
         " availability_zone: a, route_table: rt-pub}}, nat_gateways: null, route_tables: {rt-app: null}, instances:"
         " {web: null, web2: null, app2: null, db: null, app: {subnet: s, private_ip_address: 9.9.0.10}}}",
         "app -> server tcp 443", blocked(NO_PUBLIC, "internet_gateway:igw")),
    case("a-public-block-as-vpc-block-from-outside",
         "{cidr_block: 9.9.0.0/16, subnets: {pub: null, app: null, db: null, s: {cidr_block: 9.9.0.0/24,"
         " availability_zone: a, route_table: rt-pub}}, nat_gateways: null, route_tables: {rt-app: null}, instances:"
         " {web: null, web2: null, app2: null, db: null, app: {subnet: s, private_ip_address: 9.9.0.10}}}",
         "user -> 9.9.0.10 tcp 443", blocked(NOT_PUBLIC, "internet_gateway:igw")),
    case("two-public-addresses-of-our-own", "", "web -> 198.51.100.11 tcp 443", ALLOWED),
    case("two-public-addresses-and-a-group-reference",
         "{security_groups: {sg-own: {ingress: [tcp 443 from sg-web]}}, instances: {web2: {security_groups: [sg-own]}}}",
         "web -> 198.51.100.11 tcp 443", blocked("SG_REFERENCES_NOT_PRESERVED", "instance:web2")),
    case("the-same-by-private-address",
         "{security_groups: {sg-own: {ingress: [tcp 443 from sg-web]}}, instances: {web2: {security_groups: [sg-own]}}}",
         "web -> web2 tcp 443", ALLOWED),
    case("one's-own-public-address", "", "web -> 198.51.100.10 tcp 443", ALLOWED),
    case("one's-own-public-address-is-filtered", "", "web -> 198.51.100.10 tcp 22",
         blocked("ENI_SG_RULES_MISMATCH", "instance:web")),
    case("one's-own-private-address-never-leaves", "", "web -> 10.0.0.10 tcp 22", ALLOWED),
    case("oneself-by-name", "{security_groups: {sg-web: {ingress: [], egress: []}}}", "web -> web tcp 22", ALLOWED),
    case("a-public-address-from-behind-nat", "{security_groups: {sg-web: {ingress: [tcp 443 from 198.51.100.9/32]}}}",
         "app -> 198.51.100.10 tcp 443", ALLOWED),
    case("a-public-address-without-way-out", "", "db -> 198.51.100.10 tcp 443",
         blocked("NO_ROUTE_TO_DESTINATION", "route_table:rt-main")),
    case("our-public-address-as-source-is-the-instance", "", "198.51.100.11 -> web tcp 443", ALLOWED),
    case("our-private-address-as-source-is-the-instance", "", "10.0.0.10 -> app tcp 8080", ALLOWED),
    case("an-unknown-private-source", "", "10.9.9.9 -> app tcp 8080", Answer("unknown", "UNKNOWN_RESOURCE")),
    case("icmp-from-outside", "{security_groups: {sg-web: {ingress: [icmp from 0.0.0.0/0]}}}", "user -> web icmp", ALLOWED),
    case("icmp-that-no-rule-allows", "", "user -> web icmp", blocked("ENI_SG_RULES_MISMATCH", "instance:web")),
    case("udp-that-only-tcp-allows", "", "user -> web udp 443", blocked("ENI_SG_RULES_MISMATCH", "instance:web")),
    case("a-host-on-the-internet-asks-another", "", "user -> server tcp 443", ALLOWED),
    case("a-host-that-the-definition-does-not-know", "", "user -> 203.0.113.99 tcp 443", ALLOWED),
    case("a-foreign-name", "", "web -> server.example tcp 443", ALLOWED),
    case("the-resolver", "{security_groups: {sg-app: {egress: []}}}", "app -> 10.0.0.2 udp 53", ALLOWED),
    case("the-resolver-over-tcp", "{security_groups: {sg-app: {egress: []}}}", "app -> 10.0.0.2 tcp 53", ALLOWED),
    case("the-resolver's-link-local-address", "{security_groups: {sg-app: {egress: []}}}",
         "app -> 169.254.169.253 tcp 53", ALLOWED),
    case("instance-metadata", "{security_groups: {sg-app: {egress: []}}}", "app -> 169.254.169.254 tcp 80", ALLOWED),
    case("time", "{security_groups: {sg-app: {egress: []}}}", "app -> 169.254.169.123 udp 123", ALLOWED),
    case("another-link-local-address-is-no-service", "", "db -> 169.254.1.1 tcp 80",
         blocked("NO_ROUTE_TO_DESTINATION", "route_table:rt-main")),
    case("base-plus-two-of-another-subnet-is-no-resolver", "", "app -> 10.0.20.2 udp 53",
         blocked("NO_POSSIBLE_DESTINATION", "vpc:vpc")),
    case("a-resolver-that-is-switched-off", "{enable_dns_support: false}", "app -> 10.0.0.2 udp 53",
         blocked("DG_DNS_ATTRIBUTES_DISABLED", "vpc:vpc")),
    case("metadata-does-not-need-it", "{enable_dns_support: false}", "app -> 169.254.169.254 tcp 80", ALLOWED),
    case("a-name-without-a-resolver", "{enable_dns_support: false}", "web -> server.example tcp 443",
         blocked("DG_DNS_ATTRIBUTES_DISABLED", "vpc:vpc")),
    case("a-user's-names-do-not-need-our-resolver", "{enable_dns_support: false}", "user -> server.example tcp 443",
         ALLOWED),
    case("an-instance-in-a-zone-that-is-down-asks-nobody", "", "app -> 10.0.0.2 udp 53",
         blocked("BAD_STATE", "instance:app"), outage="a"),
    case("an-address-in-the-block-that-nobody-has", "", "app -> 10.0.77.7 tcp 80",
         blocked("NO_POSSIBLE_DESTINATION", "vpc:vpc")),
    case("an-address-in-the-subnet-that-nobody-has", "", "app -> 10.0.10.77 tcp 80",
         blocked("NO_POSSIBLE_DESTINATION", "vpc:vpc")),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "ends", "answer", "more"), CASES)
def test_internet(changes: str, ends: str, answer: Answer, more: dict[str, Any]) -> None:
    """Verdict, code, leg and deciding component follow the internet gateway's rules."""
    check(changes, ends, answer, dict(more))


def test_the_answer_goes_back_to_whoever_asked() -> None:
    """Two outside components may stand for one address; the answer ends at the one that asked."""
    report = asked(network_with(), "internet -> web tcp 443")
    assert [h.name for h in report.connections[0].returning.hops] == ["web", "igw", "internet"]  # type: ignore[union-attr]


def test_the_internet_itself_receives_what_is_sent_to_it() -> None:
    """Not the user that happens to have the same address."""
    report = asked(network_with(), "web -> internet tcp 443")
    assert [h.name for h in report.connections[0].forward.hops] == ["web", "igw", "internet"]


def test_addresses_that_docgen_gives_are_nobody_else_s() -> None:
    """Neither a written address of a user nor one of the VPC's own block, in whichever direction."""
    instances = "{instances: {app: {elastic_ip: true}, app2: {elastic_ip: 203.0.113.51}}}"
    office = "routers: {office: {interfaces: {out: {internet: true, ip_address: 198.51.100.2/29}}}}"
    network = network_with(
        instances, f"{{users: {{user: {{address: 198.51.100.1}}, other: {{}}, third: {{}}}}, {office}}}"
    )
    given = [i.public_ip for i in network.interfaces.values() if i.public_ip is not None]
    everyone = [*map(str, given), *(str(a) for k, a in network.outside.items() if k.kind in ("user", "router"))]
    assert len(everyone) == len(set(everyone))
    assert {"198.51.100.1", "198.51.100.2"} < set(everyone)


def test_a_hairpin_shows_both_translations() -> None:
    """Out with the sender's public address, in to the receiver's private one, and the same on the way back."""
    (connection,) = asked(network_with(), "web -> 198.51.100.11 tcp 443").connections
    seen = [(h.name, str(h.packet_in.source), str(h.packet_in.destination)) for h in connection.forward.hops[1:]]
    assert seen == [
        ("igw", "10.0.0.10", "198.51.100.11"),
        ("internet", "198.51.100.10", "198.51.100.11"),
        ("igw", "198.51.100.10", "198.51.100.11"),
        ("web2", "198.51.100.10", "10.0.1.10"),
    ]
