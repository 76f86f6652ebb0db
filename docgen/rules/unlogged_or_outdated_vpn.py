# Remarks on VPNs that nobody can look into afterwards, or that still speak the old key exchange.
"""DGL-64."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.client_vpn_endpoint import ClientVpnEndpoint
from docgen.kinds.vpn_connection import VpnConnection
from docgen.model import sources as at
from docgen.rules._design import each
from docgen.rules._rule import Subject, rule


@rule(
    "DGL-64",
    severity=Severity.WARNING,
    source=at.EC2_CONTROLS,
    related=(
        "Security Hub EC2.171 (Medium)",
        "Security Hub EC2.183 (Medium)",
        "Security Hub EC2.51",
        "Prowler ec2_client_vpn_endpoint_connection_logging_enabled (low)",
    ),
)
def unlogged_or_outdated_vpn(subject: Subject) -> Iterator[Finding]:
    """A VPN connection has no tunnel logs or allows IKEv1, or a Client VPN endpoint has no connection log.

    ## Why it matters

    Without logs nobody can say why a tunnel went down or who was connected. IKEv1 is deprecated; AWS allows both
    versions unless one is named.

    ## Flagged

    ```yaml
    version: 1
    title: A VPN as AWS makes it
    region: ap-south-1
    zones: [a]
    data_centers: {hq: {cidr_blocks: [192.168.0.0/16]}}
    customer_gateways: {hq-router: {data_center: hq}}
    vpn_connections: {tunnel: {customer_gateway: hq-router, virtual_private_gateway: vgw}}
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        virtual_private_gateway: vgw
        subnets: {app: {cidr_block: 10.0.10.0/24}}
    ```

    ```yaml
    version: 1
    title: People come in, and nobody writes down who
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets: {app: {cidr_block: 10.0.10.0/24}}
        client_vpn_endpoints: {home: {client_cidr_block: 10.200.0.0/22, subnets: [app]}}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: Logs, and IKEv2 only
    region: ap-south-1
    zones: [a]
    data_centers: {hq: {cidr_blocks: [192.168.0.0/16]}}
    customer_gateways: {hq-router: {data_center: hq}}
    vpn_connections:
      tunnel:
        customer_gateway: hq-router
        virtual_private_gateway: vgw
        tunnel_log_enabled: true
        ike_versions: [ikev2]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        virtual_private_gateway: vgw
        subnets: {app: {cidr_block: 10.0.10.0/24}}
        client_vpn_endpoints:
          home: {client_cidr_block: 10.200.0.0/22, subnets: [app], connection_log_group: /vpn/home}
    ```
    """
    network = subject.network
    for vpn in each(network, VpnConnection):
        lacks = [
            *(() if vpn.tunnel_log_enabled else ("has no tunnel logs",)),
            *(("allows IKEv1",) if "ikev1" in vpn.ike_versions else ()),
        ]
        if lacks:
            cure = [
                *(() if vpn.tunnel_log_enabled else ("`tunnel_log_enabled: true`",)),
                *(("`ike_versions: [ikev2]`",) if "ikev1" in vpn.ike_versions else ()),
            ]
            text = f"VPN connection {network.name(vpn.key)!r} {' and '.join(lacks)}"
            yield Finding(vpn.span, text, hint=f"write {' and '.join(cure)}")
    for endpoint in each(network, ClientVpnEndpoint):
        if not endpoint.connection_log_group:
            text = f"Client VPN endpoint {network.name(endpoint.key)!r} writes down nobody's connections"
            yield Finding(endpoint.span, text, hint="name a log group: `connection_log_group: /vpn/people`")


RULE = unlogged_or_outdated_vpn
