# Remarks on security groups whose members may open any connection to the internet.
"""DGL-13."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.security_group import SecurityGroup
from docgen.kinds.vpc import Vpc
from docgen.model import sources as at
from docgen.model.network import Interface, Network
from docgen.model.packet import Protocol
from docgen.rules._design import by_vpc, each, listed, names_world, written
from docgen.rules._rule import Subject, rule

_WORKLOADS = ("instance", "network_interface", "db_instance")


@rule(
    "DGL-13",
    severity=Severity.INFO,
    source=at.SECURITY_GROUP_RULES,
    related=("Checkov CKV_AWS_382",),
)
def unrestricted_egress(subject: Subject) -> Iterator[Finding]:
    """Components with a way to the internet may send anything anywhere.

    ## Why it matters

    A group allows all outbound traffic unless it says otherwise. Whoever takes over a server can
    then send data to any place. Reported once for a VPC, and only for groups of components whose
    subnets lead to the internet.

    ## Flagged

    ```yaml
    version: 1
    title: A server that may call anyone
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
          web: {ingress: [tcp 443 from 0.0.0.0/0]}
        instances:
          web: {subnet: public, elastic_ip: true, security_groups: [web]}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A server that may call web servers only
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
          web: {ingress: [tcp 443 from 0.0.0.0/0], egress: [tcp 443 to 0.0.0.0/0]}
        instances:
          web: {subnet: public, elastic_ip: true, security_groups: [web]}
    ```
    """
    network = subject.network
    groups = by_vpc(network, SecurityGroup)
    for vpc in each(network, Vpc):
        loose = [
            g
            for g in groups[vpc.id]
            if written(g)
            and any(r.protocol is Protocol.ALL and names_world(network, r) for r in g.egress)
            and any(_leads_out(network, network.interfaces[i]) for i in network.groups[g.key].interfaces)
        ]
        if loose:
            yield Finding(
                loose[0].span,
                f"members of {listed(g.id for g in loose)} may open any connection to the internet",
                hint="name what they call in `egress`, such as `tcp 443 to 0.0.0.0/0`",
            )


def _leads_out(network: Network, interface: Interface) -> bool:
    if interface.owner.kind not in _WORKLOADS or interface.subnet not in network.subnet_route_table:
        return False
    routes = network.table_of(interface.subnet).routes
    return any(r.target is not None and r.destination.prefixlen == 0 for r in routes)


RULE = unrestricted_egress
