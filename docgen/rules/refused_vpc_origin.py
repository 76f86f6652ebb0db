# Reports VPC origins that AWS does not make.
"""DGL-190."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.vpc_origin import VpcOrigin
from docgen.model import sources as at
from docgen.rules._design import each
from docgen.rules._rule import Subject, rule


@rule("DGL-190", severity=Severity.ERROR, source=at.VPC_ORIGINS)
def refused_vpc_origin(subject: Subject) -> Iterator[Finding]:
    """A VPC origin lacks what AWS asks for.

    ## Why it matters

    The VPC must have an internet gateway, although nothing passes it: it says that the VPC may be reached
    from outside. What the origin leads to stands in the same VPC; a Network Load Balancer needs security
    groups, and no listener of it ends TLS.

    ## Flagged

    ```yaml
    version: 1
    title: A VPC without an internet gateway
    region: ap-south-1
    zones: [a, b]
    cloudfront_distributions: {site: {origins: {app: {vpc_origin: app}}}}
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets:
          app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24]}
        security_groups:
          edge: {ingress: [tcp 443 from CloudFront-VPCOrigins-Service-SG]}
          app: {ingress: [tcp 8080 from edge]}
        load_balancers:
          app: {scheme: internal, subnets: [app], security_groups: [edge], listeners: {443: {web: 8080}}}
        instances: {web: {subnet: app, security_groups: [app]}}
        vpc_origins: {app: {endpoint: app}}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A VPC with an internet gateway
    region: ap-south-1
    zones: [a, b]
    cloudfront_distributions: {site: {origins: {app: {vpc_origin: app}}}}
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        internet_gateway: igw
        subnets:
          app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24]}
        security_groups:
          edge: {ingress: [tcp 443 from CloudFront-VPCOrigins-Service-SG]}
          app: {ingress: [tcp 8080 from edge]}
        load_balancers:
          app: {scheme: internal, subnets: [app], security_groups: [edge], listeners: {443: {web: 8080}}}
        instances: {web: {subnet: app, security_groups: [app]}}
        vpc_origins: {app: {endpoint: app}}
    ```
    """
    network = subject.network
    for origin in each(network, VpcOrigin):
        why = origin.refusal(network)
        if why:
            yield Finding(
                origin.span,
                f"VPC origin {network.name(origin.key)!r} cannot be made: {why}",
                hint="give it what AWS asks for, or use a public `custom_origin`",
            )


RULE = refused_vpc_origin
