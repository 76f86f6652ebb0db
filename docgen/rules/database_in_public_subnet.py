# Remarks on databases that stand in public subnets.
"""DGL-68."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.db_instance import DbInstance
from docgen.model import sources as at
from docgen.rules._design import each, is_public, listed, subnets_of
from docgen.rules._rule import Subject, rule


@rule(
    "DGL-68",
    severity=Severity.INFO,
    source=at.RDS_VPC,
    related=(
        "Prowler vpc_subnet_separate_private_public (medium)",
        "Well-Architected SEC05-BP01",
    ),
)
def database_in_public_subnet(subject: Subject) -> Iterator[Finding]:
    """A database stands in a subnet that has a route to the internet.

    ## Why it matters

    Without a public address it cannot be reached from outside, but one switch is enough to change
    that. In a subnet without a route to the internet gateway nobody can expose it by mistake.

    ## Flagged

    ```yaml
    version: 1
    title: A database in public subnets
    region: ap-south-1
    zones: [a, b]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        internet_gateway: igw
        subnets:
          public: {cidr_blocks: [10.0.0.0/24, 10.0.1.0/24], route_table: public}
        route_tables:
          public: {0.0.0.0/0: igw}
        security_groups:
          db: {ingress: [tcp 3306 from 10.0.0.0/16]}
        db_instances:
          orders: {subnets: [public], multi_az: true, security_groups: [db]}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A database in private subnets
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
          orders: {subnets: [data], multi_az: true, security_groups: [db]}
    ```
    """
    network = subject.network
    for database in each(network, DbInstance):
        public = [s for _, s in subnets_of(network, database) if is_public(network, s.key)]
        if public:
            yield Finding(
                database.span,
                f"database {network.name(database.key)!r} stands in {listed(network.name(s.key) for s in public)}, "
                "which lead to the internet",
                hint="give it subnets whose route table has the local route only",
            )


RULE = database_in_public_subnet
