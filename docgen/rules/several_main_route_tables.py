# Reports VPCs in which more than one table claims to be the main one.
"""DGL-114."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Note, Severity
from docgen.kinds.route_table import RouteTable
from docgen.kinds.vpc import Vpc
from docgen.model import sources as at
from docgen.rules._design import by_vpc, each, referred, written
from docgen.rules._rule import Subject, rule


@rule("DGL-114", severity=Severity.ERROR, source=at.SUBNET_ROUTE_TABLES)
def several_main_route_tables(subject: Subject) -> Iterator[Finding]:
    """Two route tables of a VPC claim to be the main one.

    ## Why it matters

    Every subnet that names no table uses the main one, so there can be only one. A table is the
    main one if the VPC names it, if it says `main: true`, or if it is called `main`.

    ## Flagged

    ```yaml
    version: 1
    title: Two main tables
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        internet_gateway: igw
        subnets:
          public: {cidr_block: 10.0.0.0/24, route_table: public}
        route_tables:
          public: {routes: {0.0.0.0/0: igw}, main: true}
          private: {routes: {}, main: true}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: One main table
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
          private: {routes: {}, main: true}
    ```
    """
    network = subject.network
    tables = by_vpc(network, RouteTable)
    for vpc in each(network, Vpc):
        named = {key for _, key in referred(network, vpc.scope, vpc, "main_route_table")}
        claims = [t for t in tables[vpc.id] if written(t) and (t.main or t.id == "main" or t.key in named)]
        for table in claims[1:]:
            yield Finding(
                table.span,
                f"VPC {vpc.id!r} has two main route tables: {claims[0].id!r} and {table.id!r}",
                hint="keep `main: true` (or the name `main`) on one of them",
                notes=(Note(claims[0].span, f"{claims[0].id!r} is declared here"),),
            )


RULE = several_main_route_tables
