"""Worked questions about Client VPN, Block Public Access, address translation and filters."""

from __future__ import annotations

from typing import Any

import pytest

from tests.routing.cases import ALLOWED, Answer, blocked
from tests.routing.worked import ACL, QUESTION, REMOTE, SG, a, acl, check_question, question, remote

CLIENT_VPN = [
    question("a client in the VPC", ALLOWED, "", "ann -> db1 tcp 5432", REMOTE),
    question(
        "a rule that names the clients' range matches nobody: their address is the endpoint's",
        blocked(SG, "instance:db1"),
        "",
        "ann -> db1 tcp 5432",
        REMOTE + "---vpcs: {vpc-a: {security_groups: {sg-db: {ingress: [tcp 5432 from 10.200.0.0/22]}}}}",
    ),
    question(
        "a rule for the associated subnet matches",
        ALLOWED,
        "",
        "ann -> db1 tcp 5432",
        REMOTE + "---vpcs: {vpc-a: {security_groups: {sg-db: {ingress: [tcp 5432 from 10.0.10.0/24]}}}}",
    ),
    question(
        "an endpoint that no subnet is associated with",
        blocked("DG_CVPN_NOT_ASSOCIATED", "client_vpn_endpoint:remote"),
        "",
        "ann -> db1 tcp 5432",
        remote("subnets: []"),
    ),
    question(
        "a peer is behind no route of the endpoint by itself",
        blocked("DG_CVPN_NO_ROUTE", "client_vpn_endpoint:remote"),
        "b peer",
        "ann -> b1 tcp 443",
        remote("authorization_rules: {0.0.0.0/0: all}"),
    ),
    question(
        "a route alone does not authorize",
        blocked("DG_CVPN_NO_AUTHORIZATION_RULE", "client_vpn_endpoint:remote"),
        "b peer",
        "ann -> b1 tcp 443",
        remote("routes: {10.20.0.0/16: app-a}"),
    ),
    question(
        "both lead to the peer, which answers the endpoint's address",
        ALLOWED,
        "b peer",
        "ann -> b1 tcp 443",
        remote("routes: {10.20.0.0/16: app-a}, authorization_rules: {10.20.0.0/16: ops}"),
    ),
    question(
        "the group of the longest rule decides",
        blocked("DG_CVPN_NO_AUTHORIZATION_RULE", "client_vpn_endpoint:remote"),
        "",
        "ann -> db1 tcp 5432",
        remote("authorization_rules: {10.0.0.0/16: all, 10.0.20.0/24: auditors}"),
    ),
    question(
        "also against a rule for any destination",
        blocked("DG_CVPN_NO_AUTHORIZATION_RULE", "client_vpn_endpoint:remote"),
        "",
        "ann -> db1 tcp 5432",
        remote("authorization_rules: {10.0.0.0/16: auditors, 0.0.0.0/0: ops}"),
    ),
    question(
        "the endpoint's own groups filter what leaves it",
        blocked("SG_HAS_NO_RULES", "client_vpn_endpoint:remote"),
        "",
        "ann -> db1 tcp 5432",
        REMOTE + "---vpcs: {vpc-a: {security_groups: {sg-remote: {egress: []}}}}",
    ),
    question(
        "a split tunnel takes what the endpoint has a route for",
        ALLOWED,
        "",
        "ann -> db1 tcp 5432",
        remote("split_tunnel: true"),
    ),
    question(
        "and nothing else",
        blocked("DG_CVPN_SPLIT_TUNNEL_BYPASS", "vpn_client:ann"),
        "",
        "ann -> server tcp 443",
        remote("split_tunnel: true"),
    ),
    question(
        "the internet by the endpoint's subnet's NAT gateway",
        ALLOWED,
        "",
        "ann -> server tcp 443",
        remote("routes: {0.0.0.0/0: app-a}, authorization_rules: {0.0.0.0/0: all}"),
    ),
]
BLOCK = "vpc_block_public_access: {mode: block-bidirectional EXCLUSIONS}\n"
STOPPED = blocked("VPC_BLOCK_PUBLIC_ACCESS_ENABLED", "vpc_block_public_access:vpc-block-public-access")
EDGE = """
vpcs:
  vpc-a:
    security_groups: {sg-app: {ingress: [tcp 8080 from sg-edge]}, sg-edge: {ingress: [tcp 443 from 0.0.0.0/0]}}
    load_balancers:
      edge: {subnets: [pub], security_groups: [sg-edge], listeners: {443: {app1: 8080, app2: 8080}}}
"""
PUBLIC_LINE = """
data_centers: {hq: {cidr_blocks: [192.168.0.0/16, 198.51.100.128/25], routes: {198.51.100.0/25: public}}}
on_premises_hosts: {proxy: {data_center: hq, ip_address: 198.51.100.200}}
direct_connect_connections: {line: {data_center: hq}}
virtual_interfaces: {public: {type: public, connection: line}}
"""
PUBLIC_ACCESS = [
    question(
        "blocked at an internet-facing load balancer",
        STOPPED,
        "",
        "user -> edge tcp 443",
        EDGE + BLOCK.replace(" EXCLUSIONS", ""),
    ),
    question(
        "with one subnet of the load balancer excluded, one node lets the public in to all targets",
        STOPPED,
        "",
        "user -> edge tcp 443",
        EDGE + BLOCK.replace(" EXCLUSIONS", ", exclusions: {vpc-a/pub-a: allow-bidirectional}"),
    ),
    question(
        "by that node",
        ALLOWED,
        "",
        "user -> edge@a tcp 443",
        EDGE + BLOCK.replace(" EXCLUSIONS", ", exclusions: {vpc-a/pub-a: allow-bidirectional}"),
    ),
    question(
        "VPN is not touched",
        ALLOWED,
        "site vpn",
        "erp -> app1 tcp 443",
        BLOCK.replace(" EXCLUSIONS", ""),
    ),
    question(
        "Client VPN is not touched", ALLOWED, "", "ann -> db1 tcp 5432", REMOTE + BLOCK.replace(" EXCLUSIONS", "")
    ),
    question("peering is not touched", ALLOWED, "b peer", "app1 -> b1 tcp 443", BLOCK.replace(" EXCLUSIONS", "")),
    question(
        "a transit gateway is not touched", ALLOWED, "b hub", "app1 -> b1 tcp 443", BLOCK.replace(" EXCLUSIONS", "")
    ),
    question("a public virtual interface without it", ALLOWED, "", "proxy -> web1 tcp 443", PUBLIC_LINE),
    question("and with it", STOPPED, "", "proxy -> web1 tcp 443", PUBLIC_LINE + BLOCK.replace(" EXCLUSIONS", "")),
]
TRANSLATION = [
    question(
        "a private NAT gateway leads nowhere on the internet",
        blocked("IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS", "internet_gateway:igw-1"),
        "",
        "app1 -> server tcp 443",
        a("nat_gateways: {nat-a: {connectivity_type: private, elastic_ip: null}}"),
    ),
    question(
        "the network ACL of the NAT gateway's subnet must let answers in",
        blocked(ACL, "network_acl:acl-pub", "return"),
        "",
        "app1 -> server tcp 443",
        a(acl("acl-pub", "pub", "100: allow tcp 443 from 0.0.0.0/0")),
    ),
    question(
        "on all ports of the NAT gateway, whatever port the client has",
        blocked(ACL, "network_acl:acl-pub", "return"),
        "",
        "app1 -> server tcp 443",
        a(acl("acl-pub", "pub", "90: allow tcp 443 from 10.0.0.0/16, 100: allow tcp 32768-61000 from 0.0.0.0/0")),
        also=("DG_EPHEMERAL_RANGE_PARTIAL",),
        source_port=50000,
    ),
    question(
        "a client's range that passes in part",
        blocked(ACL, "network_acl:acl-pub", "return"),
        "",
        "web1 -> app1 tcp 8080",
        a(acl("acl-pub", "pub", "100: allow tcp 32768-61000 from 0.0.0.0/0")),
        also=("DG_EPHEMERAL_RANGE_PARTIAL",),
    ),
    question(
        "and a port within the part",
        ALLOWED,
        "",
        "web1 -> app1 tcp 8080",
        a(acl("acl-pub", "pub", "100: allow tcp 32768-61000 from 0.0.0.0/0")),
        source_port=50000,
    ),
    question(
        "two entries that cover the range together",
        ALLOWED,
        "",
        "web1 -> app1 tcp 8080",
        a(
            acl(
                "acl-pub",
                "pub",
                "100: allow tcp 1024-30000 from 0.0.0.0/0, 110: allow tcp 30001-65535 from 10.0.0.0/16",
            )
        ),
    ),
    question("ping goes through a NAT gateway", ALLOWED, "", "app1 -> server icmp"),
    question("UDP as well", ALLOWED, "", "app1 -> server udp 53"),
    question(
        "nobody pings a NAT gateway",
        blocked("DG_NAT_UNSOLICITED_INBOUND", "nat_gateway:nat-a"),
        "",
        "app1 -> 10.0.0.4 icmp",
        a("nat_gateways: {nat-a: {private_ip_address: 10.0.0.4}}"),
    ),
    question(
        "a NAT gateway whose zone is down",
        blocked("BAD_STATE_ROUTE", "route_table:rt-app"),
        "",
        "app2 -> server tcp 443",
        outage="a",
    ),
    question(
        "a host on the internet calls a private address",
        blocked("IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS", "internet_gateway:igw-1"),
        "",
        "user -> app1 tcp 8080",
    ),
    question(
        "shared address space at an internet gateway",
        blocked("IGW_DESTINATION_ADDRESS_NOT_IN_RFC6598_EGRESS", "internet_gateway:igw-1"),
        "",
        "web1 -> 100.64.1.1 tcp 443",
    ),
    question(
        "one's own public address by way of the gateway",
        ALLOWED,
        "",
        "web1 -> 198.51.100.10 tcp 443",
    ),
    question(
        "a NAT gateway calls a public address of its own VPC",
        ALLOWED,
        "",
        "app1 -> 198.51.100.10 tcp 443",
    ),
    question(
        "and a rule that names the group behind it does not match",
        blocked("SG_REFERENCES_NOT_PRESERVED", "instance:web1"),
        "",
        "app1 -> 198.51.100.10 tcp 443",
        a("security_groups: {sg-web: {ingress: [tcp 443 from sg-app]}}"),
        also=(SG,),
    ),
    question(
        "a NAT gateway that is its own next hop",
        blocked("DG_LOOP_DETECTED", "nat_gateway:nat-a"),
        "",
        "app1 -> server tcp 443",
        a("route_tables: {rt-pub: {0.0.0.0/0: nat-a}}"),
    ),
]
FILTERS = [
    question(
        "what refuses both is the network ACL first",
        blocked(ACL, "network_acl:acl-db"),
        "",
        "web1 -> db1 tcp 22",
        a(acl("acl-db", "db", "100: allow tcp 5432 from 10.0.0.0/16")),
        also=(SG,),
    ),
    question(
        "the default group admits its own members only",
        blocked(SG, "instance:lone"),
        "",
        "web1 -> lone tcp 443",
        a("instances: {lone: {subnet: app-a}}"),
    ),
    question(
        "members of the default group reach each other",
        ALLOWED,
        "",
        "lone -> twin tcp 443",
        a("instances: {lone: {subnet: app-a}, twin: {subnet: app-b}}"),
    ),
    question(
        "a group without rules of egress opens nothing",
        blocked("SG_HAS_NO_RULES", "instance:app1"),
        "",
        "app1 -> server tcp 443",
        a("security_groups: {sg-app: {egress: []}}"),
    ),
    question(
        "what else would stop it is told",
        blocked("SG_HAS_NO_RULES", "instance:db1"),
        "",
        "db1 -> server tcp 443",
        a("security_groups: {sg-db: {egress: []}}, " + acl("acl-db", "db", egress="100: allow tcp 22 to 0.0.0.0/0")),
        also=(ACL, "NO_ROUTE_TO_DESTINATION"),
    ),
    question(
        "an ACL that denies the answer's port only",
        blocked(ACL, "network_acl:acl-app", "return"),
        "",
        "web1 -> app1 tcp 8080",
        a(acl("acl-app", "app", egress="90: deny tcp 50000 to 10.0.0.0/24, 100: allow all to 0.0.0.0/0")),
        source_port=50000,
    ),
    question(
        "the same ACL and another port",
        ALLOWED,
        "",
        "web1 -> app1 tcp 8080",
        a(acl("acl-app", "app", egress="90: deny tcp 50000 to 10.0.0.0/24, 100: allow all to 0.0.0.0/0")),
        source_port=50001,
    ),
    question(
        "the instance metadata service is filtered by nothing",
        ALLOWED,
        "",
        "app1 -> 169.254.169.254 tcp 80",
        a("security_groups: {sg-app: {egress: []}}"),
    ),
    question(
        "a peer's resolver is not asked from outside",
        blocked("NO_POSSIBLE_DESTINATION", "vpc:vpc-b"),
        "b peer",
        "app1 -> 10.20.0.2 udp 53",
    ),
]


@pytest.mark.parametrize(QUESTION, [*CLIENT_VPN, *PUBLIC_ACCESS, *TRANSLATION, *FILTERS])
def test_question(
    answer: Answer, fragments: str, ends: str, changes: str, also: tuple[str, ...], more: dict[str, Any]
) -> None:
    """Verdict, code, leg and component; and further codes that are true as well."""
    check_question(answer, fragments, ends, changes, also, more)
