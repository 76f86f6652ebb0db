"""The picture of how docgen decides shows the order in which it does."""

from __future__ import annotations

from itertools import pairwise

import pytest

from docgen.model.trace import Check, Hop
from docgen.pages.algorithm import ALGORITHM, ARRIVING, LEAVING, algorithm
from docgen.pipeline import open_text

DEFINITION = """\
version: 1
title: Two subnets
region: ap-south-1
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    zones: [a]
    subnets:
      front: {cidr_block: 10.0.0.0/24}
      back: {cidr_block: 10.0.1.0/24}
    security_groups: {open: {ingress: [tcp 80 from 10.0.0.0/16]}}
    instances:
      one: {subnet: front, security_groups: [open]}
      near: {subnet: front, security_groups: [open]}
      far: {subnet: back, security_groups: [open]}
flows:
  near: {from: one, to: near, port: 80}
  far: {from: one, to: far, port: 80}
"""


def hops(flow: str) -> tuple[Hop, Hop]:
    """The sender and the receiver on the way there."""
    design = open_text(DEFINITION).value
    assert design is not None
    first, *_, last = design.reports[flow].connections[0].forward.hops
    return first, last


@pytest.mark.parametrize("flow", ["near", "far"])
@pytest.mark.parametrize(("at", "drawn"), [(0, LEAVING), (1, ARRIVING)], ids=["leaving", "entering"])
def test_checks_come_in_the_order_drawn(flow: str, at: int, drawn: tuple[tuple[Check, str, str], ...]) -> None:
    order = [check for check, _, _ in drawn]
    made = [order.index(step.check) for step in hops(flow)[at].steps if step.check in order]

    assert len(made) >= 2
    assert all(a <= b for a, b in pairwise(made))


def test_every_check_that_a_walk_makes_is_drawn() -> None:
    """In a VPC, between subnets: none is left out."""
    sender, receiver = hops("far")
    drawn = {check for check, _, _ in (*LEAVING, *ARRIVING)}

    assert set() == {step.check for step in (*sender.steps, *receiver.steps)} - drawn


def test_same_subnet_meets_no_acl() -> None:
    """The arrow that passes the border by."""
    sender, receiver = hops("near")
    checks = {step.check for step in (*sender.steps, *receiver.steps)}

    assert not checks & {Check.NETWORK_ACL_EGRESS, Check.NETWORK_ACL_INGRESS, Check.ROUTE_TABLE}


def test_every_box_has_a_way_in() -> None:
    reached = {edge.target for edge in ALGORITHM.edges}

    assert ["flow"] == [node.id for node in ALGORITHM.nodes if node.id not in reached]


def test_picture_is_one_block() -> None:
    """An empty line would end it for Markdown."""
    assert "\n\n" not in algorithm()
