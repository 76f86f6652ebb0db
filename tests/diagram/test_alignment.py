"""Zones of VPCs below each other stand in line; lines begin and end where a reader looks for them."""

from __future__ import annotations

from docgen.diagram import draw
from docgen.diagram.drawing import Drawing, Rect
from docgen.kinds import all_kinds
from docgen.loader import load_text
from docgen.routing import resolve

VPC = """
  {name}:
    cidr_block: 10.{number}.0.0/16
    subnets: {{app: {{cidr_blocks: [10.{number}.10.0/24, 10.{number}.11.0/24], tier: app}}}}
    instances: {{{servers}}}
    transit_gateway_attachments: {{to-hub: {{transit_gateway: hub, subnets: [app]}}}}
"""
HEAD = """
version: 1
title: A hub
region: ap-south-1
zones: [a, b]
transit_gateways: {hub: {}}
vpcs:
"""
PEERED = """
version: 1
title: Two VPCs
region: ap-south-1
zones: [a]
vpcs:
  one: {cidr_block: 10.0.0.0/16, subnets: {app: {cidr_block: 10.0.0.0/24}}}
  two: {cidr_block: 10.1.0.0/16, subnets: {app: {cidr_block: 10.1.0.0/24}}}
vpc_peering_connections: {both: {requester_vpc: one, accepter_vpc: two}}
"""


def _drawn(text: str) -> Drawing:
    loaded = load_text(text)
    assert loaded.value is not None, loaded.diagnostics
    network = resolve(loaded.value, all_kinds()).value
    assert network is not None
    return draw(network, "overview", {})


def _zones(drawing: Drawing, vpc: str) -> list[Rect]:
    return [b.rect for b in drawing.boxes if b.style == "zone" and b.parent == f"vpc:{vpc}"]


def test_zones_of_stacked_vpcs_are_in_line():
    """However much stands in the subnets of one of them."""
    text = HEAD
    for number, (name, count) in enumerate({"shop": 3, "hr": 1, "it": 2}.items()):
        servers = ", ".join(f"server-{n}: {{title: A server of many, subnet: app}}" for n in range(count))
        text += VPC.format(name=name, number=number, servers=servers)
    drawing = _drawn(text)

    shop, hr, it = (_zones(drawing, name) for name in ("shop", "hr", "it"))
    assert len({(z[0].x, z[0].width, z[1].x, z[1].width) for z in (shop, hr, it)}) == 1
    assert len({drawing.box(f"vpc:{name}").rect.width for name in ("shop", "hr", "it")}) == 1
    assert shop[0].bottom < hr[0].y


def test_lines_touch_the_boxes_that_they_end_at():
    """A peering's lines end on the borders of its VPCs."""
    drawing = _drawn(PEERED)

    ends = {c.target: c.points[-1] for c in drawing.connectors}
    assert {"vpc:one", "vpc:two"} == set(ends)
    for box, end in ends.items():
        rect = drawing.box(box).rect
        assert end.x in (rect.x, rect.right) or end.y in (rect.y, rect.bottom)


def test_lines_start_at_an_icon_whose_label_is_at_its_side():
    """An attachment on a VPC's border: no line begins in the empty space below it."""
    text = HEAD + VPC.format(name="shop", number=0, servers="web: {subnet: app}")
    drawing = _drawn(text)

    icon = next(i for i in drawing.icons if i.id.startswith("transit_gateway_vpc_attachment:"))
    near = icon.rect.grown(60)
    ends = [Rect(*p, 0, 0) for c in drawing.connectors for p in (c.points[0], c.points[-1])]
    ends = [end for end in ends if near.holds(end)]
    assert ends
    assert all(icon.rect.grown(4).holds(end) for end in ends)
