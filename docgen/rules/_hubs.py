# Questions about VPCs that are joined: which routes lead to a peering connection or a transit gateway, and whence.
"""peerings, leading_to, attachments, first_overlap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product
from typing import NamedTuple

from docgen.core.prefixes import Block
from docgen.core.span import Span
from docgen.kinds.transit_gateway_vpc_attachment import AttachmentState, TransitGatewayVpcAttachment
from docgen.kinds.vpc_peering_connection import PeeringStatus, VpcPeeringConnection
from docgen.model.component import Key
from docgen.model.network import EffectiveRoute, EffectiveRouteTable, Network
from docgen.rules._design import each

_GONE = (
    PeeringStatus.FAILED,
    PeeringStatus.REJECTED,
    PeeringStatus.EXPIRED,
    PeeringStatus.DELETING,
    PeeringStatus.DELETED,
)


class Leading(NamedTuple):
    """A route of a table that a subnet uses."""

    vpc: Key
    table: EffectiveRouteTable
    route: EffectiveRoute

    def span(self, network: Network) -> Span:
        """Where it is written."""
        return self.route.span.or_else(network.get(self.table.key).span)


def leading_to(network: Network, *targets: Key) -> Iterator[Leading]:
    """The routes to these targets, in the tables that subnets use."""
    for table in network.route_tables.values():
        if table.subnets:
            vpc = Key("vpc", network.get(table.subnets[0]).scope)
            yield from (Leading(vpc, table, r) for r in table.routes if r.target in targets)


def peerings(network: Network) -> Iterator[tuple[VpcPeeringConnection, tuple[Key, Key]]]:
    """Peering connections that are there, or on their way, with the VPCs that they join."""
    for peering in each(network, VpcPeeringConnection):
        if peering.status not in _GONE:
            yield peering, peering.sides(network)


def attachments(network: Network, hub: Key) -> list[TransitGatewayVpcAttachment]:
    """The VPC attachments of a transit gateway that carry packets, in order."""
    return [
        a
        for a in each(network, TransitGatewayVpcAttachment)
        if a.state is AttachmentState.AVAILABLE and hub in a.hubs(network)
    ]


def vpc_at(attachment: TransitGatewayVpcAttachment) -> Key:
    """The VPC that it attaches."""
    return Key("vpc", attachment.scope)


def first_overlap(some: Iterable[Block], others: Iterable[Block]) -> tuple[Block, Block] | None:
    """A block of each side that share addresses; None where nothing is shared."""
    return next(((a, b) for a, b in product(some, others) if a.version == b.version and a.overlaps(b)), None)


def covers(wide: Block, narrow: Block) -> bool:
    """Whether a block holds all of another."""
    return wide.version == narrow.version and wide.supernet_of(narrow)  # type: ignore[arg-type]
