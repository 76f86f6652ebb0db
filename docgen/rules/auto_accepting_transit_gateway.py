# Remarks on transit gateways that anybody may attach to.
"""DGL-15."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.transit_gateway import TransitGateway
from docgen.model import sources as at
from docgen.rules._design import each
from docgen.rules._rule import Subject, rule


@rule(
    "DGL-15",
    severity=Severity.WARNING,
    source=at.EC2_CONTROLS,
    related=(
        "Security Hub EC2.23 (High)",
        "Prowler ec2_transitgateway_auto_accept_vpc_attachments (high)",
        "Checkov CKV_AWS_331",
    ),
)
def auto_accepting_transit_gateway(subject: Subject) -> Iterator[Finding]:
    """A transit gateway accepts the attachments of other accounts by itself.

    ## Why it matters

    Every account that the gateway is shared with attaches a VPC without anybody's consent, and with the default
    table it can reach all others at once.

    ## Flagged

    ```yaml
    version: 1
    title: A gateway for everybody
    region: ap-south-1
    zones: [a, b]
    transit_gateways: {hub: {auto_accept_shared_attachments: true}}
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets:
          app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24], route_table: app}
          hub: {cidr_blocks: [10.0.99.0/28, 10.0.99.16/28]}
        route_tables: {app: {10.0.0.0/8: hub}}
        transit_gateway_attachments: {shop-hub: {transit_gateway: hub, subnets: [shop/hub]}}
        instances: {app-a: {subnet: app-a}, app-b: {subnet: app-b}}
      data:
        cidr_block: 10.1.0.0/16
        subnets:
          db: {cidr_blocks: [10.1.20.0/24, 10.1.21.0/24], route_table: db}
          hub: {cidr_blocks: [10.1.99.0/28, 10.1.99.16/28]}
        route_tables: {db: {10.0.0.0/8: hub}}
        transit_gateway_attachments: {data-hub: {transit_gateway: hub, subnets: [data/hub]}}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A gateway that asks
    region: ap-south-1
    zones: [a, b]
    transit_gateways: {hub: {}}
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets:
          app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24], route_table: app}
          hub: {cidr_blocks: [10.0.99.0/28, 10.0.99.16/28]}
        route_tables: {app: {10.0.0.0/8: hub}}
        transit_gateway_attachments: {shop-hub: {transit_gateway: hub, subnets: [shop/hub]}}
        instances: {app-a: {subnet: app-a}, app-b: {subnet: app-b}}
      data:
        cidr_block: 10.1.0.0/16
        subnets:
          db: {cidr_blocks: [10.1.20.0/24, 10.1.21.0/24], route_table: db}
          hub: {cidr_blocks: [10.1.99.0/28, 10.1.99.16/28]}
        route_tables: {db: {10.0.0.0/8: hub}}
        transit_gateway_attachments: {data-hub: {transit_gateway: hub, subnets: [data/hub]}}
    ```
    """
    network = subject.network
    for gateway in each(network, TransitGateway):
        if gateway.auto_accept_shared_attachments:
            yield Finding(
                gateway.span,
                f"transit gateway {network.name(gateway.key)!r} accepts attachments of other accounts by itself",
                hint="write `auto_accept_shared_attachments: false` and accept each one",
            )


RULE = auto_accepting_transit_gateway
