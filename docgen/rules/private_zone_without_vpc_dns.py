# Remarks on private hosted zones whose VPCs do not use them.
"""DGL-181."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.hosted_zone import HostedZone
from docgen.model import sources as at
from docgen.routing.dns_zones import uses_private_zones
from docgen.rules._design import each, referred
from docgen.rules._rule import Subject, rule


@rule("DGL-181", severity=Severity.WARNING, source=at.ROUTE53_PRIVATE)
def private_zone_without_vpc_dns(subject: Subject) -> Iterator[Finding]:
    """A private hosted zone is associated with a VPC whose DNS attributes are off.

    ## Why it matters

    A VPC's resolver answers from private zones only where `enable_dns_support` and `enable_dns_hostnames` are
    both on. Else names of the zone are looked up in public, where nobody knows them.

    ## Flagged

    ```yaml
    version: 1
    title: A private zone that is not used
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets: {app: {cidr_block: 10.0.10.0/24}}
        security_groups: {app: {ingress: [tcp 8080 from 10.0.0.0/16]}}
        instances: {app: {subnet: app, security_groups: [app]}}
    hosted_zones:
      in.example: {vpcs: [shop], app: {a: [app]}}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A private zone that is used
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
    network = subject.network
    for zone in each(network, HostedZone):
        for ref, vpc in referred(network, zone.scope, zone, "vpcs"):
            if zone.is_private and not uses_private_zones(network, vpc):
                yield Finding(
                    ref.span.or_else(zone.span),
                    f"the resolver of VPC {network.name(vpc)!r} does not answer from {network.name(zone.key)!r}: not "
                    "both of its DNS attributes are on",
                    hint="write `enable_dns_hostnames: true` (and leave `enable_dns_support` on) in the VPC",
                )


RULE = private_zone_without_vpc_dns
