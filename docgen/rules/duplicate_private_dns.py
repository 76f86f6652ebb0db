# Reports two endpoints that claim one name.
"""DGL-46."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Note, Severity
from docgen.kinds.vpc_endpoint import VpcEndpoint
from docgen.model import sources as at
from docgen.rules._design import each
from docgen.rules._rule import Subject, rule


@rule(
    "DGL-46",
    severity=Severity.ERROR,
    source=at.PRIVATELINK,
    related=("cfn-lint E3064 (error)",),
)
def duplicate_private_dns(subject: Subject) -> Iterator[Finding]:
    """Two interface endpoints of one VPC have private DNS for the same service.

    ## Why it matters

    Private DNS makes the service's name lead to the endpoint inside the VPC. A name can lead to one of them
    only, so AWS refuses the second.

    ## Flagged

    ```yaml
    version: 1
    title: Two endpoints for one name
    region: ap-south-1
    zones: [a, b]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        enable_dns_hostnames: true
        subnets:
          app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24]}
        security_groups:
          endpoints: {ingress: [tcp 443 from 10.0.0.0/16]}
        vpc_endpoints:
          queue: {service: sqs, subnets: [app], security_groups: [endpoints]}
          more: {service: sqs, subnets: [app], security_groups: [endpoints]}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: The second one is called by its own name
    region: ap-south-1
    zones: [a, b]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        enable_dns_hostnames: true
        subnets:
          app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24]}
        security_groups:
          endpoints: {ingress: [tcp 443 from 10.0.0.0/16]}
        vpc_endpoints:
          queue: {service: sqs, subnets: [app], security_groups: [endpoints]}
          more: {service: sqs, subnets: [app], security_groups: [endpoints], private_dns_enabled: false}
    ```
    """
    name = subject.network.name
    first: dict[tuple[str, str], VpcEndpoint] = {}
    for endpoint in each(subject.network, VpcEndpoint):
        if not endpoint.private_dns or not endpoint.service_name:
            continue
        other = first.setdefault((endpoint.scope, endpoint.service_name), endpoint)
        if other is not endpoint:
            yield Finding(
                endpoint.span,
                f"endpoint {name(endpoint.key)!r} has private DNS for {endpoint.service_name}, and so has "
                f"{name(other.key)!r} in the same VPC",
                hint="write `private_dns_enabled: false` for one of them, or keep only one",
                notes=(Note(other.span, f"endpoint {name(other.key)!r} is declared here"),),
            )


RULE = duplicate_private_dns
