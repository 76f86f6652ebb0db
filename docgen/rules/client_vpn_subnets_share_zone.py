# Refuses Client VPN endpoints with two subnets in one zone.
"""DGL-217."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.client_vpn_endpoint import ClientVpnEndpoint
from docgen.model import sources as at
from docgen.rules._design import each, subnets_of_one_zone
from docgen.rules._rule import Subject, rule


@rule("DGL-217", severity=Severity.ERROR, source=at.CLIENT_VPN_PRACTICES)
def client_vpn_subnets_share_zone(subject: Subject) -> Iterator[Finding]:
    """A Client VPN endpoint is associated with two subnets of one Availability Zone.

    ## Why it matters

    AWS associates one subnet in each zone; from there clients reach all others.

    ## Flagged

    ```yaml
    version: 1
    title: Two subnets of a zone
    region: ap-south-1
    zones: [a, b]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets:
          app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24]}
          data: {cidr_blocks: [10.0.20.0/24, 10.0.21.0/24]}
        client_vpn_endpoints:
          remote: {client_cidr_block: 10.200.0.0/20, subnets: [app-a, data-a]}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: One subnet in each zone
    region: ap-south-1
    zones: [a, b]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets:
          app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24]}
          data: {cidr_blocks: [10.0.20.0/24, 10.0.21.0/24]}
        client_vpn_endpoints:
          remote: {client_cidr_block: 10.200.0.0/20, subnets: [app]}
    ```
    """
    network = subject.network
    for endpoint in each(network, ClientVpnEndpoint):
        for ref, subnet, before in subnets_of_one_zone(network, endpoint):
            yield Finding(
                ref.span.or_else(endpoint.span),
                f"Client VPN endpoint {network.name(endpoint.key)!r} names {network.name(before.key)!r} and "
                f"{network.name(subnet.key)!r}, both in {network.zone_of(subnet.key)}; AWS takes one of a zone",
                hint=f"leave {network.name(subnet.key)!r} out",
            )


RULE = client_vpn_subnets_share_zone
