# Remarks on subnets that get routes from the main table without saying so.
"""DGL-42."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Note, Severity
from docgen.kinds.subnet import Subnet
from docgen.model import sources as at
from docgen.rules._design import listed
from docgen.rules._rule import Subject, rule


@rule("DGL-42", severity=Severity.INFO, source=at.SUBNET_ROUTE_TABLES)
def implicit_main_table(subject: Subject) -> Iterator[Finding]:
    """Subnets follow the main table's routes without naming it.

    ## Why it matters

    A subnet that names no table uses the main one. When that table leads somewhere, such a subnet
    goes there by accident, and a change of the main table changes it silently. A main table with
    nothing but its local route is a safe default and is not reported; one that leads to the
    internet gateway has a rule of its own.

    ## Flagged

    ```yaml
    version: 1
    title: A subnet that follows the main table
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        internet_gateway: igw
        subnets:
          public: {cidr_block: 10.0.0.0/24, route_table: public}
          app: {cidr_block: 10.0.10.0/24, route_table: main}
          data: {cidr_block: 10.0.20.0/24}
        nat_gateways: {nat: {subnet: public}}
        route_tables:
          public: {0.0.0.0/0: igw}
          main: {0.0.0.0/0: nat}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A main table that leads nowhere
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        internet_gateway: igw
        subnets:
          public: {cidr_block: 10.0.0.0/24, route_table: public}
          data: {cidr_block: 10.0.20.0/24}
        route_tables:
          public: {0.0.0.0/0: igw}
    ```
    """
    network = subject.network
    for table in network.route_tables.values():
        targets = {r.target.kind for r in table.routes if r.target is not None}
        if not table.main or not targets or "internet_gateway" in targets:
            continue
        silent = [s for key in table.subnets if isinstance(s := network.get(key), Subnet) and s.route_table is None]
        if silent:
            yield Finding(
                silent[0].span,
                f"{listed(network.name(s.key) for s in silent)} name{'s' if len(silent) == 1 else ''} no "
                "route "
                f"table and so follow{'s' if len(silent) == 1 else ''} the main one, {table.name!r}",
                hint="name a table in each subnet, and leave the main one with its local route only",
                notes=(Note(network.get(table.key).span, f"table {table.name!r} is declared here"),),
            )


RULE = implicit_main_table
