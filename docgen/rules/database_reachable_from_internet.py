# Remarks on databases to which the internet has a working path; found by tracing, not by reading rules.
"""DGL-04."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from docgen.core.diagnostic import Finding, Severity
from docgen.core.prefixes import Address
from docgen.kinds.db_instance import DbInstance
from docgen.kinds.load_balancer import LoadBalancer, Scheme
from docgen.model import sources as at
from docgen.model.architecture import Flow
from docgen.model.component import Component, Key, Ref
from docgen.model.network import Interface, Network
from docgen.model.packet import Protocol
from docgen.model.trace import FlowReport, Verdict
from docgen.routing import trace
from docgen.routing.endpoints import INTERNET_ADDRESS, INTERNET_IPV6
from docgen.rules._design import admits, names_world
from docgen.rules._rule import Subject, rule

_PORTS = {
    1433: "SQL Server",
    1521: "Oracle",
    3306: "MySQL",
    5432: "PostgreSQL",
    6379: "Redis",
    9200: "OpenSearch",
    11211: "Memcached",
    27017: "MongoDB",
}


@rule(
    "DGL-04",
    severity=Severity.WARNING,
    source=at.RDS_VPC,
    related=(
        "Security Hub RDS.2 (Critical)",
        "Security Hub Redshift.1 (Critical)",
        "Security Hub DMS.1 (Critical)",
        "Prowler rds_instance_no_public_access (critical)",
        "Prowler ec2_instance_port_*_exposed_to_internet (critical)",
        "Checkov CKV_AWS_17",
        "Checkov CKV_AWS_87",
        "Checkov CKV_AWS_89",
    ),
)
def database_reachable_from_internet(subject: Subject) -> Iterator[Finding]:
    """A host on the internet can open a connection to a database.

    ## Why it matters

    A database holds what an attacker wants and has few defences of its own. docgen traces the
    path there and back, so this is reported only where address, routes, network ACLs and groups
    all let it happen: at its own address, IPv4 or IPv6, or through a load balancer.

    ## Flagged

    ```yaml
    version: 1
    title: A public database
    region: ap-south-1
    zones: [a, b]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        internet_gateway: igw
        subnets:
          data: {cidr_blocks: [10.0.20.0/24, 10.0.21.0/24], route_table: public}
        route_tables:
          public: {0.0.0.0/0: igw}
        security_groups:
          db: {ingress: [tcp 3306 from 0.0.0.0/0]}
        db_instances:
          orders: {subnets: [data], multi_az: true, publicly_accessible: true, security_groups: [db]}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A private database
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
    told: set[tuple[Key, int]] = set()
    for interface, address, port, service in _candidates(network):
        question = Flow(
            id=f"internet-to-{interface.id}-{port}",
            source=Ref(str(INTERNET_ADDRESS if address.version == 4 else INTERNET_IPV6)),
            destination=Ref(str(address)),
            protocol=Protocol.TCP,
            port=port,
        )
        report = trace(network, question)
        if (interface.owner, port) not in told and _gets_through(report, network.get(interface.owner)):
            told.add((interface.owner, port))
            owner = network.get(interface.owner)
            yield Finding(
                owner.span,
                f"anyone on the internet can open a {service} connection to {network.name(owner.key)!r} (tcp {port})",
                hint="take its public address away, and allow the application's security group only",
            )


def _gets_through(report: FlowReport, asked: Component) -> bool:
    """Whether a connection comes to the database: at a load balancer, one of those that it opens."""
    behind = isinstance(asked, LoadBalancer)
    return any(c.verdict is Verdict.ALLOWED for c in report.connections if (c.parent is not None) == behind)


def _candidates(network: Network) -> Iterator[tuple[Interface, Address, int, str]]:
    """Public addresses where groups let everyone in on a database port, with the port; the rest needs no trace."""
    for interface in network.interfaces.values():
        owner = network.get(interface.owner)
        addresses = [a for a in (interface.public_ip, interface.ipv6) if a is not None]
        if not addresses or owner.kind == "nat_gateway":
            continue
        for port, service in _ports(network, owner).items():
            if interface.groups is None or _lets_everyone_in(network, interface, port):
                yield from ((interface, address, port, service) for address in addresses)


def _ports(network: Network, owner: Component) -> Mapping[int, str]:
    """The ports that would be a database's."""
    if isinstance(owner, DbInstance):
        return {owner.listening_port: _PORTS.get(owner.listening_port, "database")}
    if not isinstance(owner, LoadBalancer):
        return _PORTS
    if owner.scheme is not Scheme.INTERNET_FACING:
        return {}
    return {
        listener.port: _PORTS[member.port]
        for listener in owner.listeners
        for pool in owner.pools(listener, network)
        for member in pool.members
        if member.port in _PORTS
    }


def _lets_everyone_in(network: Network, interface: Interface, port: int) -> bool:
    rules = [r for g in interface.groups or () if g in network.groups for r in network.groups[g].ingress]
    return any(names_world(network, r) and admits(r.protocol, r.ports, Protocol.TCP, port) for r in rules)


RULE = database_reachable_from_internet
