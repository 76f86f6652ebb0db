"""Columns, rows and heights of the semantic grid."""

from __future__ import annotations

import pytest

from docgen.diagram import draw
from docgen.diagram.grid import columns_of, is_public, rows_of, subnets_of
from docgen.diagram.structure import spine_level
from docgen.kinds import all_kinds
from docgen.loader import load_text
from docgen.model.component import Key
from docgen.routing import resolve, trace
from tests.diagram.networks import GATEWAY as IGW
from tests.diagram.networks import REGION, case, group, servers, subnets, table, three_tier, three_zones, vpc

VPC = Key("vpc", "shop")


def _rows(network) -> list[list[str]]:
    return [[network.name(k) for k in row] for row in rows_of(network, subnets_of(network, VPC))]


def test_zones_are_columns_in_the_order_of_their_names():
    network = three_zones().network

    assert (f"{REGION}a", f"{REGION}b", f"{REGION}c") == columns_of(network, subnets_of(network, VPC))


def test_tiers_are_rows_from_the_edge_to_the_data():
    expected = [["public-a", "public-b"], ["web-a", "web-b"], ["app-a", "app-b"], ["data-a", "data-b"]]

    assert expected == _rows(three_tier().network)


def test_known_tiers_come_in_their_usual_order_whatever_the_file_says():
    made = case(
        "Backwards",
        vpc(
            *subnets("d", 0, "a", tier="data"),
            *subnets("q", 1, "a", tier="queue"),
            *subnets("p", 2, "a", table="public"),
            IGW,
            table("public", "igw"),
        ),
        [],
    )

    assert [["p-a"], ["q-a"], ["d-a"]] == _rows(made.network)


def test_two_subnets_of_a_tier_in_one_zone_take_two_rows():
    made = case("Twice", vpc(*subnets("x", 0, tier="app"), *subnets("y", 4, tier="app")), [])

    assert [["x-a", "x-b"], ["y-a", "y-b"]] == _rows(made.network)


def test_subnets_without_tier_share_a_row_when_they_hold_and_reach_the_same():
    made = case(
        "No tiers",
        vpc(
            *(s for z, n in (("a", 0), ("b", 1)) for s in subnets(f"{z}net", n, z)),
            group("g", 80),
            *servers("s", "anet", "g", "a"),
            *servers("t", "bnet", "g", "b"),
        ),
        [],
    )

    assert [["anet-a", "bnet-b"]] == _rows(made.network)


def test_a_subnet_is_public_when_its_default_route_leads_to_a_gateway():
    network = three_tier().network

    assert [True, False] == [is_public(network, Key("subnet", f"shop/{n}-a")) for n in ("public", "app")]


@pytest.mark.parametrize(
    ("level", "sources", "targets", "nodes", "odd"),
    [
        pytest.param(0, [], [1], [0], False, id="a-public-one-stands-level-with-its-subnets"),
        pytest.param(0, [], [0], [0], False, id="level-with-targets-in-its-own-row"),
        pytest.param(3, [1], [2], [2], False, id="an-internal-one-stands-between-callers-and-targets"),
        pytest.param(1, [], [1], [0], True, id="in-an-odd-number-of-zones-a-band-above-its-targets"),
        pytest.param(-1, [], [0], [0], True, id="above-the-first-row-where-its-targets-are-there"),
        pytest.param(2, [], [], [1], False, id="without-flows-level-with-its-subnets"),
    ],
)
def test_spine_level(level, sources, targets, nodes, odd):
    """Half rows from the top: even numbers are rows, odd ones the gaps below them."""
    assert level == spine_level(sources, targets, nodes, odd)


CROWDED = """\
version: 1
title: Much between two zones
region: ap-south-1
zones: [a, b]
vpn_clients: {ann: {endpoint: home}}
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    subnets:
      web: {cidr_blocks: [10.0.0.0/24, 10.0.1.0/24]}
      app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24]}
    security_groups: {all: {ingress: [tcp 443 from 10.0.0.0/8]}}
    instances: {web: {subnet: web, security_groups: [all]}, app: {subnet: app, security_groups: [all]}}
    load_balancers:
      edge: {type: network, scheme: internal, subnets: [web], security_groups: [all], listeners: {443: {web: 443}}}
      inner: {type: network, scheme: internal, subnets: [app], security_groups: [all], listeners: {443: {app: 443}}}
    client_vpn_endpoints:
      home: {client_cidr_block: 10.200.0.0/22, subnets: [app], security_groups: [all],
        authorization_rules: {10.0.0.0/16: all}}
flows:
  web-asks-app: {from: web, to: inner, port: 443}
  ann-asks-app: {from: ann, to: app, port: 443}
"""


def test_what_stands_between_zones_is_level_with_its_row_whatever_stands_above_it():
    loaded = load_text(CROWDED)
    assert loaded.value is not None, loaded.diagnostics
    network = resolve(loaded.value, all_kinds()).value
    assert network is not None
    drawing = draw(network, "overview", {f.id: trace(network, f) for f in loaded.value.flows})
    edge, inner, home, web, app = (
        drawing.icon(id)
        for id in (
            "load_balancer:shop/edge",
            "load_balancer:shop/inner",
            "client_vpn_endpoint:shop/home",
            "instance:shop/web-a",
            "instance:shop/app-a",
        )
    )

    assert (web.rect.y, app.rect.y) == (edge.rect.y, home.rect.y)
    assert edge.label.rect.bottom < inner.rect.y < inner.label.rect.bottom < home.rect.y
