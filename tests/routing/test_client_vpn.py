"""Client VPN: the checks in their order (Client VPN administrator guide, "How AWS Client VPN works")."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from docgen.kinds import all_kinds
from docgen.loader import load_text
from docgen.model.architecture import Flow, When
from docgen.model.component import Ref
from docgen.model.trace import FlowReport
from docgen.routing import resolve, trace
from tests.routing.told import steps_of, told

BASE = """
version: 1
title: People at home
region: ap-south-1
zones: [a, b]
internet_hosts: {server: {address: 203.0.113.80}}
vpcs:
  vpc:
    cidr_block: 10.0.0.0/16
    internet_gateway: igw
    subnets:
      pub: {cidr_blocks: [10.0.0.0/24, 10.0.1.0/24], route_table: pub}
      app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24]}
    route_tables:
      pub: {0.0.0.0/0: igw}
    security_groups:
      people: {}
      app: {ingress: [tcp 22 from people]}
    client_vpn_endpoints:
      home:
        client_cidr_block: 10.200.0.0/22
        subnets: [app]
        security_groups: [people]
        authorization_rules: {10.0.0.0/16: all}
    instances:
      app: {subnet: app-a, private_ip_address: 10.0.10.10, security_groups: [app]}
vpn_clients:
  ann: {endpoint: home, groups: [engineers]}
  bob: {endpoint: home}
"""
HOME = "{{vpcs: {{vpc: {{client_vpn_endpoints: {{home: {}}}}}}}}}"


def load(changes: str) -> Any:
    tree = yaml.safe_load(BASE)
    _merge(tree, yaml.safe_load(changes) or {})
    return load_text(yaml.safe_dump(tree, sort_keys=False))


def asked(changes: str, ends: str, *down: str) -> FlowReport:
    loaded = load(changes)
    assert loaded.value is not None
    assert not loaded.failed, loaded.diagnostics
    network = resolve(loaded.value, all_kinds())
    assert not network.failed, network.diagnostics
    source, _, destination, port = ends.split()
    when = When(outage=tuple(map(Ref, down)))
    flow = Flow(id="f", source=Ref(source), destination=Ref(destination), port=int(port), when=when)
    return told(trace(network.value, flow))


def _merge(base: dict[str, Any], patch: dict[str, Any]) -> None:
    for key, value in patch.items():
        if isinstance(value, dict) and isinstance(base.get(key), dict):
            _merge(base[key], value)
        elif value is None:
            del base[key]
        else:
            base[key] = value


def home(fields: str) -> str:
    return HOME.format(fields)


@pytest.mark.parametrize(
    ("verdict", "code", "by", "changes", "ends"),
    [
        pytest.param("allowed", "", "", "{}", "ann -> app 22", id="a server in the VPC"),
        pytest.param(
            "blocked", "DG_CVPN_NOT_ASSOCIATED", "home", home("{subnets: []}"), "ann -> app 22",
            id="an endpoint without an associated subnet",
        ),
        pytest.param(
            "blocked", "DG_CVPN_NO_ROUTE", "home", home("{authorization_rules: {0.0.0.0/0: all}}"),
            "ann -> server 443", id="no route of the endpoint",
        ),
        pytest.param(
            "blocked", "DG_CVPN_NO_AUTHORIZATION_RULE", "home", home("{authorization_rules: {10.0.0.0/16: null}}"),
            "ann -> app 22", id="no authorization rule at all",
        ),
        pytest.param(
            "blocked", "DG_CVPN_NO_AUTHORIZATION_RULE", "home",
            home("{authorization_rules: {10.0.0.0/16: engineers}}"), "bob -> app 22", id="a rule for another group",
        ),
        pytest.param(
            "allowed", "", "", home("{authorization_rules: {10.0.0.0/16: engineers}}"), "ann -> app 22",
            id="a rule for one's own group",
        ),
        pytest.param(
            "blocked", "DG_CVPN_SPLIT_TUNNEL_BYPASS", "ann", home("{split_tunnel: true}"), "ann -> server 443",
            id="a split tunnel takes only what has a route",
        ),
        pytest.param("allowed", "", "", home("{split_tunnel: true}"), "ann -> app 22", id="and the VPC has one"),
        pytest.param(
            "allowed", "", "",
            home("{subnets: [pub], routes: {0.0.0.0/0: pub}, authorization_rules: {0.0.0.0/0: all}}"),
            "ann -> server 443", id="the internet by a public subnet with the endpoint's Elastic IPs",
        ),
        pytest.param(
            "blocked", "NO_ROUTE_TO_DESTINATION", "main",
            home("{routes: {0.0.0.0/0: app}, authorization_rules: {0.0.0.0/0: all}}"),
            "ann -> server 443", id="the internet by a private subnet without NAT",
        ),
        pytest.param(
            "blocked", "DG_CVPN_NO_ROUTE", "home",
            home("{subnets: [pub], routes: {0.0.0.0/0: pub-a}, authorization_rules: {0.0.0.0/0: all}}"),
            "ann -> server 443", id="a route for one of two associated subnets works half of the time",
        ),
        pytest.param(
            "blocked", "ENI_SG_RULES_MISMATCH", "app",
            "{vpcs: {vpc: {security_groups: {app: {ingress: [tcp 22 from 10.200.0.0/22]}}}}}", "ann -> app 22",
            id="a rule that names the clients' block never matches",
        ),
        pytest.param(
            "blocked", "NO_ROUTE_TO_DESTINATION", "main", "{}", "app -> 10.200.0.2 22", id="nobody reaches a client",
        ),
        pytest.param(
            "blocked", "NO_POSSIBLE_DESTINATION", "home",
            "{vpcs: {vpc: {security_groups: {people: {ingress: [all from 0.0.0.0/0]}}}}}", "app -> 10.0.10.4 22",
            id="nor by the interface of the endpoint",
        ),
        pytest.param(
            "blocked", "SUBNET_ACL_RESTRICTION", "nothing-in",
            "{vpcs: {vpc: {network_acls: {nothing-in: {ingress: {}, egress: {1: 'allow all to 0.0.0.0/0'}}},"
            " subnets: {pub: {network_acl: nothing-in}}, client_vpn_endpoints: {home: {subnets: [pub]}}}}}",
            "ann -> app 22", id="the answer meets the network ACL of the endpoint's subnet",
        ),
    ],
)  # fmt: skip
def test_client_vpn(verdict: str, code: str, by: str, changes: str, ends: str) -> None:
    """Tunnel, association, route, authorization, translation, and then a packet of the endpoint's interface."""
    report = asked(changes, ends)

    assert (verdict, code, by) == (report.verdict, report.reason, report.component_name), report.text


def test_the_target_sees_the_endpoints_interface() -> None:
    """Nothing behind the endpoint ever sees an address of the clients' block."""
    report = asked("{}", "ann -> app 22")
    received = [connection.forward.hops[-1].packet_in for connection in report.connections]

    assert ["10.0.10.4", "10.0.11.4"] == [str(packet.source) for packet in received if packet]


def test_a_zone_that_fails_leaves_the_other_association() -> None:
    """The client is connected to what is left."""
    report = asked("{}", "ann -> app 22", "b")

    assert ("allowed", 1) == (report.verdict, report.paths_total)


@pytest.mark.parametrize("block", ["10.200.0.0/23", "10.0.0.0/11"])
def test_client_blocks_of_other_sizes_are_refused(block: str) -> None:
    """AWS takes /22 to /12."""
    assert load(home(f"{{client_cidr_block: {block}}}")).failed


def test_clients_get_the_addresses_of_the_clients_block_in_turn() -> None:
    """The first two are AWS's own; one that is written is kept."""
    first, second, written = (
        asked(changes, f"{who} -> app 22").connections[0].request
        for changes, who in (("{}", "ann"), ("{}", "bob"), ("{vpn_clients: {bob: {ip_address: 10.200.1.9}}}", "bob"))
    )

    assert ["10.200.0.2", "10.200.0.3", "10.200.1.9"] == [str(p.source) for p in (first, second, written) if p]


@pytest.mark.parametrize(
    ("says", "changes", "down"),
    [
        pytest.param("it is associated with no subnet", home("{subnets: []}"), (), id="never associated"),
        pytest.param("none of its associations works", "{}", ("home@a", "home@b"), id="its associations are down"),
        pytest.param(
            "home lets only admins go to 10.0.0.0/16, the longest network that an authorization rule names for "
            "10.0.10.10; the client is in engineers.",
            home("{authorization_rules: {10.0.0.0/16: admins}}"), (), id="another group may",
        ),
    ],
)  # fmt: skip
def test_what_an_endpoint_says(says: str, changes: str, down: tuple[str, ...]) -> None:
    """Why it takes nobody, or not this one."""
    assert says in asked(changes, "ann -> app 22", *down).text


RULES = """[
  {target_network_cidr: 10.0.0.0/8, access_group: all},
  {target_network_cidr: 10.0.0.0/16, access_group: admins},
  {target_network_cidr: 10.0.0.0/16, access_group: engineers},
  {target_network_cidr: 192.168.0.0/16, access_group: all},
]"""


def test_why_other_authorization_rules_do_not_count() -> None:
    """The longest network first, then the group: each of the others says what it lacks."""
    report = asked(home(f"{{authorization_rules: {RULES}}}"), "ann -> app 22")
    judged = next(s.candidates for s in steps_of(report) if s.by_name == "home" and s.candidates)

    assert [
        (False, "shorter than another rule's network"),
        (False, "is for admins"),
        (True, "the longest network that contains it, and the client's group"),
        (False, "does not contain 10.0.10.10"),
    ] == [(c.chosen, c.reason) for c in judged]


def test_clients_get_addresses_in_the_order_of_the_definition() -> None:
    """From the third of the block on: the first two are the endpoint's."""
    asked_from = [asked("", f"{who} -> app 22").connections[0].request for who in ("ann", "bob")]

    assert ["10.200.0.2", "10.200.0.3"] == [str(packet.source) for packet in asked_from if packet]
