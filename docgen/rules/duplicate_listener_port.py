# Reports load balancers with two listeners on one port.
"""DGL-123."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Note, Severity
from docgen.kinds.load_balancer import Listener, LoadBalancer
from docgen.model import sources as at
from docgen.rules._design import each
from docgen.rules._rule import Subject, rule


@rule("DGL-123", severity=Severity.ERROR, source=at.LOAD_BALANCING)
def duplicate_listener_port(subject: Subject) -> Iterator[Finding]:
    """Two listeners of a load balancer have the same port.

    ## Why it matters

    AWS refuses the second one: a port belongs to one listener.

    ## Flagged

    ```yaml
    version: 1
    title: Two listeners on one port
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
          edge:
            scheme: internal
            subnets: [app]
            security_groups: [edge]
            listeners:
              - {port: 443, targets: {app: 8080}}
              - {port: 443, targets: {app: 8081}}
        instances:
          app: {subnet: app, security_groups: [app]}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A listener for each port
    region: ap-south-1
    zones: [a, b]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets:
          app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24]}
        security_groups:
          edge: {ingress: ["tcp 443,8443 from 10.0.0.0/16"]}
          app: {ingress: [tcp 8080-8081 from edge]}
        load_balancers:
          edge:
            scheme: internal
            subnets: [app]
            security_groups: [edge]
            listeners: {443: {app: 8080}, 8443: {app: 8081}}
        instances:
          app: {subnet: app, security_groups: [app]}
    ```
    """
    for balancer in each(subject.network, LoadBalancer):
        first: dict[int, Listener] = {}
        for listener in balancer.listeners:
            other = first.setdefault(listener.port, listener)
            if other is not listener:
                yield Finding(
                    listener.span.or_else(balancer.span),
                    f"load balancer {subject.network.name(balancer.key)!r} has two listeners on port {listener.port}",
                    hint="put the targets of both under one listener, or use another port",
                    notes=(Note(other.span, "the first one is declared here"),),
                )


RULE = duplicate_listener_port
