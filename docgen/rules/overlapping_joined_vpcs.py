# Refuses VPCs that share addresses where something joins them.
"""DGL-34."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from docgen.core.diagnostic import Finding, Note, Severity
from docgen.kinds.direct_connect_gateway import DirectConnectGateway
from docgen.kinds.transit_gateway import TransitGateway
from docgen.kinds.transit_gateway_vpc_attachment import TransitGatewayVpcAttachment
from docgen.model import sources as at
from docgen.model.component import Key
from docgen.model.network import Network
from docgen.routing.hybrid import VGW, associated_with
from docgen.routing.transit import propagated
from docgen.rules._design import each
from docgen.rules._hubs import attachments, first_overlap, peerings, vpc_at
from docgen.rules._rule import Subject, rule


@rule(
    "DGL-34",
    severity=Severity.ERROR,
    source=at.PEERING,
    related=("Well-Architected REL02-BP05",),
)
def overlapping_joined_vpcs(subject: Subject) -> Iterator[Finding]:
    """VPCs that share addresses are peered, on one transit gateway, or behind one Direct Connect gateway.

    ## Why it matters

    AWS refuses a peering connection between VPCs whose IPv4 or IPv6 blocks overlap, also where only secondary ones
    do. A transit gateway takes the second VPC and does not propagate its blocks: nothing reaches it. VPCs behind one
    Direct Connect gateway may not share addresses either.

    ## Flagged

    ```yaml
    version: 1
    title: Twins that are peered
    region: ap-south-1
    zones: [a, b]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets: {app: {cidr_block: 10.0.10.0/24, availability_zone: a, route_table: app}}
        route_tables: {app: {10.1.0.0/16: link}}
      data:
        cidr_block: 10.0.0.0/20
        subnets: {db: {cidr_block: 10.0.15.0/24, availability_zone: a, route_table: db}}
        route_tables: {db: {10.0.0.0/8: link}}
    vpc_peering_connections:
      link: {requester_vpc: shop, accepter_vpc: data}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: Blocks of their own
    region: ap-south-1
    zones: [a, b]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets: {app: {cidr_block: 10.0.10.0/24, availability_zone: a, route_table: app}}
        route_tables: {app: {10.1.0.0/16: link}}
      data:
        cidr_block: 10.1.0.0/16
        subnets: {db: {cidr_block: 10.1.20.0/24, availability_zone: a, route_table: db}}
        route_tables: {db: {10.0.0.0/16: link}}
    vpc_peering_connections:
      link: {requester_vpc: shop, accepter_vpc: data}
    ```
    """
    network = subject.network
    for peering, (one, two) in peerings(network):
        shared = first_overlap(network.blocks_of(one), network.blocks_of(two))
        if shared is not None:
            yield Finding(
                peering.span,
                f"VPCs {network.name(one)!r} ({shared[0]}) and {network.name(two)!r} ({shared[1]}) share addresses: "
                "AWS refuses to peer them",
                hint="give one of them another block, or share single services by AWS PrivateLink",
            )
    for gateway in each(network, TransitGateway):
        yield from _at_hub(network, gateway)
    for connect in each(network, DirectConnectGateway):
        yield from _behind(network, connect)


def _at_hub(network: Network, gateway: TransitGateway) -> Iterator[Finding]:
    before: list[TransitGatewayVpcAttachment] = []
    wanted = propagated(network, gateway.key)
    for attachment in attachments(network, gateway.key):
        blocks = network.blocks_of(vpc_at(attachment))
        for other in before if attachment.key in wanted else ():
            shared = first_overlap(blocks, network.blocks_of(vpc_at(other)))
            if shared is not None and other.scope != attachment.scope:
                name, twin = network.name(vpc_at(attachment)), network.name(vpc_at(other))
                yield Finding(
                    attachment.span,
                    f"VPC {name!r} ({shared[0]}) shares addresses with {twin!r} ({shared[1]}), attached to "
                    f"{network.name(gateway.key)!r} before it: its blocks are not propagated",
                    hint="give one of them another block, or route only what both can keep apart",
                    notes=(Note(other.span, f"{twin!r} is attached here"),),
                )
                break
        before.append(attachment)


def _behind(network: Network, gateway: DirectConnectGateway) -> Iterator[Finding]:
    """VPCs whose own gateways are associated with a Direct Connect gateway."""
    vpcs = [Key("vpc", network.get(k).scope) for k in associated_with(network, gateway.key) if k.kind == VGW]
    for one, two in combinations(dict.fromkeys(vpcs), 2):
        shared = first_overlap(network.blocks_of(one), network.blocks_of(two))
        if shared is not None:
            yield Finding(
                gateway.span,
                f"VPCs {network.name(one)!r} ({shared[0]}) and {network.name(two)!r} ({shared[1]}) share addresses: "
                f"both cannot be behind {network.name(gateway.key)!r}",
                hint="give one of them another block, or a Direct Connect gateway of its own",
            )


RULE = overlapping_joined_vpcs
