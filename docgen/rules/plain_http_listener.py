# Remarks on load balancers that serve the internet without encryption.
"""DGL-67."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.load_balancer import LoadBalancer, Scheme
from docgen.model import sources as at
from docgen.rules._design import each
from docgen.rules._rule import Subject, rule


@rule(
    "DGL-67",
    severity=Severity.WARNING,
    source=at.ALB,
    related=(
        "Security Hub ELB.1 (Medium)",
        "Prowler elbv2_ssl_listeners (medium)",
        "Checkov CKV_AWS_378",
        "Checkov CKV_AWS_376",
    ),
)
def plain_http_listener(subject: Subject) -> Iterator[Finding]:
    """An internet-facing load balancer serves its targets over plain HTTP.

    ## Why it matters

    Passwords, cookies and pages can be read and changed on their way. Internal load balancers are
    not reported.

    ## Flagged

    ```yaml
    version: 1
    title: Pages without encryption
    region: ap-south-1
    zones: [a, b]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        internet_gateway: igw
        subnets:
          public: {cidr_blocks: [10.0.0.0/24, 10.0.1.0/24], route_table: public}
          app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24]}
        route_tables:
          public: {0.0.0.0/0: igw}
        security_groups:
          edge: {ingress: [tcp 80 from 0.0.0.0/0]}
          app: {ingress: [tcp 8080 from edge]}
        load_balancers:
          edge: {subnets: [public], security_groups: [edge], listeners: {80: {app: 8080}}}
        instances:
          app: {subnet: app, security_groups: [app]}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: Pages with encryption
    region: ap-south-1
    zones: [a, b]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        internet_gateway: igw
        subnets:
          public: {cidr_blocks: [10.0.0.0/24, 10.0.1.0/24], route_table: public}
          app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24]}
        route_tables:
          public: {0.0.0.0/0: igw}
        security_groups:
          edge: {ingress: [tcp 443 from 0.0.0.0/0]}
          app: {ingress: [tcp 8080 from edge]}
        load_balancers:
          edge: {subnets: [public], security_groups: [edge], listeners: {443: {app: 8080}}}
        instances:
          app: {subnet: app, security_groups: [app]}
    ```
    """
    for balancer in each(subject.network, LoadBalancer):
        if balancer.scheme is not Scheme.INTERNET_FACING:
            continue
        for listener in balancer.listeners:
            served = listener.targets or listener.target_groups
            if served and listener.speaks(balancer.type) == "HTTP":
                yield Finding(
                    listener.span.or_else(balancer.span),
                    f"load balancer {subject.network.name(balancer.key)!r} serves port {listener.port} to the "
                    "internet without encryption",
                    hint="listen on 443 with HTTPS",
                )


RULE = plain_http_listener
