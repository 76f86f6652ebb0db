# Remarks on routes to a peer that lead further than the design's flows go.
"""DGL-14."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from docgen.core.diagnostic import Finding, Severity
from docgen.core.span import Span
from docgen.kinds.route_table import RouteTable
from docgen.kinds.subnet import Subnet
from docgen.kinds.vpc_peering_connection import VpcPeeringConnection
from docgen.model import sources as at
from docgen.model.component import Key
from docgen.model.network import Network
from docgen.model.trace import FlowReport, Hop, Step, Verdict
from docgen.rules._design import each, is_world, listed, own_flows, what
from docgen.rules._hubs import covers, leading_to, peerings
from docgen.rules._rule import Subject, rule

Place = tuple[Key, Span]
"""A route: its table, and where it is written."""


@rule(
    "DGL-14",
    severity=Severity.WARNING,
    source=at.PEERING_ROUTES,
    related=(
        "Prowler vpc_peering_routing_tables_with_least_privilege (medium)",
        "Checkov CKV2_AWS_44",
        "CIS AWS Foundations 6.0 6.6",
    ),
)
def wide_peering_route(subject: Subject) -> Iterator[Finding]:
    """A route to a peer covers everything, or all of the peer's block although flows need a part of its subnets.

    ## Why it matters

    A route is the first fence between two VPCs: what it does not cover cannot be tried. A peering
    connection leads to the peer's own addresses only, so a default route to it opens nothing and
    swallows what should go elsewhere. What is needed is what packets of this design's allowed flows
    are sent to by the route, questions and answers alike; a route that no flow uses is not judged.

    ## Flagged

    ```yaml
    version: 1
    title: All of the peer for one database
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets: {app: {cidr_block: 10.0.10.0/24, route_table: app}}
        route_tables: {app: {10.1.0.0/16: link}}
        security_groups: {app: {egress: [tcp 5432 to 10.1.20.0/24]}}
        instances: {app: {subnet: app, security_groups: [app]}}
      data:
        cidr_block: 10.1.0.0/16
        subnets:
          db: {cidr_block: 10.1.20.0/24, route_table: db}
          batch: {cidr_block: 10.1.30.0/24}
        route_tables: {db: {10.0.10.0/24: link}}
        security_groups: {db: {ingress: [tcp 5432 from 10.0.10.0/24]}}
        instances: {orders: {subnet: db, security_groups: [db]}}
    vpc_peering_connections: {link: {requester_vpc: shop, accepter_vpc: data}}
    flows:
      app-reads-orders: {from: app, to: orders, port: 5432, expect: allowed}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: The database's subnet
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets: {app: {cidr_block: 10.0.10.0/24, route_table: app}}
        route_tables: {app: {10.1.20.0/24: link}}
        security_groups: {app: {egress: [tcp 5432 to 10.1.20.0/24]}}
        instances: {app: {subnet: app, security_groups: [app]}}
      data:
        cidr_block: 10.1.0.0/16
        subnets:
          db: {cidr_block: 10.1.20.0/24, route_table: db}
          batch: {cidr_block: 10.1.30.0/24}
        route_tables: {db: {10.0.10.0/24: link}}
        security_groups: {db: {ingress: [tcp 5432 from 10.0.10.0/24]}}
        instances: {orders: {subnet: db, security_groups: [db]}}
    vpc_peering_connections: {link: {requester_vpc: shop, accepter_vpc: data}}
    flows:
      app-reads-orders: {from: app, to: orders, port: 5432, expect: allowed}
    ```
    """
    network = subject.network
    needed = _needed(subject)
    for peering, (one, two) in peerings(network):
        for route in leading_to(network, peering.key):
            far = two if route.vpc == one else one
            block, span = route.route.destination, route.span(network)
            link = what(network, peering.key)
            if is_world(block):
                yield Finding(
                    span,
                    f"route {block} in table {route.table.name!r} sends everything to {link}, which leads to VPC "
                    f"{network.name(far)!r} only",
                    hint=f"route to {network.blocks_of(far)[0]}, or to the subnets of it that are needed",
                )
                continue
            if not any(covers(block, b) for b in network.blocks_of(far)):
                continue
            used = needed.get((route.table.key, route.route.span), {})
            subnets = [s for s in each(network, Subnet) if s.scope == far.path]
            some = [s for s in subnets if s.key in used] if None not in used else []
            if some and len(some) < len(subnets):
                blocks = ", ".join(str(b) for s in some for b in s.blocks if b.version == block.version)
                yield Finding(
                    span,
                    f"route {block} in table {route.table.name!r} covers all of VPC {network.name(far)!r}, and flows "
                    f"need {listed(network.name(s.key) for s in some)} only",
                    hint=f"route to {blocks} instead",
                )


def _needed(subject: Subject) -> Mapping[Place, Mapping[Key | None, None]]:
    """The subnets to which each route to a peer sends packets of allowed flows; None for what stands in none."""
    found: dict[Place, dict[Key | None, None]] = {}
    for _, report in own_flows(subject):
        for hop, step in _steps(report) if report.verdict is Verdict.ALLOWED else ():
            for table, route in step.lines:
                if route.target is not None and route.target.kind == VpcPeeringConnection.kind:
                    found.setdefault((table, route.span), {})[_subnet_of(subject.network, hop)] = None
    return found


def _steps(report: FlowReport) -> Iterator[tuple[Hop, Step]]:
    for connection in report.connections:
        for trace in (connection.forward, connection.returning):
            for hop in trace.hops if trace is not None else ():
                yield from ((hop, step) for step in hop.steps if step.by.kind == RouteTable.kind)


def _subnet_of(network: Network, hop: Hop) -> Key | None:
    """The subnet that a packet leaves for: that of whoever has its destination address."""
    if hop.packet_out is None:
        return None
    owners = [i for i in network.interfaces.values() if i.owns(hop.packet_out.destination)]
    return owners[0].subnet if len(owners) == 1 else None


RULE = wide_peering_route
