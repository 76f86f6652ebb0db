# Remarks on nodes that share the load unevenly.
"""DGL-30."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.load_balancer import LoadBalancer
from docgen.model import sources as at
from docgen.rules._design import counted, each, listener_span, targets_behind
from docgen.rules._rule import Subject, rule


@rule(
    "DGL-30",
    severity=Severity.INFO,
    source=at.NLB,
    related=(
        "Prowler elbv2_cross_zone_load_balancing_enabled (medium)",
        "Checkov CKV_AWS_152",
        "Trusted Advisor Network Load Balancers Cross Load Balancing",
    ),
)
def uneven_targets_without_cross_zone(subject: Subject) -> Iterator[Finding]:
    """A Network Load Balancer keeps to its zones, and the zones have different numbers of targets.

    ## Why it matters

    Clients are spread over the nodes evenly. With cross-zone load balancing off each node uses the targets of
    its own zone, so the targets of the smaller zone get more; a zone without any gets no clients by name, and
    who calls its node's address gets no answer.

    ## Flagged

    ```yaml
    version: 1
    title: Targets in one of two zones
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
            listeners: {443: {app-a: 8443}}
        instances:
          app: {subnet: app, security_groups: [app]}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: As many targets in each zone
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
    network = subject.network
    for balancer in each(network, LoadBalancer):
        zones = sorted({node.zone for node in network.interfaces_of(balancer.key)})
        for listener in balancer.listeners if balancer.is_network and len(zones) > 1 else ():
            kept = [
                m
                for _, m, pool in targets_behind(network, balancer, listener)
                if m.zone and not (balancer.crosses_zones if pool.cross_zone is None else pool.cross_zone)
            ]
            numbers = {zone: sum(1 for m in kept if m.zone == zone) for zone in zones}
            if not kept or len(set(numbers.values())) == 1:
                continue
            yield Finding(
                listener_span(balancer, listener),
                f"load balancer {network.name(balancer.key)!r} keeps to its zones, and port {listener.port} has "
                + ", ".join(f"{counted(n, 'target')} in {zone}" for zone, n in numbers.items()),
                hint="write `cross_zone: true`, or register as many targets in each zone",
            )


RULE = uneven_targets_without_cross_zone
