# Remarks on listeners that the load balancer's own security groups close.
"""DGL-140."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.load_balancer import LoadBalancer
from docgen.model import sources as at
from docgen.rules._design import admits, each, listed, listener_span
from docgen.rules._rule import Subject, rule


@rule("DGL-140", severity=Severity.WARNING, source=at.ALB_TROUBLES)
def listener_port_not_allowed(subject: Subject) -> Iterator[Finding]:
    """A load balancer's security groups let nobody in on a listener's port.

    ## Why it matters

    The listener is there, but no client gets to it: connections time out.

    ## Flagged

    ```yaml
    version: 1
    title: A listener behind a closed group
    region: ap-south-1
    zones: [a, b]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets:
          app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24]}
        security_groups:
          edge: {ingress: [tcp 80 from 10.0.0.0/16]}
          app: {ingress: [tcp 8080 from edge]}
        load_balancers:
          edge: {scheme: internal, subnets: [app], security_groups: [edge], listeners: {443: {app: 8080}}}
        instances:
          app: {subnet: app, security_groups: [app]}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A listener behind an open group
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
        nodes = network.interfaces_of(balancer.key)
        groups = [network.groups[g] for g in (nodes[0].groups or () if nodes else ()) if g in network.groups]
        for listener in balancer.listeners:
            rules = [r for g in groups for r in g.ingress]
            spoken = listener.speaks(balancer.type).carried_by[0]
            if not groups or any(admits(r.protocol, r.ports, spoken, listener.port) for r in rules):
                continue
            yield Finding(
                listener_span(balancer, listener),
                f"load balancer {network.name(balancer.key)!r} listens on port {listener.port}, but no rule of "
                f"{listed(g.name for g in groups)} lets anybody in there",
                hint=f"add an ingress rule such as `{spoken} {listener.port} from 0.0.0.0/0`",
            )


RULE = listener_port_not_allowed
