# ruff: noqa: E501 - one case, one line or two
"""Security groups and network ACLs on whole flows: each rule both ways."""

from __future__ import annotations

from typing import Any

import pytest

from docgen.model.trace import Check
from tests.routing.cases import ALLOWED, Answer, blocked, case, check, network_with
from tests.routing.cases import ask as asked

ACL, SG = "SUBNET_ACL_RESTRICTION", "ENI_SG_RULES_MISMATCH"


def groups(app: str = "", web: str = "", more: str = "") -> str:
    """New bodies for the two groups."""
    bodies = [f"{name}: {{{body}}}" for name, body in (("sg-app", app), ("sg-web", web)) if body]
    return f"{{security_groups: {{{', '.join([*bodies, more] if more else bodies)}}}}}"


def acl(subnet: str, inward: str, outward: str) -> str:
    """An ACL of its own for one subnet's block (both zones)."""
    return f"{{network_acls: {{acl: {{ingress: {{{inward}}}, egress: {{{outward}}}}}}}, subnets: {{{subnet}: {{network_acl: acl}}}}}}"


ANY_IN, ANY_OUT = "100: allow all from 0.0.0.0/0", "100: allow all to 0.0.0.0/0"
WEB_ONLY = acl("pub", "100: allow tcp 443 from 0.0.0.0/0", "100: allow tcp 1024-65535 to 0.0.0.0/0")
PART = acl("pub", "100: allow tcp 443 from 0.0.0.0/0", "100: allow tcp 32768-65535 to 0.0.0.0/0")

GROUPS = [
    case("a-group-as-source", "", "web -> app tcp 8080", ALLOWED),
    case("a-group-as-source-from-another-zone", "", "web2 -> app tcp 8080", ALLOWED),
    case("a-group-that-the-sender-does-not-carry", "", "app2 -> app tcp 8080", blocked(SG, "instance:app")),
    case("another-port", "", "web -> app tcp 8081", blocked(SG, "instance:app")),
    case("no-rule-in", "{security_groups: {sg-app: {ingress: []}}}", "web -> app tcp 8080",
         blocked("SG_HAS_NO_RULES", "instance:app")),
    case("no-rule-out", groups(web="egress: []"), "web -> app tcp 8080", blocked("SG_HAS_NO_RULES", "instance:web")),
    case("no-rule-out-does-not-stop-answers", groups(app="egress: []"), "web -> app tcp 8080", ALLOWED),
    case("no-rule-in-does-not-stop-answers", groups(web="ingress: []"), "web -> app tcp 8080", ALLOWED),
    case("a-rule-out-to-a-group", groups(web="egress: [tcp 8080 to sg-app]"), "web -> app2 tcp 8080", ALLOWED),
    case("a-rule-out-to-a-group-that-it-is-not-in", groups(web="egress: [tcp 8080 to sg-db]"), "web -> app2 tcp 8080",
         blocked(SG, "instance:web")),
    case("a-rule-out-to-a-group-never-means-public-addresses", groups(web="egress: [tcp 443 to sg-web]"),
         "web -> 198.51.100.11 tcp 443", blocked(SG, "instance:web")),
    case("a-rule-out-to-a-block", groups(web="egress: [tcp 8080 to 10.0.10.0/24]"), "web -> app tcp 8080", ALLOWED),
    case("a-rule-out-to-another-block", groups(web="egress: [tcp 8080 to 10.0.10.0/24]"), "web -> app2 tcp 8080",
         blocked(SG, "instance:web")),
    case("members-of-one-group", groups(app="ingress: [all from sg-app]"), "app -> app2 tcp 22", ALLOWED),
    case("members-of-one-group-only", groups(app="ingress: [all from sg-app]"), "web -> app2 tcp 22",
         blocked(SG, "instance:app2")),
    case("the-default-group-takes-its-members",
         "{instances: {app: {security_groups: null}, app2: {security_groups: null}}}", "app -> app2 tcp 22", ALLOWED),
    case("the-default-group-takes-nobody-else",
         "{instances: {app: {security_groups: null}}}", "web -> app tcp 22", blocked(SG, "instance:app")),
    case("the-default-group-goes-out", "{instances: {app: {security_groups: null}}}", "app -> server tcp 443", ALLOWED),
    case("an-author's-default-group-replaces-it",
         "{security_groups: {default: {ingress: [tcp 22 from 10.0.0.0/16]}}, instances: {app: {security_groups: null}}}",
         "web -> app tcp 22", ALLOWED),
    case("any-of-several-groups", "{instances: {app: {security_groups: [sg-app, sg-open]}}}", "web2 -> app udp 999", ALLOWED),
    case("icmp-rule-and-tcp", groups(app="ingress: [icmp from 0.0.0.0/0]"), "web -> app tcp 8080", blocked(SG, "instance:app")),
    case("icmp-rule-and-icmp", groups(app="ingress: [icmp from 0.0.0.0/0]"), "web -> app icmp", ALLOWED),
    case("udp-rule-and-udp", groups(app="ingress: [udp 53 from 10.0.0.0/16]"), "web -> app udp 53", ALLOWED),
    case("the-first-port-of-a-range", groups(app="ingress: [tcp 8000-8010 from 10.0.0.0/16]"), "web -> app tcp 8000", ALLOWED),
    case("the-last-port-of-a-range", groups(app="ingress: [tcp 8000-8010 from 10.0.0.0/16]"), "web -> app tcp 8010", ALLOWED),
    case("past-the-last-port", groups(app="ingress: [tcp 8000-8010 from 10.0.0.0/16]"), "web -> app tcp 8011",
         blocked(SG, "instance:app")),
    case("port-nought", groups(app="ingress: [all from 10.0.0.0/16]"), "web -> app tcp 0", ALLOWED),
    case("from-a-database", groups(app="ingress: [tcp 8080 from 10.0.20.0/23]"), "orders -> app tcp 8080", ALLOWED,
         top="{vpcs: {vpc: {db_instances: {orders: {subnets: [db], multi_az: true, security_groups: [sg-db]}}}}}"),
    case("to-a-database", "{db_instances: {orders: {subnets: [db], security_groups: [sg-db]}}}", "app -> orders tcp 5432", ALLOWED),
    case("a-public-database", "{db_instances: {orders: {subnets: [pub], publicly_accessible: true, security_groups:"
         " [sg-open]}}}", "user -> orders tcp 3306", ALLOWED),
    case("a-public-database-in-private-subnets", "{db_instances: {orders: {subnets: [db], publicly_accessible: true,"
         " security_groups: [sg-open]}}}", "user -> orders tcp 3306",
         blocked("NO_ROUTE_TO_DESTINATION", "route_table:rt-main", "return")),
    case("a-private-database", "{db_instances: {orders: {subnets: [pub], security_groups: [sg-open]}}}",
         "user -> orders tcp 3306", blocked("IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS", "internet_gateway:igw")),
]  # fmt: skip

ACLS = [
    case("the-default-acl-passes-all", "", "web -> app tcp 8080", ALLOWED),
    case("an-acl-without-entries", acl("app", "", ""), "web -> app tcp 8080", blocked(ACL, "network_acl:acl")),
    case("not-inside-a-subnet", acl("app", "", ""), "app -> 10.0.10.11 tcp 80", ALLOWED,
         top="{vpcs: {vpc: {instances: {near: {subnet: app-a, private_ip_address: 10.0.10.11, security_groups: [sg-open]}}}}}"),
    case("between-two-subnets-of-one-acl", acl("app", "", ""), "app -> app2 tcp 80", blocked(ACL, "network_acl:acl"),
         top="{vpcs: {vpc: {instances: {app2: {security_groups: [sg-open]}}}}}"),
    case("in-and-out-on-the-request", acl("app", ANY_IN, "100: deny tcp 1024-65535 to 0.0.0.0/0, 110: allow all to 0.0.0.0/0"),
         "app -> server tcp 443", ALLOWED),
    case("out-on-the-answer", acl("app", ANY_IN, "100: deny tcp 1024-65535 to 0.0.0.0/0, 110: allow all to 0.0.0.0/0"),
         "web -> app tcp 8080", blocked(ACL, "network_acl:acl", "return")),
    case("in-on-the-answer", acl("app", "100: allow tcp 8080 from 0.0.0.0/0", ANY_OUT), "app -> server tcp 443",
         blocked(ACL, "network_acl:acl", "return")),
    case("the-lowest-number-decides-allow", acl("app", "90: allow tcp 8080 from 10.0.0.10/32, 100: deny all from 0.0.0.0/0", ANY_OUT),
         "web -> app tcp 8080", ALLOWED),
    case("the-lowest-number-decides-deny", acl("app", "200: allow all from 0.0.0.0/0, 90: deny tcp 8080 from 10.0.0.0/24", ANY_OUT),
         "web -> app tcp 8080", blocked(ACL, "network_acl:acl")),
    case("ephemeral-range-whole", WEB_ONLY, "user -> web tcp 443", ALLOWED),
    case("ephemeral-range-in-part", PART, "user -> web tcp 443", blocked(ACL, "network_acl:acl", "return")),
    case("a-source-port-inside-the-part", PART, "user -> web tcp 443", ALLOWED, source_port=50000),
    case("a-source-port-outside-the-part", PART, "user -> web tcp 443", blocked(ACL, "network_acl:acl", "return"),
         source_port=2000),
    case("a-source-port-below-1024", WEB_ONLY, "user -> web tcp 443", blocked(ACL, "network_acl:acl", "return"),
         source_port=1023),
    case("icmp-there-and-back", acl("pub", "100: allow icmp from 0.0.0.0/0", "100: allow icmp to 0.0.0.0/0"), "user -> web icmp",
         ALLOWED, top="{vpcs: {vpc: {security_groups: {sg-web: {ingress: [icmp from 0.0.0.0/0]}}}}}"),
    case("icmp-there-only", acl("pub", "100: allow icmp from 0.0.0.0/0", "100: allow tcp to 0.0.0.0/0"), "user -> web icmp",
         blocked(ACL, "network_acl:acl", "return"),
         top="{vpcs: {vpc: {security_groups: {sg-web: {ingress: [icmp from 0.0.0.0/0]}}}}}"),
    case("udp-is-not-tcp", acl("app", "100: allow tcp from 0.0.0.0/0", ANY_OUT), "web -> app udp 53", blocked(ACL, "network_acl:acl")),
    case("before-the-group-on-the-way-in", acl("app", "", ""), "web -> app tcp 22", blocked(ACL, "network_acl:acl")),
    case("after-the-group-on-the-way-out", acl("app", "", ""), "app -> server tcp 443", blocked("SG_HAS_NO_RULES", "instance:app"),
         top="{vpcs: {vpc: {security_groups: {sg-app: {egress: []}}}}}"),
    case("before-the-route-on-the-way-out", acl("db", "", ""), "db -> server tcp 443", blocked(ACL, "network_acl:acl")),
    case("not-for-the-resolver", acl("app", "", ""), "app -> 10.0.0.2 udp 53", ALLOWED),
    case("an-author's-default-acl-replaces-it", "{network_acls: {default: {ingress: {}, egress: {}}}}", "web -> app tcp 8080",
         blocked(ACL, "network_acl:default")),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "ends", "answer", "more"), GROUPS)
def test_groups(changes: str, ends: str, answer: Answer, more: dict[str, Any]) -> None:
    """Allow rules only, stateful, references by private address."""
    check(changes, ends, answer, dict(more))


@pytest.mark.parametrize(("changes", "ends", "answer", "more"), ACLS)
def test_acls(changes: str, ends: str, answer: Answer, more: dict[str, Any]) -> None:
    """Numbered, stateless, at the border of a subnet only."""
    check(changes, ends, answer, dict(more))


def test_the_part_of_a_range_that_is_refused_is_named() -> None:
    """The detail code, and the ports that do not pass."""
    (connection,) = asked(network_with(PART), "user -> web tcp 443").connections
    assert connection.secondary == ("DG_EPHEMERAL_RANGE_PARTIAL",)
    assert "1024-32767" in connection.text
    (connection,) = asked(network_with(PART), "user -> web tcp 443", source_port=2000).connections
    assert connection.secondary == ()


ORDER = [
    Check.SECURITY_GROUP_EGRESS,
    Check.NETWORK_ACL_EGRESS,
    Check.ROUTE_TABLE,
    Check.NETWORK_ACL_INGRESS,
    Check.SECURITY_GROUP_INGRESS,
    Check.DELIVERY,
]


def test_the_order_of_checks() -> None:
    """There and back the same order; inside a subnet neither ACL nor route."""
    (connection,) = asked(network_with(), "web -> app tcp 8080").connections
    for leg in (connection.forward, connection.returning):
        assert leg is not None
        assert [s.check for h in leg.hops for s in h.steps] == ORDER
