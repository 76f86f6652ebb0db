"""Worked questions about transit gateways, peering, VPN and Direct Connect."""

from __future__ import annotations

from typing import Any

import pytest

from tests.routing.cases import ALLOWED, Answer, blocked
from tests.routing.worked import ACL, QUESTION, SG, a, acl, b, check_question, question

SITE_2 = """
data_centers: {branch: {cidr_blocks: [172.16.0.0/16]}}
on_premises_hosts: {till: {data_center: branch, ip_address: 172.16.1.5}}
customer_gateways: {cgw-2: {data_center: branch, bgp_asn: 65002}}
vpn_connections: {vpn-2: {customer_gateway: cgw-2, virtual_private_gateway: vgw-1}}
"""
TRANSIT = [
    question("spoke to spoke", ALLOWED, "b hub", "app1 -> b1 tcp 443"),
    question(
        "a longer blackhole hides the propagated route",
        blocked("TGW_RTB_BAD_STATE_ROUTE", "transit_gateway_route_table:from-a"),
        "b hub",
        "app1 -> b1 tcp 443",
        "transit_gateway_route_tables: {from-a: {transit_gateway: tgw-1, associations: [att-a], propagations:"
        " [att-b], routes: {10.20.0.0/24: blackhole}}}",
        also=("TGW_RTB_MORE_SPECIFIC_ROUTE",),
    ),
    question(
        "an attachment that is not accepted propagates nothing, and is the reason",
        blocked("BAD_STATE_ATTACHMENT", "transit_gateway_vpc_attachment:att-b"),
        "b hub",
        "app1 -> b1 tcp 443",
        b("transit_gateway_attachments: {att-b: {state: pendingAcceptance}}"),
        also=("TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT",),
    ),
    question(
        "the answer's zone cannot enter the transit gateway",
        blocked("TGW_ROUTE_AZ_RESTRICTION", "transit_gateway_vpc_attachment:att-a", "return"),
        "b hub",
        "b1 -> app2 tcp 443",
        a("transit_gateway_attachments: {att-a: {subnets: [app-a]}}"),
    ),
    question(
        "the sender's zone cannot enter it, although its neighbours' can",
        blocked("TGW_ROUTE_AZ_RESTRICTION", "transit_gateway_vpc_attachment:att-b"),
        "b hub",
        "b3 -> app1 tcp 443",
    ),
    question(
        "an attachment whose table knows no way back",
        blocked("TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT", "transit_gateway_route_table:from-b", "return"),
        "b hub",
        "app1 -> b1 tcp 443",
        "transit_gateway_route_tables: {from-b: {transit_gateway: tgw-1, associations: [att-b]}}",
    ),
    question(
        "a static route of the transit gateway hides the propagated one of the same block",
        blocked("NO_ROUTE_TO_DESTINATION", "route_table:vpc-c/main"),
        "b hub",
        "app1 -> b1 tcp 443",
        """
        vpcs:
          vpc-c:
            cidr_block: 10.30.0.0/16
            subnets: {c: {cidr_block: 10.30.0.0/24, availability_zone: a}}
            transit_gateway_attachments: {att-c: {transit_gateway: tgw-1, subnets: [c]}}
        transit_gateway_route_tables:
          all:
            transit_gateway: tgw-1
            associations: [att-a, att-b]
            propagations: [att-a, att-b, att-c]
            routes: {10.20.0.0/16: att-c}
        """,
    ),
    question(
        "a longer propagated route beats a static one",
        ALLOWED,
        "b hub",
        "app1 -> b1 tcp 443",
        """
        transit_gateway_route_tables:
          all:
            transit_gateway: tgw-1
            associations: [att-a, att-b]
            propagations: [att-a, att-b]
            routes: {10.0.0.0/8: blackhole}
        """,
    ),
    question(
        "of two VPCs with one block the first is propagated",
        ALLOWED,
        "b hub",
        "app1 -> b1 tcp 443",
        """
        vpcs:
          vpc-z:
            cidr_block: 10.20.0.0/16
            subnets: {z: {cidr_block: 10.20.0.0/24, availability_zone: a}}
            transit_gateway_attachments: {att-z: {transit_gateway: tgw-1, subnets: [z]}}
        """,
    ),
    question(
        "a VPC route to a transit gateway that the VPC is not attached to",
        blocked("DG_INVALID_CONFIG", "route_table:rt-app"),
        "b",
        "app1 -> 10.20.0.5 tcp 443",
        "transit_gateways: {tgw-1: {}}\nvpcs: {vpc-a: {route_tables: {rt-app: {10.20.0.0/16: tgw-1}}}}",
    ),
    question(
        "within the attachment's subnet the one network ACL is asked out and in",
        blocked(ACL, "network_acl:acl-app"),
        "b hub",
        "app1 -> b1 tcp 443",
        a(acl("acl-app", "app", "90: deny all from 10.0.10.0/24, 100: allow all from 0.0.0.0/0")),
    ),
    question(
        "from an attachment to an interface of its own subnet no network ACL is asked",
        ALLOWED,
        "b hub",
        "app1 -> b1 tcp 443",
        b(acl("acl-b", "b", "100: allow tcp 1024-65535 from 10.20.0.0/24")),
    ),
    question(
        "from an attachment to an interface of another subnet both are",
        blocked(ACL, "network_acl:acl-b"),
        "b hub",
        "app1 -> b3 tcp 443",
        b(acl("acl-b", "b-c", "100: allow tcp 1024-65535 from 0.0.0.0/0")),
    ),
    question(
        "a rule that names the sender's group without support",
        blocked("SG_REFERENCING_SUPPORT", "instance:b1"),
        "b hub",
        "app1 -> b1 tcp 443",
        b("security_groups: {sg-b: {ingress: [tcp 443 from vpc-a/sg-app]}}"),
        also=(SG,),
    ),
    question(
        "and with support of gateway and attachments",
        ALLOWED,
        "b hub",
        "app1 -> b1 tcp 443",
        b("security_groups: {sg-b: {ingress: [tcp 443 from vpc-a/sg-app]}}")
        + "\ntransit_gateways: {tgw-1: {security_group_referencing_support: true}}",
    ),
    question(
        "the transit gateway's zone is down for the sender",
        blocked("TGW_ROUTE_AZ_RESTRICTION", "transit_gateway_vpc_attachment:att-a"),
        "b hub",
        "app1 -> b1 tcp 443",
        a("transit_gateway_attachments: {att-a: {subnets: [app-b]}}"),
    ),
]
PEERING = [
    question("peers", ALLOWED, "b peer", "app1 -> b1 tcp 443"),
    question(
        "a peering connection that nobody accepted yet",
        blocked("BAD_STATE_ROUTE", "route_table:rt-app"),
        "b peer",
        "app1 -> b1 tcp 443",
        "vpc_peering_connections: {pcx-1: {status: pending-acceptance}}",
    ),
    question(
        "a narrow route leads to a part of the peer only",
        blocked("NO_ROUTE_TO_DESTINATION", "route_table:main", "return"),
        "b peer",
        "app2 -> b1 tcp 443",
        b("route_tables: {main: {10.0.0.0/16: null, 10.0.10.0/24: pcx-1}}"),
    ),
    question(
        "a rule that names the group of a peer in the same Region",
        ALLOWED,
        "b peer",
        "app1 -> b1 tcp 443",
        b("security_groups: {sg-b: {ingress: [tcp 443 from vpc-a/sg-app]}}"),
    ),
    question(
        "a rule that names a group that the peer's sender is not in",
        blocked(SG, "instance:b1"),
        "b peer",
        "app1 -> b1 tcp 443",
        b("security_groups: {sg-b: {ingress: [tcp 443 from vpc-a/sg-web]}}"),
    ),
    question(
        "a NAT gateway's question over peering finds its way back without a route",
        ALLOWED,
        "b peer",
        "app1 -> b1 tcp 443",
        a("route_tables: {rt-app: {10.20.0.0/16: null}, rt-pub: {10.20.0.0/16: pcx-1}}")
        + "---"
        + b("route_tables: {main: {10.0.0.0/16: null}}"),
    ),
    question(
        "an ordinary interface gets no such help",
        blocked("NO_ROUTE_TO_DESTINATION", "route_table:main", "return"),
        "b peer",
        "web1 -> b1 tcp 443",
        a("route_tables: {rt-pub: {10.20.0.0/16: pcx-1}}") + "---" + b("route_tables: {main: {10.0.0.0/16: null}}"),
    ),
    question(
        "an address of the peer that nobody has",
        blocked("NO_POSSIBLE_DESTINATION", "vpc:vpc-b"),
        "b peer",
        "app1 -> 10.20.0.99 tcp 443",
    ),
]
HYBRID = [
    question("from on premises by VPN", ALLOWED, "site vpn", "erp -> app1 tcp 443"),
    question("to on premises by Direct Connect", ALLOWED, "site line", "app1 -> erp tcp 443"),
    question(
        "a VPN with static routes does not know what nobody wrote",
        blocked("DG_VGW_UNKNOWN_PREFIX", "virtual_private_gateway:vgw-1"),
        "site vpn",
        "app1 -> 192.168.1.5 tcp 443",
        "vpn_connections: {vpn-1: {static_routes_only: true, static_routes: [192.168.9.0/24]}}\n"
        + a("route_tables: {rt-app: {192.168.0.0/16: vgw-1}}"),
    ),
    question(
        "an allowed prefix as wide as the VPC",
        ALLOWED,
        "site dxgw",
        "erp -> app1 tcp 443",
        "direct_connect_gateways: {dxgw: {associations: {vgw-1: {allowed_prefixes: [10.0.0.0/16]}}}}",
    ),
    question(
        "an allowed prefix wider than the VPC",
        ALLOWED,
        "site dxgw",
        "erp -> app1 tcp 443",
        "direct_connect_gateways: {dxgw: {associations: {vgw-1: {allowed_prefixes: [10.0.0.0/8]}}}}",
    ),
    question(
        "an allowed prefix narrower than the VPC announces nothing",
        blocked("DG_DX_PREFIX_NOT_ALLOWED", "data_center:hq"),
        "site dxgw",
        "erp -> app1 tcp 443",
        "direct_connect_gateways: {dxgw: {associations: {vgw-1: {allowed_prefixes: [10.0.10.0/24]}}}}",
    ),
    question(
        "and its answers have no way either",
        blocked("DG_DX_PREFIX_NOT_ALLOWED", "data_center:hq", "return"),
        "site dxgw",
        "app1 -> erp tcp 443",
        "direct_connect_gateways: {dxgw: {associations: {vgw-1: {allowed_prefixes: [10.0.10.0/24]}}}}",
    ),
    question(
        "with a transit gateway exactly the allowed prefixes are announced",
        ALLOWED,
        "b hub site",
        "erp -> b1 tcp 443",
        """
        direct_connect_connections: {line: {data_center: hq}}
        virtual_interfaces: {vif-1: {type: transit, connection: line, direct_connect_gateway: dxgw}}
        direct_connect_gateways: {dxgw: {associations: {tgw-1: {allowed_prefixes: [10.20.0.0/24]}}}}
        vpcs:
          vpc-b:
            route_tables: {main: {192.168.0.0/16: tgw-1}}
            security_groups: {sg-b: {ingress: [tcp 443 from 192.168.0.0/16]}}
        """,
    ),
    question(
        "and nothing else",
        blocked("DG_DX_PREFIX_NOT_ALLOWED", "data_center:hq"),
        "b hub site",
        "erp -> b3 tcp 443",
        """
        direct_connect_connections: {line: {data_center: hq}}
        virtual_interfaces: {vif-1: {type: transit, connection: line, direct_connect_gateway: dxgw}}
        direct_connect_gateways: {dxgw: {associations: {tgw-1: {allowed_prefixes: [10.20.0.0/24]}}}}
        vpcs:
          vpc-b:
            route_tables: {main: {192.168.0.0/16: tgw-1}}
            security_groups: {sg-b: {ingress: [tcp 443 from 192.168.0.0/16]}}
        """,
    ),
    question(
        "inside the VPC's block a longer block from on premises changes nothing",
        ALLOWED,
        "site vpn",
        "app1 -> db1 tcp 5432",
        "data_centers: {hq: {cidr_blocks: [192.168.0.0/16, 10.0.20.0/25]}}",
    ),
    question(
        "a written route past an allowed prefix that is too narrow",
        blocked("DG_DX_PREFIX_NOT_ALLOWED", "direct_connect_gateway:dxgw"),
        "site dxgw",
        "erp -> app1 tcp 443",
        """
        direct_connect_gateways: {dxgw: {associations: {vgw-1: {allowed_prefixes: [10.0.10.0/24]}}}}
        data_centers: {hq: {routes: {10.0.0.0/8: vif-1}}}
        """,
    ),
    question(
        "sites of one gateway learn of each other by BGP: CloudHub",
        ALLOWED,
        "site vpn",
        "erp -> till tcp 443",
        SITE_2,
    ),
    question(
        "a site on Direct Connect takes part in it",
        ALLOWED,
        "site line",
        "erp -> till tcp 443",
        SITE_2,
    ),
    question(
        "and is reached from there",
        ALLOWED,
        "site line",
        "till -> erp tcp 443",
        SITE_2,
    ),
    question(
        "the filter at home counts as well",
        blocked(SG, "instance:app1"),
        "site vpn",
        "erp -> app1 tcp 8443",
    ),
    question(
        "the VPN alone carries it while the line is down",
        ALLOWED,
        "site line vpn",
        "app1 -> erp tcp 443",
        outage="line",
    ),
    question(
        "without propagation into the sender's table",
        blocked("NO_ROUTE_TO_DESTINATION", "route_table:rt-main"),
        "site vpn",
        "db1 -> erp tcp 443",
    ),
]


@pytest.mark.parametrize(QUESTION, [*TRANSIT, *PEERING, *HYBRID])
def test_question(
    answer: Answer, fragments: str, ends: str, changes: str, also: tuple[str, ...], more: dict[str, Any]
) -> None:
    """Verdict, code, leg and component; and further codes that are true as well."""
    check_question(answer, fragments, ends, changes, also, more)
