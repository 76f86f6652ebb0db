"""Connections to data centers that are down: who is down is the reason, wherever the packet died for lack of it."""

from __future__ import annotations

import pytest

from tests.routing.test_hybrid import AT_HUB, asked


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
