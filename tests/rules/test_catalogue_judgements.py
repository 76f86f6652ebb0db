"""Tricky judgements of rules of the catalogue: what they report and what they leave alone."""

from __future__ import annotations

import pytest

from docgen.pipeline import open_text


def found(text: str, code: str) -> list[str]:
    design = open_text(text).value
    assert design is not None
    wrong = [str(d) for d in design.diagnostics if d.severity == "error"]
    assert not wrong
    return [d.text for d in design.diagnostics if d.code == code]


PEERS = """\
version: 1
title: Peers
region: ap-south-1
zones: [a, b]
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    subnets: {{app: {{cidr_blocks: [10.0.10.0/24, 10.0.11.0/24], route_table: app}}}}
    route_tables: {{app: {there}}}
    security_groups: {{app: {{egress: [all to 10.0.0.0/8]}}}}
    instances: {{app: {{subnet: app, security_groups: [app]}}}}
  data:
    cidr_block: 10.1.0.0/16
    subnets:
      db: {{cidr_block: 10.1.20.0/24, availability_zone: a, route_table: db}}
      batch: {{cidr_block: 10.1.30.0/24, availability_zone: a, route_table: db}}
    route_tables: {{db: {back}}}
    security_groups: {{db: {{ingress: [tcp 5432 from 10.0.0.0/16]}}}}
    instances:
      orders: {{subnet: db, security_groups: [db]}}
      jobs: {{subnet: batch, security_groups: [db]}}
vpc_peering_connections: {{link: {{requester_vpc: shop, accepter_vpc: data}}}}
flows: {flows}
"""
READ = "read: {from: app, to: orders, port: 5432}"
NARROW = "{10.0.10.0/24: link, 10.0.11.0/24: link}"


@pytest.mark.parametrize(
    ("expected", "there", "back", "flows"),
    [
        pytest.param(1, "{10.1.0.0/16: link}", NARROW, f"{{{READ}}}", id="the-whole-peer-for-one-of-its-subnets"),
        pytest.param(1, "{10.0.0.0/8: link}", NARROW, f"{{{READ}}}", id="more-than-the-peer"),
        pytest.param(0, "{10.1.20.0/24: link}", NARROW, f"{{{READ}}}", id="the-subnet-that-is-needed"),
        pytest.param(1, "{0.0.0.0/0: link}", NARROW, "{}", id="a-default-route-needs-no-flow"),
        pytest.param(0, "{10.1.0.0/16: link}", NARROW, "{}", id="no-flow-says-what-is-needed"),
        pytest.param(
            0,
            "{10.1.0.0/16: link}",
            NARROW,
            "{" + READ + ", run: {from: app, to: jobs, port: 5432}}",
            id="all-subnets-are-needed",
        ),
        pytest.param(
            0,
            "{10.1.0.0/16: link}",
            NARROW,
            "{no: {from: app, to: orders, port: 22}}",
            id="a-blocked-flow-needs-nothing",
        ),
        pytest.param(0, "{10.1.20.0/24: link}", "{10.0.0.0/16: link}", f"{{{READ}}}", id="answers-go-to-all-subnets"),
        pytest.param(
            1,
            "{10.1.20.0/24: link}",
            "{10.0.0.0/16: link}",
            "{read: {from: app-a, to: orders, port: 5432}}",
            id="answers-go-to-one-subnet",
        ),
    ],
)
def test_wide_peering_route(expected: int, there: str, back: str, flows: str) -> None:
    """What is needed is where packets of allowed flows go by the route, there and back."""
    assert expected == len(found(PEERS.format(there=there, back=back, flows=flows), "DGL-14"))


CALLS = """\
version: 1
title: Calls
region: ap-south-1
zones: [a, b]
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    subnets: {{app: {{cidr_blocks: [10.0.10.0/24, 10.0.11.0/24]}}}}
    security_groups:
      app: {{egress: [all to 10.0.0.0/16]}}
      cache: {{ingress: [tcp 6379 from 10.0.0.0/16]}}
    instances:
      app: {{subnet: app, security_groups: [app]}}
      cache: {{subnet: app, security_groups: [cache]}}
      only: {{subnet: app-a, security_groups: [cache]}}
    load_balancers:
      spread:
        {{{balancer}, scheme: internal, subnets: [app], security_groups: [cache], listeners: {{6379: {cache}}}}}
flows:
  call: {{from: {source}, to: {target}, port: 6379{more}}}
"""


@pytest.mark.parametrize(
    ("expected", "values"),
    [
        pytest.param(1, {"source": "app", "target": "cache"}, id="members-of-a-group-in-both-zones"),
        pytest.param(1, {"source": "app-a", "target": "cache"}, id="from-one-zone"),
        pytest.param(0, {"source": "app-b", "target": "cache-a"}, id="nobody-asked-for-the-other-member"),
        pytest.param(0, {"source": "app", "target": "only"}, id="there-is-no-other-one"),
        pytest.param(0, {"source": "app", "target": "cache", "more": ", when: {outage: cache-a}"}, id="in-an-outage"),
        pytest.param(0, {"source": "app-a", "target": "spread"}, id="an-application-load-balancer-spreads"),
        pytest.param(
            1,
            {"source": "app-a", "target": "spread", "balancer": "type: network, cross_zone: true"},
            id="a-network-load-balancer-with-targets-in-each-zone",
        ),
        pytest.param(
            0, {"source": "app-a", "target": "spread", "balancer": "type: network"}, id="one-that-keeps-to-its-zones"
        ),
    ],
)
def test_needless_zone_crossing(expected: int, values: dict[str, str]) -> None:
    text = CALLS.format(**{"more": "", "balancer": "type: application", "cache": "{cache: 6379}", **values})

    assert expected == len(found(text, "DGL-65"))


ZONES = "version: 1\ntitle: Zones\n{region}zones: [{zones}]\nvpcs: {{shop: {{cidr_block: 10.0.0.0/16{more}}}}}\n"


@pytest.mark.parametrize(
    ("expected", "values"),
    [
        pytest.param([], {"zones": "a, b"}, id="letters"),
        pytest.param(["zone 'ap-south-1a' is"], {"zones": "ap-south-1a, b"}, id="one-in-full"),
        pytest.param(["zones 'ap-south-1a' and 'ap-south-1b' are"], {"zones": "ap-south-1a, ap-south-1b"}, id="two"),
        pytest.param(
            ["zone 'ap-south-1b' is"],
            {"zones": "a, b", "more": ", subnets: {x: {cidr_block: 10.0.1.0/24, availability_zone: ap-south-1b}}"},
            id="a-subnet's",
        ),
        pytest.param([], {"zones": "ap-south-1-bom-1a"}, id="a-local-zone-has-no-letter"),
    ],
)
def test_zone_spelt_in_full(expected: list[str], values: dict[str, str]) -> None:
    """As the author wrote it: the loader expands letters, and remembers full names."""
    text = ZONES.format(**{"region": "region: ap-south-1\n", "more": "", **values})

    assert expected == [t.partition(" written")[0] for t in found(text, "DGL-49")]


CARDS = """\
version: 1
title: Cards
region: ap-south-1
zones: [a]
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    internet_gateway: igw
    subnets:
      public: {{cidr_block: 10.0.0.0/24, route_table: public}}
      app: {{cidr_block: 10.0.1.0/24, route_table: app}}
    route_tables: {{public: {{0.0.0.0/0: igw}}, app: {{{route}}}}}
    security_groups: {{card: {{ingress: [tcp 443 from 0.0.0.0/0]}}}}
    instances: {{box: {{subnet: public, security_groups: [card]}}}}
    network_interfaces: {{card: {{subnet: public, security_groups: [card], {card}}}}}
flows: {flows}
"""


@pytest.mark.parametrize(
    ("expected", "values"),
    [
        pytest.param(1, {"card": "elastic_ip: true"}, id="attached-to-nothing"),
        pytest.param(0, {"card": "elastic_ip: false"}, id="without-an-address"),
        pytest.param(0, {"card": "elastic_ip: true, attachment: box"}, id="attached"),
        pytest.param(
            0,
            {"card": "elastic_ip: true, source_dest_check: false", "route": "0.0.0.0/0: card"},
            id="a-route-leads-there",
        ),
        pytest.param(
            0,
            {"card": "elastic_ip: true", "flows": "{in: {from: internet, to: card, port: 443}}"},
            id="a-flow-ends-there",
        ),
    ],
)
def test_unused_elastic_ip(expected: int, values: dict[str, str]) -> None:
    text = CARDS.format(**{"route": "", "flows": "{}", **values})

    assert expected == len(found(text, "DGL-63"))


ACL = """\
version: 1
title: An ACL
region: ap-south-1
zones: [a]
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    ipv6_cidr_block: true
    subnets: {{app: {{cidr_block: 10.0.1.0/24, network_acl: app}}}}
    network_acls: {{app: {{ingress: {{{entries}}}, egress: {{100: allow all to 0.0.0.0/0}}}}}}
"""


@pytest.mark.parametrize(
    ("expected", "entries"),
    [
        pytest.param(0, "100: allow tcp 443 from 0.0.0.0/0", id="web"),
        pytest.param(1, "100: allow all from 0.0.0.0/0", id="everything"),
        pytest.param(
            0,
            "90: deny tcp 22 from 0.0.0.0/0, 95: deny tcp 3389 from 0.0.0.0/0, 100: allow all from 0.0.0.0/0",
            id="denied-before",
        ),
        pytest.param(
            1,
            '90: deny tcp 22 from 0.0.0.0/0, 95: deny tcp 3389 from 0.0.0.0/0, 100: "allow all from ::/0"',
            id="denied-in-the-other-family-only",
        ),
    ],
)
def test_world_open_network_acl(expected: int, entries: str) -> None:
    assert expected == len(found(ACL.format(entries=entries), "DGL-06"))


BASE = """\
version: 1
title: A database behind a load balancer
region: ap-south-1
zones: [a, b]
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    internet_gateway: igw
    subnets:
      public: {{cidr_blocks: [10.0.0.0/24, 10.0.1.0/24], route_table: public}}
      data: {{cidr_blocks: [10.0.2.0/24, 10.0.3.0/24]}}
    route_tables: {{public: {{0.0.0.0/0: igw}}}}
    security_groups:
      edge: {{ingress: [tcp {port} from {world}]}}
      db: {{ingress: [tcp 5432 from edge]}}
    load_balancers:
      edge: {{type: network, subnets: [public], security_groups: [edge], listeners: {{{port}: {{db: 5432}}}}}}
    instances: {{db: {{subnet: {place}, security_groups: [db]}}}}
"""


@pytest.mark.parametrize(
    ("expected", "values"),
    [
        pytest.param(1, {}, id="on-the-database's-own-port"),
        pytest.param(1, {"port": "443"}, id="on-another-port"),
        pytest.param(0, {"world": "203.0.113.0/28"}, id="for-an-office"),
    ],
)
def test_database_reachable_through_a_load_balancer(expected: int, values: dict[str, str]) -> None:
    text = BASE.format(**{"port": "5432", "world": "0.0.0.0/0", "place": "data", **values})

    assert expected == len(found(text, "DGL-04"))


def test_database_reachable_by_ipv6() -> None:
    text = """\
version: 1
title: IPv6
region: ap-south-1
zones: [a]
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    ipv6_cidr_block: true
    internet_gateway: igw
    subnets: {public: {cidr_block: 10.0.0.0/24, ipv6_cidr_block: true, route_table: public}}
    route_tables: {public: {"::/0": igw}}
    security_groups: {db: {ingress: ["tcp 5432 from ::/0"]}}
    instances: {db: {subnet: public, security_groups: [db], ipv6_address: true}}
"""

    assert 1 == len(found(text, "DGL-04"))
    assert 0 == len(found(text.replace('"::/0": igw', ""), "DGL-04"))


@pytest.mark.parametrize(
    ("expected", "place"),
    [pytest.param(1, "public", id="beside-it"), pytest.param(0, "data", id="in-private-subnets")],
)
def test_targets_of_a_public_load_balancer(expected: int, place: str) -> None:
    text = BASE.format(port="443", world="203.0.113.0/28", place=place)

    assert expected == len(found(text, "DGL-68"))


CONNECT = """\
version: 1
title: Two VPCs behind a Direct Connect gateway
region: ap-south-1
zones: [a]
data_centers: {{office: {{cidr_blocks: [{office}]}}}}
direct_connect_connections: {{line: {{location: One, data_center: office}}}}
direct_connect_gateways: {{dxgw: {{associations: [{{gateway: one}}, {{gateway: two}}]}}}}
virtual_interfaces: {{vif: {{connection: line, direct_connect_gateway: dxgw}}}}
vpcs:
  first: {{cidr_block: 10.1.0.0/16, virtual_private_gateway: one}}
  second: {{cidr_block: {second}, virtual_private_gateway: two}}
"""


@pytest.mark.parametrize(
    ("expected", "code", "values"),
    [
        pytest.param(1, "DGL-34", {"second": "10.1.0.0/20"}, id="VPCs-that-share-addresses"),
        pytest.param(0, "DGL-34", {}, id="VPCs-that-do-not"),
        pytest.param(1, "DGL-210", {"office": "10.2.128.0/17"}, id="a-data-center-that-shares-addresses"),
        pytest.param(2, "DGL-210", {"office": "10.0.0.0/8"}, id="with-both-VPCs"),
        pytest.param(0, "DGL-210", {}, id="a-data-center-that-does-not"),
    ],
)
def test_overlap_behind_a_direct_connect_gateway(expected: int, code: str, values: dict[str, str]) -> None:
    text = CONNECT.format(**{"second": "10.2.0.0/16", "office": "192.168.0.0/16", **values})
    design = open_text(text).value
    assert design is not None

    assert expected == sum(d.code == code for d in design.diagnostics), [str(d) for d in design.diagnostics]


FUNCTION = """\
version: 1
title: A function
region: ap-south-1
zones: [a, b]
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    subnets: {{app: {{cidr_blocks: [10.0.10.0/24, 10.0.11.0/24]}}}}
    security_groups: {{app: {{}}}}
    lambda_functions: {{price: {{subnets: [{subnets}], security_groups: [app]}}}}
"""


@pytest.mark.parametrize(
    ("expected", "subnets"), [pytest.param(1, "app-a", id="one-zone"), pytest.param(0, "app", id="two-zones")]
)
def test_function_in_one_zone(expected: int, subnets: str) -> None:
    assert expected == len(found(FUNCTION.format(subnets=subnets), "DGL-24"))
