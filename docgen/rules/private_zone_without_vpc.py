# Reports private hosted zones that no VPC is associated with.
"""DGL-180."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.hosted_zone import HostedZone
from docgen.model import sources as at
from docgen.rules._design import each
from docgen.rules._rule import Subject, rule


@rule("DGL-180", severity=Severity.ERROR, source=at.ROUTE53_PRIVATE)
def private_zone_without_vpc(subject: Subject) -> Iterator[Finding]:
    """A private hosted zone is associated with no VPC.

    ## Why it matters

    Nobody but the resolvers of its VPCs gets answers of a private zone, so AWS creates none without a VPC.

    ## Flagged

    ```yaml
    version: 1
    title: A private zone for nobody
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        enable_dns_hostnames: true
        subnets: {app: {cidr_block: 10.0.10.0/24}}
        security_groups: {app: {ingress: [tcp 8080 from 10.0.0.0/16]}}
        instances: {app: {subnet: app, security_groups: [app]}}
    hosted_zones:
      in.example: {private_zone: true, app: {a: [app]}}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A private zone of a VPC
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        enable_dns_hostnames: true
        subnets: {app: {cidr_block: 10.0.10.0/24}}
        security_groups: {app: {ingress: [tcp 8080 from 10.0.0.0/16]}}
        instances: {app: {subnet: app, security_groups: [app]}}
    hosted_zones:
      in.example: {vpcs: [shop], app: {a: [app]}}
    ```
    """
    for zone in each(subject.network, HostedZone):
        if zone.is_private and not zone.vpcs:
            yield Finding(
                zone.span,
                f"private hosted zone {subject.network.name(zone.key)!r} is associated with no VPC",
                hint="name its `vpcs`, or leave `private_zone` out for a public zone",
            )


RULE = private_zone_without_vpc
