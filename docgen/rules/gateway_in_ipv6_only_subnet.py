# Refuses attachments and NAT gateways in subnets without IPv4.
"""DGL-218."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.nat_gateway import NatGateway
from docgen.kinds.transit_gateway_vpc_attachment import TransitGatewayVpcAttachment
from docgen.model import sources as at
from docgen.rules._design import each, subnets_of
from docgen.rules._rule import Subject, rule


@rule("DGL-218", severity=Severity.ERROR, source=at.TRANSIT_GATEWAY_VPC)
def gateway_in_ipv6_only_subnet(subject: Subject) -> Iterator[Finding]:
    """An attachment of a transit gateway, or a NAT gateway, stands in an IPv6-only subnet.

    ## Why it matters

    Both have a private IPv4 address, also for IPv6 traffic: AWS refuses subnets without IPv4 for them.

    ## Flagged

    ```yaml
    version: 1
    title: An attachment without IPv4
    region: ap-south-1
    zones: [a]
    transit_gateways: {hub: {}}
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        ipv6_cidr_block: true
        subnets:
          six: {ipv6_native: true, ipv6_cidr_block: true}
          both: {cidr_block: 10.0.10.0/24, ipv6_cidr_block: true}
        transit_gateway_attachments: {shop-hub: {transit_gateway: hub, subnets: [six]}}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: An attachment in a subnet with both families
    region: ap-south-1
    zones: [a]
    transit_gateways: {hub: {}}
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        ipv6_cidr_block: true
        subnets:
          six: {ipv6_native: true, ipv6_cidr_block: true}
          both: {cidr_block: 10.0.10.0/24, ipv6_cidr_block: true}
        transit_gateway_attachments: {shop-hub: {transit_gateway: hub, subnets: [both]}}
    ```
    """
    network = subject.network
    for component in (*each(network, TransitGatewayVpcAttachment), *each(network, NatGateway)):
        for ref, subnet in subnets_of(network, component):
            if subnet.ipv6_native:
                yield Finding(
                    ref.span.or_else(component.span),
                    f"{network.kind_of(component.key).noun} {network.name(component.key)!r} stands in "
                    f"{network.name(subnet.key)!r}, which has no IPv4 addresses",
                    hint="name a subnet with a `cidr_block`",
                )


RULE = gateway_in_ipv6_only_subnet
