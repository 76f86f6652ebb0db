# Remarks on what belongs behind the public tier and stands in it.
"""DGL-68."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.db_instance import DbInstance
from docgen.kinds.load_balancer import LoadBalancer, Scheme
from docgen.model import sources as at
from docgen.model.network import Interface, Network
from docgen.rules._design import by_place, each, internet_facing, is_public, listed, subnets_of, verb
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
def unseparated_tiers(subject: Subject) -> Iterator[Finding]:
    """A database, or a target of a public load balancer, stands in a subnet that has a route to the internet.

    ## Why it matters

    Without a public address it cannot be reached from outside, but one switch is enough to change
    that. In a subnet without a route to the internet gateway nobody can expose it by mistake. Targets
    that flows from outside, or a name, lead to directly are meant to be there.

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
    facing = internet_facing(subject)
    exposed = ((network.get(i.owner).span, i) for i in _targets(network) if i.owner not in facing)
    for span, interfaces in by_place(exposed):
        names = dict.fromkeys(network.name(i.owner) for i in interfaces)
        subnets = dict.fromkeys(network.name(i.subnet) for i in interfaces)
        yield Finding(
            span,
            f"{listed(names)} {verb(len(names), 'stands', 'stand')} behind a load balancer and in "
            f"{listed(subnets)}, which {verb(len(subnets), 'leads', 'lead')} to the internet",
            hint="put the targets into private subnets; the load balancer alone needs public ones",
        )


def _targets(network: Network) -> Iterator[Interface]:
    """The targets of internet-facing load balancers that stand in public subnets, each once."""
    found: dict[str, Interface] = {}
    for balancer in each(network, LoadBalancer):
        if balancer.scheme is Scheme.INTERNET_FACING:
            for listener in balancer.listeners:
                for member in (m for pool in balancer.pools(listener, network) for m in pool.members):
                    if member.interface is not None and is_public(network, member.interface.subnet):
                        found[member.interface.id] = member.interface
    return (i for i in found.values() if network.get(i.owner).kind != LoadBalancer.kind)


RULE = unseparated_tiers
