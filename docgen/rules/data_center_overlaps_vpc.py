# Remarks on data centers whose networks a connected VPC has as well.
"""DGL-210."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Note, Severity
from docgen.kinds.data_center import DataCenter
from docgen.kinds.virtual_interface import VirtualInterface
from docgen.kinds.vpn_connection import VpnConnection
from docgen.model import sources as at
from docgen.model.component import Component, Key
from docgen.model.network import Network
from docgen.routing.hybrid import DX_GATEWAY, VGW, associated_with, data_center_of, named
from docgen.rules._design import each
from docgen.rules._hubs import attachments, first_overlap, vpc_at
from docgen.rules._rule import Subject, rule


@rule(
    "DGL-210",
    severity=Severity.WARNING,
    source=at.VPN_PRIORITY,
    related=("Well-Architected REL02-BP05",),
)
def data_center_overlaps_vpc(subject: Subject) -> Iterator[Finding]:
    """A data center and a VPC that is connected to it share addresses.

    ## Why it matters

    AWS lets it be, and inside the VPC the local route wins: hosts of the data center that have an
    address of the VPC's block cannot be reached from there, and the data center has the same trouble
    the other way round.

    ## Flagged

    ```yaml
    version: 1
    title: The same addresses at both ends
    region: ap-south-1
    zones: [a]
    data_centers: {office: {cidr_blocks: [10.0.128.0/17]}}
    customer_gateways: {router: {ip_address: 203.0.113.10, data_center: office}}
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets: {app: {cidr_block: 10.0.10.0/24}}
        virtual_private_gateway: vgw
    vpn_connections: {tunnel: {customer_gateway: router, virtual_private_gateway: vgw}}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: Addresses of its own at each end
    region: ap-south-1
    zones: [a]
    data_centers: {office: {cidr_blocks: [192.168.0.0/16]}}
    customer_gateways: {router: {ip_address: 203.0.113.10, data_center: office}}
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets: {app: {cidr_block: 10.0.10.0/24}}
        virtual_private_gateway: vgw
    vpn_connections: {tunnel: {customer_gateway: router, virtual_private_gateway: vgw}}
    ```
    """
    network = subject.network
    told = set()
    for connection in (*each(network, VpnConnection), *each(network, VirtualInterface)):
        end = data_center_of(network, connection)
        center = network.components.get(end) if end is not None else None
        for vpc in _vpcs(network, connection) if isinstance(center, DataCenter) else ():
            assert isinstance(center, DataCenter)
            shared = first_overlap(center.cidr_blocks, network.blocks_of(vpc))
            if shared is not None and (center.key, vpc) not in told:
                told.add((center.key, vpc))
                yield Finding(
                    center.span,
                    f"data center {network.name(center.key)!r} ({shared[0]}) shares addresses with VPC "
                    f"{network.name(vpc)!r} ({shared[1]}): inside the VPC they are its own",
                    hint="give one of them another block, or translate between them",
                    notes=(Note(connection.span, f"{network.name(connection.key)!r} connects them"),),
                )


def _vpcs(network: Network, connection: Component) -> Iterator[Key]:
    """The VPCs that a connection leads to, by their own gateways or by a transit gateway."""
    ends = [named(network, connection, VGW)]
    if connection.kind == VirtualInterface.kind:
        through = named(network, connection, DX_GATEWAY)
        ends += associated_with(network, through) if through is not None else ()
    else:
        ends.append(named(network, connection, "transit_gateway"))
    for end in ends:
        if end is not None and end.kind == VGW:
            yield Key("vpc", network.get(end).scope)
        elif end is not None:
            yield from map(vpc_at, attachments(network, end))


RULE = data_center_overlaps_vpc
