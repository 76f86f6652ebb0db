"""Columns, rows and heights of the semantic grid."""

from __future__ import annotations

import pytest

from docgen.diagram.grid import columns_of, is_public, rows_of, subnets_of
from docgen.diagram.structure import spine_level
from docgen.model.component import Key
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
