"""Which routes AWS takes: destinations and targets of a subnet route table."""

import pytest

DESIGN = """\
version: 1
title: Routes
region: ap-south-1
zones: [a]
prefix_lists:
  pl-four: {{entries: [203.0.113.0/24]}}
  pl-six: {{entries: ["2001:db8:ffff::/48"]}}
core_networks: {{world: {{vpcs: [shop]}}}}
odb_networks: {{ledger: {{}}}}
outposts: {{rack: {{subnets: [shop/app, shop/data]}}}}
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    local_gateway: lgw
    carrier_gateway: cagw
    network_firewalls: {{inspector: {{subnets: [inspection]}}}}
    secondary_cidr_blocks: [100.64.0.0/16]
    ipv6_cidr_block: "2001:db8:42::/56"
    internet_gateway: igw
    egress_only_internet_gateway: eigw
    subnets:
      app: {{cidr_block: 10.0.10.0/24, route_table: tried}}
      data: {{cidr_block: 10.0.20.0/24, ipv6_cidr_block: "2001:db8:42:20::/64"}}
      shared: {{cidr_block: 100.64.1.0/24}}
      public: {{cidr_block: 10.0.0.0/24, route_table: public}}
      inspection: {{cidr_block: 10.0.30.0/24}}
    nat_gateways: {{nat: {{subnet: public}}}}
    instances:
      router: {{subnet: inspection, source_dest_check: false}}
      two-cards: {{subnet: inspection, source_dest_check: false}}
    network_interfaces:
      firewall: {{subnet: inspection, source_dest_check: false}}
      second-card: {{subnet: inspection, attachment: two-cards}}
    route_tables:
      public: {{0.0.0.0/0: igw}}
      tried: {{{route}}}
  other:
    cidr_block: 10.1.0.0/16
    internet_gateway: other-igw
    subnets:
      app: {{cidr_block: 10.1.10.0/24}}
    network_interfaces:
      other-firewall: {{subnet: other/app, source_dest_check: false}}
"""


def problems(judge, route: str) -> list[str]:
    return [d.text for d in judge(DESIGN.format(route=route)) if d.code == "DGL-37"]


@pytest.mark.parametrize(
    "route",
    [
        pytest.param("0.0.0.0/0: igw", id="default-route-to-the-internet-gateway"),
        pytest.param("203.0.113.0/24: nat", id="part-of-the-internet-to-a-nat-gateway"),
        pytest.param("192.168.0.0/16: igw", id="private-destination-outside-the-vpc-is-a-mistake-but-legal"),
        pytest.param("10.0.0.0/8: firewall", id="wider-than-the-vpc"),
        pytest.param("10.0.20.0/24: firewall", id="whole-subnet-to-an-interface"),
        pytest.param("10.0.20.0/24: router", id="whole-subnet-to-an-instance"),
        pytest.param("10.0.20.0/24: nat", id="whole-subnet-to-a-nat-gateway"),
        pytest.param("10.0.0.0/16: firewall", id="local-route-replaced-by-an-interface"),
        pytest.param("10.0.0.0/16: local", id="the-local-route-written-out"),
        pytest.param("100.64.0.0/16: local", id="that-of-another-block"),
        pytest.param('"2001:db8:42::/56": local', id="that-of-ipv6"),
        pytest.param("100.64.1.0/24: firewall", id="whole-subnet-of-another-block"),
        pytest.param('"2001:db8:42:20::/64": firewall', id="whole-ipv6-block-of-a-subnet"),
        pytest.param('"::/0": igw', id="ipv6-to-the-internet-gateway"),
        pytest.param('"::/0": eigw', id="ipv6-to-the-egress-only-gateway"),
        pytest.param('"64:ff9b::/96": nat', id="nat64"),
        pytest.param("pl-four: nat", id="list-to-a-nat-gateway"),
        pytest.param("10.0.20.0/24: inspector", id="whole-subnet-to-a-network-firewall"),
        pytest.param("10.0.20.0/24: lgw", id="between-subnets-on-an-outpost-to-the-local-gateway"),
        pytest.param("192.168.0.0/16: lgw", id="site-of-an-outpost"),
        pytest.param("0.0.0.0/0: cagw", id="carrier-gateway"),
        pytest.param("10.0.0.0/8: world", id="core-network-that-the-vpc-is-attached-to"),
        pytest.param('"2001:db8::/32": world', id="ipv6-to-a-core-network"),
        pytest.param("pl-six: eigw", id="list-to-an-egress-only-gateway"),
    ],
)
def test_legal(route, judge):
    """Routes that AWS takes are not reported."""
    assert problems(judge, route) == []


@pytest.mark.parametrize(
    ("route", "why"),
    [
        pytest.param("10.0.20.0/24: igw", "may stand in for the local route", id="whole-subnet-to-a-gateway"),
        pytest.param("10.0.0.0/16: igw", "may stand in for the local route", id="local-replaced-by-a-gateway"),
        pytest.param("10.0.20.7/32: firewall", "not the whole block of a subnet", id="host-inside-a-subnet"),
        pytest.param("10.0.20.0/25: router", "not the whole block of a subnet", id="half-of-a-subnet"),
        pytest.param("10.0.99.0/24: nat", "not the whole block of a subnet", id="no-subnet-there"),
        pytest.param("192.168.0.0/16: local", "serves the VPC's own blocks only", id="local-for-others"),
        pytest.param("10.0.20.0/24: local", "serves the VPC's own blocks only", id="local-for-a-part"),
        pytest.param("100.64.2.0/24: firewall", "not the whole block of a subnet", id="no-subnet-in-another-block"),
        pytest.param("100.64.1.0/24: igw", "may stand in for the local route", id="another-block-to-a-gateway"),
        pytest.param('"2001:db8:42:20::/80": firewall', "not the whole block of a subnet", id="part-of-ipv6-block"),
        pytest.param('"::/0": nat', "takes of IPv6 only 64:ff9b::/96", id="ipv6-to-a-nat-gateway"),
        pytest.param("pl-six: nat", "takes of IPv6 only 64:ff9b::/96", id="ipv6-list-to-a-nat-gateway"),
        pytest.param("0.0.0.0/0: eigw", "carries IPv6 only", id="ipv4-to-the-egress-only-gateway"),
        pytest.param("pl-four: eigw", "carries IPv6 only", id="ipv4-list-to-the-egress-only-gateway"),
        pytest.param(
            "10.0.0.0/24: lgw", "may stand in for the local route", id="local-gateway-to-a-subnet-of-the-region"
        ),
        pytest.param(
            "10.0.20.0/24: cagw", "may stand in for the local route", id="whole-subnet-to-a-carrier-gateway"
        ),
        pytest.param("10.0.20.0/24: world", "may stand in for the local route", id="whole-subnet-to-a-core-network"),
        pytest.param('"::/0": cagw', "carries IPv4 only", id="ipv6-to-a-carrier-gateway"),
        pytest.param("pl-six: cagw", "carries IPv4 only", id="ipv6-list-to-a-carrier-gateway"),
        pytest.param("pl-four: lgw", "takes blocks only", id="list-to-a-local-gateway"),
        pytest.param("pl-four: world", "takes blocks only", id="list-to-a-core-network"),
        pytest.param("172.16.0.0/12: ledger", "is not peered with ledger", id="odb-network-of-another-vpc"),
        pytest.param("pl-four: local", "serves the VPC's own blocks only", id="local-for-a-list"),
        pytest.param('"fd00:ec2::/64": igw', "AWS keeps to itself", id="reserved-ipv6-destination"),
        pytest.param("169.254.168.0/24: igw", "AWS keeps to itself", id="reserved-destination"),
        pytest.param("0.0.0.0/0: other-igw", "belongs to VPC 'other'", id="gateway-of-another-vpc"),
        pytest.param("0.0.0.0/0: other-firewall", "belongs to VPC 'other'", id="interface-of-another-vpc"),
        pytest.param("0.0.0.0/0: two-cards", "more than one network interface", id="instance-with-two-cards"),
    ],
)
def test_illegal(route, why, judge):
    """Routes that AWS refuses are reported once, with the reason."""
    (text,) = problems(judge, route)

    assert why in text


def test_points_at_the_route(judge):
    """The diagnostic stands where the route does, and suggests the subnet that was meant."""
    text = DESIGN.format(route="10.0.20.7/32: firewall")
    (found,) = [d for d in judge(text) if d.code == "DGL-37"]

    assert found.span.line == text[: text.index("10.0.20.7/32")].count("\n") + 1
    assert found.hint == "did you mean the subnet 10.0.20.0/24?"
