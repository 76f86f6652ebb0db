# Remarks on meshes of peering connections that have outgrown themselves.
"""DGL-45."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.vpc_peering_connection import VpcPeeringConnection
from docgen.model import sources as at
from docgen.model.component import Key
from docgen.rules._design import listed
from docgen.rules._hubs import peerings
from docgen.rules._rule import Subject, rule

_MOST = 4
"""VPCs of a full mesh that somebody can still oversee."""


@rule(
    "DGL-45",
    severity=Severity.WARNING,
    source=at.PLAN_TOPOLOGY,
    related=("Well-Architected REL02-BP04",),
)
def peering_mesh(subject: Subject) -> Iterator[Finding]:
    """More than four VPCs are all peered with each other.

    ## Why it matters

    A full mesh of n VPCs needs n(n-1)/2 connections and a route in each table for every other VPC; nobody oversees
    it any more, and a VPC has 50 connections by default. Well-Architected prefers a hub (REL02-BP04).

    ## Flagged

    ```yaml
    version: 1
    title: Each with each
    region: ap-south-1
    zones: [a, b]
    vpcs:
      orders: {cidr_block: 10.0.0.0/16}
      stock: {cidr_block: 10.1.0.0/16}
      people: {cidr_block: 10.2.0.0/16}
      ledger: {cidr_block: 10.3.0.0/16}
      search: {cidr_block: 10.4.0.0/16}
    vpc_peering_connections:
      orders-stock: {requester_vpc: orders, accepter_vpc: stock}
      orders-people: {requester_vpc: orders, accepter_vpc: people}
      orders-ledger: {requester_vpc: orders, accepter_vpc: ledger}
      orders-search: {requester_vpc: orders, accepter_vpc: search}
      stock-people: {requester_vpc: stock, accepter_vpc: people}
      stock-ledger: {requester_vpc: stock, accepter_vpc: ledger}
      stock-search: {requester_vpc: stock, accepter_vpc: search}
      people-ledger: {requester_vpc: people, accepter_vpc: ledger}
      people-search: {requester_vpc: people, accepter_vpc: search}
      ledger-search: {requester_vpc: ledger, accepter_vpc: search}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: Few enough to oversee
    region: ap-south-1
    zones: [a, b]
    vpcs:
      orders: {cidr_block: 10.0.0.0/16}
      stock: {cidr_block: 10.1.0.0/16}
      people: {cidr_block: 10.2.0.0/16}
      ledger: {cidr_block: 10.3.0.0/16}
    vpc_peering_connections:
      orders-stock: {requester_vpc: orders, accepter_vpc: stock}
      orders-people: {requester_vpc: orders, accepter_vpc: people}
      orders-ledger: {requester_vpc: orders, accepter_vpc: ledger}
      stock-people: {requester_vpc: stock, accepter_vpc: people}
      stock-ledger: {requester_vpc: stock, accepter_vpc: ledger}
      people-ledger: {requester_vpc: people, accepter_vpc: ledger}
    ```
    """
    network = subject.network
    joined: dict[Key, dict[Key, VpcPeeringConnection]] = {}
    for peering, (one, two) in peerings(network):
        joined.setdefault(one, {})[two] = joined.setdefault(two, {})[one] = peering
    told: set[Key] = set()
    for vpc, others in joined.items():
        mesh = [vpc]
        for other in others:
            if all(other in joined[one] for one in mesh):
                mesh.append(other)
        if len(mesh) > _MOST and not told.issuperset(mesh):
            told.update(mesh)
            lines = len(mesh) * (len(mesh) - 1) // 2
            yield Finding(
                joined[mesh[0]][mesh[1]].span,
                f"{listed(map(network.name, mesh))} are all peered with each other: {len(mesh)} VPCs by {lines} "
                "connections",
                hint="attach them to a transit gateway instead",
            )


RULE = peering_mesh
