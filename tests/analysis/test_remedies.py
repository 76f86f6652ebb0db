"""The smallest change that opens a blocked flow: fewest edits, then the narrowest, always proven by tracing again."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from docgen.analysis.invariants import broken_invariants
from docgen.analysis.remedies import search, with_smallest_change
from docgen.analysis.remedies.proposal import Proposal
from docgen.analysis.remedies.search import smallest_change
from docgen.kinds import all_kinds
from docgen.loader import load_text
from docgen.model.architecture import Flow, When
from docgen.model.component import Key, Ref
from docgen.model.network import Network
from docgen.model.packet import Protocol
from docgen.model.trace import SmallestChange
from docgen.routing import resolve, trace

BASE = """
version: 1
title: Two servers
region: ap-south-1
zones: [a, b]
users: {user: {address: 203.0.113.50}}
internet_hosts: {server: {address: 203.0.113.80}}
vpcs:
  vpc:
    cidr_block: 10.0.0.0/16
    internet_gateway: igw
    subnets:
      pub: {cidr_blocks: [10.0.0.0/24, 10.0.1.0/24], route_table: pub}
      app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24], route_table: app}
    route_tables:
      pub: {0.0.0.0/0: igw}
      app: {}
    security_groups:
      web: {ingress: ["tcp 443 from 0.0.0.0/0"]}
      app: {ingress: [tcp 8080 from web]}
      edge: {ingress: [tcp 443 from 0.0.0.0/0]}
    instances:
      web: {subnet: pub-a, private_ip_address: 10.0.0.10, elastic_ip: true, security_groups: [web]}
      bare: {subnet: pub-b, private_ip_address: 10.0.1.10, security_groups: [web]}
      app: {subnet: app, private_ip_addresses: [10.0.10.10, 10.0.11.10], security_groups: [app]}
    load_balancers:
      inner:
        scheme: internal
        subnets: [app]
        security_groups: [edge]
        cross_zone: false
        listeners: {443: {app-a: 8080}}
"""


def network_of(changes: str) -> Network:
    tree = yaml.safe_load(BASE)
    _merge(tree["vpcs"]["vpc"], yaml.safe_load(changes) or {})
    loaded = load_text(yaml.safe_dump(tree, sort_keys=False))
    assert loaded.value is not None, loaded.diagnostics
    resolved = resolve(loaded.value, all_kinds())
    assert not resolved.failed, resolved.diagnostics
    return resolved.value


def _merge(base: dict[str, Any], patch: dict[str, Any]) -> None:
    for key, value in patch.items():
        if isinstance(value, dict) and isinstance(base.get(key), dict):
            _merge(base[key], value)
        elif value is None:
            base.pop(key, None)
        else:
            base[key] = value


def flow(ends: str) -> Flow:
    source, _, destination, protocol, *port = ends.split()
    return Flow(
        id="f",
        source=Ref(source),
        destination=Ref(destination),
        protocol=Protocol(protocol),
        port=int(port[0]) if port else 0,
    )


def change(changes: str, ends: str, **more: Any) -> SmallestChange | None:
    network, asked = network_of(changes), flow(ends)
    return smallest_change(network, asked, trace(network, asked), **more)


@pytest.mark.parametrize(
    ("edits", "changes", "ends"),
    [
        pytest.param(
            ["add `tcp 22 from 10.0.0.10/32` to the ingress rules of security group app"],
            "{}",
            "web -> app-a tcp 22",
            id="a security group lets one address in rather than its subnet",
        ),
        pytest.param(
            ["add `tcp 8080 from app` to the ingress rules of security group app"],
            "{security_groups: {app: {ingress: []}}}",
            "app -> app tcp 8080",
            id="one rule for two sources names their group",
        ),
        pytest.param(
            ["add `90: allow tcp 8080 from 10.0.0.10/32` to the ingress entries of network ACL back"],
            "{network_acls: {back: {subnets: [app], ingress: {91: deny tcp 8080 from 10.0.0.0/24, 100: allow all from"
            " 0.0.0.0/0}, egress: {100: allow all to 0.0.0.0/0}}}}",
            "web -> app-a tcp 8080",
            id="an entry before the one that denies",
        ),
        pytest.param(
            ["add `100: allow tcp 1024-65535 to 10.0.0.10/32` to the egress entries of network ACL back"],
            "{network_acls: {back: {subnets: [app], ingress: {100: allow all from 0.0.0.0/0}, egress: {}}}}",
            "web -> app-a tcp 8080",
            id="the answer is let out on the ephemeral ports",
        ),
        pytest.param(
            ["give bare a public address (`elastic_ip: true`)"],
            "{}",
            "bare -> server tcp 443",
            id="a public address for a server in a public subnet",
        ),
        pytest.param(
            [
                "add the route `0.0.0.0/0: igw` to route table app",
                "give app-a a public address (`elastic_ip: true`)",
            ],
            "{}",
            "app-a -> server tcp 443",
            id="two edits where one is not enough",
        ),
        pytest.param(
            ["add a listener on port 80 to inner, with the targets of port 443"],
            "{security_groups: {edge: {ingress: [tcp 80 from 0.0.0.0/0]}, app: {ingress: [tcp 8080 from edge]}},"
            " load_balancers: {inner: {cross_zone: true}}}",
            "web -> inner tcp 80",
            id="a listener",
        ),
        pytest.param(
            ["set `cross_zone: true` on inner"],
            "{security_groups: {app: {ingress: [tcp 8080 from edge]}}}",
            "web -> inner tcp 443",
            id="nodes that may use targets of other zones",
        ),
        pytest.param(
            ["set `source_dest_check: false` on bare"],
            "{route_tables: {app: {0.0.0.0/0: bare}}, security_groups: {web: {ingress: [all from 0.0.0.0/0]}},"
            " instances: {bare: {elastic_ip: true, forwards: nat}}}",
            "app-a -> server tcp 443",
            id="the source and destination check of a NAT instance",
        ),
    ],
)
def test_the_smallest_change(edits: list[str], changes: str, ends: str) -> None:
    """The edits in words, in the order in which they are needed."""
    found = change(changes, ends)

    assert found is not None
    assert edits == [edit.text for edit in found.edits]


@pytest.mark.parametrize(
    ("changes", "ends"),
    [
        pytest.param("{}", "web -> web tcp 443", id="nothing is blocked"),
        pytest.param(
            "{nat_gateways: {nat: {subnet: pub-a, elastic_ip: 198.51.100.9}}}",
            "user -> 198.51.100.9 tcp 443",
            id="a NAT gateway lets nobody in, whatever is written",
        ),
    ],
)
def test_no_change_is_proposed(changes: str, ends: str) -> None:
    """Where none is needed and where none helps."""
    assert change(changes, ends) is None


def test_a_change_that_breaks_an_invariant_is_not_proposed() -> None:
    """The narrow rule is forbidden, the wider one is not: then the wider one is the answer."""

    def broken(network: Network) -> tuple[str, ...]:
        rules = network.groups[Key("security_group", "vpc/app")].ingress
        return ("`never a single address`",) if any(r.cidr and r.cidr.prefixlen == 32 for r in rules) else ()

    network, asked = network_of("{}"), flow("web -> app-a tcp 22")
    found = smallest_change(network, asked, trace(network, asked), broken)

    assert found is not None
    assert "/32" not in found.text
    assert found.edits


def test_what_opens_least_is_tried_first_and_ends_the_search(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of six rules that open it the narrowest is the answer: no other network is made, no invariant asked twice."""
    network, asked = network_of("{}"), flow("web -> app-a tcp 22")
    tried: list[str] = []
    proven: list[Network] = []
    real = search._tried

    def noted(branch: search._Branch, proposal: Proposal, flow: Flow) -> search._Branch | None:
        tried.append(proposal.text)
        return real(branch, proposal, flow)

    def broken(changed: Network) -> tuple[str, ...]:
        proven.append(changed)
        return ()

    monkeypatch.setattr(search, "_tried", noted)
    found = smallest_change(network, asked, trace(network, asked), broken)

    assert found is not None
    assert tried == [edit.text for edit in found.edits]
    assert "/32" in found.text
    assert len(proven) == 1
    assert proven[0] is not network


def test_a_change_may_leave_broken_what_is_broken() -> None:
    """Only what it breaks itself speaks against it."""
    network, asked = network_of("{}"), flow("web -> app-a tcp 22")

    found = smallest_change(network, asked, trace(network, asked), lambda _: ("`always: {from: app, to: internet}`",))

    assert found is not None
    assert found.edits


def test_where_an_invariant_forbids_every_change_the_answer_says_so() -> None:
    """Nothing should open it."""
    network, asked = network_of("{}"), flow("web -> app-a tcp 22")
    before = network.groups

    def broken(changed: Network) -> tuple[str, ...]:
        return ("`never: {from: web, to: app, ports: [22]}`",) if changed.groups != before else ()

    found = smallest_change(network, asked, trace(network, asked), broken)

    assert found is not None
    assert found.edits == ()
    assert found.forbidden_by == "`never: {from: web, to: app, ports: [22]}`"
    assert "Nothing should open it" in found.text


def test_what_is_out_of_order_is_not_blamed_on_the_definition() -> None:
    """An outage is repaired, not edited away."""
    network = network_of("{}")
    asked = Flow(id="f", source=Ref("web"), destination=Ref("app-a"), port=8080, when=When(outage=(Ref("app-a"),)))
    report = trace(network, asked)

    assert report.verdict == "blocked"
    assert with_smallest_change(network, asked, report, broken_invariants).smallest_change is None
