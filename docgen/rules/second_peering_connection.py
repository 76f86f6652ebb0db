# Refuses a second peering connection of two VPCs.
"""DGL-172."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Note, Severity
from docgen.kinds.vpc_peering_connection import VpcPeeringConnection
from docgen.model import sources as at
from docgen.model.component import Key
from docgen.rules._design import listed
from docgen.rules._hubs import peerings
from docgen.rules._rule import Subject, rule


@rule("DGL-172", severity=Severity.ERROR, source=at.PEERING)
def second_peering_connection(subject: Subject) -> Iterator[Finding]:
    """Two VPCs have two peering connections.

    ## Why it matters

    AWS keeps one peering connection between a pair of VPCs, whichever of them asked for it, and refuses another.

    ## Flagged

    ```yaml
    version: 1
    title: Joined twice
    region: ap-south-1
    zones: [a, b]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets: {app: {cidr_block: 10.0.10.0/24, availability_zone: a, route_table: app}}
        route_tables: {app: {10.1.0.0/16: link}}
      data:
        cidr_block: 10.1.0.0/16
        subnets: {db: {cidr_block: 10.1.20.0/24, availability_zone: a, route_table: db}}
        route_tables: {db: {10.0.0.0/16: link}}
    vpc_peering_connections:
      link: {requester_vpc: shop, accepter_vpc: data}
      back: {requester_vpc: data, accepter_vpc: shop}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: Joined once
    region: ap-south-1
    zones: [a, b]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets: {app: {cidr_block: 10.0.10.0/24, availability_zone: a, route_table: app}}
        route_tables: {app: {10.1.0.0/16: link}}
      data:
        cidr_block: 10.1.0.0/16
        subnets: {db: {cidr_block: 10.1.20.0/24, availability_zone: a, route_table: db}}
        route_tables: {db: {10.0.0.0/16: link}}
    vpc_peering_connections:
      link: {requester_vpc: shop, accepter_vpc: data}
    ```
    """
    network = subject.network
    first: dict[frozenset[Key], VpcPeeringConnection] = {}
    for peering, sides in peerings(network):
        before = first.setdefault(frozenset(sides), peering)
        if before is not peering:
            yield Finding(
                peering.span,
                f"VPCs {listed(map(network.name, sides))} are joined by {network.name(before.key)!r} already: AWS "
                "refuses a second peering connection",
                hint=f"remove it and let its routes point to {network.name(before.key)!r}",
                notes=(Note(before.span, "the first one"),),
            )


RULE = second_peering_connection
