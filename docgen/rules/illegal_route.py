# Reports routes that AWS does not let anyone create.
"""DGL-37."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Note, Severity
from docgen.core.prefixes import LINK_LOCAL_SERVICES, LINK_LOCAL_SERVICES_IPV6, NAT64, Block, within
from docgen.kinds.network_interface import NetworkInterface
from docgen.kinds.outpost import Outpost
from docgen.kinds.prefix_list import PrefixList
from docgen.kinds.route_table import RouteTable
from docgen.kinds.subnet import Subnet
from docgen.kinds.vpc import Vpc
from docgen.model import sources as at
from docgen.model.component import Component, Key
from docgen.model.forwarding import Arrival, Refusal, is_attached
from docgen.model.network import Network
from docgen.model.policy import Route
from docgen.rules._design import by_vpc, each, referred, vpc_of, what
from docgen.rules._rule import Subject, rule

_MIDDLEBOXES = (
    "nat_gateway",
    "network_interface",
    "instance",
    "gateway_load_balancer_endpoint",
    "network_firewall",
)
"""Kinds that may take traffic between subnets of one VPC."""
_NO_PREFIX_LISTS = ("local_gateway", "carrier_gateway", "core_network", "odb_network")
"""Kinds that a route for a prefix list cannot lead to."""


@rule(
    "DGL-37",
    severity=Severity.ERROR,
    source=at.SUBNET_ROUTE_TABLES,
    related=("cfn-lint E3022 (error)",),
)
def illegal_route(subject: Subject) -> Iterator[Finding]:
    """A route has a destination or target that AWS refuses.

    ## Why it matters

    Inside the VPC's own range the local route delivers. A more specific route there may only name
    the whole block of a subnet, and only lead to an interface, an instance or a NAT gateway. A
    target belongs to the table's own VPC, and 169.254.168.0/22 and fd00:ec2::/32 are reserved. An
    egress-only internet gateway carries IPv6 only, a NAT gateway of IPv6 only 64:ff9b::/96.

    ## Flagged

    ```yaml
    version: 1
    title: A route into the VPC's own range
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        internet_gateway: igw
        subnets:
          public: {cidr_block: 10.0.0.0/24, route_table: public}
        route_tables:
          public: {10.0.20.0/24: igw}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A route to a subnet by way of a firewall
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets:
          app: {cidr_block: 10.0.10.0/24, route_table: app}
          data: {cidr_block: 10.0.20.0/24}
          inspection: {cidr_block: 10.0.30.0/24}
        network_interfaces:
          firewall: {subnet: inspection, source_dest_check: false}
        route_tables:
          app: {10.0.20.0/24: firewall}
    ```
    """
    network = subject.network
    for table in each(network, RouteTable):
        vpc = vpc_of(network, table)
        for route in table.routes:
            problem = vpc and _problem(network, table, route, vpc)
            if problem:
                where = f"route {route.destination} in table {network.name(table.key)!r}"
                yield Finding(
                    route.span.or_else(table.span),
                    f"{where} {problem.text}",
                    hint=problem.hint,
                    notes=problem.notes,
                )


def _problem(network: Network, table: RouteTable, route: Route, vpc: Vpc) -> Finding | None:
    """What is wrong with a route, as the second half of a sentence; None where nothing is."""
    block = route.destination_cidr_block
    for reserved in (LINK_LOCAL_SERVICES, LINK_LOCAL_SERVICES_IPV6):
        if block is not None and within(block, reserved):
            return Finding(route.span, f"is inside {reserved}, which AWS keeps to itself", hint="remove the route")
    if route.target is None:
        return None if block in vpc.blocks else _misplaced_local(route, vpc)
    found = referred(network, table.scope, route, "target")
    if not found:
        return None  # names nothing: reported when references were bound
    target = network.get(found[0][1])
    named = what(network, target.key)
    crossing: object = target
    if is_attached(crossing):
        refusal = crossing.entrance(vpc.key, Arrival(previous=None), network)
        if isinstance(refusal, Refusal) and refusal.code == "DG_INVALID_CONFIG":
            return Finding(
                route.span,
                f"points to {named}, but {refusal.why}",
                hint=f"attach VPC {table.scope!r} to it, or remove the route",
                notes=(Note(target.span, f"{network.name(target.key)!r} is declared here"),),
            )
    elif target.scope != table.scope:
        return Finding(
            route.span,
            f"points to {named}, which belongs to VPC {target.scope!r}",
            hint=f"a route's target stands in its own VPC, {table.scope!r}",
            notes=(Note(target.span, f"{network.name(target.key)!r} is declared here"),),
        )
    refused = _wrong_family(network, route, target)
    if refused is not None:
        return refused
    home = next((own for own in vpc.blocks if block is not None and within(block, own)), None)
    if block is None or home is None:
        return _several_interfaces(network, route, target)
    if target.kind not in _MIDDLEBOXES and not _between_outpost_subnets(network, table, block, target):
        return Finding(
            route.span,
            f"is inside the VPC's own {home} and points to {named}; "
            "there only an interface, an instance or a NAT gateway may stand in for the local route",
            hint="remove it: the local route delivers inside the VPC",
            notes=(Note(vpc.span, f"VPC {vpc.id!r} has {home}"),),
        )
    blocks = {b for s in by_vpc(network, Subnet)[vpc.id] for b in s.blocks}
    if block != home and block not in blocks:
        return Finding(
            route.span,
            f"is inside the VPC's own {home} and is not the whole block of a subnet",
            hint=_nearest(block, blocks),
        )
    return _several_interfaces(network, route, target)


def _wrong_family(network: Network, route: Route, target: Component) -> Finding | None:
    """Targets that carry one family only, or one part of it."""
    blocks: tuple[Block, ...] = (route.destination_cidr_block,) if route.destination_cidr_block is not None else ()
    if route.destination_prefix_list is not None:
        listed = network.components.get(Key("prefix_list", route.destination_prefix_list.name))
        blocks = listed.entries if isinstance(listed, PrefixList) else ()
    if target.kind == "egress_only_internet_gateway" and any(b.version == 4 for b in blocks):
        return Finding(
            route.span,
            f"points to {what(network, target.key)}, which carries IPv6 only",
            hint='write `"::/0"`, or point to a NAT gateway or an internet gateway',
        )
    if target.kind == "carrier_gateway" and any(b.version == 6 for b in blocks):
        return Finding(
            route.span,
            f"points to {what(network, target.key)}, which carries IPv4 only",
            hint="write an IPv4 block",
        )
    if target.kind in _NO_PREFIX_LISTS and route.destination_prefix_list is not None:
        return Finding(
            route.span,
            f"names a prefix list and points to {what(network, target.key)}, which takes blocks only",
            hint="write a route for each block",
        )
    if target.kind == "nat_gateway" and any(b.version == 6 and not within(b, NAT64) for b in blocks):
        return Finding(
            route.span,
            f"points to {what(network, target.key)}, which takes of IPv6 only {NAT64}",
            hint=f'point to an egress-only internet gateway, or write `"{NAT64}"`',
        )
    return None


def _between_outpost_subnets(network: Network, table: RouteTable, block: Block, target: Component) -> bool:
    """Whether a local gateway stands in for the local route between subnets of Outposts, which AWS allows."""
    if target.kind != "local_gateway":
        return False
    there = {key for outpost in each(network, Outpost) for _, key in referred(network, "", outpost, "subnets")}
    effective = network.route_tables.get(table.key)
    subnets = effective.subnets if effective is not None else ()
    blocks = {b for key in there if key in network.components for b in network.get(key).blocks}  # type: ignore[attr-defined]
    return bool(subnets) and there.issuperset(subnets) and block in blocks


def _misplaced_local(route: Route, vpc: Vpc) -> Finding:
    own = " and ".join(map(str, vpc.blocks))
    return Finding(
        route.span,
        f"is `local`, which serves the VPC's own blocks only, {own}",
        hint="name a gateway as target, or remove the route: every table has its local route",
    )


def _several_interfaces(network: Network, route: Route, target: Component) -> Finding | None:
    """An instance is a target only as long as it has one interface."""
    more = [
        eni
        for eni in each(network, NetworkInterface)
        if any(key == target.key for _, key in referred(network, eni.scope, eni, "attachment"))
    ]
    if target.kind != "instance" or not more:
        return None
    return Finding(
        route.span,
        f"points to {what(network, target.key)}, which has more than one network interface",
        hint=f"point to an interface, such as {more[0].id!r}",
        notes=(Note(more[0].span, f"{more[0].id!r} is attached here"),),
    )


def _nearest(block: Block, subnets: set[Block]) -> str:
    """The subnet that the author most likely meant."""
    around = sorted((s for s in subnets if s.overlaps(block)), key=str)
    return f"did you mean the subnet {around[0]}?" if around else "use the block of a subnet of this VPC"


RULE = illegal_route
