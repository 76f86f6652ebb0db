# Remarks on endpoint services that take any consumer.
"""DGL-16."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.vpc_endpoint_service import VpcEndpointService
from docgen.model import sources as at
from docgen.rules._design import each
from docgen.rules._rule import Subject, rule


@rule(
    "DGL-16",
    severity=Severity.WARNING,
    source=at.PRIVATELINK_SHARE,
    related=(
        "Prowler vpc_endpoint_services_allowed_principals_trust_boundaries (high)",
        "Checkov CKV_AWS_123",
    ),
)
def open_endpoint_service(subject: Subject) -> Iterator[Finding]:
    """An endpoint service accepts consumers by itself, or lets every AWS account ask.

    ## Why it matters

    Whoever may create an endpoint for the service reaches the load balancer behind it. With acceptance
    switched off, or with `*` among the principals, the provider never looks at who that is.

    ## Flagged

    ```yaml
    version: 1
    title: A service for everybody
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
          orders: {network_load_balancers: [edge], acceptance_required: false, allowed_principals: ["*"]}
        instances:
          app: {subnet: app, security_groups: [app]}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A service for one account
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
          orders: {network_load_balancers: [edge], allowed_principals: ["111122223333"]}
        instances:
          app: {subnet: app, security_groups: [app]}
    ```
    """
    for service in each(subject.network, VpcEndpointService):
        why = [] if service.acceptance_required else ["accepts every endpoint by itself"]
        if any(p in ("*", "arn:aws:iam::*:root") for p in service.allowed_principals):
            why.append("lets every AWS account ask for one")
        if why:
            yield Finding(
                service.span,
                f"endpoint service {subject.network.name(service.key)!r} {' and '.join(why)}",
                hint="keep `acceptance_required: true` and name the consumers' accounts in `allowed_principals`",
            )


RULE = open_endpoint_service
