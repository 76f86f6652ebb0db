# Reports route tables that AWS does not let anyone associate with a gateway.
"""DGL-153."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docgen.core.diagnostic import Finding, Note, Severity
from docgen.kinds.route_table import RouteTable
from docgen.kinds.subnet import Subnet
from docgen.kinds.vpc import Vpc
from docgen.model import sources as at
from docgen.model.network import Network
from docgen.model.policy import Route
from docgen.rules._design import by_vpc, each, listed, referred, vpc_of, what
from docgen.rules._rule import Subject, rule

_APPLIANCES = ("network_interface", "instance", "gateway_load_balancer_endpoint", "network_firewall")
"""Kinds that a gateway route table may lead to."""


@rule("DGL-153", severity=Severity.ERROR, source=at.GATEWAY_ROUTE_TABLES)
def illegal_gateway_route_table(subject: Subject) -> Iterator[Finding]:
    """A route table of a gateway holds what AWS does not let it hold, or is the main table.

    ## Why it matters

    A gateway route table may lead what comes in for the VPC, or for one whole subnet, to the
    interface of an appliance or to a Gateway Load Balancer endpoint. AWS refuses to associate a
    table with any other target, with a destination outside the VPC, or with a prefix list.

    ## Flagged

    ```yaml
    version: 1
    title: What comes in shall go out again
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        internet_gateway: igw
        subnets:
          public: {cidr_block: 10.0.0.0/24, route_table: public}
        nat_gateways: {nat: {subnet: public}}
        route_tables:
          public: {0.0.0.0/0: igw}
          ingress: {gateways: [igw], 10.0.0.0/24: nat}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: What comes in passes a firewall
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        internet_gateway: igw
        subnets:
          public: {cidr_block: 10.0.0.0/24, route_table: inspected}
          inspection: {cidr_block: 10.0.9.0/24, route_table: public}
        network_interfaces:
          firewall: {subnet: inspection, elastic_ip: true, source_dest_check: false}
        route_tables:
          public: {0.0.0.0/0: igw}
          inspected: {0.0.0.0/0: firewall}
          ingress: {gateways: [igw], 10.0.0.0/24: firewall}
    ```
    """
    network = subject.network
    for table in each(network, RouteTable):
        effective = network.route_tables.get(table.key)
        vpc = vpc_of(network, table)
        if effective is None or not effective.gateways or vpc is None:
            continue
        name = network.name(table.key)
        gateways = listed(map(network.name, effective.gateways))
        if effective.main:
            yield Finding(
                table.span,
                f"route table {name!r} is the main one of VPC {vpc.id!r} and cannot be that of gateway {gateways}",
                hint="write a table of its own for the gateway",
            )
        for route in table.routes:
            problem = _problem(network, table, route, vpc)
            if problem is not None:
                yield Finding(
                    route.span.or_else(table.span),
                    f"route {route.destination} in table {name!r}, which is that of gateway {gateways}, {problem[0]}",
                    hint=problem[1],
                    notes=(Note(vpc.span, f"VPC {vpc.id!r} has {' and '.join(map(str, vpc.blocks))}"),),
                )
        if table.propagating_vgws:
            text = f"route table {name!r} of gateway {gateways} cannot have propagated routes"
            yield Finding(table.span, text, hint="remove `propagating_vgws`, or give the gateway a table of its own")


def _problem(network: Network, table: RouteTable, route: Route, vpc: Vpc) -> tuple[str, str] | None:
    """What is wrong with a route and what to do about it; None where nothing is."""
    if route.destination_prefix_list is not None:
        return "names a prefix list, which a gateway's table cannot", "write the block of a subnet"
    blocks: set[Any] = {*vpc.blocks, *(b for s in by_vpc(network, Subnet)[vpc.id] for b in s.blocks)}
    if route.destination_cidr_block not in blocks:
        return "is neither for a whole block of the VPC nor for that of a subnet", "write the block of a subnet"
    for _, key in referred(network, table.scope, route, "target"):
        if key.kind not in _APPLIANCES:
            return f"leads to {what(network, key)}", "lead it to the network interface of an appliance"
    return None


RULE = illegal_gateway_route_table
