"""Whole flows: names, connections as a tree, outages, several paths, loops."""

from __future__ import annotations

import pytest

from docgen.model.architecture import When
from docgen.model.component import Ref
from docgen.model.trace import Disposition, Leg, Verdict

SHOP = """
    version: 1
    title: A shop
    region: ap-south-1
    zones: [a, b]
    users: {shopper: {}}
    internet_hosts: {mirror: {dns_names: [mirror.example]}}
    hosted_zones:
      example.com: {www: {alias: edge}, web: {a: [app]},
        old: {cname: www.example.com}, round: {cname: round.example.com}}
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        internet_gateway: igw
        subnets:
          public: {cidr_blocks: [10.0.0.0/24, 10.0.1.0/24], route_table: public}
          app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24], route_table: private}
          data: {cidr_blocks: [10.0.20.0/24, 10.0.21.0/24]}
        nat_gateways: {nat: {subnet: public}}
        route_tables: {public: {0.0.0.0/0: igw}, private: {0.0.0.0/0: nat}}
        security_groups:
          edge: {ingress: [tcp 443 from 0.0.0.0/0]}
          app: {ingress: [tcp 8080 from edge]}
          db: {ingress: [tcp 3306 from app]}
        load_balancers:
          edge: {subnets: [public], security_groups: [edge], listeners: {443: {app: 8080}, 8443: {}}}
          inner: {scheme: internal, subnets: [app], security_groups: [edge], listeners: {443: {app: 8080}}}
        instances: {app: {subnet: app, security_groups: [app]}}
        db_instances:
          orders: {subnets: [data], multi_az: true, primary_zone: a, security_groups: [db]}
          single: {subnets: [data], primary_zone: a, security_groups: [db]}
"""


def outage(*names: str) -> dict[str, When]:
    return {"when": When(outage=tuple(map(Ref, names)))}


def test_a_name_is_looked_up_first(ask) -> None:
    """The look-up is the flow's first connection; an alias leads to every node, each node to every target."""
    report = ask(SHOP, "shopper", "www.example.com")
    shape = [(c.purpose, c.source_name, c.destination_name, c.parent) for c in report.connections]

    assert report.verdict is Verdict.ALLOWED
    assert shape == [
        ("dns", "shopper", "www.example.com", None),
        ("", "shopper", "edge", None),
        ("listener", "edge", "app-a", 1),
        ("listener", "edge", "app-b", 1),
        ("", "shopper", "edge", None),
        ("listener", "edge", "app-a", 4),
        ("listener", "edge", "app-b", 4),
    ]


@pytest.mark.parametrize(
    ("source", "destination", "port", "verdict", "reason"),
    [
        pytest.param("shopper", "old.example.com", 443, "allowed", "", id="cname-is-followed"),
        pytest.param("shopper", "no.example.com", 443, "blocked", "DG_DNS_NO_RECORD", id="no-such-record"),
        pytest.param("shopper", "round.example.com", 443, "blocked", "DG_DNS_NO_RECORD", id="cname-loop"),
        pytest.param("app", "mirror.example", 443, "allowed", "", id="name-of-an-internet-host"),
        pytest.param("app", "elsewhere.test", 443, "unknown", "UNKNOWN_DESTINATION", id="a-name-nobody-knows"),
        pytest.param("app", "nobody", 443, "unknown", "UNKNOWN_RESOURCE", id="a-component-nobody-knows"),
        pytest.param("10.0.99.1", "app", 443, "unknown", "UNKNOWN_RESOURCE", id="an-address-nobody-owns-asks"),
        pytest.param("app", "10.0.99.1", 443, "blocked", "NO_POSSIBLE_DESTINATION", id="an-address-nobody-owns"),
        pytest.param("app", "203.0.113.7", 443, "allowed", "", id="any-public-address"),
        pytest.param("198.51.100.77", "edge", 443, "allowed", "", id="any-public-source"),
        pytest.param("shopper", "edge", 80, "blocked", "ENI_SG_RULES_MISMATCH", id="a-port-the-group-refuses"),
        pytest.param("app", "inner", 443, "allowed", "", id="an-internal-load-balancer"),
        pytest.param("orders", "203.0.113.7", 443, "blocked", "NO_ROUTE_TO_DESTINATION", id="data-has-no-way-out"),
        pytest.param("app", "orders", 3306, "allowed", "", id="a-group-of-sources"),
        pytest.param("internet", "orders", 3306, "blocked", "IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS", id="no-way-in"),
        pytest.param("internet", "10.0.20.4", 3306, "blocked", "IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS", id="by-ip"),
    ],
)
def test_verdicts(ask, source: str, destination: str, port: int, verdict: str, reason: str) -> None:
    """Every way of naming an end."""
    report = ask(SHOP, source, destination, port)

    assert (verdict, reason) == (report.verdict.value, report.reason), report.text


def test_listener_problems_are_the_load_balancer_s(ask) -> None:
    """No listener for the port, and a listener without targets."""
    open_edge = SHOP.replace("edge: {ingress: [tcp 443 from 0.0.0.0/0]}", "edge: {ingress: [all from 0.0.0.0/0]}")
    nothing_there = ask(open_edge, "shopper", "edge", 9000)
    no_target = ask(open_edge, "shopper", "edge", 8443)

    assert (nothing_there.reason, nothing_there.component_name) == ("ELBV2_LISTENERS_MISMATCH", "edge")
    assert (no_target.reason, no_target.component_name) == ("ELBV2_LISTENER_HAS_NO_TG", "edge")


@pytest.mark.parametrize(
    ("source", "destination", "port", "down", "verdict", "reason"),
    [
        pytest.param("shopper", "www.example.com", 443, "a", "allowed", "", id="the-other-zone-answers"),
        pytest.param("shopper", "www.example.com", 443, "app-a", "allowed", "", id="the-other-target-answers"),
        pytest.param("shopper", "www.example.com", 443, "app", "blocked", "BAD_STATE", id="no-target-left"),
        pytest.param("shopper", "www.example.com", 443, "igw", "blocked", "BAD_STATE_ATTACHMENT", id="no-gateway"),
        pytest.param("app", "orders", 3306, "a", "allowed", "", id="the-standby-is-promoted"),
        pytest.param("app", "orders", 3306, "orders", "allowed", "", id="the-primary-alone-fails"),
        pytest.param("app", "single", 3306, "a", "blocked", "BAD_STATE", id="no-standby"),
        pytest.param("app", "mirror", 443, "nat-a", "blocked", "BAD_STATE_ROUTE", id="a-route-to-a-dead-nat"),
        pytest.param("app", "mirror", 443, "a", "allowed", "", id="the-other-zone-has-its-own-nat"),
        pytest.param("app-a", "mirror", 443, "a", "blocked", "BAD_STATE", id="the-source-itself-is-down"),
    ],
)
def test_outages(ask, source: str, destination: str, port: int, down: str, verdict: str, reason: str) -> None:
    """What is down is not used where AWS has something else to use, and missed where it has not."""
    report = ask(SHOP, source, destination, port, **outage(down))

    assert (verdict, reason) == (report.verdict.value, report.reason), report.text


def test_n_of_m_paths(ask) -> None:
    """Blocked if any path that AWS may choose fails, with the count."""
    report = ask(
        SHOP.replace("private: {0.0.0.0/0: nat}", "private: {0.0.0.0/0: nat-a}"), "app", "mirror", **outage("nat-a")
    )
    assert (report.paths_working, report.paths_total) == (0, 2)

    acl = SHOP.replace(
        "security_groups:\n          edge",
        "network_acls: {shut: {subnets: [app-b]}}\n        security_groups:\n          edge",
        1,
    )
    half = ask(acl, "shopper", "www.example.com")
    assert half.verdict is Verdict.BLOCKED
    assert (half.reason, half.leg, half.component_name) == ("SUBNET_ACL_RESTRICTION", Leg.FORWARD, "shut")
    assert (half.paths_working, half.paths_total) == (2, 4)
    assert half.text.endswith("2 of 4 paths work.")


def test_a_routing_loop_ends(ask) -> None:
    """Two appliances that send a packet to each other are found out, not followed for ever."""
    text = """
    version: 1
    title: A loop
    region: ap-south-1
    zones: [a]
    vpcs:
      v:
        cidr_block: 10.0.0.0/16
        subnets:
          s: {cidr_block: 10.0.0.0/24, route_table: s}
          one: {cidr_block: 10.0.1.0/24, route_table: one}
          two: {cidr_block: 10.0.2.0/24, route_table: two}
        route_tables: {s: {0.0.0.0/0: one}, one: {0.0.0.0/0: two}, two: {0.0.0.0/0: one}}
        security_groups: {open: {ingress: [all from 0.0.0.0/0]}}
        instances:
          s: {subnet: s, security_groups: [open]}
          one: {subnet: one, source_dest_check: false, security_groups: [open]}
          two: {subnet: two, source_dest_check: false, security_groups: [open]}
    """
    report = ask(text, "s", "203.0.113.9")

    assert report.reason == "DG_LOOP_DETECTED"
    assert report.connections[0].forward.disposition is Disposition.LOOP


def test_a_nat_instance_there_and_back(ask) -> None:
    """With its check off a NAT instance works like a NAT gateway, its security group included."""
    text = SHOP.replace("private: {0.0.0.0/0: nat}", "private: {0.0.0.0/0: box}").replace(
        "instances: {app:",
        "instances: {box: {subnet: public-a, elastic_ip: true, source_dest_check: false, forwards: nat,"
        " security_groups: [box]}, app:",
    )
    shut = text.replace("db: {ingress", "box: {}\n          db: {ingress")
    opened = text.replace("db: {ingress", "box: {ingress: [tcp 443 from 10.0.0.0/16]}\n          db: {ingress")

    assert ask(shut, "app-a", "mirror").reason == "SG_HAS_NO_RULES"
    report = ask(opened, "app-a", "mirror")
    assert report.verdict is Verdict.ALLOWED, report.text
    back = [h.name for h in report.connections[0].returning.hops]
    assert back == ["mirror", "igw", "box", "app-a"]


def test_a_packet_that_misses_the_appliance_on_its_way_back(ask) -> None:
    """An appliance that meets the answer to a request that it never saw drops it, whatever its groups say."""
    text = """
    version: 1
    title: One-sided appliance
    region: ap-south-1
    zones: [a]
    vpcs:
      v:
        cidr_block: 10.0.0.0/16
        subnets:
          s: {cidr_block: 10.0.0.0/24}
          d: {cidr_block: 10.0.1.0/24, route_table: d}
          fw: {cidr_block: 10.0.2.0/24}
        route_tables: {d: {10.0.0.0/24: fw}}
        security_groups: {open: {ingress: [all from 0.0.0.0/0]}, only-80: {ingress: [tcp 80 from 0.0.0.0/0]}}
        instances:
          s: {subnet: s, security_groups: [open]}
          d: {subnet: d, security_groups: [open]}
          fw: {subnet: fw, source_dest_check: false, security_groups: [GROUP]}
    """
    for group in ("open", "only-80"):
        refused = ask(text.replace("GROUP", group), "s", "d")
        assert (refused.verdict, refused.leg, refused.component_name) == (Verdict.BLOCKED, Leg.RETURN, "fw")
        assert refused.reason == "DG_RETURN_PATH_ASYMMETRIC"
