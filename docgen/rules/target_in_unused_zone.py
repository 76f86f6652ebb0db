# Remarks on targets that their load balancer never uses.
"""DGL-125."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Note, Severity
from docgen.kinds.load_balancer import LoadBalancer
from docgen.model import sources as at
from docgen.rules._design import each, listed, subnets_of, targets_behind
from docgen.rules._rule import Subject, rule


@rule("DGL-125", severity=Severity.WARNING, source=at.LOAD_BALANCING)
def target_in_unused_zone(subject: Subject) -> Iterator[Finding]:
    """A target stands in a zone that its load balancer does not use.

    ## Why it matters

    A load balancer sends requests only to targets in the zones of its own subnets. A target
    elsewhere is registered, shows up as unused and never gets a request.

    ## Flagged

    ```yaml
    version: 1
    title: A target in a third zone
    region: ap-south-1
    zones: [a, b, c]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets:
          app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24, 10.0.12.0/24]}
        security_groups:
          edge: {ingress: [tcp 443 from 10.0.0.0/16]}
          app: {ingress: [tcp 8080 from edge]}
        load_balancers:
          edge: {scheme: internal, subnets: [app-a, app-b], security_groups: [edge], listeners: {443: {app: 8080}}}
        instances:
          app: {subnet: app, security_groups: [app]}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A node in each zone that has targets
    region: ap-south-1
    zones: [a, b, c]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets:
          app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24, 10.0.12.0/24]}
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
        zones = {s.availability_zone for _, s in subnets_of(network, balancer)}
        registered = (t for listener in balancer.listeners for t in targets_behind(network, balancer, listener))
        for span, member, _ in registered:
            zone = member.zone
            if not zone or not zones or zone in zones or member.interface is None:
                continue
            key = member.interface.owner
            yield Finding(
                span,
                f"target {member.name!r} is in {zone}, where load balancer "
                f"{network.name(balancer.key)!r} has no subnet, so it gets no requests",
                hint=f"add a subnet of {zone} to the load balancer; it is in {listed(sorted(zones))}",
                notes=(Note(network.get(key).span, f"{network.name(key)!r} is declared here"),),
            )


RULE = target_in_unused_zone
