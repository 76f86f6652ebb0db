# Remarks on databases whose security groups let nobody in.
"""DGL-142."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.db_instance import DbInstance
from docgen.model import sources as at
from docgen.model.packet import Protocol
from docgen.rules._design import admits, each, listed
from docgen.rules._rule import Subject, rule


@rule("DGL-142", severity=Severity.WARNING, source=at.RDS_VPC)
def database_port_not_allowed(subject: Subject) -> Iterator[Finding]:
    """A database's security groups let nobody in on its port.

    ## Why it matters

    No application can connect. Most often the group names another engine's port.

    ## Flagged

    ```yaml
    version: 1
    title: PostgreSQL behind MySQL's port
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
          orders: {engine: postgres, subnets: [data], multi_az: true, security_groups: [db]}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: PostgreSQL behind its own port
    region: ap-south-1
    zones: [a, b]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets:
          data: {cidr_blocks: [10.0.20.0/24, 10.0.21.0/24]}
        security_groups:
          db: {ingress: [tcp 5432 from 10.0.0.0/16]}
        db_instances:
          orders: {engine: postgres, subnets: [data], multi_az: true, security_groups: [db]}
    ```
    """
    network = subject.network
    for database in each(network, DbInstance):
        interfaces = network.interfaces_of(database.key)
        groups = [network.groups[g] for i in interfaces[:1] for g in i.groups or () if g in network.groups]
        port = database.listening_port
        if not groups or any(admits(r.protocol, r.ports, Protocol.TCP, port) for g in groups for r in g.ingress):
            continue
        yield Finding(
            database.span,
            f"database {network.name(database.key)!r} listens on port {port}, but no rule of "
            f"{listed(g.name for g in groups)} lets anybody in there",
            hint=f"add an ingress rule that names the application's group, such as `tcp {port} from app`",
        )


RULE = database_port_not_allowed
