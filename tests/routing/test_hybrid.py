"""On-premises networks, Site-to-Site VPN and Direct Connect.

Sources: Site-to-Site VPN User Guide; Direct Connect User Guide; Reachability Analyzer's codes.
"""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from docgen.kinds import all_kinds
from docgen.loader import load_text
from docgen.model.architecture import Flow, When
from docgen.model.component import Ref
from docgen.model.trace import FlowReport
from docgen.routing import resolve, trace
from tests.routing.told import told

BASE = """
version: 1
title: A data center, a VPC with a VPN and a line
region: ap-south-1
zones: [a]
internet_hosts: {server: {address: 203.0.113.80}}
data_centers:
  hq: {cidr_blocks: [192.168.0.0/16]}
  branch: {cidr_blocks: [172.16.0.0/16]}
on_premises_hosts:
  erp: {data_center: hq, ip_address: 192.168.1.5}
  till: {data_center: branch, ip_address: 172.16.1.5}
customer_gateways: {hq-router: {data_center: hq}, branch-router: {data_center: branch}}
vpn_connections:
  vpn: {customer_gateway: hq-router, virtual_private_gateway: one/vgw}
direct_connect_connections: {line: {data_center: hq}}
vpcs:
  one:
    cidr_block: 10.0.0.0/16
    internet_gateway: igw
    virtual_private_gateway: vgw
    subnets: {app: {cidr_block: 10.0.10.0/24, route_table: app}}
    route_tables: {app: {propagating_vgws: [vgw]}}
    security_groups: {app: {ingress: [tcp 22 from 0.0.0.0/0]}}
    instances: {app: {subnet: app, private_ip_address: 10.0.10.10, security_groups: [app]}}
"""
TWO = """
vpcs:
  two:
    cidr_block: 10.1.0.0/16
    virtual_private_gateway: vgw
    subnets: {db: {cidr_block: 10.1.10.0/24, route_table: db}}
    route_tables: {db: {propagating_vgws: [vgw]}}
    security_groups: {db: {ingress: [tcp 22 from 0.0.0.0/0]}}
    instances: {db: {subnet: db, private_ip_address: 10.1.10.10, security_groups: [db]}}
direct_connect_gateways: {dxgw: {associations: {one/vgw: {}, two/vgw: {}}}}
vpn_connections: null
customer_gateways: null
"""
ON_LINE = "virtual_interfaces: {vif: {connection: line, virtual_private_gateway: one/vgw}}"
ON_DXGW = "virtual_interfaces: {vif: {connection: line, direct_connect_gateway: dxgw ANNOUNCES}}"
AT_HUB = """
transit_gateways: {hub: {}}
vpn_connections: {vpn: {virtual_private_gateway: null, transit_gateway: hub}}
vpcs:
  one:
    transit_gateway_attachments: {to-hub: {transit_gateway: hub, subnets: [app]}}
    route_tables: {app: {192.168.0.0/16: hub, propagating_vgws: null}}
"""

TRANSIT = """
transit_gateways: {hub: {}}
virtual_interfaces: {vif: {type: transit, connection: line, direct_connect_gateway: dxgw}}
direct_connect_gateways: {dxgw: {associations: {hub: {allowed_prefixes: [10.0.0.0/8]}}}}
vpn_connections: null
vpcs:
  one:
    transit_gateway_attachments: {to-hub: {transit_gateway: hub, subnets: [app]}}
    route_tables: {app: {192.168.0.0/16: hub, propagating_vgws: null}}
"""


def asked(changes: str, ends: str, *down: str) -> FlowReport:
    tree = yaml.safe_load(BASE)
    for patch in changes.split("---"):
        _merge(tree, yaml.safe_load(patch) or {})
    loaded = load_text(yaml.safe_dump(tree, sort_keys=False))
    assert loaded.value is not None, loaded.diagnostics
    assert not loaded.failed, loaded.diagnostics
    network = resolve(loaded.value, all_kinds())
    assert not network.failed, network.diagnostics
    source, _, destination, port = ends.split()
    when = When(outage=tuple(map(Ref, down)))
    flow = Flow(id="f", source=Ref(source), destination=Ref(destination), port=int(port), when=when)
    return told(trace(network.value, flow))


def _merge(base: dict[str, Any], patch: dict[str, Any]) -> None:
    for key, value in patch.items():
        if isinstance(value, dict) and isinstance(base.get(key), dict):
            _merge(base[key], value)
        elif value is None:
            base.pop(key, None)
        else:
            base[key] = value


def way(report: FlowReport) -> list[str]:
    """The components that the request passes."""
    return [hop.name for hop in report.connections[0].forward.hops]


@pytest.mark.parametrize(
    ("verdict", "code", "leg", "by", "changes", "ends"),
    [
        pytest.param("allowed", "", None, "", "{}", "app -> erp 443", id="from the VPC to a host on premises"),
        pytest.param("allowed", "", None, "", "{}", "erp -> app 22", id="from a host on premises into the VPC"),
        pytest.param(
            "blocked", "NO_ROUTE_TO_DESTINATION", "forward", "app",
            "{vpcs: {one: {route_tables: {app: {propagating_vgws: null}}}}}", "app -> erp 443",
            id="without propagation",
        ),
        pytest.param(
            "blocked", "NO_ROUTE_TO_DESTINATION", "return", "app",
            "{vpcs: {one: {route_tables: {app: {propagating_vgws: null}}}}}", "erp -> app 22",
            id="without propagation the answer has no way",
        ),
        pytest.param(
            "allowed", "", None, "",
            "{vpcs: {one: {route_tables: {app: {propagating_vgws: null, 192.168.0.0/16: vgw}}}}}", "app -> erp 443",
            id="with a static route to the gateway",
        ),
        pytest.param(
            "blocked", "DG_VGW_UNKNOWN_PREFIX", "forward", "vgw",
            "{vpcs: {one: {route_tables: {app: {172.16.0.0/12: vgw}}}}}", "app -> 172.16.9.9 443",
            id="a prefix that nobody announces",
        ),
        pytest.param(
            "allowed", "", None, "", "{vpn_connections: {vpn: {tunnels: [down, up]}}}", "app -> erp 443",
            id="one tunnel is enough",
        ),
        pytest.param(
            "allowed", "", None, "", "{vpn_connections: {vpn: {static_routes_only: true}}}", "erp -> app 22",
            id="static routes, from outside",
        ),
        pytest.param(
            "blocked", "DG_VGW_UNKNOWN_PREFIX", "forward", "dxgw", TRANSIT
            + "---{transit_gateways: {hub: {transit_gateway_route_tables: {t: {default: true, routes: {172.16.0.0/12:"
            " dxgw}}}}}, vpcs: {one: {route_tables: {app: {172.16.0.0/12: hub}}}}}",
            "app -> 172.16.9.9 443", id="a prefix that no virtual interface announces",
        ),
        pytest.param(
            "blocked", "DG_L3_NO_ROUTE", "return", "hq", "{data_centers: {hq: {learns_routes: false}}}",
            "app -> erp 443", id="a data center without a route back",
        ),
        pytest.param(
            "allowed", "", None, "",
            "{data_centers: {hq: {learns_routes: false, routes: {10.0.0.0/8: vpn}}}}", "app -> erp 443",
            id="and with a written one",
        ),
        pytest.param(
            "blocked", "VGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS", "forward", "vgw",
            "{data_centers: {hq: {routes: {0.0.0.0/0: vpn}}}}", "erp -> server 443",
            id="no way through the gateway to the internet",
        ),
        pytest.param(
            "blocked", "VGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS", "forward", "vgw", "{}", "erp -> 10.0.10.99 22",
            id="an address of the VPC that nobody has",
        ),
        pytest.param(
            "blocked", "NO_POSSIBLE_DESTINATION", "forward", "hq", "{}", "app -> 192.168.1.99 22",
            id="an address on premises that nobody has",
        ),
        pytest.param(
            "allowed", "", None, "",
            "{vpn_connections: {other: {customer_gateway: branch-router, virtual_private_gateway: one/vgw}},"
            " data_centers: {hq: {routes: {172.16.0.0/16: vpn}}, branch: {routes: {192.168.0.0/16: other}}}}",
            "erp -> till 443", id="two sites talk through one gateway",
        ),
        pytest.param("allowed", "", None, "", ON_LINE, "app -> erp 443", id="over Direct Connect"),
        pytest.param(
            "allowed", "", None, "", TWO + "---" + ON_DXGW.replace("ANNOUNCES", ""), "app -> erp 443",
            id="over a Direct Connect gateway",
        ),
        pytest.param(
            "allowed", "", None, "", TWO + "---" + ON_DXGW.replace("ANNOUNCES", ""), "erp -> db 22",
            id="over a Direct Connect gateway into the second VPC",
        ),
        pytest.param(
            "blocked", "DG_DXGW_NO_VGW_TO_VGW", "forward", "one/vgw",
            TWO + "---" + ON_DXGW.replace("ANNOUNCES", "")
            + "---{vpcs: {one: {route_tables: {app: {10.1.0.0/16: vgw}}}}}",
            "app -> db 22", id="a Direct Connect gateway joins no VPCs",
        ),
        pytest.param(
            "allowed", "", None, "",
            TWO + "---" + ON_DXGW.replace("ANNOUNCES", ", announces: [10.0.0.0/8, 192.168.0.0/16]"), "app -> db 22",
            id="unless the data center announces a block over both",
        ),
        pytest.param(
            "blocked", "DG_DX_PREFIX_NOT_ALLOWED", "forward", "hq",
            TWO + "---" + ON_DXGW.replace("ANNOUNCES", "")
            + "---{direct_connect_gateways: {dxgw: {associations: {one/vgw: {allowed_prefixes: [10.9.0.0/16]}}}}}",
            "erp -> app 22", id="an allowed prefix that does not cover the VPC",
        ),
        pytest.param(
            "allowed", "", None, "",
            TWO + "---" + ON_DXGW.replace("ANNOUNCES", "")
            + "---{direct_connect_gateways: {dxgw: {associations: {one/vgw: {allowed_prefixes: [10.0.0.0/8]}}}}}",
            "erp -> app 22", id="an allowed prefix that does",
        ),
        pytest.param(
            "blocked", "DG_DXGW_NO_VGW_TO_VGW", "forward", "dxgw",
            TWO + "---" + ON_DXGW.replace("ANNOUNCES", ", announces: [10.1.0.0/16, 192.168.0.0/16]")
            + "---{vpcs: {one: {route_tables: {app: {10.1.0.0/16: vgw}}}}}",
            "app -> db 22", id="a block over one of them is not enough",
        ),
        pytest.param("allowed", "", None, "", AT_HUB, "app -> erp 443", id="a VPN at a transit gateway"),
        pytest.param("allowed", "", None, "", AT_HUB, "erp -> app 22", id="a VPN at a transit gateway, from outside"),
        pytest.param("allowed", "", None, "", TRANSIT, "app -> erp 443", id="a transit virtual interface"),
        pytest.param(
            "blocked", "NO_POSSIBLE_DESTINATION", "forward", "public",
            "{virtual_interfaces: {public: {type: public, connection: line}},"
            " data_centers: {hq: {routes: {0.0.0.0/0: public}}}}",
            "erp -> server 443", id="a public virtual interface is no way to the internet",
        ),
    ],
)  # fmt: skip
def test_hybrid(verdict: str, code: str, leg: str | None, by: str, changes: str, ends: str) -> None:
    """Each rule of VPN and Direct Connect, both ways."""
    report = asked(changes, ends)

    assert (verdict, code, leg, by) == (report.verdict, report.reason, report.leg, report.component_name), report.text


@pytest.mark.parametrize(
    ("passes", "down"),
    [
        pytest.param("vif", (), id="Direct Connect before VPN for the same block"),
        pytest.param("vpn", ("line",), id="the VPN takes over when the line is down"),
        pytest.param("vpn", ("vif",), id="and when the virtual interface is"),
    ],
)
def test_vpn_is_the_back_up_of_direct_connect(passes: str, down: tuple[str, ...]) -> None:
    """Both announce the same block."""
    report = asked(ON_LINE, "app -> erp 443", *down)

    assert "allowed" == report.verdict, report.text
    assert passes in way(report)


def test_a_longer_prefix_over_vpn_attracts_traffic_away_from_the_line() -> None:
    """Length comes before Direct Connect."""
    report = asked(ON_LINE + "---{vpn_connections: {vpn: {announces: [192.168.1.0/24]}}}", "app -> erp 443")

    assert "vpn" in way(report)


SECOND = (
    "{customer_gateways: {spare-router: {data_center: hq}},"
    " vpn_connections: {spare: {customer_gateway: spare-router, virtual_private_gateway: one/vgw OPTIONS}}}"
)


@pytest.mark.parametrize(
    ("chosen", "lost", "changes", "down"),
    [
        pytest.param(
            "192.168.0.0/16 -> vif",
            [
                (
                    "192.168.0.0/16 -> vpn", "Direct Connect beats BGP over VPN for the same block",
                    "HIGHER_PRIORITY_ROUTE",
                ),
            ],
            ON_LINE, (), id="Direct Connect before VPN",
        ),
        pytest.param(
            "192.168.0.0/16 -> spare",
            [
                (
                    "192.168.0.0/16 -> vpn", "a static VPN route beats BGP over VPN for the same block",
                    "HIGHER_PRIORITY_ROUTE",
                ),
            ],
            SECOND.replace("OPTIONS", ", static_routes_only: true"), (), id="a static VPN route before BGP",
        ),
        pytest.param(
            "192.168.0.0/16 -> vpn",
            [("192.168.0.0/16 -> spare", "longer AS path or higher MED", "HIGHER_PRIORITY_ROUTE")],
            SECOND.replace("OPTIONS", ", as_path_length: 3"), (), id="the shorter AS path",
        ),
        pytest.param(
            "192.168.0.0/16 -> vpn",
            [("192.168.0.0/16 -> spare", "longer AS path or higher MED", "HIGHER_PRIORITY_ROUTE")],
            SECOND.replace("OPTIONS", ", med: 20"), (), id="the lower MED",
        ),
        pytest.param(
            "192.168.1.0/24 -> vpn",
            [
                ("192.168.2.0/24 -> vpn", "does not contain 192.168.1.5", "CANNOT_ROUTE"),
                ("192.168.0.0/16 -> vif", "shorter than /24", "MORE_SPECIFIC_ROUTE"),
            ],
            ON_LINE + "---{vpn_connections: {vpn: {announces: [192.168.1.0/24, 192.168.2.0/24]}}}", (),
            id="the longest prefix that contains the address",
        ),
        pytest.param(
            "192.168.0.0/16 -> vpn",
            [("192.168.0.0/16 -> vif", "vif is down and announces nothing", "")],
            ON_LINE, ("line",), id="what is down announces nothing",
        ),
    ],
)  # fmt: skip
def test_which_announcement_a_virtual_private_gateway_follows(
    chosen: str, lost: list[tuple[str, str, str]], changes: str, down: tuple[str, ...]
) -> None:
    """Site-to-Site VPN, "Route priority", with why each of the others lost."""
    report = asked(changes, "app -> erp 443", *down)
    hop = next(h for h in report.connections[0].forward.hops if h.name == "vgw")
    candidates = next(s.candidates for s in hop.steps if s.candidates)

    assert [chosen] == [c.text for c in candidates if c.chosen]
    assert lost == [(c.text, c.reason, c.code) for c in candidates if not c.chosen]


@pytest.mark.parametrize(
    ("code", "by", "changes", "down"),
    [
        pytest.param(
            "BAD_STATE_VPN", "vpn", "{vpn_connections: {vpn: {static_routes_only: true}}}", "vpn", id="the connection"
        ),
        pytest.param(
            "BAD_STATE_VPN", "vpn", "{vpn_connections: {vpn: {static_routes_only: true}}}", "hq-router",
            id="the router at its other end",
        ),
        pytest.param("BAD_STATE_ROUTE", "app", "{}", "vgw", id="the gateway"),
        pytest.param("BAD_STATE", "erp", "{}", "erp", id="the host on premises"),
    ],
)  # fmt: skip
def test_what_is_out_of_order_on_the_way_to_a_data_center(code: str, by: str, changes: str, down: str) -> None:
    """Static routes stay whatever fails behind them."""
    report = asked(changes, "app -> erp 443", down)

    assert ("blocked", code, by) == (report.verdict, report.reason, report.component_name), report.text


@pytest.mark.parametrize(
    ("verdict", "down"),
    [("allowed", ("vpn/tunnel-1",)), ("blocked", ("vpn/tunnel-1", "vpn/tunnel-2")), ("blocked", ("vpn",))],
)
def test_tunnels_are_parts_that_can_fail(verdict: str, down: tuple[str, ...]) -> None:
    """One tunnel may fail."""
    assert verdict == asked("{}", "app -> erp 443", *down).verdict


TWO_WAYS = (
    AT_HUB
    + """
---
data_centers: {copy: {cidr_blocks: [192.168.0.0/16]}}
customer_gateways: {copy-router: {data_center: copy}}
vpn_connections: {other: {customer_gateway: copy-router, transit_gateway: hub}}
"""
)
"""Two connections announce the same block alike: the transit gateway may send a packet by either (ECMP)."""


def test_a_request_is_traced_by_every_way_of_equal_cost() -> None:
    """One of two ways ends where the host does not stand: the flow is blocked, and says that the other works."""
    report = asked(TWO_WAYS, "app -> erp 443")

    assert [[h.name for h in c.forward.hops if h.name in ("vpn", "other")] for c in report.connections] == [
        ["other"],
        ["vpn"],
    ]
    assert (report.verdict, report.component_name) == ("blocked", "copy")
    assert report.text.endswith("1 of 2 paths work; the first that fails goes by way of other.")


def test_an_answer_needs_every_way_of_equal_cost() -> None:
    """The request comes by one connection; its answer may leave by the other, and gets lost there."""
    report = asked(TWO_WAYS, "erp -> app 22")

    assert (report.verdict, report.leg, report.component_name) == ("blocked", "return", "copy")
    assert report.text.endswith("1 of 2 ways back work.")


def test_without_ecmp_one_way_is_used() -> None:
    """With `vpn_ecmp_support` off the transit gateway uses one of them."""
    report = asked(TWO_WAYS + "---{transit_gateways: {hub: {vpn_ecmp_support: false}}}", "app -> erp 443")

    assert len(report.connections) == 1


def test_a_line_that_is_down_is_no_matter_of_allowed_prefixes():
    """The data center says what is down, and not that its Direct Connect gateway filters."""
    report = asked(TWO + "---" + ON_DXGW.replace("ANNOUNCES", ""), "erp -> app 22", "line")

    assert ("blocked", "BAD_STATE") == (report.verdict, report.reason)
    assert "hq has no route for 10.0.10.10: 10.0.0.0/16 was announced over vif, which is down." in report.text
