# Remarks on ways around CloudFront.
"""DGL-12."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.cloudfront_distribution import CloudFrontDistribution
from docgen.model import sources as at
from docgen.model.component import Key
from docgen.rules._design import each, names_world, referred
from docgen.rules._rule import Subject, rule


@rule("DGL-12", severity=Severity.INFO, source=at.EDGE_SERVERS)
def origin_open_to_everybody(subject: Subject) -> Iterator[Finding]:
    """A load balancer behind CloudFront lets everybody in, not only CloudFront.

    ## Why it matters

    Viewers who know its name go past CloudFront, its cache and its web ACL. The group can name CloudFront's
    prefix list instead; a VPC origin does without any public address.

    ## Flagged

    ```yaml
    version: 1
    title: A way around CloudFront
    region: ap-south-1
    zones: [a, b]
    cloudfront_distributions: {site: {origins: {app: {custom_origin: edge}}}}
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

    ## Accepted

    ```yaml
    version: 1
    title: No way around CloudFront
    region: ap-south-1
    zones: [a, b]
    cloudfront_distributions: {site: {origins: {app: {custom_origin: edge}}}}
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
          edge: {ingress: [tcp 443 from com.amazonaws.global.cloudfront.origin-facing]}
          app: {ingress: [tcp 8080 from edge]}
        load_balancers:
          edge: {subnets: [public], security_groups: [edge], listeners: {443: {app: 8080}}}
        instances:
          app: {subnet: app, security_groups: [app]}
    ```
    """
    network = subject.network
    origins: dict[Key, str] = {}
    for distribution in each(network, CloudFrontDistribution):
        for origin in distribution.origins:
            for _, key in referred(network, distribution.scope, origin, "custom_origin"):
                if key.kind == "load_balancer":
                    origins.setdefault(key, network.name(distribution.key))
    for key, by in origins.items():
        groups = {g: None for i in network.interfaces_of(key) if i.public_ip for g in i.groups or ()}
        rules = [r for g in groups if g in network.groups for r in network.groups[g].ingress]
        if any(names_world(network, r) for r in rules):
            yield Finding(
                network.get(key).span,
                f"load balancer {network.name(key)!r} is an origin of distribution {by!r} and lets everybody in",
                hint="let in `tcp 443 from com.amazonaws.global.cloudfront.origin-facing`, or make it internal and "
                "use a `vpc_origin`",
            )


RULE = origin_open_to_everybody
