# Reports databases whose primary is to stand where they have no subnet.
"""DGL-112."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.db_instance import DbInstance
from docgen.model import sources as at
from docgen.rules._design import each, listed, subnets_of
from docgen.rules._rule import Subject, rule


@rule("DGL-112", severity=Severity.ERROR, source=at.RDS_VPC)
def primary_zone_without_subnet(subject: Subject) -> Iterator[Finding]:
    """A database's primary zone is not a zone of its subnets.

    ## Why it matters

    RDS puts an instance into a subnet of its subnet group; in a zone without one it cannot stand.

    ## Flagged

    ```yaml
    version: 1
    title: A primary in a zone without subnet
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
          orders: {subnets: [data], multi_az: true, primary_zone: c, security_groups: [db]}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A primary in one of its zones
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
          orders: {subnets: [data], multi_az: true, primary_zone: b, security_groups: [db]}
    ```
    """
    for database in each(subject.network, DbInstance):
        wanted = database.primary_zone
        zones = sorted({s.availability_zone for _, s in subnets_of(subject.network, database)})
        if not wanted or not zones or any(z == wanted or z[-1:] == wanted for z in zones):
            continue
        yield Finding(
            database.span,
            f"the primary of database {subject.network.name(database.key)!r} is to stand in zone {wanted!r}, "
            f"but its subnets are in {listed(zones)}",
            hint=f"use one of those zones, or add a subnet of {wanted!r}",
        )


RULE = primary_zone_without_subnet
