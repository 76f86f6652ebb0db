"""Written addresses, private and public, and where blocks may lie."""

import pytest

DESIGN = """\
version: 1
title: Addresses
region: ap-south-1
zones: [a]
vpcs:
  shop:
    cidr_block: {vpc}
    internet_gateway: igw
    subnets:
      public: {{cidr_block: {subnet}, route_table: public}}
    route_tables:
      public: {{0.0.0.0/0: igw}}
    instances:
      web: {{subnet: public{web}}}
{more}
"""


def errors(judge, *, vpc="10.0.0.0/16", subnet="10.0.0.0/24", web="", more="") -> list[str]:
    text = DESIGN.format(vpc=vpc, subnet=subnet, web=web, more=more)
    return sorted({d.code for d in judge(text) if d.severity == "error"})


@pytest.mark.parametrize(
    ("address", "codes"),
    [
        pytest.param("10.0.0.0", ["DGL-106"], id="network-address"),
        pytest.param("10.0.0.1", ["DGL-106"], id="router"),
        pytest.param("10.0.0.3", ["DGL-106"], id="fourth-address"),
        pytest.param("10.0.0.4", [], id="first-free-address"),
        pytest.param("10.0.0.254", [], id="last-free-address"),
        pytest.param("10.0.0.255", ["DGL-106"], id="last-address"),
        pytest.param("10.0.1.4", ["DGL-106"], id="another-subnet"),
    ],
)
def test_private_address(address, codes, judge):
    """An address of the subnet, not one of the five that AWS keeps."""
    assert codes == errors(judge, web=f", private_ip_address: {address}")


@pytest.mark.parametrize(
    ("address", "codes"),
    [
        pytest.param("198.51.100.7", [], id="documentation-range"),
        pytest.param("8.8.8.8", [], id="public"),
        pytest.param("10.0.0.7", ["DGL-120"], id="private"),
        pytest.param("100.64.0.7", ["DGL-120"], id="shared-by-carriers"),
        pytest.param("127.0.0.1", ["DGL-120"], id="loopback"),
        pytest.param("169.254.1.1", ["DGL-120"], id="link-local"),
        pytest.param("224.0.0.1", ["DGL-120"], id="multicast"),
        pytest.param("255.255.255.255", ["DGL-120"], id="broadcast"),
    ],
)
def test_elastic_ip(address, codes, judge):
    """A public address; those set aside for documents count as public."""
    assert codes == errors(judge, web=f", elastic_ip: {address}")


def test_a_user_may_not_have_our_elastic_ip(judge):
    """Public addresses are unique over components inside and outside."""
    more = "users:\n  shopper: {address: 198.51.100.7}"

    assert errors(judge, web=", elastic_ip: 198.51.100.7", more=more) == ["DGL-119"]


@pytest.mark.parametrize(
    ("vpc", "subnet", "codes"),
    [
        pytest.param("10.0.0.0/16", "10.0.0.0/16", [], id="subnet-as-large-as-its-vpc"),
        pytest.param("10.0.0.0/28", "10.0.0.0/28", [], id="smallest-vpc-and-subnet"),
        pytest.param("10.0.0.0/15", "10.0.0.0/24", ["DGL-101"], id="vpc-too-large"),
        pytest.param("10.0.0.0/15", "10.0.0.0/15", ["DGL-101", "DGL-103"], id="subnet-too-large"),
        pytest.param("10.0.0.0/29", "10.0.0.0/29", ["DGL-101", "DGL-103"], id="both-too-small"),
        pytest.param("10.0.0.0/16", "10.1.0.0/24", ["DGL-33"], id="subnet-elsewhere"),
        pytest.param("10.0.0.0/24", "10.0.0.0/23", ["DGL-33"], id="subnet-larger-than-its-vpc"),
        pytest.param("127.0.0.0/16", "127.0.0.0/24", ["DGL-101"], id="loopback"),
        pytest.param("169.254.0.0/16", "169.254.0.0/24", ["DGL-101"], id="link-local"),
        pytest.param("224.0.0.0/16", "224.0.0.0/24", ["DGL-101"], id="multicast"),
        pytest.param("198.51.0.0/16", "198.51.0.0/24", [], id="public-block-is-only-unusual"),
    ],
)
def test_blocks(vpc, subnet, codes, judge):
    """Sizes and ranges of VPC and subnet blocks."""
    assert codes == errors(judge, vpc=vpc, subnet=subnet)


def test_hint_moves_the_subnet_into_its_vpc(judge):
    """A subnet of the wrong VPC range is most often a slip in one number."""
    found = judge(DESIGN.format(vpc="10.0.0.0/16", subnet="10.1.7.0/24", web="", more=""))

    assert [d.hint for d in found if d.code == "DGL-33"] == ["did you mean 10.0.7.0/24?"]
