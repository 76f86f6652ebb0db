# Remarks on subnets whose way out stands in another zone.
"""DGL-20."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Note, Severity
from docgen.model import sources as at
from docgen.rules._design import listed, verb
from docgen.rules._rule import Subject, rule


@rule(
    "DGL-20",
    severity=Severity.WARNING,
    source=at.NAT_GATEWAY_BASICS,
    related=(
        "Trusted Advisor NAT Gateway AZ Independence",
        "Well-Architected REL02-BP01",
        "Well-Architected REL10-BP01",
    ),
)
def nat_gateway_in_another_zone(subject: Subject) -> Iterator[Finding]:
    """Subnets of one zone use a NAT gateway of another.

    ## Why it matters

    A NAT gateway is redundant inside its zone only. When that zone fails, subnets of the others
    lose their way out too; until then each of their packets pays for crossing zones.

    ## Flagged

    ```yaml
    version: 1
    title: One NAT gateway for two zones
    region: ap-south-1
    zones: [a, b]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        internet_gateway: igw
        subnets:
          public: {cidr_blocks: [10.0.0.0/24, 10.0.1.0/24], route_table: public}
          app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24], route_table: private}
        nat_gateways: {nat: {subnet: public-a}}
        route_tables:
          public: {0.0.0.0/0: igw}
          private: {0.0.0.0/0: nat}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A NAT gateway in each zone
    region: ap-south-1
    zones: [a, b]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        internet_gateway: igw
        subnets:
          public: {cidr_blocks: [10.0.0.0/24, 10.0.1.0/24], route_table: public}
          app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24], route_table: private}
        nat_gateways: {nat: {subnet: public}}
        route_tables:
          public: {0.0.0.0/0: igw}
          private: {0.0.0.0/0: nat}
    ```
    """
    network = subject.network
    for table in network.route_tables.values():
        for route in table.routes:
            if route.target is None or route.target.kind != "nat_gateway":
                continue
            zone = network.zone_of(route.target)
            far = [s for s in table.subnets if network.zone_of(s) != zone]
            if not zone or not far:
                continue
            zones = ", ".join(sorted({network.zone_of(s) for s in far}))
            yield Finding(
                route.span,
                f"{listed(map(network.name, far))} ({zones}) {verb(len(far), 'uses', 'use')} NAT gateway "
                f"{route.target_name!r} in {zone} as the way out",
                hint="put a NAT gateway into each zone and give each zone's subnets a table of their own",
                notes=(Note(network.get(route.target).span, f"{route.target_name!r} stands in {zone}"),),
            )


RULE = nat_gateway_in_another_zone
