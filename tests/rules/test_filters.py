"""Which security group rules and network ACL entries are worth a remark."""

import pytest

DESIGN = """\
version: 1
title: Filters
region: ap-south-1
zones: [a, b]
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    internet_gateway: igw
    subnets:
      public: {{cidr_blocks: [10.0.0.0/24, 10.0.1.0/24], route_table: public{acl}}}
    route_tables:
      public: {{0.0.0.0/0: igw}}
    security_groups:
      web: {{ingress: [{ingress}]}}
    instances:
      web: {{subnet: public, elastic_ip: true, security_groups: [web]}}
{acls}
flows:
  shopper: {{from: internet, to: web, protocol: tcp, port: {port}, expect: allowed}}
"""


def codes(judge, ingress: str = "tcp 443 from 0.0.0.0/0", port: int = 443, entries: str = "") -> list[str]:
    acls = f"    network_acls:\n      edge:\n        ingress: {{{entries}}}\n" if entries else ""
    text = DESIGN.format(ingress=ingress, port=port, acls=acls, acl=", network_acl: edge" if entries else "")
    return sorted({d.code for d in judge(text)} & {"DGL-01", "DGL-02", "DGL-03", "DGL-06", "DGL-138"})


@pytest.mark.parametrize(
    ("ingress", "port", "expected"),
    [
        pytest.param("tcp 443 from 0.0.0.0/0", 443, [], id="web"),
        pytest.param('"tcp 80,443 from 0.0.0.0/0"', 443, [], id="web-with-and-without-encryption"),
        pytest.param("tcp 8443 from 0.0.0.0/0", 8443, [], id="port-of-a-flow-that-is-meant-to-work"),
        pytest.param("tcp 8443 from 0.0.0.0/0", 443, ["DGL-03"], id="port-that-no-flow-needs"),
        pytest.param("tcp 22 from 0.0.0.0/0", 443, ["DGL-01"], id="ssh"),
        pytest.param("tcp 3389 from 0.0.0.0/0", 443, ["DGL-02"], id="remote-desktop"),
        pytest.param("tcp 22 from 10.0.0.0/8", 443, [], id="ssh-from-inside"),
        pytest.param("tcp 22 from 203.0.113.0/28", 443, [], id="ssh-from-an-office"),
        pytest.param("tcp 22 from 0.0.0.0/1", 443, ["DGL-01"], id="half-of-the-world-is-the-world"),
        pytest.param("tcp 20-25 from 0.0.0.0/0", 443, ["DGL-01", "DGL-03"], id="ssh-in-a-range"),
        pytest.param("all from 0.0.0.0/0", 443, ["DGL-03"], id="everything-is-said-once"),
        pytest.param("udp 53 from 0.0.0.0/0", 443, ["DGL-03"], id="udp-counts-too"),
        pytest.param("icmp from 0.0.0.0/0", 443, [], id="ping-is-harmless"),
    ],
)
def test_open_to_the_world(ingress, port, expected, judge):
    """Ports that the design does not mean to be public, told once each."""
    assert expected == codes(judge, ingress, port)


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        pytest.param("100: allow tcp 443 from 0.0.0.0/0", [], id="one-port"),
        pytest.param("100: allow tcp 1024-65535 from 0.0.0.0/0", [], id="answers-cover-3389-and-are-fine"),
        pytest.param("100: allow tcp 32768-60999 from 0.0.0.0/0", [], id="answers-to-linux"),
        pytest.param("100: allow tcp 22 from 0.0.0.0/0", ["DGL-06"], id="ssh"),
        pytest.param("100: allow tcp 3389 from 0.0.0.0/0", ["DGL-06"], id="remote-desktop"),
        pytest.param("100: allow all from 0.0.0.0/0", ["DGL-06"], id="everything"),
        pytest.param(
            "90: deny tcp 22 from 0.0.0.0/0, 95: deny tcp 3389 from 0.0.0.0/0, 100: allow all from 0.0.0.0/0",
            [],
            id="everything-but-administration",
        ),
        pytest.param(
            "100: allow tcp 443 from 0.0.0.0/0, 110: deny tcp 443 from 203.0.113.0/24",
            ["DGL-138"],
            id="deny-behind-a-wider-allow",
        ),
        pytest.param(
            "90: deny tcp 443 from 203.0.113.0/24, 100: allow tcp 443 from 0.0.0.0/0",
            [],
            id="deny-before-a-wider-allow",
        ),
        pytest.param(
            "100: allow tcp 443 from 0.0.0.0/0, 110: allow tcp 443-444 from 0.0.0.0/0",
            [],
            id="a-wider-entry-behind-still-decides",
        ),
    ],
)
def test_network_acl(entries, expected, judge):
    """What an ACL of one's own lets in, and which entries never decide."""
    assert expected == codes(judge, entries=entries)
