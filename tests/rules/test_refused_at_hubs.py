# ruff: noqa: E501 - one case, one line
"""DGL-213 to DGL-218: what AWS refuses at transit gateways, Direct Connect gateways and Client VPN endpoints, case by case."""

import pytest

HUB = """\
version: 1
title: A hub
region: ap-south-1
zones: [a, b]
data_centers: {hq: {cidr_blocks: [192.168.0.0/16]}}
customer_gateways: {router: {data_center: hq}}
direct_connect_connections: {line: {data_center: hq}}
transit_gateways:
  hub: {transit_gateway_route_tables: {TABLES}}
  far: {transit_gateway_route_tables: {OTHER}}
transit_gateway_peering_attachments: {link: {transit_gateway: hub, peer_transit_gateway: far}}
vpn_connections: {vpn: {customer_gateway: router, transit_gateway: hub}}
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    ipv6_cidr_block: true
    virtual_private_gateway: vgw
    subnets:
      app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24], ipv6_cidr_block: true}
      data: {cidr_blocks: [10.0.20.0/24, 10.0.21.0/24]}
      six: {ipv6_native: true, ipv6_cidr_block: true, availability_zone: a}
    transit_gateway_attachments: {at-hub: {transit_gateway: hub, subnets: [ATTACHED]}, at-far: {transit_gateway: far, subnets: [app]}}
"""


def design(tables: str = "", other: str = "", attached: str = "app", more: str = "") -> str:
    return HUB.replace("TABLES", tables).replace("OTHER", other).replace("ATTACHED", attached) + more


CLIENTS = "    client_vpn_endpoints: {{remote: {{client_cidr_block: {}, subnets: [{}], routes: {{{}}}}}}}\n"
LINE = "direct_connect_gateways: {{global: {{associations: {{{}}}}}}}\nvirtual_interfaces: {{vif: {{type: {}, connection: line, direct_connect_gateway: global}}}}\n"
HUB_SIDE = "hub: {allowed_prefixes: [10.0.0.0/16]}"


@pytest.mark.parametrize(
    ("code", "refused", "text"),
    [
        pytest.param("DGL-213", True, design("all: {propagations: [link]}"), id="a-peering"),
        pytest.param("DGL-213", False, design("all: {propagations: [vpn, shop]}"), id="a-VPN-and-a-VPC"),
        pytest.param("DGL-213", False, design("all: {associations: [link], routes: {10.9.0.0/16: link}}"), id="a-static-route"),
        pytest.param("DGL-214", True, design("one: {associations: [at-hub]}, two: {associations: [at-hub]}"), id="twice"),
        pytest.param("DGL-214", True, design("one: {associations: [shop]}, two: {associations: [at-hub]}"), id="by-its-VPC-too"),
        pytest.param("DGL-214", True, design("one: {associations: [vpn]}, two: {associations: [vpn]}"), id="a-VPN-twice"),
        pytest.param("DGL-214", False, design("one: {associations: [shop, vpn]}, two: {propagations: [shop]}"), id="once"),
        pytest.param("DGL-214", False, design("one: {associations: [shop]}", "one-far: {associations: [shop]}"), id="at-two-hubs"),
        pytest.param("DGL-214", False, design("one: {associations: [link]}", "one-far: {associations: [link]}"), id="both-ends-of-a-peering"),
        pytest.param("DGL-215", True, design(more=LINE.format(f"{HUB_SIDE}, vgw: {{}}", "transit")), id="both-sorts"),
        pytest.param("DGL-215", True, design(more=LINE.format(HUB_SIDE, "private")), id="a-private-interface-to-a-hub"),
        pytest.param("DGL-215", True, design(more=LINE.format("vgw: {}", "transit")), id="a-transit-interface-to-a-VPC"),
        pytest.param("DGL-215", False, design(more=LINE.format(HUB_SIDE, "transit")), id="a-hub"),
        pytest.param("DGL-215", False, design(more=LINE.format("vgw: {}", "private")), id="a-VPC"),
        pytest.param("DGL-215", False, design(more=LINE.format("", "private")), id="nothing-yet"),
        pytest.param("DGL-216", True, design(more=CLIENTS.format("10.0.128.0/20", "app-a", "")), id="of-the-VPC"),
        pytest.param("DGL-216", True, design(more=CLIENTS.format("172.16.0.0/20", "app-a", "172.16.0.0/16: app-a")), id="of-a-route"),
        pytest.param("DGL-216", False, design(more=CLIENTS.format("172.16.0.0/20", "app-a", "0.0.0.0/0: app-a")), id="of-the-default-route"),
        pytest.param("DGL-217", True, design(more=CLIENTS.format("10.200.0.0/20", "app-a, data-a", "")), id="two-of-a-zone"),
        pytest.param("DGL-217", False, design(more=CLIENTS.format("10.200.0.0/20", "app-a, data-b", "")), id="one-of-each"),
        pytest.param("DGL-218", True, design(attached="six"), id="an-attachment"),
        pytest.param("DGL-218", True, design(more="    nat_gateways: {nat: {subnet: six}}\n"), id="a-NAT-gateway"),
        pytest.param("DGL-218", False, design(more="    nat_gateways: {nat: {subnet: app-a}}\n"), id="with-both-families"),
    ],
)  # fmt: skip
def test_what_aws_refuses(code, refused, text, judge):
    """Of each what AWS takes, too."""
    assert any(d.code == code for d in judge(text)) is refused
