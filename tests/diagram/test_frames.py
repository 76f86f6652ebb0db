"""Frames around groups across subnets."""

from __future__ import annotations

import pytest

from docgen.diagram import draw
from docgen.diagram.drawing import Drawing
from docgen.diagram.scorecard import score
from docgen.kinds import all_kinds
from docgen.loader import load_text
from docgen.routing import resolve

GROUP = """\
version: 1
title: A group
region: ap-south-1
zones: [{zones}]
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    subnets: {{app: {{cidr_blocks: [{blocks}]}}}}
    auto_scaling_groups: {{web: {{subnets: [app]}}}}
    instances: {{{others}}}
"""
FRAME = "band:auto_scaling_group:shop/web"


def _drawing(zones: str, others: str = "") -> Drawing:
    blocks = ", ".join(f"10.0.{n}.0/24" for n in range(len(zones)))
    architecture = load_text(GROUP.format(zones=", ".join(zones), blocks=blocks, others=others)).value
    assert architecture is not None
    network = resolve(architecture, all_kinds()).value
    assert network is not None
    return draw(network, "overview", {})


@pytest.mark.parametrize("zones", ["a", "ab", "abc", "abcdef"])
def test_a_frame_holds_the_members_of_every_zone(zones):
    drawing = _drawing(zones)
    frame = drawing.box(FRAME)
    members = [i for i in drawing.icons if i.component == frame.component]

    assert {} == score(drawing).faults()
    assert len(zones) == len(members)
    assert all(frame.rect.holds(m.rect) and frame.rect.holds(m.label.rect) for m in members)
    assert ["ec2-instance"] * len(zones) == [m.artwork for m in members]
    assert "Auto Scaling group" == frame.titles[0].lines[0].text


def test_who_is_no_member_stands_outside_the_frame():
    drawing = _drawing("ab", "other: {subnet: app-a}")
    frame, other = drawing.box(FRAME), drawing.icon("instance:shop/other")

    assert {} == score(drawing).faults()
    assert not frame.rect.overlaps(other.rect)
    assert not frame.rect.overlaps(other.label.rect)
