# Remarks on routes whose target is gone.
"""DGL-38."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.route_table import RouteTable
from docgen.model import sources as at
from docgen.model.policy import RouteState
from docgen.rules._design import each
from docgen.rules._rule import Subject, rule


@rule("DGL-38", severity=Severity.WARNING, source=at.EC2_API + "API_Route.html")
def blackhole_route(subject: Subject) -> Iterator[Finding]:
    """A route has no live target.

    ## Why it matters

    AWS keeps the route in state `blackhole` and drops what matches it, even where a shorter
    prefix in the same table would deliver it.

    ## Flagged

    ```yaml
    version: 1
    title: A route to a gateway that is gone
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
              - {destination_cidr_block: 0.0.0.0/0, target: igw, state: blackhole}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A route to a gateway that is there
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        internet_gateway: igw
        subnets:
          public: {cidr_block: 10.0.0.0/24, route_table: public}
        route_tables:
          public: {0.0.0.0/0: igw}
    ```
    """
    for table in each(subject.network, RouteTable):
        for route in table.routes:
            if route.state is RouteState.BLACKHOLE:
                yield Finding(
                    route.span.or_else(table.span),
                    f"route {route.destination} in table {subject.network.name(table.key)!r} "
                    "has no "
                    f"live target: {str(route.target or 'local')!r} is gone",
                    hint="point it to a live target, or remove it",
                )


RULE = blackhole_route
