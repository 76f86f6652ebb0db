# ruff: noqa: E501 - one case, one line or two
"""What is drawn and not modelled: a trace through it, from it or to it ends in UNKNOWN, with a plain sentence."""

from __future__ import annotations

from typing import Any

import pytest

from tests.routing.cases import ALLOWED, Answer, ask, blocked, case, check, network_with

NOT_KNOWN = Answer("unknown", "UNSUPPORTED_COMPONENT", "forward")
NO_SUCH_END = Answer("unknown", "UNSUPPORTED_COMPONENT")
WAY = "route_tables: {rt-app: {0.0.0.0/0: %s}}"
HUB = """
transit_gateways: {hub: {transit_gateway_route_tables: {all: {default: true, routes: {0.0.0.0/0: other}}}}}
%s
"""
AT_HUB = "transit_gateway_attachments: {at: {transit_gateway: hub, subnets: [app]}}, route_tables: {rt-app: {0.0.0.0/0: hub}}"


@pytest.mark.parametrize(
    ("changes", "ends", "answer", "more"),
    [
        case("network-firewall", f"{{network_firewalls: {{fw: {{subnets: [pub]}}}}, {WAY % 'fw'}}}", "app -> server tcp 443", NOT_KNOWN),
        case("network-firewall-beside-the-way", "network_firewalls: {fw: {subnets: [pub]}}", "app -> server tcp 443", ALLOWED),
        case("network-firewall-before-a-subnet", "{network_firewalls: {fw: {subnets: [pub]}}, route_tables: {rt-app: {10.0.20.0/24: fw}}}", "app -> 10.0.20.10 tcp 5432", NOT_KNOWN),
        case("gateway-load-balancer-endpoint", f"{{gateway_load_balancer_endpoints: {{e: {{subnet: pub-a}}}}, {WAY % 'e'}}}", "app -> server tcp 443", NOT_KNOWN),
        case("local-gateway", f"{{local_gateway: lgw, {WAY % 'lgw'}}}", "app -> server tcp 443", NOT_KNOWN),
        case("carrier-gateway", f"{{carrier_gateway: cagw, {WAY % 'cagw'}}}", "app -> server tcp 443", NOT_KNOWN),
        case("core-network", WAY % "world", "app -> server tcp 443", NOT_KNOWN, top="core_networks: {world: {vpcs: [vpc]}}"),
        case("core-network-of-another-vpc", WAY % "world", "app -> server tcp 443", blocked("DG_INVALID_CONFIG", "route_table:rt-app"), top="core_networks: {world: {}}"),
        case("odb-network", "route_tables: {rt-app: {10.50.0.0/24: ledger}}", "app -> 10.50.0.9 tcp 1521", NOT_KNOWN, top="odb_networks: {ledger: {vpcs: [vpc]}}"),
        case("odb-network-of-another-vpc", "route_tables: {rt-app: {10.50.0.0/24: ledger}}", "app -> 10.50.0.9 tcp 1521", blocked("DG_INVALID_CONFIG", "route_table:rt-app"), top="odb_networks: {ledger: {}}"),
        case("global-accelerator", "", "user -> fast tcp 443", NO_SUCH_END, top="global_accelerators: {fast: {endpoints: [vpc/web]}}"),
        case("global-accelerator-by-name", "", "user -> www.example.com tcp 443", NO_SUCH_END, top="{global_accelerators: {fast: {endpoints: [vpc/web]}}, hosted_zones: {example.com: {www: {alias: fast}}}}"),
        case("its-endpoint-without-it", "", "user -> web tcp 443", ALLOWED, top="global_accelerators: {fast: {endpoints: [vpc/web]}}"),
        case("service-network", "", "app -> services tcp 443", NO_SUCH_END, top="service_networks: {services: {vpcs: [vpc]}}"),
        case("connect-attachment", f"{{{AT_HUB}}}", "app -> server tcp 443", NOT_KNOWN, top=HUB % "transit_gateway_connects: {other: {transit_gateway: hub}}"),
        case("client-vpn-attachment", f"{{{AT_HUB}}}", "app -> server tcp 443", NOT_KNOWN, top=HUB % "transit_gateway_client_vpn_attachments: {other: {transit_gateway: hub, client_cidr_block: 10.200.0.0/16}}"),
        case("a-web-acl-changes-nothing", "load_balancers: {alb: {subnets: [pub], security_groups: [sg-web], listeners: {443: {web2: 443}}}}", "user -> alb tcp 443", ALLOWED, top="web_acls: {acl: {resources: [vpc/alb]}}"),
    ],
)  # fmt: skip
def test_what_is_drawn_only(changes: str, ends: str, answer: Answer, more: dict[str, Any]) -> None:
    """Never a guess; what does not pass it is traced as ever."""
    check(changes, ends, answer, more)


def test_the_sentence_says_what_is_not_known() -> None:
    """Which component it was, by its kind's name."""
    through = ask(
        network_with(f"{{network_firewalls: {{fw: {{subnets: [pub]}}}}, {WAY % 'fw'}}}"), "app -> server tcp 443"
    )
    to = ask(network_with("", "service_networks: {services: {vpcs: [vpc]}}"), "app -> services tcp 443")

    assert "AWS Network Firewall fw is not modelled: the answer is not known." in through.text
    assert to.text == "VPC Lattice service network services is drawn and not modelled: the answer is not known."


STORES = """
cache_clusters: {sessions: {subnets: [db], security_groups: [sg-db]}}
mount_targets: {files: {subnets: [db], security_groups: [sg-db]}}
redshift_clusters: {reports: {subnets: [db-a], security_groups: [sg-db]}}
opensearch_domains: {search: {subnets: [db], security_groups: [sg-db]}}
security_groups: {sg-db: {ingress: ["tcp 443,2049,5439,6379 from sg-app"]}}
"""


@pytest.mark.parametrize(
    ("changes", "ends", "answer", "more"),
    [
        case("cache", STORES, "app -> sessions tcp 6379", ALLOWED),
        case("files", STORES, "app -> files tcp 2049", ALLOWED),
        case("warehouse", STORES, "app -> reports tcp 5439", ALLOWED),
        case("search", STORES, "app -> search tcp 443", ALLOWED),
        case("group-refuses", STORES, "web -> sessions tcp 6379", blocked("ENI_SG_RULES_MISMATCH", "cache_cluster:sessions")),
        case("never-from-outside", STORES, "user -> sessions tcp 6379", blocked("IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS", "internet_gateway:igw")),
        case("zone-down", STORES, "app2 -> reports tcp 5439", blocked("BAD_STATE", "redshift_cluster:reports"), outage="ap-south-1a"),
    ],
)  # fmt: skip
def test_managed_nodes(changes: str, ends: str, answer: Answer, more: dict[str, Any]) -> None:
    """Network interfaces with security groups, like others."""
    check(changes, ends, answer, more)
