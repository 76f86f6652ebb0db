# Remarks on databases without a standby.
"""DGL-23."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.db_instance import DbInstance
from docgen.model import sources as at
from docgen.rules._design import each
from docgen.rules._rule import Subject, rule


@rule(
    "DGL-23",
    severity=Severity.WARNING,
    source=at.RDS_MULTI_AZ,
    related=(
        "Security Hub RDS.5 (Medium)",
        "Security Hub RDS.15 (Medium)",
        "Prowler rds_instance_multi_az (medium)",
        "Prowler rds_cluster_multi_az (medium)",
        "Checkov CKV_AWS_157",
    ),
)
def single_zone_database(subject: Subject) -> Iterator[Finding]:
    """A database has no standby in another zone.

    ## Why it matters

    When its zone fails, so does the database, and whatever was not backed up is out of reach. A
    Multi-AZ database keeps a synchronous copy in a second zone and moves its name there.

    ## Flagged

    ```yaml
    version: 1
    title: A database without a standby
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
          orders: {engine: mysql, subnets: [data], security_groups: [db]}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A database with a standby
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
        if not database.multi_az:
            yield Finding(
                database.span,
                f"database {subject.network.name(database.key)!r} stands in one zone and is lost with it",
                hint="set `multi_az: true` for a synchronous standby in another zone",
            )


RULE = single_zone_database
