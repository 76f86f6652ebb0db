# Reports interface endpoints with two subnets of one zone.
"""DGL-148."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.vpc_endpoint import VpcEndpoint
from docgen.model import sources as at
from docgen.rules._design import each
from docgen.rules._rule import Subject, rule


@rule("DGL-148", severity=Severity.ERROR, source=at.PRIVATELINK)
def endpoint_subnets_share_zone(subject: Subject) -> Iterator[Finding]:
    """An interface endpoint names two subnets of one Availability Zone.

    ## Why it matters

    An endpoint has one network interface for each zone, so AWS takes one subnet of a zone and refuses more.

    ## Flagged

    ```yaml
    version: 1
    title: Two subnets of one zone
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        enable_dns_hostnames: true
        subnets:
          app: {cidr_block: 10.0.10.0/24}
          more: {cidr_block: 10.0.11.0/24}
        security_groups:
          endpoints: {ingress: [tcp 443 from 10.0.0.0/16]}
        vpc_endpoints:
          queue: {service: sqs, subnets: [app, more], security_groups: [endpoints]}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: One subnet of the zone
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        enable_dns_hostnames: true
        subnets:
          app: {cidr_block: 10.0.10.0/24}
          more: {cidr_block: 10.0.11.0/24}
        security_groups:
          endpoints: {ingress: [tcp 443 from 10.0.0.0/16]}
        vpc_endpoints:
          queue: {service: sqs, subnets: [app], security_groups: [endpoints]}
    ```
    """
    network = subject.network
    for endpoint in each(network, VpcEndpoint):
        zones = [i.zone for i in network.interfaces_of(endpoint.key)]
        twice = sorted({z for z in zones if zones.count(z) > 1})
        if twice:
            yield Finding(
                endpoint.span,
                f"endpoint {network.name(endpoint.key)!r} has several subnets in {', '.join(twice)}",
                hint="keep one for each zone: clients in any subnet of the VPC reach it",
            )


RULE = endpoint_subnets_share_zone
