# Remarks on VPNs that one failure takes down.
"""DGL-26."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.vpn_connection import VpnConnection
from docgen.model import sources as at
from docgen.routing.hybrid import named
from docgen.rules._design import each, listed, verb
from docgen.rules._hybrid import data_centers, ends_of, interfaces, vpns
from docgen.rules._rule import Subject, rule


@rule(
    "DGL-26",
    severity=Severity.WARNING,
    source=at.VPN_REDUNDANCY,
    related=(
        "Security Hub EC2.20 (Medium)",
        "AWS Config vpc-vpn-2-tunnels-up",
        "Prowler vpc_vpn_connection_tunnels_up (medium)",
        "Trusted Advisor VPN Tunnel Redundancy",
        "Well-Architected REL02-BP02",
    ),
)
def single_vpn_path(subject: Subject) -> Iterator[Finding]:
    """A VPN connection has a tunnel down, or everything to a data center goes over one customer gateway.

    ## Why it matters

    AWS takes one tunnel at a time out of service for maintenance: with the other one down the connection is. And
    both tunnels end at the same device, so that a second customer gateway has to take over when it fails.

    ## Flagged

    ```yaml
    version: 1
    title: One router, and one of its tunnels is down
    region: ap-south-1
    zones: [a]
    data_centers: {hq: {cidr_blocks: [192.168.0.0/16]}}
    customer_gateways: {hq-router: {data_center: hq}}
    vpn_connections:
      tunnel: {customer_gateway: hq-router, virtual_private_gateway: vgw, tunnels: [up, down]}
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        virtual_private_gateway: vgw
        subnets: {app: {cidr_block: 10.0.10.0/24, route_table: app}}
        route_tables: {app: {propagating_vgws: [vgw]}}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: Two routers with two tunnels each
    region: ap-south-1
    zones: [a]
    data_centers: {hq: {cidr_blocks: [192.168.0.0/16]}}
    customer_gateways: {router-1: {data_center: hq}, router-2: {data_center: hq}}
    vpn_connections:
      one: {customer_gateway: router-1, virtual_private_gateway: vgw}
      two: {customer_gateway: router-2, virtual_private_gateway: vgw}
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        virtual_private_gateway: vgw
        subnets: {app: {cidr_block: 10.0.10.0/24, route_table: app}}
        route_tables: {app: {propagating_vgws: [vgw]}}
    ```
    """
    network = subject.network
    for vpn in each(network, VpnConnection):
        down = vpn.tunnels.count("down")
        if down:
            state = "both tunnels" if down == len(vpn.tunnels) else "one of its two tunnels"
            yield Finding(
                vpn.span,
                f"VPN connection {network.name(vpn.key)!r} has {state} down",
                hint="bring both up: `tunnels: [up, up]`",
            )
    for center in data_centers(network):
        connections = vpns(network, center)
        lines = {end for vif in interfaces(network, center) for end in ends_of(network, vif)}
        for end in dict.fromkeys(e for v in connections for e in sorted(ends_of(network, v))):
            devices = {named(network, v, "customer_gateway") for v in connections if end in ends_of(network, v)}
            if len(devices) == 1 and end not in lines:
                device = devices.pop()
                assert device is not None
                own = [network.name(v.key) for v in connections if end in ends_of(network, v)]
                yield Finding(
                    network.get(device).span,
                    f"VPN {verb(len(own), 'connection', 'connections')} {listed(own)} between "
                    f"{network.name(center)!r} and {network.name(end)!r} {verb(len(own), 'ends', 'end')} at the "
                    f"customer gateway {network.name(device)!r} alone",
                    hint="add a second customer gateway with a VPN connection of its own, or a Direct Connect line",
                )


RULE = single_vpn_path
