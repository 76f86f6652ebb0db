# Reports tables with two routes for one destination.
"""DGL-113."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Note, Severity
from docgen.kinds.route_table import RouteTable
from docgen.model import sources as at
from docgen.model.policy import Route, RouteOrigin
from docgen.rules._design import each
from docgen.rules._rule import Subject, rule


@rule("DGL-113", severity=Severity.ERROR, source=at.SUBNET_ROUTE_TABLES)
def duplicate_route(subject: Subject) -> Iterator[Finding]:
    """A route table has two routes for the same destination.

    ## Why it matters

    AWS refuses a second static route for a block: one destination has one target.

    ## Flagged

    ```yaml
    version: 1
    title: Two default routes
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        internet_gateway: igw
        subnets:
          public: {cidr_block: 10.0.0.0/24, route_table: public}
        nat_gateways: {nat: {subnet: public}}
        route_tables:
          public:
            routes:
              - {destination_cidr_block: 0.0.0.0/0, target: igw}
              - {destination_cidr_block: 0.0.0.0/0, target: nat}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: One default route
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        internet_gateway: igw
        subnets:
          public: {cidr_block: 10.0.0.0/24, route_table: public}
        route_tables:
          public:
            routes:
              - {destination_cidr_block: 0.0.0.0/0, target: igw}
    ```
    """
    for table in each(subject.network, RouteTable):
        first: dict[str, Route] = {}
        for route in table.routes:
            if route.origin is not RouteOrigin.STATIC:
                continue
            other = first.setdefault(route.destination, route)
            if other is not route:
                targets = f"{other.target or 'local'!s} and {route.target or 'local'!s}"
                yield Finding(
                    route.span.or_else(table.span),
                    f"table {subject.network.name(table.key)!r} has two routes for {route.destination}, to {targets}",
                    hint="remove one of them, or make it more specific",
                    notes=(Note(other.span, "the first one is declared here"),),
                )


RULE = duplicate_route
