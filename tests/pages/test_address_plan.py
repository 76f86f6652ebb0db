"""Where subnets lie in their VPC."""

from __future__ import annotations

from dataclasses import replace
from ipaddress import IPv4Network

import pytest

from docgen.pages.address_plan import address_plans, segments
from tests.pages.shop_sample import design


def test_usable_addresses_leave_out_the_reserved_five():
    """Of 256 addresses AWS keeps five; an interface takes one."""
    (plan,) = address_plans(design().network)

    assert [(251, 1), (251, 1)] == [(row.usable, row.in_use) for row in plan.rows]


@pytest.mark.parametrize(
    ("blocks", "whole", "places"),
    [
        pytest.param(["10.0.0.0/24"], "10.0.0.0/24", [("0.000", "100.000")], id="one-subnet-fills-its-bar"),
        pytest.param(
            ["10.0.0.0/24", "10.0.1.0/24"],
            "10.0.0.0/23",
            [("0.000", "50.000"), ("50.000", "50.000")],
            id="neighbours-share-it",
        ),
        pytest.param(
            ["10.0.0.0/24", "10.0.3.0/25"],
            "10.0.0.0/22",
            [("0.000", "25.000"), ("75.000", "12.500")],
            id="gaps-stay-open",
        ),
    ],
)
def test_segments(blocks, whole, places):
    """The bar is the smallest block that holds all subnets, each in proportion."""
    (plan,) = address_plans(design().network)
    rows = tuple(replace(plan.rows[0], block=IPv4Network(block)) for block in blocks)
    bar = segments(replace(plan, rows=rows))

    assert bar is not None
    assert IPv4Network(whole) == bar.block
    assert places == [(one.left, one.width) for one in bar.segments]


def test_no_subnets_no_bar():
    """An empty VPC has nothing to show."""
    (plan,) = address_plans(design().network)

    assert segments(replace(plan, rows=())) is None
