"""Packets that nobody may cut into pieces meet the narrowest link of their way, there or back.

Sources: RFC 1191; EC2, "Network MTU for your EC2 instance"; NAT gateway basics; quotas of transit gateways and VPN.
"""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from docgen.loader import load_text
from docgen.routing import trace
from tests.routing.cases import network_of
from tests.routing.told import told

WORLD = """
version: 1
title: Links of every width
zones: [a, b]
internet_hosts: {server: {address: 203.0.113.80}, six: {ipv6_address: "2001:db8:ffff::80"}}
regions:
  ap-south-1:
    s3_buckets: {bucket: {}}
    transit_gateways: {hub: {}}
    customer_gateways: {hq-router: {data_center: hq}}
    vpn_connections: {tunnel: {customer_gateway: hq-router, transit_gateway: hub}}
    vpcs:
      one:
        cidr_block: 10.0.0.0/16
        ipv6_cidr_block: true
        internet_gateway: igw
        egress_only_internet_gateway: eigw
        virtual_private_gateway: vgw
        vpc_endpoints:
          to-sqs: {service: sqs, subnets: [app], security_groups: [all]}
          to-s3: {service: s3, route_tables: [app]}
        subnets:
          pub: {cidr_block: 10.0.0.0/24, availability_zone: a, route_table: pub}
          app: {cidr_block: 10.0.1.0/24, availability_zone: a, route_table: app}
          only: {ipv6_native: true, ipv6_cidr_block: true, availability_zone: a, route_table: app}
        route_tables:
          pub:
            {0.0.0.0/0: igw, 10.1.0.0/16: near, 10.9.0.0/16: far, 10.2.0.0/16: hub, 192.168.0.0/16: hub,
             172.31.0.0/16: vgw}
          app: {0.0.0.0/0: nat, "::/0": eigw}
        nat_gateways: {nat: {subnet: pub}}
        transit_gateway_attachments: {one-att: {transit_gateway: hub, subnets: [pub]}}
        security_groups: {all: {ingress: [all from 0.0.0.0/0]}}
        instances:
          web: {subnet: pub, elastic_ip: true, security_groups: [all]}
          app: {subnet: app, security_groups: [all]}
          newer: {subnet: only, security_groups: [all]}
      two:
        cidr_block: 10.1.0.0/16
        subnets: {s: {cidr_block: 10.1.0.0/24, availability_zone: a, route_table: t}}
        route_tables: {t: {10.0.0.0/16: near}}
        security_groups: {all-2: {ingress: [all from 0.0.0.0/0]}}
        instances: {peer: {subnet: s, security_groups: [all-2]}}
      three:
        cidr_block: 10.2.0.0/16
        subnets: {s3: {cidr_block: 10.2.0.0/24, availability_zone: a, route_table: t3}}
        route_tables: {t3: {10.0.0.0/16: hub}}
        transit_gateway_attachments: {three-att: {transit_gateway: hub, subnets: [s3]}}
        security_groups: {all-3: {ingress: [all from 0.0.0.0/0]}}
        instances: {spoke: {subnet: s3, security_groups: [all-3]}}
  eu-west-1:
    vpcs:
      four:
        cidr_block: 10.9.0.0/16
        subnets: {s4: {cidr_block: 10.9.0.0/24, availability_zone: a, route_table: t4}}
        route_tables: {t4: {10.0.0.0/16: far}}
        security_groups: {all-4: {ingress: [all from 0.0.0.0/0]}}
        instances: {abroad: {subnet: s4, security_groups: [all-4]}}
data_centers: {hq: {cidr_blocks: [192.168.0.0/16]}, mill: {cidr_blocks: [172.31.0.0/16]}}
on_premises_hosts:
  desk: {data_center: hq, ip_address: 192.168.1.5}
  saw: {data_center: mill, ip_address: 172.31.0.5}
direct_connect_connections: {line: {data_center: mill}}
virtual_interfaces: {vif: {connection: line, virtual_private_gateway: one/vgw, mtu: 9001}}
vpc_peering_connections:
  near: {requester_vpc: one, accepter_vpc: two}
  far: {requester_vpc: one, accepter_vpc: four}
switches: {floor: {}, attic: {}}
hosts:
  ann: {switch: floor, ip_address: 172.16.1.10/24, default_gateway: 172.16.1.1}
  bob: {switch: attic, ip_address: 172.16.2.10/24, default_gateway: 172.16.2.1}
routers:
  core:
    interfaces:
      lan-1: {switch: floor, ip_address: 172.16.1.1/24}
      lan-2: {switch: attic, ip_address: 172.16.2.1/24, mtu: 1400}
"""


def asked(ends: str, size: int | None) -> Any:
    source, _, destination = ends.split()
    tree = yaml.safe_load(WORLD)
    flow = {"from": source, "to": destination, "port": 443} | ({"packet_size": size} if size else {})
    network = network_of(tree | {"flows": {"f": flow}})
    return told(trace(network, network.architecture.flows[0]))


@pytest.mark.parametrize(
    ("largest", "by", "leg", "ends"),
    [
        pytest.param(1500, "igw", "forward", "web -> server", id="out through an internet gateway"),
        pytest.param(1500, "igw", "forward", "app -> server", id="and behind a NAT gateway"),
        pytest.param(1500, "eigw", "forward", "newer -> six", id="out through an egress-only internet gateway"),
        pytest.param(9001, "vif", "forward", "web -> saw", id="over a virtual interface of jumbo frames"),
        pytest.param(9001, "near", "forward", "web -> peer", id="to a peer in the Region"),
        pytest.param(8500, "far", "forward", "web -> abroad", id="to a peer in another Region"),
        pytest.param(8500, "hub", "forward", "web -> spoke", id="through a transit gateway"),
        pytest.param(8500, "to-sqs", "forward", "web -> to-sqs", id="into an interface endpoint"),
        pytest.param(8500, "to-s3", "forward", "app -> bucket", id="through a gateway endpoint"),
        pytest.param(1446, "tunnel", "forward", "web -> desk", id="through a VPN"),
        pytest.param(1400, "core", "forward", "ann -> bob", id="out of a router's narrow card"),
        pytest.param(1400, "core", "return", "bob -> ann", id="its answer by the narrow card"),
    ],
)
def test_the_narrowest_link_decides(largest: int, by: str, leg: str, ends: str) -> None:
    """What fits passes, one byte more does not; a flow that names no size passes."""
    tight, wide = asked(ends, largest), asked(ends, largest + 1)

    assert ("allowed", "allowed") == (tight.verdict, asked(ends, None).verdict), tight.text
    assert ("blocked", "DG_MTU_EXCEEDED", by, leg) == (wide.verdict, wide.reason, wide.component_name, wide.leg), (
        wide.text
    )


def test_inside_a_subnet_nothing_is_too_large() -> None:
    """Jumbo frames between instances of a VPC."""
    assert "allowed" == asked("web -> app", 9001).verdict


@pytest.mark.parametrize("size", [67, 65536, "big"])
def test_a_size_that_no_packet_has(size: Any) -> None:
    """It is reported with its place."""
    tree = yaml.safe_load(WORLD) | {"flows": {"f": {"from": "web", "to": "peer", "port": 1, "packet_size": size}}}

    assert "packet_size" in load_text(yaml.safe_dump(tree)).diagnostics[0].text
