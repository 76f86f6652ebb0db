# Refuses attachments that are associated with two route tables.
"""DGL-214."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Note, Severity
from docgen.kinds.transit_gateway_route_table import TransitGatewayRouteTable
from docgen.model import sources as at
from docgen.model.component import Key
from docgen.routing.transit import attachment_in
from docgen.rules._design import each, referred
from docgen.rules._rule import Subject, rule


@rule("DGL-214", severity=Severity.ERROR, source=at.TRANSIT_GATEWAY)
def second_association(subject: Subject) -> Iterator[Finding]:
    """An attachment of a transit gateway is associated with two of its route tables.

    ## Why it matters

    What comes in by an attachment is looked up in one table: AWS refuses a second association. A table that
    only has to know the attachment's blocks propagates it.

    ## Flagged

    ```yaml
    version: 1
    title: An attachment that uses two tables
    region: ap-south-1
    zones: [a]
    transit_gateways:
      hub: {transit_gateway_route_tables: {one: {associations: [shop]}, two: {associations: [shop]}}}
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets: {app: {cidr_block: 10.0.10.0/24}}
        transit_gateway_attachments: {shop-hub: {transit_gateway: hub, subnets: [app]}}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: An attachment that uses one table, and is known to two
    region: ap-south-1
    zones: [a]
    transit_gateways:
      hub: {transit_gateway_route_tables: {one: {associations: [shop]}, two: {propagations: [shop]}}}
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets: {app: {cidr_block: 10.0.10.0/24}}
        transit_gateway_attachments: {shop-hub: {transit_gateway: hub, subnets: [app]}}
    ```
    """
    network = subject.network
    first: dict[tuple[Key, Key], TransitGatewayRouteTable] = {}
    for table in each(network, TransitGatewayRouteTable):
        hubs = [key for _, key in referred(network, table.scope, table, "transit_gateway")]
        for ref, key in referred(network, table.scope, table, "associations") if hubs else ():
            attachment = attachment_in(network, hubs[0], key) if key.kind == "vpc" else key
            before = first.setdefault((hubs[0], attachment or key), table)
            if before is not table:
                yield Finding(
                    ref.span.or_else(table.span),
                    f"{network.name(key)!r} is associated with route table {network.name(before.key)!r} already, and "
                    "AWS takes one for each attachment",
                    hint="take one association out; `propagations` is what a table knows",
                    notes=(Note(before.span, f"route table {network.name(before.key)!r} is declared here"),),
                )


RULE = second_association
