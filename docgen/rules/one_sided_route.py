# Remarks on routes between VPCs that go one way only.
"""DGL-40."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.transit_gateway import TransitGateway
from docgen.model import sources as at
from docgen.model.component import Key
from docgen.model.network import Network
from docgen.routing.transit import leads_to
from docgen.rules._design import each
from docgen.rules._hubs import Leading, attachments, covers, first_overlap, leading_to, peerings, vpc_at
from docgen.rules._rule import Subject, rule


@rule("DGL-40", severity=Severity.WARNING, source=at.PEERING)
def one_sided_route(subject: Subject) -> Iterator[Finding]:
    """A VPC has a route to another by a peering connection or transit gateway, and no route leads back.

    ## Why it matters

    Questions arrive and answers do not: the connection hangs until it times out, and nothing in the first VPC says
    why. Both VPCs need a route, and with a transit gateway the tables of both attachments as well.

    ## Flagged

    ```yaml
    version: 1
    title: No way back
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
        route_tables: {db: {}}
    vpc_peering_connections:
      link: {requester_vpc: shop, accepter_vpc: data}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A way back
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
        for near, far in ((one, two), (two, one)):
            there = [r for r in leading_to(network, peering.key) if r.vpc == near]
            there = [r for r in there if first_overlap((r.route.destination,), network.blocks_of(far))]
            if there and not _leads(network, far, peering.key, near):
                yield _finding(network, there[0], near, far, peering.key)
    for gateway in each(network, TransitGateway):
        yield from _by_hub(network, gateway)


def _by_hub(network: Network, gateway: TransitGateway) -> Iterator[Finding]:
    joined = attachments(network, gateway.key)
    leading = list(leading_to(network, gateway.key))
    for near, far in ((a, b) for a in joined for b in joined if a is not b):
        blocks = network.blocks_of(vpc_at(far))
        there = [r for r in leading if r.vpc == vpc_at(near) and any(covers(r.route.destination, b) for b in blocks)]
        if not there or not leads_to(network, gateway.key, near.key, far.key, blocks):
            continue  # it is not meant, or goes by way of an inspection VPC
        if not _leads(network, vpc_at(far), gateway.key, vpc_at(near)):
            yield _finding(network, there[0], vpc_at(near), vpc_at(far), gateway.key)


def _leads(network: Network, vpc: Key, target: Key, other: Key) -> bool:
    """Whether any subnet of a VPC has a route to the other by this target."""
    blocks = network.blocks_of(other)
    return any(r.vpc == vpc and first_overlap((r.route.destination,), blocks) for r in leading_to(network, target))


def _finding(network: Network, there: Leading, near: Key, far: Key, by: Key) -> Finding:
    blocks = ", ".join(map(str, network.blocks_of(near)))
    return Finding(
        there.span(network),
        f"route {there.route} leads to VPC {network.name(far)!r}, which has no route back to "
        f"{network.name(near)!r} ({blocks})",
        hint=f"add `{network.blocks_of(near)[0]}: {network.name(by)}` to a route table of {network.name(far)!r}",
    )


RULE = one_sided_route
