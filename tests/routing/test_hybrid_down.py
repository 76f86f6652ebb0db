"""Ways out of a data center, and connections that are down: who is down is the reason, wherever the packet died."""

from __future__ import annotations

import pytest

from tests.routing.test_hybrid import AT_HUB, asked, way


@pytest.mark.parametrize(
    ("verdict", "code", "leg", "by", "changes", "ends"),
    [
        pytest.param(
            "blocked", "BAD_STATE_VPN", "forward", "vpn",
            "{vpn_connections: {vpn: {static_routes_only: true, tunnels: [down, down]}}}", "app -> erp 443",
            id="static routes stay while both tunnels are down",
        ),
        pytest.param(
            "blocked", "BAD_STATE_VPN", "forward", "vpn",
            "{vpn_connections: {vpn: {tunnels: [down, down]}}}", "app -> erp 443",
            id="BGP routes go with the tunnels, which are the reason",
        ),
        pytest.param(
            "blocked", "BAD_STATE_VPN", "forward", "vpn",
            "{vpn_connections: {vpn: {tunnels: [down, down]}}, vpcs: {one: {route_tables: {app: {0.0.0.0/0: igw}}}}}",
            "app -> erp 443", id="a default route that leads elsewhere is no reason",
        ),
        pytest.param(
            "blocked", "BAD_STATE_VPN", "forward", "vpn",
            "{vpn_connections: {vpn: {tunnels: [down, down]}}}", "erp -> app 22",
            id="the data center has no route while both tunnels are down",
        ),
        pytest.param(
            "blocked", "BAD_STATE_VPN", "forward", "vpn",
            "{vpn_connections: {vpn: {tunnels: [down, down]}, other: {customer_gateway: branch-router,"
            " virtual_private_gateway: one/vgw}}}",
            "till -> erp 443", id="another site is not told of a site whose tunnels are down",
        ),
        pytest.param(
            "blocked", "TGW_BAD_STATE_VPN", "forward", "vpn",
            AT_HUB + "---{vpn_connections: {vpn: {tunnels: [down, down]}}}", "app -> erp 443",
            id="a VPN that is down propagates nothing, and is the reason",
        ),
        pytest.param(
            "blocked", "TGW_BAD_STATE_VPN", "forward", "vpn",
            AT_HUB + "---{vpn_connections: {vpn: {tunnels: [down, down]}}}", "erp -> app 22",
            id="the same, from outside",
        ),
        pytest.param(
            "blocked", "TGW_BAD_STATE_VPN", "forward", "t",
            AT_HUB + "---{vpn_connections: {vpn: {tunnels: [down, down]}}, transit_gateways: {hub:"
            " {transit_gateway_route_tables: {t: {default: true, routes: {192.168.0.0/16: vpn}}}}}}",
            "app -> erp 443", id="a static route to a VPN that is down",
        ),
    ],
)  # fmt: skip
def test_a_connection_that_is_down(
    verdict: str, code: str, leg: str | None, by: str, changes: str, ends: str
) -> None:
    """Static routes to it stay and BGP's go; either way it is the reason."""
    report = asked(changes, ends)

    assert (verdict, code, leg, by) == (report.verdict, report.reason, report.leg, report.component_name), report.text


@pytest.mark.parametrize(
    ("told_by", "changes"),
    [
        pytest.param("what AWS announces", "", id="BGP"),
        pytest.param("its own static route for the VPN", "vpn_connections: {vpn: {static_routes_only: true}}",
                     id="static"),
        pytest.param("a written route", "data_centers: {hq: {routes: {10.0.0.0/16: vpn}}}", id="written"),
    ],
)  # fmt: skip
def test_the_router_is_passed_on_the_way_out_of_a_data_center(told_by: str, changes: str) -> None:
    """The data center chooses a VPN and says why; the tunnels begin at its router."""
    report = asked(changes, "erp -> app 22")
    step = report.connections[0].forward.hops[1].steps[0]

    assert ["erp", "hq", "hq-router", "vpn", "vgw", "app"] == way(report)
    assert f"hq sends 10.0.0.0/16 to vpn ({told_by})." == step.text


@pytest.mark.parametrize(
    ("why", "down"),
    [
        pytest.param("vpn is down: it is out of order.", ("vpn",), id="the connection"),
        pytest.param("vpn is down: hq-router is out of order.", ("hq-router",), id="its router"),
        pytest.param("vpn is down: vgw is out of order.", ("one/vgw",), id="AWS's end"),
        pytest.param("Both tunnels of vpn are down.", ("vpn/tunnel-1", "vpn/tunnel-2"), id="its tunnels"),
    ],
)
def test_a_written_route_into_a_broken_vpn_does_not_reach_the_router(why: str, down: tuple[str, ...]) -> None:
    """The router sends nothing into tunnels that are down; the VPN says what is the matter."""
    report = asked("data_centers: {hq: {routes: {10.0.0.0/16: vpn}}}", "erp -> app 22", *down)

    assert ("BAD_STATE_VPN", ["erp", "hq", "vpn"]) == (report.reason, way(report))
    assert why == report.connections[0].forward.hops[-1].steps[-1].text
