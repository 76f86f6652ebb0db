"""Prefix lists in routes and security group rules (semantics 3.3, 5.1), VPCs with several blocks (2.1, 3.2)."""

import pytest

from docgen.loader import load_text
from docgen.routing.lookup import RankedRoutes
from tests.routing.cases import ALLOWED, ask, blocked, case, check, network_with

LISTS = """
prefix_lists:
  pl-servers: {entries: [203.0.113.80/32, 203.0.113.128/25], max_entries: 10}
  pl-also: {entries: [203.0.113.80/32]}
  pl-empty: {}
  pl-six: {entries: ["2001:db8:ffff::/48"]}
"""


@pytest.mark.parametrize(
    ("changes", "ends", "answer", "more"),
    [
        case(
            "3.3-list-as-route",
            "route_tables: {rt-app: {0.0.0.0/0: , pl-servers: nat}}",
            "app -> server tcp 443",
            ALLOWED,
        ),
        case(
            "3.3-not-in-the-list",
            "route_tables: {rt-app: {0.0.0.0/0: , pl-servers: nat}}",
            "app -> user tcp 443",
            blocked("NO_ROUTE_TO_DESTINATION", "route_table:rt-app"),
        ),
        case(
            "3.3-cidr-beats-list-of-its-length",
            "route_tables: {rt-app: {203.0.113.80/32: {target: igw, state: blackhole}, pl-servers: nat}}",
            "app -> server tcp 443",
            blocked("BAD_STATE_ROUTE", "route_table:rt-app"),
        ),
        case(
            "3.3-longer-entry-beats-shorter-cidr",
            "route_tables: {rt-app: {203.0.113.0/24: {target: igw, state: blackhole}, pl-servers: nat}}",
            "app -> server tcp 443",
            ALLOWED,
        ),
        case(
            "5.1-list-in-egress",
            "security_groups: {sg-app: {egress: [tcp 443 to pl-servers]}}",
            "app -> server tcp 443",
            ALLOWED,
        ),
        case(
            "5.1-outside-the-list",
            "security_groups: {sg-app: {egress: [tcp 443 to pl-servers]}}",
            "app -> user tcp 443",
            blocked("ENI_SG_RULES_MISMATCH", "instance:app"),
        ),
        case(
            "5.1-list-in-ingress",
            "security_groups: {sg-web: {ingress: [tcp 22 from pl-servers]}}",
            "server -> web tcp 22",
            ALLOWED,
        ),
        case(
            "5.1-empty-list-matches-nothing",
            "security_groups: {sg-web: {ingress: [tcp 22 from pl-empty]}}",
            "server -> web tcp 22",
            blocked("ENI_SG_RULES_MISMATCH", "instance:web"),
        ),
        case(
            "2.4-list-of-the-other-family",
            "security_groups: {sg-web: {ingress: [tcp 22 from pl-six]}}",
            "server -> web tcp 22",
            blocked("ENI_SG_RULES_MISMATCH", "instance:web"),
        ),
    ],
)
def test_lists(changes, ends, answer, more):
    """A list stands for its blocks, each with its own length."""
    check(changes, ends, answer, {**more, "top": LISTS})


def test_the_sentence_names_list_and_entry():
    """A reader sees which of the list's blocks decided."""
    network = network_with("route_tables: {rt-app: {0.0.0.0/0: igw, pl-servers: nat}}", LISTS)

    step = ask(network, "app -> server tcp 443").connections[0].forward.hops[0].steps[-1]

    assert step.rule == "203.0.113.80/32 (pl-servers) -> nat"
    assert [c.code for c in step.candidates if "0.0.0.0/0" in c.text] == ["MORE_SPECIFIC_ROUTE"]


@pytest.mark.parametrize(
    ("targets", "warnings"),
    [
        pytest.param("nat igw", ("DG_ROUTE_AMBIGUOUS_PREFIX_LIST",), id="3.3-6-other-targets"),
        pytest.param("nat nat", (), id="3.3-6-same-target"),
    ],
)
def test_two_lists_with_one_block(targets, warnings):
    """AWS keeps one of them at random; docgen takes the first target by name and warns."""
    first, second = targets.split()
    routes = f"route_tables: {{rt-pub: {{0.0.0.0/0: , pl-also: {first}, pl-servers: {second}}}}}"
    network = network_with(routes, LISTS)

    assert ask(network, "web -> server tcp 443").warnings == warnings


def test_lists_lose_to_nothing_shorter():
    """Order of classes: a block written out, a list, a propagated route."""
    network = network_with("route_tables: {rt-app: {0.0.0.0/0: igw, pl-servers: nat, pl-also: igw}}", LISTS)
    table = next(t for t in network.route_tables.values() if t.name == "rt-app")
    destination = next(r for r in table.routes if r.prefix_list == "pl-also").destination[0]

    selection = RankedRoutes(table.routes).select((), destination)

    assert selection.ambiguous
    assert selection.route is not None
    assert selection.route.target_name == "igw"


SECOND = """
secondary_cidr_blocks: [100.64.0.0/16]
subnets: {wide: {cidr_block: 100.64.1.0/24, availability_zone: a}}
instances: {far: {subnet: wide, private_ip_address: 100.64.1.10, security_groups: [sg-open]}}
"""
OPEN_APP = "security_groups: {sg-app: {ingress: [tcp 1 from 100.64.1.10/32]}}"


@pytest.mark.parametrize(
    ("changes", "ends", "answer", "more"),
    [
        case("3.2-local-per-block", SECOND, "app -> far tcp 8080", ALLOWED),
        case("3.2-and-back", SECOND + OPEN_APP, "far -> app tcp 1", ALLOWED),
        case(
            "2.1-not-a-block",
            "",
            "app -> 100.64.1.10 tcp 8080",
            blocked("IGW_DESTINATION_ADDRESS_NOT_IN_RFC6598_EGRESS", "internet_gateway:igw"),
        ),
    ],
)
def test_second_block(changes, ends, answer, more):
    """Every block of a VPC has its local route in every table."""
    check(changes, ends, answer, more)


def test_cidr_blocks_takes_the_primary_first():
    """`cidr_blocks` is `cidr_block` with those behind it."""
    network = network_with("{cidr_block: , cidr_blocks: [10.0.0.0/16, 100.64.0.0/16, 10.1.0.0/16]}")

    vpc = next(iter(network.of_kind("vpc")))

    assert [str(b) for b in network.blocks_of(vpc.key)] == ["10.0.0.0/16", "100.64.0.0/16", "10.1.0.0/16"]


@pytest.mark.parametrize(
    ("fault", "written"),
    [
        pytest.param("", "{entries: [10.0.0.0/8], address_family: IPv4}", id="3.3-its-family"),
        pytest.param("one address family", "{entries: [10.0.0.0/8], address_family: IPv6}", id="3.3-another-family"),
        pytest.param("one address family", "{entries: [10.0.0.0/8, '2001:db8::/32']}", id="3.3-two-families"),
        pytest.param("2 entries are more", "{entries: [10.0.0.0/8, 9.0.0.0/8], max_entries: 1}", id="3.3-too-many"),
        pytest.param("", "{entries: [10.0.0.0/8, 9.0.0.0/8], max_entries: 2}", id="3.3-just-enough"),
        pytest.param("stands in this list twice", "{entries: [10.0.0.0/8, 10.0.0.0/8]}", id="3.3-twice"),
    ],
)
def test_lists_that_aws_refuses(fault, written):
    """One family, no more entries than the list may hold, none twice."""
    top = f"version: 1\ntitle: T\nregion: ap-south-1\nzones: [a]\nprefix_lists: {{pl: {written}}}\n"
    found = [d.text for d in load_text(top).diagnostics]

    assert bool(found) is bool(fault), found
    assert all(fault in text for text in found)
