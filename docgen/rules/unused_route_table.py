# Remarks on route tables that no subnet uses.
"""DGL-39."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.model import sources as at
from docgen.rules._rule import Subject, rule


@rule("DGL-39", severity=Severity.INFO, source=at.SUBNET_ROUTE_TABLES)
def unused_route_table(subject: Subject) -> Iterator[Finding]:
    """A route table is neither the main one nor used by a subnet.

    ## Why it matters

    Its routes do nothing. Most often a subnet was meant to use it and does not say so.

    ## Flagged

    ```yaml
    version: 1
    title: A table that nobody uses
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        internet_gateway: igw
        subnets:
          public: {cidr_block: 10.0.0.0/24}
        route_tables:
          public: {0.0.0.0/0: igw}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A table in use
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
        if table.main or table.implicit or table.subnets or table.gateways:
            continue
        yield Finding(
            subject.network.get(table.key).span,
            f"no subnet uses route table {table.name!r}",
            hint=f"set `route_table: {subject.network.get(table.key).id}` on a subnet, or remove the table",
        )


RULE = unused_route_table
