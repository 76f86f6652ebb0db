# Remarks on zones from which a transit gateway cannot be entered.
"""DGL-28."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.transit_gateway_vpc_attachment import TransitGatewayVpcAttachment
from docgen.model import sources as at
from docgen.rules._design import each, listed, verb
from docgen.rules._hubs import leading_to, vpc_at
from docgen.rules._rule import Subject, rule


@rule("DGL-28", severity=Severity.WARNING, source=at.TRANSIT_GATEWAY_VPC)
def zone_without_attachment(subject: Subject) -> Iterator[Finding]:
    """Something has a route to a transit gateway and stands in a zone without a subnet of the attachment.

    ## Why it matters

    A transit gateway is entered by the attachment's interface in the sender's own zone. Where there is none, the
    route is there and the packets are dropped (`TGW_ROUTE_AZ_RESTRICTION`).

    ## Flagged

    ```yaml
    version: 1
    title: An attachment in one of two zones
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
        transit_gateway_attachments: {shop-hub: {transit_gateway: hub, subnets: [shop/hub-a]}}
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
    title: An attachment in both zones
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
    standing = defaultdict(list)
    for interface in network.interfaces.values():
        if interface.owner.kind != TransitGatewayVpcAttachment.kind:
            standing[interface.subnet].append(interface)
    for attachment in each(network, TransitGatewayVpcAttachment):
        served = {i.zone for i in network.interfaces_of(attachment.key)}
        missing: dict[str, list[str]] = {}
        for vpc, table, _ in leading_to(network, *attachment.hubs(network)):
            for interface in (i for s in table.subnets for i in standing[s] if vpc == vpc_at(attachment)):
                if interface.zone not in served:
                    names = missing.setdefault(interface.zone, [])
                    names += [n for n in (network.name(interface.owner),) if n not in names]
        for zone, names in missing.items():
            yield Finding(
                attachment.span,
                f"{listed(names)} in {zone} {verb(len(names), 'has', 'have')} a route to "
                f"{str(attachment.transit_gateway)!r} and cannot use it: attachment "
                f"{network.name(attachment.key)!r} has no subnet in that zone",
                hint=f"give the attachment a subnet in {zone}",
            )


RULE = zone_without_attachment
