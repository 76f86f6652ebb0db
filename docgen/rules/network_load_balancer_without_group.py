# Remarks on Network Load Balancers that can never have a security group.
"""DGL-66."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.load_balancer import LoadBalancer
from docgen.model import sources as at
from docgen.rules._design import each
from docgen.rules._rule import Subject, rule


@rule("DGL-66", severity=Severity.INFO, source=at.NLB_SECURITY_GROUPS)
def network_load_balancer_without_group(subject: Subject) -> Iterator[Finding]:
    """A Network Load Balancer has no security group.

    ## Why it matters

    Without groups it lets everything in, and AWS does not let one be added later: the load balancer would have
    to be built anew. With a group, targets can also admit the load balancer by that group's name.

    ## Flagged

    ```yaml
    version: 1
    title: A load balancer without a group
    region: ap-south-1
    zones: [a, b]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets:
          app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24]}
        security_groups:
          edge: {ingress: [tcp 443 from 10.0.0.0/16]}
          app: {ingress: [tcp 8443 from 10.0.0.0/16]}
        load_balancers:
          edge:
            type: network
            scheme: internal
            subnets: [app]
            listeners: {443: {app: 8443}}
        instances:
          app: {subnet: app, security_groups: [app]}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A load balancer with a group
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
            security_groups: [edge]
            listeners: {443: {app: 8443}}
        instances:
          app: {subnet: app, security_groups: [app]}
    ```
    """
    for balancer in each(subject.network, LoadBalancer):
        if balancer.is_network and not balancer.security_groups:
            yield Finding(
                balancer.span,
                f"Network Load Balancer {subject.network.name(balancer.key)!r} has no security group, and "
                "cannot get one once it is created",
                hint="add `security_groups: [...]`, with the listeners' ports open to clients",
            )


RULE = network_load_balancer_without_group
