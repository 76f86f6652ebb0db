# Reports Route 53 aliases at other DNS providers.
"""DGL-127."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.hosted_zone import HostedZone
from docgen.model import sources as at
from docgen.rules._design import each
from docgen.rules._rule import Subject, rule


@rule("DGL-127", severity=Severity.ERROR, source=at.ROUTE53_ALIAS)
def alias_outside_route53(subject: Subject) -> Iterator[Finding]:
    """A zone at another DNS provider has an alias record.

    ## Why it matters

    Aliases are Route 53's own: it looks up the load balancer's present addresses and answers with
    them. Elsewhere a name points to a load balancer by CNAME.

    ## Flagged

    ```yaml
    version: 1
    title: An alias at another provider
    region: ap-south-1
    zones: [a, b]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        internet_gateway: igw
        subnets:
          public: {cidr_blocks: [10.0.0.0/24, 10.0.1.0/24], route_table: public}
        route_tables:
          public: {0.0.0.0/0: igw}
        security_groups:
          edge: {ingress: [tcp 443 from 0.0.0.0/0]}
        load_balancers:
          edge: {subnets: [public], security_groups: [edge]}
    hosted_zones:
      example.com: {provider: registrar, records: {www: {alias: edge}}}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: An alias at Route 53
    region: ap-south-1
    zones: [a, b]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        internet_gateway: igw
        subnets:
          public: {cidr_blocks: [10.0.0.0/24, 10.0.1.0/24], route_table: public}
        route_tables:
          public: {0.0.0.0/0: igw}
        security_groups:
          edge: {ingress: [tcp 443 from 0.0.0.0/0]}
        load_balancers:
          edge: {subnets: [public], security_groups: [edge]}
    hosted_zones:
      example.com: {www: {alias: edge}}
    ```
    """
    for zone in each(subject.network, HostedZone):
        if zone.provider == "route53":
            continue
        for record in zone.records:
            if record.alias is not None:
                yield Finding(
                    record.span.or_else(zone.span),
                    f"{record.name!r} of {zone.id} is an alias, but {zone.provider!r} is not Route 53",
                    hint="move the zone to Route 53, or use a `cname`",
                )


RULE = alias_outside_route53
