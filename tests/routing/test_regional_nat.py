"""Regional NAT gateways (semantics 3.5, 4.2): zones, lists of zones, outages, what they share with zonal ones."""

from dataclasses import replace

import pytest

from docgen.loader import load_text
from tests.routing.cases import ALLOWED, ask, blocked, case, check, network_with
from tests.routing.told import steps_of

REGIONAL = """
nat_gateways: {nat: {subnet: , private_ip_address: , elastic_ip: , availability_mode: regional}}
"""
NO_ROUTE = "route_tables: {rt-pub: {0.0.0.0/0: }}"
NO_GATEWAY = f"internet_gateway:\n{NO_ROUTE}"
GONE = blocked("BAD_STATE_ROUTE", "route_table:rt-app")
NOBODY_IN = blocked("DG_NAT_UNSOLICITED_INBOUND", "nat_gateway:nat")
ONE = REGIONAL.replace("regional}", "regional, availability_zone_addresses: {a: 198.51.100.90}}")
BOTH = REGIONAL.replace("regional}", "regional, availability_zone_addresses: {a: 198.51.100.90, b: 198.51.100.91}}")


@pytest.mark.parametrize(
    ("changes", "ends", "answer", "more"),
    [
        case("4.2-zone-a", REGIONAL, "app -> server tcp 443", ALLOWED),
        case("4.2-zone-b", REGIONAL, "app2 -> server tcp 443", ALLOWED),
        case("4.2-icmp", REGIONAL, "app -> server icmp", ALLOWED),
        case("4.2-listed", ONE, "app -> server tcp 443", ALLOWED),
        case(
            "4.2-7-not-listed",
            ONE,
            "app2 -> server tcp 443",
            blocked("REGIONAL_NGW_ROUTE_AZ_RESTRICTION", "nat_gateway:nat"),
        ),
        case(
            "4.2-5-nobody-in",
            BOTH,
            "user -> 198.51.100.90 tcp 443",
            blocked("DG_NAT_UNSOLICITED_INBOUND", "nat_gateway:nat"),
        ),
        case(
            "4.2-out-of-order",
            REGIONAL,
            "app -> server tcp 443",
            GONE,
            outage="nat",
        ),
        case("4.2-its-part-in-another-zone-down", REGIONAL, "app -> server tcp 443", ALLOWED, outage="nat@b"),
        case("4.2-its-part-in-another-takes-over", REGIONAL, "app -> server tcp 443", ALLOWED, outage="nat@a"),
        case(
            "4.2-no-part-left",
            REGIONAL,
            "app -> server tcp 443",
            blocked("BAD_STATE", "nat_gateway:nat"),
            outage="nat@a nat@b",
        ),
        case("4.2-other-zone-down", REGIONAL, "app -> server tcp 443", ALLOWED, outage="b"),
        case(
            "4.1-no-private-destinations",
            REGIONAL,
            "app -> 192.168.1.1 tcp 443",
            blocked("IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS", "internet_gateway:igw"),
        ),
        case(
            "4.2-needs-no-public-subnet",
            REGIONAL + NO_ROUTE,
            "app -> server tcp 443",
            ALLOWED,
        ),
        case(
            "5.5-counts-as-a-way-out",
            REGIONAL,
            "app -> server tcp 443",
            ALLOWED,
            top="vpc_block_public_access: {mode: block-ingress}",
        ),
        case(
            "4.2-without-internet-gateway",
            REGIONAL + NO_GATEWAY,
            "app -> server tcp 443",
            blocked("NO_ROUTE_TO_DESTINATION", "nat_gateway:nat"),
        ),
        case(
            "4.2-its-internet-gateway-is-down",
            REGIONAL,
            "app -> server tcp 443",
            blocked("BAD_STATE_ROUTE", "nat_gateway:nat"),
            outage="igw",
        ),
        case(
            "4.2-an-answer-to-what-did-not-pass-it",
            REGIONAL + "instances: {app: {elastic_ip: 198.51.100.30, security_groups: [sg-open]}}",
            "user -> app tcp 8080",
            blocked("DG_RETURN_PATH_ASYMMETRIC", "nat_gateway:nat", "return"),
        ),
    ],
)
def test_regional(changes, ends, answer, more):
    """Verdict, leg, code and deciding component."""
    check(changes, ends, answer, more)


@pytest.mark.parametrize(("host", "address"), [("app", "198.51.100.90"), ("app2", "198.51.100.91")])
def test_each_zone_has_its_address(host, address):
    """The server sees the address of the sender's zone."""
    (connection,) = ask(network_with(BOTH), f"{host} -> server tcp 443").connections

    assert str(connection.forward.hops[-1].packet_in.source) == address
    assert [h.name for h in connection.returning.hops] == ["server", "igw", "nat", host]


def test_another_zone_serves_while_one_is_down():
    """What is left of the VPC goes on; here the client's zone is served from the other."""
    network = network_with(BOTH)
    table = {k: v for k, v in network.zonal_addresses.items() if k[1].endswith("b")}

    (connection,) = ask(replace(network, zonal_addresses=table), "app2 -> server tcp 443").connections

    assert str(connection.forward.hops[-1].packet_in.source) == "198.51.100.91"


def test_it_says_why_another_zone_serves():
    """By its own part in the sender's zone: none yet, or one that is out of order."""
    young = network_with(REGIONAL)
    only_a = {k: v for k, v in young.zonal_addresses.items() if k[1].endswith("a")}
    grown = ask(replace(young, zonal_addresses=only_a), "app2 -> server tcp 443")
    network = network_with(BOTH)
    down = ask(network, "app2 -> server tcp 443", outage="nat@b")

    assert "its address in ap-south-1a (it has not grown into ap-south-1b yet)" in translation_of(grown)
    assert "its address in ap-south-1a (it is out of order in ap-south-1b), 198.51.100.90" in translation_of(down)
    assert "its address in ap-south-1b, 198.51.100.91" in translation_of(ask(network, "app2 -> server tcp 443"))


def translation_of(report):
    return next(str(s.text) for s in steps_of(report) if s.by_name == "nat" and s.check == "translation")


@pytest.mark.parametrize(
    "fields",
    [
        "{}",
        "{subnet: pub-a, availability_mode: regional}",
        "{availability_mode: regional, connectivity_type: private}",
        "{availability_mode: regional, elastic_ip: 198.51.100.5}",
        "{subnet: pub-a, availability_zone_addresses: {a: 198.51.100.5}}",
    ],
)
def test_refused(fields):
    """Zonal ones stand in a subnet, regional ones in none and are public."""
    text = f"""\
version: 1
title: NAT
region: ap-south-1
zones: [a]
vpcs:
  vpc:
    cidr_block: 10.0.0.0/16
    subnets: {{pub-a: {{cidr_block: 10.0.0.0/24}}}}
    nat_gateways: {{nat: {fields}}}
"""
    assert [d.code for d in load_text(text).diagnostics] == ["DGY-31"]
