# Reports databases whose subnet group covers fewer than two zones.
"""DGL-110."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.db_instance import DbInstance
from docgen.model import sources as at
from docgen.rules._design import each, subnets_of
from docgen.rules._rule import Subject, rule


@rule("DGL-110", severity=Severity.ERROR, source=at.RDS_VPC)
def database_subnets_in_one_zone(subject: Subject) -> Iterator[Finding]:
    """A database's subnets are all in one Availability Zone.

    ## Why it matters

    RDS refuses a DB subnet group that covers fewer than two zones, even for a database without a
    standby; a Multi-AZ database puts its standby into the second one.

    ## Flagged

    ```yaml
    version: 1
    title: A database without a second zone
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets:
          data: {cidr_block: 10.0.20.0/24}
        security_groups:
          db: {ingress: [tcp 3306 from 10.0.0.0/16]}
        db_instances:
          orders: {engine: mysql, subnets: [data], multi_az: true, security_groups: [db]}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A database with two zones
    region: ap-south-1
    zones: [a, b]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets:
          data: {cidr_blocks: [10.0.20.0/24, 10.0.21.0/24]}
        security_groups:
          db: {ingress: [tcp 3306 from 10.0.0.0/16]}
        db_instances:
          orders: {engine: mysql, subnets: [data], multi_az: true, security_groups: [db]}
    ```
    """
    for database in each(subject.network, DbInstance):
        subnets = [s for _, s in subnets_of(subject.network, database)]
        zones = sorted({s.availability_zone for s in subnets})
        if len(zones) > 1 or len(subnets) < len(database.subnets):
            continue
        where = f"cover one zone only, {zones[0]}" if zones else "are missing"
        also = ", and its standby needs another zone" if database.multi_az else ""
        yield Finding(
            database.span,
            f"the subnets of database {subject.network.name(database.key)!r} {where}; "
            f"a DB subnet group covers at least two{also}",
            hint="add a subnet of a second zone to `subnets`",
        )


RULE = database_subnets_in_one_zone
