# ruff: noqa: E501 - one case, one line
"""Rules about VPN and Direct Connect, in cases that their pages do not show."""

from __future__ import annotations

import pytest
import yaml

from tests.routing.cases import merged
from tests.rules.conftest import Judge

BASE = """
version: 1
title: Two ways to a data center
region: ap-south-1
zones: [a]
data_centers: {hq: {cidr_blocks: [192.168.0.0/16]}, branch: {cidr_blocks: [172.20.0.0/16]}}
customer_gateways: {router-1: {data_center: hq}, router-2: {data_center: hq}, far: {data_center: branch}}
transit_gateways: {hub: {}}
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    virtual_private_gateway: vgw
    subnets: {app: {cidr_block: 10.0.10.0/24}}
"""
LINE = "direct_connect_connections: {line: {data_center: hq, location: A}}\n"
LINES = "direct_connect_connections: {line: {data_center: hq, location: A}, line2: {data_center: hq, location: %s}}\n"
VIFS = "virtual_interfaces: {v1: {connection: line, virtual_private_gateway: vgw}, v2: {connection: line2, virtual_private_gateway: vgw}}"
HUBS = (
    "direct_connect_gateways: {dxgw: {associations: {vgw: {}, hub: {allowed_prefixes: [10.0.0.0/16]}}}}\n"
    "virtual_interfaces: {v: {connection: line, direct_connect_gateway: dxgw}}\n"
)
VPN = "vpn_connections: {v: {customer_gateway: router-1, virtual_private_gateway: vgw%s}}"
VIF = "virtual_interfaces: {v: {connection: line, virtual_private_gateway: vgw}}\n"


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        pytest.param(VPN % "", ["DGL-26"], id="one-device"),
        pytest.param(VPN % ", tunnels: [down, down]", ["DGL-26", "DGL-26"], id="one-device-and-no-tunnel"),
        pytest.param("vpn_connections: {v: {customer_gateway: router-1, virtual_private_gateway: vgw}, w: {customer_gateway: router-2, virtual_private_gateway: vgw}}", [], id="two-devices"),
        pytest.param("vpn_connections: {v: {customer_gateway: router-1, virtual_private_gateway: vgw}, w: {customer_gateway: far, virtual_private_gateway: vgw}}", ["DGL-26", "DGL-26"], id="two-data-centers-with-one-device-each"),
        pytest.param("vpn_connections: {v: {customer_gateway: router-1, virtual_private_gateway: vgw}, w: {customer_gateway: router-2, transit_gateway: hub}}", ["DGL-26", "DGL-26"], id="two-devices-to-two-gateways"),
        pytest.param(LINE + VIF, ["DGL-27"], id="one-line"),
        pytest.param(LINE + VIF + VPN % "", [], id="a-line-with-a-vpn"),
        pytest.param(LINE + VIF + "vpn_connections: {v: {customer_gateway: router-1, transit_gateway: hub}}", ["DGL-27", "DGL-26"], id="a-vpn-to-another-gateway"),
        pytest.param(LINE + VIF + "vpn_connections: {v: {customer_gateway: far, virtual_private_gateway: vgw}}", ["DGL-26", "DGL-27"], id="a-vpn-from-another-data-center"),
        pytest.param(LINES % "A" + VIFS, ["DGL-27"], id="two-lines-in-one-location"),
        pytest.param(LINES % "B" + VIFS, [], id="two-locations"),
        pytest.param(LINES % "B" + VIF, ["DGL-27"], id="a-line-without-virtual-interface"),
        pytest.param(LINE + HUBS, ["DGL-27"], id="two-gateways-behind-one-line-told-once"),
        pytest.param(LINE + HUBS + VPN % "", ["DGL-27"], id="a-vpn-to-one-of-them"),
        pytest.param(LINE + "virtual_interfaces: {v: {connection: line, type: public}}", [], id="public-virtual-interface"),
        pytest.param(LINE + VIF + VPN % ", announces: [192.168.1.0/24]", ["DGL-36"], id="longer-over-vpn"),
        pytest.param(LINE + VIF + VPN % ", static_routes_only: true, static_routes: [192.168.1.0/24]", ["DGL-36"], id="longer-static-route"),
        pytest.param(LINE + VIF + VPN % ", announces: [192.168.0.0/16]", [], id="the-same"),
        pytest.param(LINE + VIF + VPN % ", announces: [192.0.0.0/8]", [], id="shorter"),
        pytest.param(LINE + VIF.replace("vgw}", "vgw, announces: [192.168.0.0/16, 192.168.1.0/24]}") + VPN % ", announces: [192.168.1.0/24]", [], id="both-announce-the-longer"),
    ],
)  # fmt: skip
def test_ways(judge: Judge, block: str, expected: list[str]) -> None:
    """One failure that takes a gateway's way down, and a back-up that takes packets away."""
    found = [d.code for d in judge(yaml.safe_dump(merged(yaml.safe_load(BASE), yaml.safe_load(block))))]

    assert sorted(expected) == sorted(code for code in found if code in ("DGL-26", "DGL-27", "DGL-36"))


@pytest.mark.parametrize(
    ("more", "said"),
    [
        pytest.param("", "has no tunnel logs and allows IKEv1", id="aws's-defaults"),
        pytest.param(", tunnel_log_enabled: true", "allows IKEv1", id="logs"),
        pytest.param(", ike_versions: [ikev2]", "has no tunnel logs", id="ikev2"),
        pytest.param(", ike_versions: [ikev2], tunnel_log_enabled: true", None, id="both"),
    ],
)
def test_vpn_logs(judge: Judge, more: str, said: str | None) -> None:
    """Only what is lacking is named."""
    found = [
        d
        for d in judge(yaml.safe_dump(merged(yaml.safe_load(BASE), yaml.safe_load(VPN % more))))
        if d.code == "DGL-64"
    ]

    assert [said] == [d.text.partition("'v' ")[2] for d in found] if said else not found
