# Remarks on load balancers that do not survive the loss of one zone.
"""DGL-21."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.load_balancer import LoadBalancer
from docgen.model import sources as at
from docgen.rules._design import each, listener_span, targets_behind
from docgen.rules._rule import Subject, rule


@rule(
    "DGL-21",
    severity=Severity.WARNING,
    source=at.FAULT_TOLERANCE_CHECKS,
    related=(
        "Security Hub ELB.13 (Medium)",
        "Security Hub ELB.10",
        "AWS Config elbv2-multiple-az",
        "Prowler elbv2_is_in_multiple_az (medium)",
        "Trusted Advisor NLB Multi-AZ",
        "Trusted Advisor ALB Multi-AZ",
    ),
)
def targets_in_one_zone(subject: Subject) -> Iterator[Finding]:
    """A Network Load Balancer, or all targets of a listener, stand in one zone.

    ## Why it matters

    The load balancer's nodes stand in two zones, but when the targets' zone fails there is nobody
    left to answer.

    ## Flagged

    ```yaml
    version: 1
    title: Targets in one zone
    region: ap-south-1
    zones: [a, b]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets:
          app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24]}
        security_groups:
          edge: {ingress: [tcp 443 from 10.0.0.0/16]}
          app: {ingress: [tcp 8080 from edge]}
        load_balancers:
          edge: {scheme: internal, subnets: [app], security_groups: [edge], listeners: {443: {one: 8080, two: 8080}}}
        instances:
          one: {subnet: app-a, security_groups: [app]}
          two: {subnet: app-a, security_groups: [app]}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: Targets in two zones
    region: ap-south-1
    zones: [a, b]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets:
          app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24]}
        security_groups:
          edge: {ingress: [tcp 443 from 10.0.0.0/16]}
          app: {ingress: [tcp 8080 from edge]}
        load_balancers:
          edge: {scheme: internal, subnets: [app], security_groups: [edge], listeners: {443: {app: 8080}}}
        instances:
          app: {subnet: app, security_groups: [app]}
    ```
    """
    network = subject.network
    for balancer in each(network, LoadBalancer):
        own = {node.zone for node in network.interfaces_of(balancer.key)}
        if balancer.is_network and len(own) == 1:  # of an Application Load Balancer AWS refuses it (DGL-22)
            yield Finding(
                balancer.span,
                f"load balancer {network.name(balancer.key)!r} has a node in {own.pop()} only",
                hint="name a subnet of another zone in `subnets`",
            )
        for listener in balancer.listeners:
            zones = {member.zone for _, member, _ in targets_behind(network, balancer, listener)}
            if len(zones) != 1 or "" in zones:
                continue
            yield Finding(
                listener_span(balancer, listener),
                f"all targets of port {listener.port} of load balancer {network.name(balancer.key)!r} are in "
                f"{zones.pop()}, so nothing answers when that zone fails",
                hint="add a target in another zone of the load balancer",
            )


RULE = targets_in_one_zone
