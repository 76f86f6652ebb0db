# Refuses a second attachment of a VPC to a transit gateway.
"""DGL-170."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Note, Severity
from docgen.kinds.transit_gateway import TransitGateway
from docgen.kinds.transit_gateway_vpc_attachment import TransitGatewayVpcAttachment
from docgen.model import sources as at
from docgen.rules._design import each
from docgen.rules._hubs import attachments, vpc_at
from docgen.rules._rule import Subject, rule


@rule("DGL-170", severity=Severity.ERROR, source=at.TRANSIT_GATEWAY_VPC)
def several_attachments(subject: Subject) -> Iterator[Finding]:
    """A VPC is attached to one transit gateway twice.

    ## Why it matters

    AWS takes one attachment for a VPC and transit gateway. More subnets, one in each zone, belong into that one.

    ## Flagged

    ```yaml
    version: 1
    title: Two attachments
    region: ap-south-1
    zones: [a, b]
    transit_gateways: {hub: {}}
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets: {hub: {cidr_blocks: [10.0.99.0/28, 10.0.99.16/28]}}
        transit_gateway_attachments:
          one: {transit_gateway: hub, subnets: [hub-a]}
          two: {transit_gateway: hub, subnets: [hub-b]}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: One attachment with both zones
    region: ap-south-1
    zones: [a, b]
    transit_gateways: {hub: {}}
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets: {hub: {cidr_blocks: [10.0.99.0/28, 10.0.99.16/28]}}
        transit_gateway_attachments:
          one: {transit_gateway: hub, subnets: [shop/hub]}
    ```
    """
    network = subject.network
    for gateway in each(network, TransitGateway):
        first: dict[str, TransitGatewayVpcAttachment] = {}
        for attachment in attachments(network, gateway.key):
            before = first.setdefault(attachment.scope, attachment)
            if before is not attachment:
                vpc = network.name(vpc_at(attachment))
                yield Finding(
                    attachment.span,
                    f"VPC {vpc!r} is attached to {network.name(gateway.key)!r} already, by "
                    f"{network.name(before.key)!r}: AWS refuses a second attachment",
                    hint=f"move its subnets to {network.name(before.key)!r}",
                    notes=(Note(before.span, "the first one"),),
                )


RULE = several_attachments
