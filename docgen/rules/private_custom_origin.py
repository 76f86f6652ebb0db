# Reports origins that CloudFront has no way to.
"""DGL-192."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.cloudfront_distribution import CloudFrontDistribution
from docgen.model import sources as at
from docgen.rules._design import each, referred, what
from docgen.rules._rule import Subject, rule


@rule("DGL-192", severity=Severity.ERROR, source=at.CLOUDFRONT_ORIGINS)
def private_custom_origin(subject: Subject) -> Iterator[Finding]:
    """A custom origin has no public address.

    ## Why it matters

    CloudFront asks a custom origin over the internet, by a public name. Nothing there leads to a private
    address; a VPC origin does.

    ## Flagged

    ```yaml
    version: 1
    title: An internal load balancer as custom origin
    region: ap-south-1
    zones: [a, b]
    cloudfront_distributions: {site: {origins: {app: {custom_origin: edge}}}}
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        internet_gateway: igw
        subnets:
          public: {cidr_blocks: [10.0.0.0/24, 10.0.1.0/24], route_table: public}
        route_tables:
          public: {0.0.0.0/0: igw}
        security_groups:
          edge: {ingress: [tcp 443 from com.amazonaws.global.cloudfront.origin-facing]}
        load_balancers:
          edge: {scheme: internal, subnets: [public], security_groups: [edge], listeners: {443: {web: 8080}}}
        instances: {web: {subnet: public, security_groups: [edge]}}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A load balancer that faces the internet as custom origin
    region: ap-south-1
    zones: [a, b]
    cloudfront_distributions: {site: {origins: {app: {custom_origin: edge}}}}
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        internet_gateway: igw
        subnets:
          public: {cidr_blocks: [10.0.0.0/24, 10.0.1.0/24], route_table: public}
        route_tables:
          public: {0.0.0.0/0: igw}
        security_groups:
          edge: {ingress: [tcp 443 from com.amazonaws.global.cloudfront.origin-facing]}
        load_balancers:
          edge: {subnets: [public], security_groups: [edge], listeners: {443: {web: 8080}}}
        instances: {web: {subnet: public, security_groups: [edge]}}
    ```
    """
    network = subject.network
    for distribution in each(network, CloudFrontDistribution):
        for origin in distribution.origins:
            for ref, key in referred(network, distribution.scope, origin, "custom_origin"):
                interfaces = network.interfaces_of(key) if key not in network.outside else ()
                if interfaces and not any(i.public_ip for i in interfaces):
                    yield Finding(
                        ref.span,
                        f"custom origin {origin.name!r} of distribution {network.name(distribution.key)!r} is "
                        f"{what(network, key)}, which has no public address",
                        hint=f"write `vpc_origins: {{{origin.name}: {{endpoint: {ref.name}}}}}` in its VPC and "
                        f"`vpc_origin: {origin.name}` here",
                    )


RULE = private_custom_origin
