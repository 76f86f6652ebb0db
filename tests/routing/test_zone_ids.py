# ruff: noqa: E501 - one case, one line or two
"""Zone names of several accounts: what they mean by id, and what is not known without ids.

Source: AWS RAM User Guide, "Availability Zone IDs for your AWS resources".
"""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from docgen.kinds import all_kinds
from docgen.loader import load_text
from docgen.model.component import Key, Ref
from docgen.model.network import Network
from docgen.routing import resolve
from docgen.routing.outages import apply_outages, outage_of, unclear_outage
from docgen.routing.places import unsure_of_zones
from tests.routing.cases import ask, merged, network_of

# What account two calls a is what account one calls b, and the other way round.
IDS = """
accounts:
  one: {availability_zone_ids: {us-east-1a: use1-az1, us-east-1b: use1-az2}}
  two: {availability_zone_ids: {us-east-1a: use1-az2, us-east-1b: use1-az1}}
"""
SAME = """
accounts:
  one: {availability_zone_ids: {us-east-1a: use1-az1, us-east-1b: use1-az2}}
  two: {availability_zone_ids: {us-east-1a: use1-az1, us-east-1b: use1-az2}}
"""
BASE = yaml.safe_load("""
version: 1
title: Two accounts in one Region
region: us-east-1
zones: [a, b]
transit_gateways: {hub: {}}
accounts:
  one:
    vpcs:
      client:
        cidr_block: 10.0.0.0/16
        subnets: {app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24], route_table: app}}
        route_tables: {app: {10.1.0.0/16: hub}}
        security_groups: {open: {ingress: [all from 0.0.0.0/0]}}
        instances:
          app: {subnet: app-a, private_ip_address: 10.0.10.10, security_groups: [open]}
          app2: {subnet: app-b, private_ip_address: 10.0.11.10, security_groups: [open]}
        transit_gateway_attachments: {from-client: {transit_gateway: hub, subnets: [app]}}
        vpc_endpoints: {way: {endpoint_service: offer, subnets: [app-a], security_groups: [open]}}
  two:
    vpcs:
      server:
        cidr_block: 10.1.0.0/16
        subnets:
          db: {cidr_blocks: [10.1.10.0/24, 10.1.11.0/24], route_table: db}
          hub: {cidr_blocks: [10.1.20.0/28, 10.1.21.0/28], route_table: hub}
        route_tables: {db: {10.0.0.0/16: hub}, hub: {}}
        security_groups: {open: {ingress: [all from 0.0.0.0/0]}}
        instances:
          db: {subnet: db-a, private_ip_address: 10.1.10.10, security_groups: [open]}
          db2: {subnet: db-b, private_ip_address: 10.1.11.10, security_groups: [open]}
        transit_gateway_attachments: {to-server: {transit_gateway: hub, subnets: [hub]}}
        load_balancers:
          inner: {type: network, scheme: internal, cross_zone: true, subnets: [db], listeners: {443: {db: 443, db2: 443}}}
        vpc_endpoint_services: {offer: {network_load_balancers: [inner], allowed_principals: ["*"]}}
""")


def build(*changes: str) -> Network:
    """The base with patches."""
    definition: Any = BASE
    for change in changes:
        definition = merged(definition, yaml.safe_load(change))
    return network_of(definition)


def zones_left_by(network: Network, ends: str) -> set[str]:
    """The interfaces of the server's attachment that the request may leave by."""
    hops = [h for c in ask(network, ends).connections for h in c.forward.hops]
    return {
        s.text.partition("(")[2].rstrip(").") for h in hops for s in h.steps if "leaves by the interface" in s.text
    }


@pytest.mark.parametrize(
    ("expected", "ids", "warnings"),
    [
        pytest.param({"us-east-1b"}, IDS, (), id="the same place under another letter"),
        pytest.param({"us-east-1a"}, SAME, (), id="the same place under the same letter"),
        pytest.param({"us-east-1a", "us-east-1b"}, "{}", ("DG_ZONE_IDS_UNKNOWN",), id="without ids either may be"),
    ],
)
def test_a_transit_gateway_keeps_the_place(expected: set[str], ids: str, warnings: tuple[str, ...]) -> None:
    """It leaves by the attachment's interface in the sender's zone."""
    assert zones_left_by(build(ids), "app -> db tcp 443") == expected
    report = ask(build(ids), "app -> db tcp 443")
    assert (report.verdict, report.warnings) == ("allowed", warnings)


ONE_SIDE = """
accounts: {two: {vpcs: {server: {
  subnets: {hub: null, hub-a: {cidr_block: 10.1.20.0/28, availability_zone: a, network_acl: shut},
            hub-b: {cidr_block: 10.1.21.0/28, availability_zone: b}},
  network_acls: {shut: {ingress: {100: allow all from 0.0.0.0/0}, egress: {100: deny all to 0.0.0.0/0}}},
  transit_gateway_attachments: {to-server: {subnets: [hub-a, hub-b]}}}}}}
"""


@pytest.mark.parametrize(
    ("verdict", "reason", "ids"),
    [
        pytest.param("allowed", "", IDS, id="it leaves by b"),
        pytest.param("blocked", "SUBNET_ACL_RESTRICTION", SAME, id="it leaves by a"),
        pytest.param("unknown", "DG_ZONE_IDS_UNKNOWN", "{}", id="nobody knows"),
    ],
)
def test_unknown_where_the_place_decides(verdict: str, reason: str, ids: str) -> None:
    """One interface of the attachment stands behind a network ACL that stops everything."""
    report = ask(build(ids, ONE_SIDE), "app -> db tcp 443")

    assert (verdict, reason) == (report.verdict, report.reason), report.text


@pytest.mark.parametrize(
    ("expected", "ids", "warned"),
    [
        pytest.param(["inner@b"], IDS, False, id="by the id"),
        pytest.param(["inner@a"], SAME, False, id="by the same letter"),
        pytest.param(["inner@a", "inner@b"], "{}", True, id="either"),
    ],
)
def test_private_link_keeps_the_place(expected: list[str], ids: str, warned: bool) -> None:
    """A consumer's interface leads to the provider's node in the same zone."""
    report = ask(build(ids), "app -> way tcp 443")

    nodes = [c.forward.hops[-1].interface for c in report.connections if c.purpose == "privatelink"]
    assert nodes == expected
    assert ("DG_ZONE_IDS_UNKNOWN" in report.warnings) is warned
    assert report.verdict == "allowed"


@pytest.mark.parametrize(
    ("down", "outage", "ids"),
    [
        pytest.param("app db2", "use1-az1", IDS, id="an id takes down differently named zones"),
        pytest.param("app2 db", "use1-az2", IDS, id="the other id"),
        pytest.param("app db", "use1-az1", SAME, id="the same letters"),
        pytest.param("app db", "a", SAME, id="a letter that means one place"),
        pytest.param("app db", "us-east-1a", SAME, id="a name that means one place"),
        pytest.param("app db", "a", "{}", id="a letter without ids means both accounts' zones of it"),
        pytest.param("app db app2 db2", "us-east-1", IDS, id="a Region"),
        pytest.param("app db2", "use1-az1 use1-az1", IDS, id="the same id twice"),
    ],
)
def test_what_a_zone_takes_down(down: str, outage: str, ids: str) -> None:
    """By id one place, whatever its letters."""
    network = apply_outages(build(ids), [Ref(name) for name in outage.split()])

    keys = {
        i: Key("instance", f"{'client' if i.startswith('app') else 'server'}/{i}")
        for i in ["app", "app2", "db", "db2"]
    }
    assert {name for name, key in keys.items() if not network.is_up(key)} == set(down.split())
    assert unsure_of_zones(network) is (ids == "{}")


@pytest.mark.parametrize("name", ["a", "us-east-1a"])
def test_a_letter_of_several_places_is_refused(name: str) -> None:
    """What is down must be one place: the message says which ids there are."""
    network = build(IDS)

    assert outage_of(network, Ref(name)) is None
    text, known = unclear_outage(network, name)
    assert text == f"{name!r} is not one place, but use1-az1 (us-east-1a in one) and use1-az2 (us-east-1a in two)"
    assert known == ("use1-az1", "use1-az2")


def test_a_flow_with_such_a_letter_gets_a_diagnostic() -> None:
    """With its place in the definition."""
    flow = "{flows: {f: {from: app, to: db, port: 443, when: {outage: a}}}}"
    loaded = load_text(yaml.safe_dump(merged(merged(BASE, yaml.safe_load(IDS)), yaml.safe_load(flow))))
    assert loaded.value is not None, loaded.diagnostics
    (found,) = resolve(loaded.value, all_kinds()).diagnostics
    assert (found.code, found.text) == (
        "DGR-05",
        "'a' is not one place, but use1-az1 (us-east-1a in one) and use1-az2 (us-east-1a in two)",
    )


def test_zones_compare() -> None:
    """By name inside an account, by id between accounts, not at all where an id is missing."""
    network, without = build(IDS), build()
    client, server = Key("vpc", "client"), Key("vpc", "server")

    assert network.same_zone((client, "us-east-1a"), (server, "us-east-1b")) is True
    assert network.same_zone((client, "us-east-1a"), (server, "us-east-1a")) is False
    assert without.same_zone((client, "us-east-1a"), (server, "us-east-1a")) is None
    assert without.same_zone((client, "us-east-1a"), (client, "us-east-1a")) is True
    assert without.same_zone((client, "us-east-1a"), (server, "us-west-2a")) is False


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("use1-az1 stands twice", "{us-east-1a: use1-az1, us-east-1b: use1-az1}"),
        ("cannot be", "{us-east-1: use1-az1}"),
        ("cannot be", "{us-east-1a: az1}"),
    ],
)
def test_wrong_ids(text: str, ids: str) -> None:
    """Told on load."""
    loaded = load_text(f"version: 1\ntitle: t\naccounts: {{one: {{availability_zone_ids: {ids}}}}}\n")

    assert any(text in d.text for d in loaded.diagnostics), loaded.diagnostics
