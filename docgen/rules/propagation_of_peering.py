# Refuses propagation from peerings of transit gateways.
"""DGL-213."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.transit_gateway_peering_attachment import TransitGatewayPeeringAttachment
from docgen.kinds.transit_gateway_route_table import TransitGatewayRouteTable
from docgen.model import sources as at
from docgen.rules._design import each, referred
from docgen.rules._rule import Subject, rule


@rule("DGL-213", severity=Severity.ERROR, source=at.TRANSIT_GATEWAY)
def propagation_of_peering(subject: Subject) -> Iterator[Finding]:
    """A route table of a transit gateway lists a peering of gateways among its propagations.

    ## Why it matters

    Over a peering of transit gateways nothing is announced: AWS takes static routes there, and refuses to
    propagate. Without them the table knows no way to the other gateway.

    ## Flagged

    ```yaml
    version: 1
    title: A table that hopes for routes of its peer
    region: ap-south-1
    zones: [a]
    transit_gateways:
      hub: {transit_gateway_route_tables: {all: {associations: [shop], propagations: [link]}}}
      far: {}
    transit_gateway_peering_attachments: {link: {transit_gateway: hub, peer_transit_gateway: far}}
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets: {app: {cidr_block: 10.0.10.0/24}}
        transit_gateway_attachments: {shop-hub: {transit_gateway: hub, subnets: [app]}}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A table with a static route to its peer
    region: ap-south-1
    zones: [a]
    transit_gateways:
      hub: {transit_gateway_route_tables: {all: {associations: [shop], routes: {10.9.0.0/16: link}}}}
      far: {}
    transit_gateway_peering_attachments: {link: {transit_gateway: hub, peer_transit_gateway: far}}
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets: {app: {cidr_block: 10.0.10.0/24}}
        transit_gateway_attachments: {shop-hub: {transit_gateway: hub, subnets: [app]}}
    ```
    """
    network = subject.network
    for table in each(network, TransitGatewayRouteTable):
        for ref, key in referred(network, table.scope, table, "propagations"):
            if key.kind == TransitGatewayPeeringAttachment.kind:
                yield Finding(
                    ref.span.or_else(table.span),
                    f"route table {network.name(table.key)!r} cannot learn routes of peering {network.name(key)!r}: "
                    "nothing is propagated between transit gateways",
                    hint=f"take it out, and write what is behind it under `routes`: `10.9.0.0/16: {key.path}`",
                )


RULE = propagation_of_peering
