# Refuses attachments with two subnets in one zone.
"""DGL-171."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.transit_gateway_vpc_attachment import TransitGatewayVpcAttachment
from docgen.model import sources as at
from docgen.rules._design import each, subnets_of_one_zone
from docgen.rules._rule import Subject, rule


@rule("DGL-171", severity=Severity.ERROR, source=at.TRANSIT_GATEWAY_VPC)
def attachment_subnets_share_zone(subject: Subject) -> Iterator[Finding]:
    """A transit gateway attachment names two subnets of one Availability Zone.

    ## Why it matters

    AWS takes one subnet in each zone; by it the gateway serves every subnet of that zone.

    ## Flagged

    ```yaml
    version: 1
    title: Two subnets of a zone
    region: ap-south-1
    zones: [a, b]
    transit_gateways: {hub: {}}
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets:
          app: {cidr_block: 10.0.10.0/24, availability_zone: a}
          hub: {cidr_block: 10.0.99.0/28, availability_zone: a}
        transit_gateway_attachments: {shop-hub: {transit_gateway: hub, subnets: [app, shop/hub]}}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: One subnet in each zone
    region: ap-south-1
    zones: [a, b]
    transit_gateways: {hub: {}}
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets:
          app: {cidr_block: 10.0.10.0/24, availability_zone: a}
          hub: {cidr_blocks: [10.0.99.0/28, 10.0.99.16/28]}
        transit_gateway_attachments: {shop-hub: {transit_gateway: hub, subnets: [shop/hub]}}
    ```
    """
    network = subject.network
    for attachment in each(network, TransitGatewayVpcAttachment):
        for ref, subnet, before in subnets_of_one_zone(network, attachment):
            yield Finding(
                ref.span.or_else(attachment.span),
                f"attachment {network.name(attachment.key)!r} names {network.name(before.key)!r} and "
                f"{network.name(subnet.key)!r}, both in {network.zone_of(subnet.key)}; AWS takes one of a zone",
                hint=f"leave {network.name(subnet.key)!r} out",
            )


RULE = attachment_subnets_share_zone
