# Remarks on listeners that have nowhere to send a request.
"""DGL-122."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.load_balancer import LoadBalancer
from docgen.model import sources as at
from docgen.rules._design import each, groups_behind, listener_span
from docgen.rules._rule import Subject, rule


@rule("DGL-122", severity=Severity.WARNING, source=at.ALB_TARGET_GROUPS)
def listener_without_targets(subject: Subject) -> Iterator[Finding]:
    """A load balancer has no listener, or one of its listeners no target.

    ## Why it matters

    Clients connect and get an error: the load balancer has nobody to pass the request to.

    ## Flagged

    ```yaml
    version: 1
    title: A listener without targets
    region: ap-south-1
    zones: [a, b]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets:
          app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24]}
        security_groups:
          edge: {ingress: [tcp 443 from 10.0.0.0/16]}
        load_balancers:
          edge: {scheme: internal, subnets: [app], security_groups: [edge], listeners: {443: {}}}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A listener with targets
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
    for balancer in each(subject.network, LoadBalancer):
        name = subject.network.name(balancer.key)
        if not balancer.listeners:
            yield Finding(
                balancer.span,
                f"load balancer {name!r} has no listener, so it answers nobody",
                hint="add one, such as `listeners: {443: {app: 8080}}`",
            )
        for listener in balancer.listeners:
            groups = groups_behind(subject.network, balancer, listener)
            if not listener.targets and not any(g.targets for g in groups):
                yield Finding(
                    listener_span(balancer, listener),
                    f"the listener on port {listener.port} of load balancer {name!r} has no targets",
                    hint=f"name its targets with their ports, such as `{listener.port}: {{app: 8080}}`",
                )


RULE = listener_without_targets
