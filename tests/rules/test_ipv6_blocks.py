"""DGL-33, 101 to 110, 151 and 152 for IPv6, and rules on the world by IPv6."""

import pytest

DESIGN = """\
version: 1
title: IPv6
region: ap-south-1
zones: [a]
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    {vpc}
    internet_gateway: igw
    subnets:
      one: {{cidr_block: 10.0.0.0/24, route_table: public, {one}}}
      two: {{cidr_block: 10.0.1.0/24, {two}}}
    route_tables: {{public: {{0.0.0.0/0: igw}}}}
    security_groups: {{open: {{ingress: [{rule}]}}}}
    instances: {{web: {{subnet: one, security_groups: [open], {web}}}}}
"""
VPC = 'ipv6_cidr_block: "2001:db8:42::/56"'


def codes(judge, *, vpc="", one="", two="", web="", rule="") -> set[str]:
    text = DESIGN.format(vpc=vpc, one=one, two=two, web=web, rule=rule)
    return {d.code for d in judge(text)} & {"DGL-33", "DGL-102", "DGL-103", "DGL-151", "DGL-152", *WORLD}


WORLD = {"DGL-01", "DGL-02", "DGL-03"}


@pytest.mark.parametrize(
    ("length", "refused"),
    [(40, True), (44, False), (48, False), (50, True), (56, False), (60, False), (64, True)],
)
def test_size_of_a_vpc_block(length, refused, judge):
    """From /44 to /60 in steps of four."""
    assert ("DGL-151" in codes(judge, vpc=f'ipv6_cidr_block: "2001:db8::/{length}"')) is refused


@pytest.mark.parametrize(("length", "refused"), [(56, False), (60, False), (62, True), (64, False), (68, True)])
def test_size_of_a_subnet_block(length, refused, judge):
    """From /44 to /64 in steps of four."""
    found = codes(judge, vpc=VPC, one=f'ipv6_cidr_block: "2001:db8:42::/{length}"')

    assert ("DGL-151" in found) is refused


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        pytest.param('ipv6_cidr_block: "2001:db8:42:1::/64"', "", set(), id="inside"),
        pytest.param('ipv6_cidr_block: "2001:db8:43:1::/64"', "", {"DGL-33"}, id="outside"),
        pytest.param("ipv6_cidr_block: true", 'ipv6_cidr_block: "2001:db8:42::/64"', set(), id="given-around"),
        pytest.param("assign_ipv6_address_on_creation: true", "", {"DGL-151"}, id="gives-what-it-has-not"),
    ],
)
def test_subnets(one, two, expected, judge):
    """Inside the VPC's block, without overlap."""
    assert codes(judge, vpc=VPC, one=one, two=two) == expected


def test_subnets_that_overlap(judge):
    """In IPv6 as in IPv4."""
    text = DESIGN.format(
        vpc=VPC,
        one='ipv6_cidr_block: "2001:db8:42::/60"',
        two='ipv6_cidr_block: "2001:db8:42:f::/64"',
        web="",
        rule="",
    )
    assert any("overlaps" in d.text and d.severity == "error" for d in judge(text))


def test_subnet_wants_what_its_vpc_has_not(judge):
    """`true` finds no block to take from."""
    assert codes(judge, one="ipv6_cidr_block: true") == {"DGL-151"}


@pytest.mark.parametrize(
    ("address", "refused"),
    [
        ("true", False),
        ('"2001:db8:42::4"', False),
        ('"2001:db8:42::3"', True),
        ('"2001:db8:42:0:ffff:ffff:ffff:ffff"', True),
        ('"2001:db8:42:1::4"', True),
        ("false", False),
    ],
)
def test_address(address, refused, judge):
    """Of the subnet's block, not one of the five that AWS keeps."""
    found = codes(judge, vpc=VPC, one='ipv6_cidr_block: "2001:db8:42::/64"', web=f"ipv6_address: {address}")

    assert ("DGL-152" in found) is refused


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        pytest.param("tcp 22 from ::/0", "DGL-01", id="ssh"),
        pytest.param("tcp 3389 from ::/0", "DGL-02", id="rdp"),
        pytest.param("tcp 3306 from ::/0", "DGL-03", id="database"),
    ],
)
def test_the_whole_world_by_ipv6(rule, code, judge):
    """::/0 is as wide as 0.0.0.0/0; a /32 is not."""
    assert code in codes(judge, vpc=VPC, rule=rule)
    assert code not in codes(judge, vpc=VPC, rule=rule.replace("::/0", "2001:db8::/32"))


@pytest.mark.parametrize(("gateways", "refused"), [("{one: {}}", False), ("{one: {}, two: {}}", True)])
def test_one_egress_only_gateway(gateways, refused, judge):
    """A VPC has one of each sort."""
    text = DESIGN.format(vpc=VPC, one="", two="", web="", rule="")
    text += f"    egress_only_internet_gateways: {gateways}\n"

    assert any(d.code == "DGL-108" for d in judge(text)) is refused
