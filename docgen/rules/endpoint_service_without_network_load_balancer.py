# Reports endpoint services that AWS refuses to create.
"""DGL-163."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.load_balancer import LoadBalancer
from docgen.kinds.vpc_endpoint_service import VpcEndpointService
from docgen.model import sources as at
from docgen.rules._design import each, referred
from docgen.rules._rule import Subject, rule


@rule("DGL-163", severity=Severity.ERROR, source=at.PRIVATELINK_SHARE)
def endpoint_service_without_network_load_balancer(subject: Subject) -> Iterator[Finding]:
    """An endpoint service stands in front of no Network Load Balancer.

    ## Why it matters

    AWS PrivateLink hands connections to a Network Load Balancer; an Application Load Balancer can only be a
    target of one.

    ## Flagged

    ```yaml
    version: 1
    title: An application load balancer behind a service
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
            scheme: internal
            subnets: [app]
            security_groups: [edge]
            listeners: {443: {app: 8443}}
        vpc_endpoint_services:
          orders: {network_load_balancers: [edge]}
        instances:
          app: {subnet: app, security_groups: [app]}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A network load balancer behind a service
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
        vpc_endpoint_services:
          orders: {network_load_balancers: [edge]}
        instances:
          app: {subnet: app, security_groups: [app]}
    ```
    """
    network = subject.network
    for service in each(network, VpcEndpointService):
        for ref, key in referred(network, service.scope, service, "network_load_balancers"):
            balancer = network.components[key]
            if isinstance(balancer, LoadBalancer) and not balancer.is_network:
                yield Finding(
                    ref.span.or_else(service.span),
                    f"endpoint service {network.name(service.key)!r} names {network.name(key)!r}, which is an "
                    "Application Load Balancer",
                    hint="put a Network Load Balancer with `type: network` in front of it",
                )
        if not service.network_load_balancers:
            yield Finding(
                service.span,
                f"endpoint service {network.name(service.key)!r} names no load balancer",
                hint="add `network_load_balancers: [...]`",
            )


RULE = endpoint_service_without_network_load_balancer
