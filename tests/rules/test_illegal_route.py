"""Which routes AWS takes: destinations and targets of a subnet route table."""

import pytest

DESIGN = """\
version: 1
title: Routes
region: ap-south-1
zones: [a]
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    internet_gateway: igw
    subnets:
      app: {{cidr_block: 10.0.10.0/24, route_table: tried}}
      data: {{cidr_block: 10.0.20.0/24}}
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
