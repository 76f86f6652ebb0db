"""Pictures of several networks: what joins them stands between them, on lanes of its own."""

from __future__ import annotations

import pytest

from docgen.diagram import draw, views
from docgen.diagram.drawing import Drawing, Point
from docgen.diagram.lanes import spread
from docgen.diagram.scorecard import score
from docgen.kinds import all_kinds
from docgen.loader import load_text
from docgen.routing import resolve, trace

SITE = """\
version: 1
title: A data center
region: ap-south-1
zones: [a, b]
data_centers: {hq: {cidr_blocks: [192.168.0.0/16], title: Corporate data center}}
on_premises_hosts:
  erp: {data_center: hq, ip_address: 192.168.1.5}
  desk: {data_center: hq, ip_address: 192.168.2.10}
"""
TUNNEL = "customer_gateways: {router: {data_center: hq}}\n"
LINE = """\
direct_connect_connections: {line: {data_center: hq, location: Equinix MB2, bandwidth: 10Gbps}}
virtual_interfaces: {vif: {connection: line, direct_connect_gateway: global}}
direct_connect_gateways: {global: {associations: {vgw: {allowed_prefixes: [10.0.0.0/16]}}}}
"""
VPC = """\
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    virtual_private_gateway: vgw
    subnets: {app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24], route_table: app}}
    route_tables: {app: {propagating_vgws: [vgw]}}
    security_groups: {app: {ingress: [tcp 443 from 192.168.0.0/16]}}
    instances: {app: {subnet: app, security_groups: [app]}}
flows:
  app-asks-erp: {from: app, to: erp, port: 443}
  desk-asks-app: {from: desk, to: app-a, port: 443}
"""
VPN = f"{SITE}{TUNNEL}vpn_connections: {{tunnel: {{customer_gateway: router, virtual_private_gateway: vgw}}}}\n{VPC}"
BACKED_UP = VPN.replace("vpcs:", f"{LINE}vpcs:")
HUB = f"""\
{SITE}{TUNNEL}vpn_connections: {{tunnel: {{customer_gateway: router, transit_gateway: hub}}}}
transit_gateways: {{hub: {{}}}}
direct_connect_connections: {{line: {{data_center: hq}}}}
virtual_interfaces: {{vif: {{type: transit, connection: line, direct_connect_gateway: global}}}}
direct_connect_gateways: {{global: {{associations: {{hub: {{allowed_prefixes: [10.0.0.0/8]}}}}}}}}
vpcs:
""" + "".join(
    f"""\
  vpc-{n}:
    cidr_block: 10.{n}.0.0/16
    subnets: {{app-{n}: {{cidr_blocks: [10.{n}.0.0/24, 10.{n}.1.0/24]}}}}
    route_tables: {{main: {{0.0.0.0/0: hub}}}}
    transit_gateway_attachments: {{to-hub-{n}: {{transit_gateway: hub, subnets: [app-{n}]}}}}
    instances: {{server-{n}: {{subnet: app-{n}}}}}
"""
    for n in range(1, 5)
)


def _vpc(name: str, n: int, more: str, target: str, others: str = "10.0.0.0/8") -> str:
    return f"""\
  {name}:
    cidr_block: 10.{n}.0.0/16
    {more}
    subnets: {{app: {{cidr_blocks: [10.{n}.10.0/24, 10.{n}.11.0/24], route_table: m}}}}
    route_tables: {{m: {{{others}: {target}}}}}
    security_groups: {{app: {{ingress: [tcp 443 from 10.0.0.0/8]}}}}
    instances: {{{name}-app: {{subnet: app, security_groups: [app]}}}}
"""


PEERED = f"""\
version: 1
title: Finance in the middle
region: ap-south-1
zones: [a, b]
vpcs:
{_vpc("finance", 0, "title: Finance", "finance-hr", "10.1.0.0/16")}\
{_vpc("hr", 1, "title: HR", "finance-hr", "10.0.0.0/16")}\
{_vpc("it", 2, "title: IT", "it-finance", "10.0.0.0/16")}\
vpc_peering_connections:
  finance-hr: {{requester_vpc: finance, accepter_vpc: hr}}
  it-finance: {{requester_vpc: it, accepter_vpc: finance}}
flows: {{ask: {{from: finance-app, to: hr-app-a, port: 443}}}}
"""
TWO_REGIONS = f"""\
version: 1
title: Two hubs
regions: {{eu-west-1: {{}}, us-east-1: {{}}}}
zones: [a, b]
transit_gateways: {{hub-eu: {{region: eu-west-1}}, hub-us: {{region: us-east-1, amazon_side_asn: 64513}}}}
transit_gateway_peering_attachments: {{over: {{transit_gateway: hub-eu, peer_transit_gateway: hub-us}}}}
vpcs:
{_vpc("eu", 0, "region: eu-west-1", "hub-eu")}\
    transit_gateway_attachments: {{eu-at: {{transit_gateway: hub-eu, subnets: [app]}}}}
{_vpc("us", 1, "region: us-east-1", "hub-us")}\
    transit_gateway_attachments: {{us-at: {{transit_gateway: hub-us, subnets: [app]}}}}
"""
ACCOUNTS = f"""\
version: 1
title: Two accounts in one Region
accounts: {{shop: {{account_id: "111122223333"}}, audit: {{}}}}
regions: {{eu-west-1: {{}}}}
zones: [a, b]
vpcs:
{_vpc("eu", 0, "account: shop", "peer", "10.1.0.0/16")}    region: eu-west-1
{_vpc("us", 1, "account: audit", "peer", "10.0.0.0/16")}    region: eu-west-1
vpc_peering_connections: {{peer: {{requester_vpc: eu, accepter_vpc: us}}}}
"""
CROWD = (
    "version: 1\ntitle: A hub of four and a peering\nregion: ap-south-1\nzones: [a, b]\ntransit_gateways: {hub: {}}\n"
    "vpc_peering_connections: {pair: {requester_vpc: v1, accepter_vpc: v2}}\nvpcs:\n"
    + "".join(
        _vpc(f"v{n}", n, "title: Peered", "pair", f"10.{3 - n}.0.0/16")
        if n < 3
        else _vpc(
            f"v{n}", n, f"transit_gateway_attachments: {{at-{n}: {{transit_gateway: hub, subnets: [app]}}}}", "hub"
        )
        for n in range(1, 7)
    )
)
WEB = (
    VPN.split("vpcs:")[0]
    + """\
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    virtual_private_gateway: vgw
    internet_gateway: igw
    subnets:
      web: {cidr_blocks: [10.0.0.0/24, 10.0.1.0/24], route_table: web}
      app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24]}
    route_tables: {web: {0.0.0.0/0: igw, propagating_vgws: [vgw]}}
    security_groups: {web: {ingress: [tcp 443 from 192.168.0.0/16]}}
    instances: {web: {subnet: web, security_groups: [web]}, app: {subnet: app, security_groups: [web]}}
flows: {desk-asks-web: {from: desk, to: web-a, port: 443}}
"""
)
OFFERED = f"""\
version: 1
title: A service of the last VPC
region: ap-south-1
zones: [a, b]
vpcs:
{_vpc("shop", 0, "internet_gateway: igw", "igw", "0.0.0.0/0")}\
    vpc_endpoints: {{invoicing: {{endpoint_service: saas/invoicing, subnets: [app], security_groups: [app]}}}}
{_vpc("other", 1, "title: Other", "igw").replace("10.0.0.0/8: igw", "")}\
{_vpc("saas", 2, "title: Provider", "igw").replace("10.0.0.0/8: igw", "")}\
    load_balancers: {{front: {{type: network, scheme: internal, subnets: [app], security_groups: [app]}}}}
    vpc_endpoint_services: {{invoicing: {{network_load_balancers: [front]}}}}
"""
TEXTS = {
    "accounts": ACCOUNTS,
    "vpn": VPN,
    "backed-up": BACKED_UP,
    "hub": HUB,
    "peered": PEERED,
    "two-regions": TWO_REGIONS,
    "web": WEB,
    "offered": OFFERED,
    "crowd": CROWD,
}


def _drawing(name: str, view: str = "overview") -> Drawing:
    return next(d for d in _drawings(name) if d.view == view)


def _drawings(name: str) -> list[Drawing]:
    architecture = load_text(TEXTS[name]).value
    assert architecture is not None
    network = resolve(architecture, all_kinds()).value
    assert network is not None
    reports = {f.id: trace(network, f) for f in architecture.flows}
    return [draw(network, view, reports) for view in views(network, reports)]


def _at(drawing: Drawing, id: str) -> Point:
    return drawing.icon(id).rect.centre


@pytest.mark.parametrize("name", TEXTS)
def test_pictures_of_joined_networks_have_no_faults(name):
    for drawing in _drawings(name):
        assert {} == score(drawing).faults(), drawing.view


def test_a_tunnel_runs_level_from_the_data_center_to_the_gateway():
    drawing = _drawing("vpn")
    way = [
        _at(drawing, i)
        for i in ("customer_gateway:router", "vpn_connection:tunnel", "virtual_private_gateway:shop/vgw")
    ]

    assert 1 == len({p.y for p in way})
    assert [p.x for p in way] == sorted(p.x for p in way)
    assert drawing.box("data_center:hq").rect.right < drawing.box("cloud").rect.x
    assert drawing.icon("virtual_private_gateway:shop/vgw").rect.centre.x == drawing.box("vpc:shop").rect.x


def test_direct_connect_has_a_location_between_site_and_cloud_and_a_lane_above_its_back_up():
    drawing = _drawing("backed-up")
    location = drawing.box("location:Equinix MB2")
    lane = [
        _at(drawing, i)
        for i in (
            "direct_connect_connection:line",
            "virtual_interface:vif",
            "direct_connect_gateway:global",
        )
    ]

    assert drawing.box("data_center:hq").rect.right < location.rect.x
    assert location.rect.right < drawing.box("cloud").rect.x
    assert {"location:Equinix MB2"} == {drawing.icon(i).parent for i in ("virtual_interface:vif",)}
    assert "cloud" == drawing.icon("direct_connect_gateway:global").parent
    assert 1 == len({p.y for p in lane})
    assert lane[0].y < _at(drawing, "vpn_connection:tunnel").y


def test_hosts_are_joined_to_what_bears_their_packets():
    pairs = [{c.source, c.target} for c in _drawing("vpn", "flow-desk-asks-app").connectors]

    assert {"on_premises_host:desk", "customer_gateway:router"} in pairs
    assert {"on_premises_host:desk", "vpn_connection:tunnel"} not in pairs


def test_both_ways_of_a_hub_have_lanes():
    drawing = _drawing("hub")
    hub = _at(drawing, "transit_gateway:hub").y
    line, tunnel = (_at(drawing, i).y for i in ("direct_connect_gateway:global", "vpn_connection:tunnel"))

    assert line < hub < tunnel
    assert hub - line == tunnel - hub


def test_a_peering_stands_between_its_vpcs():
    drawing = _drawing("peered")
    hr, finance, it = (drawing.box(f"vpc:{v}").rect for v in ("hr", "finance", "it"))

    assert hr.bottom < _at(drawing, "vpc_peering_connection:finance-hr").y < finance.y
    assert finance.bottom < _at(drawing, "vpc_peering_connection:it-finance").y < it.y


def test_a_provider_stands_right_behind_its_user():
    drawing = _drawing("offered")
    shop, saas, other = (drawing.box(f"vpc:{v}").rect for v in ("shop", "saas", "other"))

    assert [shop.y, saas.y, other.y] == sorted([shop.y, saas.y, other.y])
    assert shop.bottom < saas.y < saas.bottom < other.y


def test_a_gateway_on_a_side_is_level_with_the_servers_that_it_leads_to():
    drawing = _drawing("web")

    assert _at(drawing, "virtual_private_gateway:shop/vgw").y == _at(drawing, "instance:shop/web-a").y
    assert _at(drawing, "instance:shop/web-a").y == _at(drawing, "instance:shop/web-b").y


def test_connectors_between_columns_are_near_to_what_they_join():
    drawing = _drawing("crowd")
    peering, hub = _at(drawing, "vpc_peering_connection:pair"), _at(drawing, "transit_gateway:hub")
    first, last = drawing.box("vpc:v1").rect, drawing.box("vpc:v6").rect

    assert first.right < peering.x == hub.x < last.x
    assert first.y < peering.y < first.bottom < hub.y


def test_hubs_of_two_regions_face_each_other():
    drawing = _drawing("two-regions")
    way = [
        _at(drawing, i)
        for i in (
            "transit_gateway_vpc_attachment:eu/eu-at",
            "transit_gateway:hub-eu",
            "transit_gateway_peering_attachment:over",
            "transit_gateway:hub-us",
            "transit_gateway_vpc_attachment:us/us-at",
        )
    ]

    assert 1 == len({p.y for p in way})
    assert [p.x for p in way] == sorted(p.x for p in way)


def test_zones_stand_below_each_other_where_lines_come_from_the_left():
    drawing = _drawing("vpn")
    zones = [b.rect for b in drawing.boxes if b.style == "zone"]

    assert 1 == len({z.x for z in zones})
    assert 2 == len({z.y for z in zones})


def test_accounts_of_one_region_are_boxes_in_it():
    drawing = _drawing("accounts")
    around = {b.id: b.parent for b in drawing.boxes}

    assert ("account:shop", "account:audit") == (around["vpc:eu"], around["vpc:us"])
    assert {"region:eu-west-1"} == {around["account:shop"], around["account:audit"]}


def test_a_peering_that_no_flow_uses_is_joined_to_its_vpcs():
    pairs = {(c.source, c.target) for c in _drawing("accounts").connectors}

    assert {("vpc_peering_connection:peer", "vpc:eu"), ("vpc_peering_connection:peer", "vpc:us")} <= pairs


@pytest.mark.parametrize(
    ("expected", "wanted", "apart"),
    [
        pytest.param([], [], [], id="nothing"),
        pytest.param([0, 100], [0, 100], [60], id="far-apart-they-stay"),
        pytest.param([-30, 30], [0, 0], [60], id="around-what-both-want"),
        pytest.param([-60, 0, 60], [0, 0, 0], [60, 60], id="three-around-it"),
        pytest.param([-30, 30, 200], [0, 0, 200], [60, 60], id="who-is-not-in-the-way-stays"),
    ],
)
def test_spread(expected, wanted, apart):
    """Each as near to its wanted place as its neighbours let it be."""
    assert expected == spread(wanted, apart)
