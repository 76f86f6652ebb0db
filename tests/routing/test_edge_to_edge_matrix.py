"""From gateway to gateway: how a packet entered a VPC, and which facility of it it wants to use next.

One network with every sort of gateway; a row for each cell of the matrix. Sources: How VPC peering connections work;
NAT gateway basics; Gateway endpoints for Amazon S3; VPN CloudHub; How AWS Transit Gateway works; Reachability
Analyzer's codes.
"""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from docgen.model.network import Network
from docgen.model.trace import FlowReport
from tests.routing.cases import ALLOWED, Answer, ask, blocked, merged, network_of

MATRIX = yaml.safe_load("""
version: 1
title: A VPC with every sort of gateway
region: us-east-1
zones: [a]
users: {user: {address: 203.0.113.50}}
internet_hosts: {server: {address: 203.0.113.80}}
s3_buckets: {bucket: {}}
transit_gateways: {hub: {}}
data_centers:
  hq: {cidr_blocks: [192.168.0.0/16], routes: {0.0.0.0/0: vpn-hq}}
  branch: {cidr_blocks: [172.16.0.0/16], routes: {0.0.0.0/0: vpn-branch}}
on_premises_hosts:
  erp: {data_center: hq, ip_address: 192.168.1.5}
  till: {data_center: branch, ip_address: 172.16.1.5}
customer_gateways: {cgw-hq: {data_center: hq, bgp_asn: 65001}, cgw-branch: {data_center: branch, bgp_asn: 65002}}
vpn_connections:
  vpn-hq: {customer_gateway: cgw-hq, virtual_private_gateway: vgw}
  vpn-branch: {customer_gateway: cgw-branch, virtual_private_gateway: vgw}
vpc_peering_connections:
  pcx-ab: {requester_vpc: vpc-a, accepter_vpc: vpc-b}
  pcx-ac: {requester_vpc: vpc-a, accepter_vpc: vpc-c}
vpcs:
  vpc-a:
    cidr_block: 10.0.0.0/16
    internet_gateway: igw
    virtual_private_gateway: vgw
    subnets:
      pub: {cidr_block: 10.0.0.0/24, route_table: rt-pub}
      app: {cidr_block: 10.0.10.0/24, route_table: rt-app}
      hub: {cidr_block: 10.0.99.0/28, route_table: rt-hub}
    route_tables:
      rt-pub: {0.0.0.0/0: igw, 10.40.0.0/16: hub, 10.20.0.0/16: pcx-ab, propagating_vgws: [vgw]}
      rt-app:
        0.0.0.0/0: nat
        10.20.0.0/16: pcx-ab
        10.30.0.0/16: pcx-ac
        10.40.0.0/16: hub
        propagating_vgws: [vgw]
      rt-hub: {0.0.0.0/0: nat, 10.30.0.0/16: pcx-ac, 192.168.0.0/16: vgw}
    nat_gateways: {nat: {subnet: pub, private_ip_address: 10.0.0.100, elastic_ip: 198.51.100.9}}
    vpc_endpoints: {s3: {service: s3, type: gateway, route_tables: [rt-app]}}
    transit_gateway_attachments: {att-a: {transit_gateway: hub, subnets: [hub]}}
    security_groups: {open: {ingress: [all from 0.0.0.0/0]}}
    instances:
      web: {subnet: pub, private_ip_address: 10.0.0.10, elastic_ip: 198.51.100.10, security_groups: [open]}
      app: {subnet: app, private_ip_address: 10.0.10.10, security_groups: [open]}
    client_vpn_endpoints:
      private:
        client_cidr_block: 10.200.0.0/22
        subnets: [app]
        security_groups: [open]
        authorization_rules: {0.0.0.0/0: all}
        routes: {0.0.0.0/0: app}
      public:
        client_cidr_block: 10.204.0.0/22
        subnets: [pub]
        security_groups: [open]
        authorization_rules: {0.0.0.0/0: all}
        routes: {0.0.0.0/0: pub}
  vpc-b:
    cidr_block: 10.20.0.0/16
    subnets: {b: {cidr_block: 10.20.0.0/24}}
    route_tables: {main: {0.0.0.0/0: pcx-ab, com.amazonaws.us-east-1.s3: pcx-ab}}
    security_groups: {open: {ingress: [all from 0.0.0.0/0]}}
    instances: {b: {subnet: b, private_ip_address: 10.20.0.5, security_groups: [open]}}
  vpc-c:
    cidr_block: 10.30.0.0/16
    subnets: {c: {cidr_block: 10.30.0.0/24}}
    route_tables: {main: {0.0.0.0/0: pcx-ac}}
    security_groups: {open: {ingress: [all from 0.0.0.0/0]}}
    instances: {c: {subnet: c, private_ip_address: 10.30.0.5, security_groups: [open]}}
  vpc-d:
    cidr_block: 10.40.0.0/16
    subnets: {d: {cidr_block: 10.40.0.0/24}}
    transit_gateway_attachments: {att-d: {transit_gateway: hub, subnets: [d]}}
    route_tables: {main: {0.0.0.0/0: hub}}
    security_groups: {open: {ingress: [all from 0.0.0.0/0]}}
    instances: {d: {subnet: d, private_ip_address: 10.40.0.5, security_groups: [open]}}
transit_gateway_route_tables:
  all:
    transit_gateway: hub
    associations: [att-a, att-d]
    propagations: [att-d]
    routes: {0.0.0.0/0: att-a}
vpn_clients: {ann: {endpoint: private}, bob: {endpoint: public}}
""")
PCX = "PCX_REQUIRES_ADDRESS_IN_VPC_CIDR"
VGW = "VGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS"
AB, AC = "vpc_peering_connection:pcx-ab", "vpc_peering_connection:pcx-ac"
GATEWAY = "virtual_private_gateway:vgw"
NO_NAT = {"vpcs": {"vpc-a": {"route_tables": {"rt-hub": {"0.0.0.0/0": "igw"}}}}}
TO_S3 = {"vpcs": {"vpc-a": {"vpc_endpoints": {"s3": {"route_tables": ["rt-app", "rt-hub"]}}}}}
BACK = {"vpcs": {"vpc-c": {"route_tables": {"main": {"0.0.0.0/0": None, "10.0.0.0/16": "pcx-ac"}}}}}


def network(changes: Any) -> Network:
    return network_of(merged(MATRIX, changes))


@pytest.mark.parametrize(
    ("ends", "answer", "secondary", "changes"),
    [
        pytest.param("b -> app tcp 443", ALLOWED, (), {}, id="peering to an interface"),
        pytest.param(
            "b -> server tcp 443", blocked(PCX, AB), ("NGW_REQUIRES_SOURCE_IN_VPC",), {}, id="peering to igw"
        ),
        pytest.param(
            "b -> 10.0.0.100 tcp 443",
            blocked("NGW_REQUIRES_SOURCE_IN_VPC", "nat_gateway:nat"),
            (),
            {},
            id="peering to the NAT gateway itself",
        ),
        pytest.param("b -> bucket tcp 443", blocked(PCX, AB), None, {}, id="peering to gateway endpoint"),
        pytest.param("b -> c tcp 443", blocked(PCX, AB), (), {}, id="peering to another peering"),
        pytest.param("b -> erp tcp 443", blocked(PCX, AB), (), {}, id="peering to VPN"),
        pytest.param("b -> d tcp 443", blocked(PCX, AB), (), {}, id="peering to transit gateway"),
        pytest.param("erp -> app tcp 443", ALLOWED, (), {}, id="VPN to an interface"),
        pytest.param(
            "erp -> server tcp 443",
            blocked(VGW, GATEWAY),
            ("NGW_REQUIRES_SOURCE_IN_VPC",),
            {},
            id="VPN to igw or NAT gateway",
        ),
        pytest.param(
            "erp -> 10.0.0.100 tcp 443",
            blocked("NGW_REQUIRES_SOURCE_IN_VPC", "nat_gateway:nat"),
            (),
            {},
            id="VPN to the NAT gateway itself",
        ),
        pytest.param(
            "erp -> bucket tcp 443",
            blocked("DG_ENDPOINT_NOT_TRANSITIVE", GATEWAY),
            (VGW,),
            {},
            id="VPN to gateway endpoint",
        ),
        pytest.param("erp -> c tcp 443", blocked(VGW, GATEWAY), (), {}, id="VPN to peering"),
        pytest.param("erp -> till tcp 443", ALLOWED, (), {}, id="VPN to another site: CloudHub"),
        pytest.param("erp -> d tcp 443", blocked(VGW, GATEWAY), (), {}, id="VPN to transit gateway"),
        pytest.param("d -> app tcp 443", ALLOWED, (), {}, id="transit gateway to an interface"),
        pytest.param(
            "d -> server tcp 443",
            blocked("IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS", "internet_gateway:igw"),
            (),
            NO_NAT,
            id="transit gateway to igw",
        ),
        pytest.param("d -> server tcp 443", ALLOWED, (), {}, id="transit gateway to NAT gateway"),
        pytest.param(
            "d -> bucket tcp 443",
            blocked("DG_ENDPOINT_NOT_TRANSITIVE", "vpc_endpoint:s3"),
            (),
            TO_S3,
            id="transit gateway to gateway endpoint",
        ),
        pytest.param("d -> c tcp 443", blocked(PCX, AC, "return"), (), {}, id="transit gateway to peering"),
        pytest.param(
            "d -> c tcp 443",
            blocked("NO_ROUTE_TO_DESTINATION", "route_table:vpc-c/main", "return"),
            (),
            BACK,
            id="transit gateway to peering without a route back",
        ),
        pytest.param(
            "d -> erp tcp 443",
            blocked("VGW_PRIVATE_IP_ASSOCIATION_FOR_EGRESS", GATEWAY),
            (),
            {},
            id="transit gateway to VPN",
        ),
        pytest.param("ann -> app tcp 443", ALLOWED, (), {}, id="Client VPN to an interface"),
        pytest.param("bob -> server tcp 443", ALLOWED, (), {}, id="Client VPN to igw"),
        pytest.param("ann -> server tcp 443", ALLOWED, (), {}, id="Client VPN to NAT gateway"),
        pytest.param("ann -> bucket tcp 443", ALLOWED, (), {}, id="Client VPN to gateway endpoint"),
        pytest.param("ann -> c tcp 443", ALLOWED, (), {}, id="Client VPN to peering"),
        pytest.param("ann -> erp tcp 443", ALLOWED, (), {}, id="Client VPN to VPN"),
        pytest.param("ann -> d tcp 443", ALLOWED, (), {}, id="Client VPN to transit gateway"),
        pytest.param("user -> web tcp 443", ALLOWED, (), {}, id="internet to an interface with a public address"),
        pytest.param(
            "user -> app tcp 443",
            blocked("IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS", "internet_gateway:igw"),
            (),
            {},
            id="internet to an interface without",
        ),
        pytest.param(
            "user -> 198.51.100.9 tcp 443",
            blocked("DG_NAT_UNSOLICITED_INBOUND", "nat_gateway:nat"),
            (),
            {},
            id="internet to NAT gateway",
        ),
        pytest.param(
            "user -> c tcp 443",
            blocked("IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS", "internet_gateway:igw"),
            (),
            {},
            id="internet to peering",
        ),
        pytest.param(
            "user -> d tcp 443",
            blocked("IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS", "internet_gateway:igw"),
            (),
            {},
            id="internet to transit gateway",
        ),
        pytest.param(
            "user -> erp tcp 443",
            blocked("IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS", "internet_gateway:igw"),
            (),
            {},
            id="internet to VPN",
        ),
    ],
)
def test_cell(ends: str, answer: Answer, secondary: tuple[str, ...] | None, changes: Any) -> None:
    """Verdict, code, leg and component of one cell; None for `secondary` asks nothing."""
    report: FlowReport = ask(network(changes), ends)
    by = f"{report.component.kind}:{report.component_name}" if report.component else None

    assert answer == Answer(report.verdict, report.reason, report.leg, by), report.text
    if secondary is not None:
        assert secondary == report.connections[-1].secondary
