# Route tables of VPCs: which way each destination takes, worked out from what the author wrote.
#
# Sources: Amazon VPC User Guide, "How route priority works", "Gateway route tables", "Gateway endpoints".
"""Way, ways_of, is_gateway_endpoint."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docgen.core.aws_ranges import managed_prefix_list
from docgen.core.data import dataclass
from docgen.core.prefixes import Block
from docgen.kernel.prefixes import behind
from docgen.kernel.world import Place, World
from docgen.model.component import Key
from docgen.model.network import Interface, part_of

STATIC, LISTED, PROPAGATED = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Route:
    """A line of a table before its target is looked at."""

    block: Block
    target: Key | None
    """None is local."""
    order: tuple[int, ...]
    """Between lines for one block the lower wins."""
    gone: Key | None = None
    """The line that announced it and does not work: the route is not there."""
    blackhole: bool = False


def routes_of(world: World, key: Key) -> tuple[Route, ...]:
    """The best line of a table for each block that is not the VPC's own, and those that are gone."""
    table: Any = world.network.get(key)
    vpc = Key("vpc", table.scope)
    local = [b for b in world.network.blocks_of(vpc) if b.version == 4]
    best: dict[Block, Route] = {}
    gone = []
    for route in _written(world, table):
        inside = any(route.block.subnet_of(b) for b in local)  # type: ignore[arg-type]
        if inside and route.order[0] == PROPAGATED:
            continue  # local beats what is propagated, even where that is longer
        if route.gone is not None:
            gone.append(route)
        elif route.block not in best or route.order < best[route.block].order:
            best[route.block] = route
    return (*best.values(), *gone)


def _written(world: World, table: Any) -> Iterator[Route]:
    for route in table.routes:
        target = world.bind_ref(route, "target", route.target, table.scope) if route.target is not None else None
        blocks: tuple[Block, ...] = ()
        order: tuple[int, ...] = (STATIC,)
        if route.destination_cidr_block is not None:
            blocks = (route.destination_cidr_block,)
        elif (listed := world.bind(route, "destination_prefix_list", table.scope)) is not None:
            owner: Any = world.network.get(listed)
            blocks, order = owner.entries, (LISTED,)
        if part_of(table.key, route.destination) in world.network.down:
            continue
        for block in blocks:
            if block.version == 4:
                yield Route(block, target, order, blackhole=str(route.state) == "blackhole")
    for endpoint in world.of("vpc_endpoint"):
        if is_gateway_endpoint(endpoint) and table.key in world.all_bound(endpoint, "route_tables"):
            for block in gateway_blocks(world, endpoint):
                yield Route(block, endpoint.key, (LISTED,))
    for gateway in world.all_bound(table, "propagating_vgws"):
        for known in behind(world, gateway):
            absent = None if known.line.working or known.standing else known.line.key
            yield Route(known.block, gateway, (PROPAGATED, *known.order), gone=absent)


def is_gateway_endpoint(endpoint: Any) -> bool:
    """Whether an endpoint is a route and no interface."""
    if endpoint.type is not None:
        return str(endpoint.type) == "gateway"
    return service_of(endpoint) in ("s3", "dynamodb") and not endpoint.subnets


def service_of(endpoint: Any) -> str:
    """`s3` of `com.amazonaws.us-east-1.s3`."""
    name: str = endpoint.service
    return name.split(".", 3)[-1] if name.startswith("com.amazonaws.") else name


def gateway_blocks(world: World, endpoint: Any) -> tuple[Block, ...]:
    """The service's addresses in the VPC's own Region, as AWS lists them."""
    region = world.region_of(Key("vpc", endpoint.scope))
    return managed_prefix_list(f"com.amazonaws.{region}.{service_of(endpoint)}")


@dataclass(frozen=True, slots=True)
class Way:
    """Where a block's packets go: a next hop as `ip route` says it, or the place where they end."""

    block: str
    hop: str = ""
    """`via ... dev ...`, or `local`; "" where they end, or go to an interface."""
    interface: Interface | None = None
    """An interface in the VPC that is the next hop."""
    end: Place | None = None


def ways_of(world: World, key: Key, zone: str) -> tuple[Way, ...]:
    """The ways of a table for who sends from a zone; without the VPC's own blocks."""
    return tuple(_way(world, key, route, zone) for route in routes_of(world, key))


def _way(world: World, table: Key, route: Route, zone: str) -> Way:
    block = str(route.block)
    if route.gone is not None:
        text = f"has no route for it: {world.network.name(route.gone)} announces nothing while it is down"
        return Way(block, end=Place(table, text, (route.gone,)))
    target, vpc = route.target, Key("vpc", world.network.get(table).scope)
    if target is None:
        return Way(block, "local")
    dead = Way(block, end=Place(table, f"leads it to {world.network.name(target)}, which is not there", (target,)))
    if route.blackhole or (target.kind == "vpc_endpoint" and not world.up(target)):
        return dead
    if target.kind == "transit_gateway":
        return _to_hub(world, vpc, target, block, zone)
    if target.kind in _BY_WIRE:
        wire = world.wires.get((target.kind, str(target), str(vpc)))
        return Way(block, wire.to_two if vpc_is_first(world, target, vpc) else wire.to_one) if wire else dead
    interfaces = world.network.interfaces_of(target)
    if target.kind in _HOSTS and interfaces:
        up = world.network.interface_is_up(interfaces[0])
        return Way(block, interface=interfaces[0]) if up else dead
    text = f"a {target.kind.replace('_', ' ')} as a route's target is not emulated"
    return Way(block, end=Place(target, text, unknown=True))


_BY_WIRE = ("internet_gateway", "virtual_private_gateway", "vpc_peering_connection", "vpc_endpoint")
_HOSTS = ("nat_gateway", "instance", "network_interface")


def vpc_is_first(world: World, target: Key, vpc: Key) -> bool:
    """Whether the VPC has the first end of the wire: of a peering connection the requester has."""
    if target.kind != "vpc_peering_connection":
        return True
    return world.bind(world.network.get(target), "requester_vpc") == vpc


def _to_hub(world: World, vpc: Key, hub: Key, block: str, zone: str) -> Way:
    """Only by an attachment that stands in the sender's own zone."""
    for attachment in world.of("transit_gateway_vpc_attachment"):
        if attachment.scope == vpc.path and world.bind(attachment, "transit_gateway") == hub:
            wire = world.wires.get(("hub", str(attachment.key), zone))
            if wire is not None:
                return Way(block, wire.to_two)
            text = f"has no interface in zone {zone} that works"
            return Way(block, end=Place(attachment.key, text, (hub,)))
    return Way(block, end=Place(hub, "is not attached to the VPC"))
