"""Direct Connect from its ends: which way a data center's router chooses, and what stops a packet on the line."""

from __future__ import annotations

import pytest

from tests.routing.test_hybrid import AT_HUB, ON_DXGW, ON_LINE, SECOND, TRANSIT, TWO, asked
from tests.routing.told import steps_of

DX = TWO + "---" + ON_DXGW.replace("ANNOUNCES", "")
WRITTEN = "---{data_centers: {hq: {routes: {10.0.0.0/8: vif}}}}"
ALLOWS = "---{direct_connect_gateways: {dxgw: {associations: {%s: {allowed_prefixes: [10.9.0.0/16]}}}}}"
TWO_HUBS = (
    TRANSIT
    + """---
transit_gateways: {other-hub: {}}
data_centers: {hq: {routes: {10.0.0.0/8: vif}}}
direct_connect_gateways:
  dxgw: {associations: {hub: null, other-hub: {allowed_prefixes: [10.9.0.0/16]}}}
---
direct_connect_gateways: {dxgw: {associations: {hub: {allowed_prefixes: [10.0.0.0/8]}}}}
"""
)
SECOND_SITE = """---
direct_connect_connections: {far-line: {data_center: branch}}
virtual_interfaces: {far-vif: {type: transit, connection: far-line, direct_connect_gateway: dxgw}}
"""
TO_TWO = "---{vpcs: {one: {route_tables: {app: {10.1.0.0/16: vgw, 172.16.0.0/12: vgw}}}}}"


@pytest.mark.parametrize(
    ("code", "by", "says", "changes", "ends", "down"),
    [
        pytest.param(
            "DG_DX_PREFIX_NOT_ALLOWED", "dxgw", "dxgw is associated with no gateway that leads to 10.5.0.1",
            DX + WRITTEN, "erp -> 10.5.0.1 22", (), id="a-written-route-to-where-no-gateway-leads",
        ),
        pytest.param(
            "DG_DX_PREFIX_NOT_ALLOWED", "dxgw", "10.0.10.10 is behind one/vgw, but no allowed prefix of dxgw",
            DX + ALLOWS % "one/vgw" + WRITTEN, "erp -> app 22", (), id="a-written-route-past-the-allowed-prefixes",
        ),
        pytest.param(
            "DG_DX_PREFIX_NOT_ALLOWED", "hq", "behind dxgw, and no allowed prefix there announces it: the VPC's "
            "block 10.1.0.0/16 needs one as wide",
            DX + ALLOWS % "two/vgw" + "---{virtual_interfaces: {a-first: {connection: line, virtual_private_gateway: "
            "one/vgw}}}",
            "erp -> db 22", (), id="the-filter-is-found-behind-the-second-virtual-interface",
        ),
        pytest.param(
            "DG_L3_NO_ROUTE", "branch", "AWS announces none, and nobody wrote one", DX + ALLOWS % "two/vgw",
            "till -> db 22", (), id="another-sites-line-is-no-reason",
        ),
        pytest.param(
            "DG_L3_NO_ROUTE", "hq", "AWS announces none, and nobody wrote one", DX + ALLOWS % "two/vgw",
            "erp -> 10.7.0.1 22", (), id="nor-is-a-filter-that-another-address-meets",
        ),
        pytest.param(
            "BAD_STATE", "vif", "vif is down: its line, its BGP session or its gateway is",
            ON_LINE + WRITTEN + "---{data_centers: {hq: {learns_routes: false}}}", "erp -> app 22", ("line",),
            id="a-written-route-over-a-line-that-is-down",
        ),
        pytest.param(
            "BAD_STATE_VPN", "vpn", "Both tunnels of vpn are down",
            "{data_centers: {hq: {routes: {10.0.0.0/8: vpn}}}}", "erp -> app 22", ("vpn/tunnel-1", "vpn/tunnel-2"),
            id="a-written-route-into-tunnels-that-are-down",
        ),
        pytest.param(
            "BAD_STATE_VPN", "vpn", "vpn is down: hq-router is out of order",
            "{data_centers: {hq: {routes: {10.0.0.0/8: vpn}}}}", "erp -> app 22", ("hq-router",),
            id="a-written-route-by-a-router-that-is-out-of-order",
        ),
        pytest.param(
            "BAD_STATE_VPN", "vpn", "vpn is down: vgw is out of order",
            "{data_centers: {hq: {routes: {10.0.0.0/8: vpn}}}}", "erp -> app 22", ("vgw",),
            id="a-written-route-to-a-gateway-that-is-out-of-order",
        ),
        pytest.param(
            "BAD_STATE_VPN", "vpn", "vgw knows 192.168.0.0/16 by vpn only, and vpn is down",
            "{vpcs: {one: {route_tables: {app: {propagating_vgws: null, 192.168.0.0/16: vgw}}}}}", "app -> erp 443",
            ("vpn",), id="a-static-route-to-a-gateway-that-is-told-nothing-any-more",
        ),
        pytest.param(
            "DG_VGW_UNKNOWN_PREFIX", "one/vgw", "no connection announces one",
            DX + TO_TWO, "app -> 172.16.9.9 22", (),
            id="an-address-of-neither-vpc-behind-a-direct-connect-gateway",
        ),
        pytest.param(
            "DG_VGW_UNKNOWN_PREFIX", "one/vgw", "no connection announces one",
            DX + TO_TWO + "---{direct_connect_gateways: {dxgw: {associations: {one/vgw: null}}}}", "app -> db 22", (),
            id="a-vpc-behind-a-direct-connect-gateway-that-this-one-is-not-behind",
        ),
    ],
)  # fmt: skip
def test_what_stops_a_packet(code: str, by: str, says: str, changes: str, ends: str, down: tuple[str, ...]) -> None:
    """Who drops it, and why."""
    report = asked(changes, ends, *down)

    assert ("blocked", code, by) == (report.verdict, report.reason, report.component_name), report.text
    assert says in report.text


def test_a_transit_gateway_that_does_not_allow_the_prefix_is_passed_over() -> None:
    """The second one of the Direct Connect gateway does."""
    report = asked(TWO_HUBS, "erp -> app 22")

    assert "allowed" == report.verdict, report.text
    assert "hub" in [hop.name for hop in report.connections[0].forward.hops]


WHY_LINE = "Direct Connect is preferred to VPN for the same block"
WHY_WRITTEN = "a written route is preferred to what AWS announces for the same block"


def test_between_two_sites_of_one_gateway() -> None:
    """By way of a transit gateway AWS does not say; with narrow prefixes nothing leads there at all."""
    sites = TRANSIT + SECOND_SITE
    wide = "---{direct_connect_gateways: {dxgw: {associations: {hub: {allowed_prefixes: [0.0.0.0/0]}}}}}"
    narrow = asked(sites, "erp -> till 22")
    report = asked(sites + wide, "erp -> till 22")

    assert narrow.verdict == "blocked", narrow.text
    assert (report.verdict, report.reason) == ("unknown", "UNSUPPORTED_COMPONENT"), report.text
    assert "AWS does not say whether a Direct Connect gateway carries packets between two of its sites" in report.text


@pytest.mark.parametrize(
    ("chosen", "lost", "changes"),
    [
        pytest.param(
            "10.0.0.0/16 -> vif", [("10.0.0.0/16 -> vpn", WHY_LINE, "HIGHER_PRIORITY_ROUTE")], ON_LINE,
            id="the-line-before-the-vpn",
        ),
        pytest.param(
            "10.0.0.0/16 -> vpn",
            [
                ("10.0.0.0/16 -> vif", WHY_WRITTEN, "HIGHER_PRIORITY_ROUTE"),
                ("10.0.0.0/16 -> vpn", WHY_WRITTEN, "HIGHER_PRIORITY_ROUTE"),
            ],
            ON_LINE + "---{data_centers: {hq: {routes: {10.0.0.0/16: vpn}}}}", id="what-is-written-before-both",
        ),
        pytest.param(
            "10.0.0.0/16 -> vpn", [("10.0.0.0/8 -> vpn", "shorter than /16", "MORE_SPECIFIC_ROUTE")],
            "{data_centers: {hq: {routes: {10.0.0.0/8: vpn}}}}", id="the-longest-before-what-is-written",
        ),
        pytest.param(
            "10.0.0.0/16 -> vpn",
            [("10.0.0.0/16 -> spare", "vpn comes first of two alike", "HIGHER_PRIORITY_ROUTE")],
            SECOND.replace("OPTIONS", ""), id="the-first-of-two-vpns",
        ),
        pytest.param(
            "10.0.0.0/16 -> vpn", [("10.1.0.0/16 -> vpn", "does not contain 10.0.10.10", "CANNOT_ROUTE")],
            "{data_centers: {hq: {routes: {10.1.0.0/16: vpn}}}}", id="a-block-that-does-not-contain-it",
        ),
    ],
)  # fmt: skip
def test_which_way_a_data_center_chooses(chosen: str, lost: list[tuple[str, str, str]], changes: str) -> None:
    """Longest prefix, then what somebody wrote, then Direct Connect before VPN."""
    report = asked(changes, "erp -> app 22")
    candidates = next(s.candidates for s in steps_of(report) if s.by_name == "hq" and s.candidates)
    others = [(c.text, c.reason, c.code) for c in candidates if not c.chosen]

    assert [chosen] == [c.text for c in candidates if c.chosen]
    assert sorted(lost) == sorted(o for o in others if not o[0].startswith("192.168."))


SECOND_AT_HUB = SECOND.replace("virtual_private_gateway: one/vgw", "transit_gateway: hub").replace(
    "OPTIONS", ", as_path_length: 3"
)


@pytest.mark.parametrize(
    ("says", "changes", "down"),
    [
        pytest.param(
            "spare", AT_HUB + "---" + SECOND_AT_HUB, "vpn", id="a-transit-gateway",
        ),
        pytest.param("vpn", ON_LINE, "line", id="a-virtual-private-gateway"),
    ],
)  # fmt: skip
def test_who_takes_over_is_told(says: str, changes: str, down: str) -> None:
    """One step says which connection was used before and which one is now."""
    report = asked(changes, "app -> erp 443", down)
    told = [str(s.text) for s in steps_of(report) if s.check == "failover"]

    assert "allowed" == report.verdict, report.text
    assert told[0].startswith(f"{says} (Site-to-Site VPN connection) takes over: the route 192.168.0.0/16 of "), told
