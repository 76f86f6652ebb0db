# Reports VPCs with two private hosted zones of one name.
"""DGL-185."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Note, Severity
from docgen.kinds.hosted_zone import HostedZone
from docgen.model import sources as at
from docgen.model.component import Key
from docgen.rules._design import each, referred
from docgen.rules._rule import Subject, rule


@rule("DGL-185", severity=Severity.ERROR, source=at.ROUTE53_PRIVATE)
def private_zones_of_one_name(subject: Subject) -> Iterator[Finding]:
    """A VPC is associated with two private hosted zones of the same name.

    ## Why it matters

    A resolver answers a name from one zone. Route 53 refuses to associate a VPC with a second zone of the
    same name; zones below each other (`example.com` and `in.example.com`) are fine, and the longer name wins.

    ## Flagged

    ```yaml
    version: 1
    title: Two private zones of one name
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
      more: {name: in.example, vpcs: [shop], api: {a: [app]}}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: One below the other
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
      api.in.example: {vpcs: [shop], v1: {a: [app]}}
    ```
    """
    network = subject.network
    first: dict[tuple[str, Key], HostedZone] = {}
    for zone in each(network, HostedZone):
        for ref, vpc in referred(network, zone.scope, zone, "vpcs"):
            known = first.setdefault((zone.domain, vpc), zone)
            if known is not zone:
                yield Finding(
                    ref.span.or_else(zone.span),
                    f"VPC {network.name(vpc)!r} is associated with another private zone {zone.domain} already",
                    hint="put the records into one zone",
                    notes=(Note(known.span, f"{network.name(known.key)!r} is declared here"),),
                )


RULE = private_zones_of_one_name
