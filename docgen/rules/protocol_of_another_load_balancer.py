# Reports protocols that a type of load balancer does not speak.
"""DGL-161."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.load_balancer import LoadBalancer
from docgen.model import sources as at
from docgen.model.targets import APPLICATION_PROTOCOLS, NETWORK_PROTOCOLS
from docgen.rules._design import each, groups_behind, listener_span
from docgen.rules._rule import Subject, rule


@rule("DGL-161", severity=Severity.ERROR, source=at.LOAD_BALANCING)
def protocol_of_another_load_balancer(subject: Subject) -> Iterator[Finding]:
    """A listener or its target group speaks a protocol of the other type of load balancer.

    ## Why it matters

    AWS refuses it: an Application Load Balancer speaks HTTP and HTTPS, a Network Load Balancer TCP, UDP, TLS and
    TCP_UDP.

    ## Flagged

    ```yaml
    version: 1
    title: HTTPS at a network load balancer
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
            listeners: {443: {protocol: HTTPS, app: 8443}}
        instances:
          app: {subnet: app, security_groups: [app]}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: TLS at a network load balancer
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
            listeners: {443: {protocol: TLS, app: 8443}}
        instances:
          app: {subnet: app, security_groups: [app]}
    ```
    """
    network = subject.network
    for balancer in each(network, LoadBalancer):
        spoken = NETWORK_PROTOCOLS if balancer.is_network else APPLICATION_PROTOCOLS
        title = "a Network" if balancer.is_network else "an Application"
        for listener in balancer.listeners:
            said = [(f"listener {listener.port}", listener.protocol)]
            said += [(f"target group {g.id!r}", g.protocol) for g in groups_behind(network, balancer, listener)]
            for who, protocol in said:
                if protocol is not None and protocol not in spoken:
                    yield Finding(
                        listener_span(balancer, listener),
                        f"{who} of load balancer {network.name(balancer.key)!r} speaks {protocol}, which "
                        f"{title} Load Balancer does not",
                        hint=f"write one of {', '.join(spoken)}, or change the load balancer's `type`",
                    )


RULE = protocol_of_another_load_balancer
