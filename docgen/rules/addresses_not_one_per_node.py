# Reports fixed addresses of load balancers that do not match their nodes.
"""DGL-164."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.load_balancer import LoadBalancer
from docgen.model import sources as at
from docgen.rules._design import counted, each, listed
from docgen.rules._rule import Subject, rule


@rule("DGL-164", severity=Severity.ERROR, source=at.NLB)
def addresses_not_one_per_node(subject: Subject) -> Iterator[Finding]:
    """A Network Load Balancer has fixed addresses for more or fewer subnets than it has.

    ## Why it matters

    Each subnet gets one node with one private address, and one Elastic IP where it faces the internet: AWS
    takes them subnet by subnet.

    ## Flagged

    ```yaml
    version: 1
    title: One address for two nodes
    region: ap-south-1
    zones: [a, b]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets:
          app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24]}
        security_groups:
          edge: {ingress: [tcp 443 from 10.0.0.0/16]}
          app: {ingress: [tcp 8443 from edge]}
        load_balancers:
          edge:
            type: network
            scheme: internal
            subnets: [app]
            private_ip_addresses: [10.0.10.200]
            security_groups: [edge]
            listeners: {443: {app: 8443}}
        instances:
          app: {subnet: app, security_groups: [app]}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: An address for each node
    region: ap-south-1
    zones: [a, b]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets:
          app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24]}
        security_groups:
          edge: {ingress: [tcp 443 from 10.0.0.0/16]}
          app: {ingress: [tcp 8443 from edge]}
        load_balancers:
          edge:
            type: network
            scheme: internal
            subnets: [app]
            private_ip_addresses: [10.0.10.200, 10.0.11.200]
            security_groups: [edge]
            listeners: {443: {app: 8443}}
        instances:
          app: {subnet: app, security_groups: [app]}
    ```
    """
    for balancer in each(subject.network, LoadBalancer):
        for field in ("private_ip_addresses", "elastic_ips"):
            given = len(getattr(balancer, field))
            if given and given != len(balancer.subnets):
                yield Finding(
                    balancer.span,
                    f"load balancer {subject.network.name(balancer.key)!r} has "
                    f"{counted(len(balancer.subnets), 'subnet')} and {given} in `{field}`",
                    hint=f"give one for each subnet, in the order of {listed(r.name for r in balancer.subnets)}",
                )


RULE = addresses_not_one_per_node
