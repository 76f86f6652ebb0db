"""Who has a public address without need, and which databases the internet reaches."""

import pytest

DESIGN = """\
version: 1
title: Exposure
region: ap-south-1
zones: [a, b]
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    internet_gateway: igw
    subnets:
      public: {{cidr_blocks: [10.0.0.0/24, 10.0.1.0/24], route_table: public{subnet}}}
      inner: {{cidr_blocks: [10.0.2.0/24, 10.0.3.0/24], route_table: inner}}
    route_tables:
      public: {{0.0.0.0/0: igw}}
      inner: {inner}
    security_groups:
      web: {{ingress: [{ingress}]}}
    instances:
      web: {{subnet: public-a, security_groups: [web]{instance}}}
hosted_zones:
  example.com: {zone}
variants:
  opened: {{title: Opened, changes: {{}}}}
flows:
  asked: {{{flow}}}
"""
OUTBOUND = "from: web, to: 203.0.113.80, protocol: tcp, port: 443"
INBOUND = "from: internet, to: web, protocol: tcp, port: 443, expect: allowed"


def codes(judge, *, instance="", subnet="", flow=OUTBOUND, ingress="tcp 443 from 0.0.0.0/0", zone="{}", inner="{}"):
    text = DESIGN.format(instance=instance, subnet=subnet, flow=flow, ingress=ingress, zone=zone, inner=inner)
    return sorted({d.code for d in judge(text)} & {"DGL-03", "DGL-04", "DGL-07", "DGL-08"})


EIP = ", elastic_ip: true"
AUTO = ", map_public_ip_on_launch: true"
NAT = ", elastic_ip: true, source_dest_check: false, forwards: nat"


@pytest.mark.parametrize(
    ("design", "expected"),
    [
        pytest.param({"instance": EIP}, ["DGL-08"], id="only-calls-out"),
        pytest.param({"instance": EIP, "flow": INBOUND}, [], id="shoppers-come"),
        pytest.param(
            {"instance": EIP, "flow": INBOUND.replace("allowed", "{blocked: SG_HAS_NO_RULES}")},
            ["DGL-08"],
            id="shoppers-are-to-be-kept-out",
        ),
        pytest.param(
            {"instance": EIP, "flow": INBOUND + ", when: {variant: opened}"},
            ["DGL-08"],
            id="shoppers-come-in-a-variant-only",
        ),
        pytest.param({"instance": EIP, "zone": "{www: {a: [web]}}"}, [], id="has-a-public-name"),
        pytest.param({"instance": NAT}, [], id="translates-for-others"),
        pytest.param({"instance": ", associate_public_ip_address: true"}, ["DGL-08"], id="asked-for-at-launch"),
        pytest.param({"subnet": AUTO}, ["DGL-07"], id="given-by-the-subnet"),
        pytest.param({"subnet": AUTO, "flow": INBOUND}, [], id="given-by-the-subnet-and-needed"),
        pytest.param(
            {"subnet": AUTO, "instance": ", associate_public_ip_address: false"}, [], id="given-and-declined"
        ),
    ],
)
def test_needless_public_address(design, expected, judge):
    """A public address wants a reason: a flow from outside, a name, a route."""
    assert expected == codes(judge, **design)


@pytest.mark.parametrize(
    ("design", "expected"),
    [
        pytest.param({"instance": EIP, "ingress": "tcp 3306 from 0.0.0.0/0"}, True, id="open"),
        pytest.param({"instance": EIP, "ingress": "tcp 3306 from 10.0.0.0/16"}, False, id="from-inside-only"),
        pytest.param({"instance": EIP, "ingress": "tcp 3306 from 203.0.113.0/28"}, False, id="from-an-office"),
        pytest.param({"instance": "", "ingress": "tcp 3306 from 0.0.0.0/0"}, False, id="private-address"),
        pytest.param({"instance": EIP, "ingress": "all from 0.0.0.0/0"}, True, id="everything-open"),
    ],
)
def test_database_port_reachable_by_trace(design, expected, judge):
    """The open rule alone is not enough: address and routes have to let it happen."""
    assert expected is ("DGL-04" in codes(judge, **design))


def test_open_rule_without_a_way_back_is_no_exposure(judge):
    """The request arrives, the answer has no route: nobody connects."""
    text = DESIGN.format(
        instance=EIP, subnet="", flow=OUTBOUND, ingress="tcp 3306 from 0.0.0.0/0", zone="{}", inner="{}"
    ).replace("{subnet: public-a,", "{subnet: inner-a,")

    assert "DGL-04" not in {d.code for d in judge(text)}
    assert {"DGL-03", "DGL-35"} <= {d.code for d in judge(text)}
