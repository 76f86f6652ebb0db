# Refuses ranges of Client VPN clients that share addresses with the VPC or a route.
"""DGL-216."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.client_vpn_endpoint import ClientVpnEndpoint
from docgen.model import sources as at
from docgen.model.component import Key
from docgen.rules._design import each
from docgen.rules._hubs import first_overlap
from docgen.rules._rule import Subject, rule


@rule("DGL-216", severity=Severity.ERROR, source=at.CLIENT_VPN_PRACTICES)
def client_range_overlaps(subject: Subject) -> Iterator[Finding]:
    """The range of a Client VPN endpoint's clients shares addresses with its VPC or with a route of its own.

    ## Why it matters

    AWS refuses it: the client's own address would lie where its packets have to go.

    ## Flagged

    ```yaml
    version: 1
    title: Clients with addresses of the VPC
    region: ap-south-1
    zones: [a, b]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets:
          app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24]}
          data: {cidr_blocks: [10.0.20.0/24, 10.0.21.0/24]}
        client_vpn_endpoints:
          remote: {client_cidr_block: 10.0.128.0/20, subnets: [app]}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: Clients with addresses of their own
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
        own = (endpoint.client_cidr_block,)
        vpc = Key("vpc", endpoint.scope)
        routes = tuple(r.destination_cidr_block for r in endpoint.routes if r.destination_cidr_block.prefixlen)
        shared = first_overlap(own, network.blocks_of(vpc))
        what = f"VPC {network.name(vpc)!r}" if shared else "a route of it"
        shared = shared or first_overlap(own, routes)
        if shared is not None:
            yield Finding(
                endpoint.span,
                f"clients of {network.name(endpoint.key)!r} ({shared[0]}) share addresses with {what} ({shared[1]})",
                hint="give the clients a range that nothing else uses, such as `client_cidr_block: 10.200.0.0/22`",
            )


RULE = client_range_overlaps
