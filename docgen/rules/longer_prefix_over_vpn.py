# Remarks on back-up VPNs that take packets away from the Direct Connect line they back up.
"""DGL-36."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.core.prefixes import within
from docgen.kinds.virtual_interface import VirtualInterface
from docgen.kinds.vpn_connection import VpnConnection
from docgen.model import sources as at
from docgen.routing.hybrid import prefixes_of
from docgen.rules._design import each, listed
from docgen.rules._hybrid import ends_of
from docgen.rules._rule import Subject, rule


@rule("DGL-36", severity=Severity.WARNING, source=at.VPN_PRIORITY)
def longer_prefix_over_vpn(subject: Subject) -> Iterator[Finding]:
    """A VPN connection announces longer prefixes than the Direct Connect line to the same gateway.

    ## Why it matters

    The longest prefix comes first, before Direct Connect is preferred to a VPN: packets take the VPN while the line
    is up, and their answers may come back over the line.

    ## Flagged

    ```yaml
    version: 1
    title: A back-up that is not one
    region: ap-south-1
    zones: [a]
    data_centers: {hq: {cidr_blocks: [192.168.0.0/16]}}
    direct_connect_connections: {line: {data_center: hq}}
    virtual_interfaces: {private: {connection: line, virtual_private_gateway: vgw}}
    customer_gateways: {hq-router: {data_center: hq}}
    vpn_connections:
      backup: {customer_gateway: hq-router, virtual_private_gateway: vgw, announces: [192.168.1.0/24]}
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
    title: Both announce the same
    region: ap-south-1
    zones: [a]
    data_centers: {hq: {cidr_blocks: [192.168.0.0/16]}}
    direct_connect_connections: {line: {data_center: hq}}
    virtual_interfaces: {private: {connection: line, virtual_private_gateway: vgw}}
    customer_gateways: {hq-router: {data_center: hq}}
    vpn_connections: {backup: {customer_gateway: hq-router, virtual_private_gateway: vgw}}
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        virtual_private_gateway: vgw
        subnets: {app: {cidr_block: 10.0.10.0/24, route_table: app}}
        route_tables: {app: {propagating_vgws: [vgw]}}
    ```
    """
    network = subject.network
    lines = [
        (ends_of(network, vif), vif, [p.block for p in prefixes_of(network, vif)])
        for vif in each(network, VirtualInterface)
    ]
    for vpn in each(network, VpnConnection):
        ends = ends_of(network, vpn)
        blocks = [p.block for p in prefixes_of(network, vpn)]
        for vif, wide in ((vif, wide) for others, vif, wide in lines if ends & others):
            longer = [str(b) for b in blocks if b not in wide and any(within(b, w) for w in wide)]
            if longer:
                yield Finding(
                    vpn.span,
                    f"VPN connection {network.name(vpn.key)!r} announces {listed(longer)}, a part of what Direct "
                    f"Connect's {network.name(vif.key)!r} announces: packets take the VPN while the line is up",
                    hint="announce the same blocks over both",
                )


RULE = longer_prefix_over_vpn
