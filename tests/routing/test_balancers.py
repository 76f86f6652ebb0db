# ruff: noqa: E501 - one case, one line or two
"""Application Load Balancers: nodes, listeners, targets, zones and the way back of each half."""

from __future__ import annotations

from typing import Any

import pytest

from tests.routing.cases import ALLOWED, Answer, blocked, case, check, network_with
from tests.routing.cases import ask as asked

SG, ACL = "ENI_SG_RULES_MISMATCH", "SUBNET_ACL_RESTRICTION"
LISTENER = "ELBV2_LISTENERS_MISMATCH"


def balancer(targets: str = "app: 8080, app2: 8080", more: str = "", vpc: str = "", groups: str = "sg-edge") -> str:
    return (
        "{security_groups: {sg-edge: {ingress: [tcp 443 from 0.0.0.0/0]}, sg-app: {ingress: [tcp 8080 from sg-edge]}},"
        f" load_balancers: {{edge: {{subnets: [pub], security_groups: [{groups}], listeners: {{443: {{{targets}}}}}{more}}}}}"
        f"{vpc}}}"
    )


INTERNAL = ", scheme: internal, subnets: [app]"
THIRD = (
    ", subnets: {far: {cidr_block: 10.0.12.0/24, availability_zone: c}}, instances: {far: {subnet: far,"
    " private_ip_address: 10.0.12.10, security_groups: [sg-app]}}"
)

CASES = [
    case("from-the-internet", balancer(), "user -> edge tcp 443", ALLOWED),
    case("from-inside-it-goes-over-the-internet", balancer(), "app -> edge tcp 443", ALLOWED),
    case("from-inside-without-a-way-out", balancer(), "db -> edge tcp 443", blocked("NO_ROUTE_TO_DESTINATION", "route_table:rt-main")),
    case("internal-from-inside", balancer(more=INTERNAL), "web -> edge tcp 443", ALLOWED),
    case("internal-from-outside", balancer(more=INTERNAL), "user -> edge tcp 443",
         blocked("IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS", "internet_gateway:igw")),
    case("in-private-subnets", balancer(more=", subnets: [app]"), "user -> edge tcp 443",
         blocked("DG_RETURN_PATH_ASYMMETRIC", "nat_gateway:nat", "return")),
    case("in-subnets-without-any-route", balancer(more=", subnets: [db]"), "user -> edge tcp 443",
         blocked("NO_ROUTE_TO_DESTINATION", "route_table:rt-main", "return")),
    case("a-port-without-listener", balancer(groups="sg-open"), "user -> edge tcp 80", blocked(LISTENER, "load_balancer:edge")),
    case("udp", balancer(groups="sg-open"), "user -> edge udp 443", blocked(LISTENER, "load_balancer:edge")),
    case("icmp", balancer(groups="sg-open"), "user -> edge icmp", blocked(LISTENER, "load_balancer:edge")),
    case("groups-before-listeners", balancer(), "user -> edge tcp 80", blocked(SG, "load_balancer:edge")),
    case("a-listener-without-targets", balancer(""), "user -> edge tcp 443", blocked("ELBV2_LISTENER_HAS_NO_TG", "load_balancer:edge")),
    case("a-target-that-refuses", balancer(vpc=", instances: {app2: {security_groups: [sg-db]}}"), "user -> edge tcp 443",
         blocked(SG, "instance:app2")),
    case("a-target-that-names-the-client's-group", balancer(more=INTERNAL), "web -> edge tcp 443",
         blocked("SG_REFERENCES_NOT_PRESERVED", "instance:app"),
         top="{vpcs: {vpc: {security_groups: {sg-app: {ingress: [tcp 8080 from sg-web]}}}}}"),
    case("a-target-that-names-the-client's-block", balancer(), "user -> edge tcp 443", blocked(SG, "instance:app"),
         top="{vpcs: {vpc: {security_groups: {sg-app: {ingress: [tcp 8080 from 203.0.113.0/24]}}}}}"),
    case("a-target-that-names-the-nodes'-block", balancer(), "user -> edge tcp 443", ALLOWED,
         top="{vpcs: {vpc: {security_groups: {sg-app: {ingress: [tcp 8080 from 10.0.0.0/23]}}}}}"),
    case("nodes-that-may-not-go-out", balancer(), "user -> edge tcp 443", blocked("SG_HAS_NO_RULES", "load_balancer:edge"),
         top="{vpcs: {vpc: {security_groups: {sg-edge: {egress: []}}}}}"),
    case("an-interface-as-target", balancer("eni: 9000"),
         "user -> edge tcp 443", ALLOWED,
         top="{vpcs: {vpc: {network_interfaces: {eni: {subnet: db-a, security_groups: [sg-open]}}}}}"),
    case("a-target-only-in-a-zone-without-node", balancer("far: 8080", vpc=THIRD), "user -> edge tcp 443",
         blocked("ELB_INSTALLED_AZ_RESTRICTION", "load_balancer:edge")),
    case("a-further-target-in-a-zone-without-node", balancer("app: 8080, far: 8080", vpc=THIRD), "user -> edge tcp 443", ALLOWED),
    case("cross-zone-off-and-targets-in-one-zone", balancer("app: 8080", ", cross_zone: false"), "user -> edge tcp 443",
         blocked("ELB_NOT_CROSSZONE", "load_balancer:edge")),
    case("cross-zone-off-and-targets-in-both", balancer(more=", cross_zone: false"), "user -> edge tcp 443", ALLOWED),
    case("cross-zone-on-and-targets-in-one-zone", balancer("app: 8080"), "user -> edge tcp 443", ALLOWED),
    case("a-target-down", balancer(), "user -> edge tcp 443", ALLOWED, outage="app"),
    case("all-targets-down", balancer(), "user -> edge tcp 443", blocked("BAD_STATE", "load_balancer:edge"), outage="app app2"),
    case("a-zone-down", balancer(), "user -> edge tcp 443", ALLOWED, outage="a"),
    case("itself-down", balancer(), "user -> edge tcp 443", blocked("BAD_STATE", "load_balancer:edge"), outage="edge"),
    case("acl-of-the-nodes-answers-to-clients", balancer(vpc=", network_acls: {acl: {ingress: {100: allow all from 0.0.0.0/0},"
         " egress: {100: allow tcp 8080 to 0.0.0.0/0}}}, subnets: {pub: {network_acl: acl}}"), "user -> edge tcp 443",
         blocked(ACL, "network_acl:acl", "return")),
    case("acl-of-the-nodes-requests-to-targets", balancer(vpc=", network_acls: {acl: {ingress: {100: allow all from 0.0.0.0/0},"
         " egress: {100: allow tcp 1024-8079 to 0.0.0.0/0, 110: allow tcp 8081-65535 to 0.0.0.0/0, 120: allow tcp"
         " 1024-65535 to 203.0.113.0/24}}}, subnets: {pub: {network_acl: acl}}"), "user -> edge tcp 443", blocked(ACL, "network_acl:acl")),
    case("acl-of-the-nodes-answers-of-targets", balancer(vpc=", network_acls: {acl: {ingress: {100: allow tcp 443 from 0.0.0.0/0},"
         " egress: {100: allow all to 0.0.0.0/0}}}, subnets: {pub: {network_acl: acl}}"), "user -> edge tcp 443",
         blocked(ACL, "network_acl:acl", "return")),
    case("nodes-in-two-tables-one-without-a-way-back", balancer(vpc=", route_tables: {rt-half: {}}, subnets: {pub: null, one:"
         " {cidr_block: 10.0.0.0/24, availability_zone: a, route_table: rt-pub}, two: {cidr_block: 10.0.1.0/24,"
         " availability_zone: b, route_table: rt-half}}, nat_gateways: {nat: {subnet: one}}, instances: {web: {subnet: one},"
         " web2: {subnet: two}}", more=", subnets: [one, two]"), "user -> edge tcp 443",
         blocked("NO_ROUTE_TO_DESTINATION", "route_table:rt-half", "return")),
    case("a-target-by-itself-is-not-reached", balancer(), "user -> app tcp 8080",
         blocked("IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS", "internet_gateway:igw")),
    case("an-alias", balancer(), "user -> www.example.com tcp 443", ALLOWED,
         top="{hosted_zones: {example.com: {www: {alias: edge}}}}"),
    case("an-alias-whose-zone-is-out-of-order", balancer(), "user -> www.example.com tcp 443",
         blocked("BAD_STATE", "hosted_zone:example.com"), outage="example.com",
         top="{hosted_zones: {example.com: {www: {alias: edge}}}}"),
    case("a-name-without-record", balancer(), "user -> old.example.com tcp 443", blocked("DG_DNS_NO_RECORD", "hosted_zone:example.com"),
         top="{hosted_zones: {example.com: {www: {alias: edge}}}}"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "ends", "answer", "more"), CASES)
def test_balancers(changes: str, ends: str, answer: Answer, more: dict[str, Any]) -> None:
    """Each half of a proxied connection is judged, there and back."""
    check(changes, ends, answer, dict(more))


@pytest.mark.parametrize(
    ("changes", "outage", "paths"),
    [
        pytest.param(balancer(), "", (4, 4), id="two-nodes-by-two-targets"),
        pytest.param(balancer(), "a", (1, 1), id="half-of-it-down"),
        pytest.param(balancer(), "app", (2, 2), id="one-target-down"),
        pytest.param(balancer(more=", cross_zone: false"), "", (2, 2), id="each-node-to-its-own-zone"),
        pytest.param(balancer("app: 8080", ", cross_zone: false"), "", (1, 2), id="one-node-has-nobody"),
        pytest.param(balancer("app: 8080, app2: 9090"), "", (2, 4), id="a-port-that-the-target-refuses"),
        pytest.param(balancer(more=", subnets: [db]"), "", (0, 2), id="no-node-can-answer"),
        pytest.param(balancer("app: 8080, far: 8080", vpc=THIRD), "", (2, 2), id="a-third-zone-is-no-path"),
    ],
)
def test_paths(changes: str, outage: str, paths: tuple[int, int]) -> None:
    """All paths that AWS may choose are counted; the flow is allowed only if all work."""
    report = asked(network_with(changes), "user -> edge tcp 443", outage=outage)
    assert paths == (report.paths_working, report.paths_total)
    assert (report.verdict == "allowed") == (paths[0] == paths[1])


def test_warnings() -> None:
    """That targets are healthy is assumed, and said, once a node has accepted a connection."""
    assert asked(network_with(balancer()), "user -> edge tcp 443").warnings == ("DG_LB_HEALTH_UNKNOWN",)
    assert asked(network_with(balancer()), "user -> edge tcp 80").warnings == ()


def test_codes_that_are_true_as_well() -> None:
    """Cross-zone off also means that there is no target in the zone; a lost group also that no rule matched."""
    zone = asked(network_with(balancer("app: 8080", ", cross_zone: false")), "user -> edge tcp 443")
    assert [c.secondary for c in zone.connections if c.reason] == [("ELBV2_NO_TARGETS_IN_AZ",)]
    text = balancer(more=INTERNAL).replace("8080 from sg-edge", "8080 from sg-web")
    lost = asked(network_with(text), "web -> edge tcp 443")
    assert {c.secondary for c in lost.connections if c.reason} == {("ENI_SG_RULES_MISMATCH",)}
