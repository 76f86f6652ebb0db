# Remarks on main tables that make every new subnet public.
"""DGL-18."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.model import sources as at
from docgen.rules._design import listed
from docgen.rules._rule import Subject, rule


@rule(
    "DGL-18",
    severity=Severity.INFO,
    source=at.SUBNET_ROUTE_TABLES,
    related=("AWS Config no-unrestricted-route-to-igw",),
)
def default_route_in_main_table(subject: Subject) -> Iterator[Finding]:
    """The main route table leads to the internet gateway.

    ## Why it matters

    Every subnet that names no table uses the main one, so each new subnet is public unless
    somebody remembers otherwise.

    ## Flagged

    ```yaml
    version: 1
    title: A public main table
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        internet_gateway: igw
        subnets:
          public: {cidr_block: 10.0.0.0/24, route_table: main}
        route_tables:
          main: {0.0.0.0/0: igw}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A public table of its own
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
    for table in subject.network.route_tables.values():
        for route in table.routes:
            if not table.main or route.target is None or route.target.kind != "internet_gateway":
                continue
            if route.destination.prefixlen == 0:
                silent = [k for k in table.subnets if getattr(subject.network.get(k), "route_table", None) is None]
                now = f": now {listed(map(subject.network.name, silent))}" if silent else ""
                yield Finding(
                    route.span,
                    f"the main route table {table.name!r} leads to internet gateway {route.target_name!r}, "
                    f"so every subnet without a table of its own is public{now}",
                    hint="move the route to a table that public subnets name",
                )


RULE = default_route_in_main_table
