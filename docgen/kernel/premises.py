# Data centers, and the lines between them and AWS: virtual private gateways, VPN connections, Direct Connect.
#
# Sources: Site-to-Site VPN User Guide, "How AWS Site-to-Site VPN works", "Route tables and route priority"; Direct
# Connect User Guide, "Virtual interfaces", "Direct Connect gateways".
"""build_data_centers, connect_gateways, finish_premises."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docgen.core.prefixes import Block
from docgen.kernel.joins import Hub, hub_namespace, together
from docgen.kernel.outside import edge_table
from docgen.kernel.prefixes import LINE, Line, announced_blocks, behind, lines_of
from docgen.kernel.vpcs import Vpc
from docgen.kernel.world import PRIVATE, VOID, World, in_set, lines
from docgen.model.component import Key


def center_namespace(center: Key) -> str:
    """The namespace of a data center's router."""
    return f"dc {center.path}"


def host_namespace(host: Key) -> str:
    """The namespace of a computer there."""
    return f"host {host.path}"


def build_data_centers(world: World) -> None:
    """Each one router, with a cable to every computer."""
    for center in world.of("data_center"):
        world.router(center_namespace(center.key))
    for host in world.of("on_premises_host"):
        if host.ip_address.version == 6:
            continue
        center = world.bind(host, "data_center")
        assert center is not None
        name = host_namespace(host.key)
        world.plan.namespace(name)
        wire = world.wire(name, center_namespace(center))
        world.plan.ip(name, f"addr add {host.ip_address}/32 dev {wire.one}")
        world.plan.ip(name, f"route add default {wire.to_two} src {host.ip_address}")
        world.plan.ip(center_namespace(center), f"route add {host.ip_address}/32 {wire.to_one}")


def connect_gateways(world: World, vpcs: dict[Key, Vpc]) -> None:
    """Virtual private gateways beside their VPCs, and a cable for every line that works."""
    for gateway in world.of("virtual_private_gateway"):
        vpc = vpcs[Key("vpc", gateway.scope)]
        name = world.router(f"vgw {gateway.key.path}")
        wire = world.wire(vpc.name, name, "virtual_private_gateway", str(gateway.key), str(vpc.key))
        table = edge_table(world, gateway)
        if table is None:
            vpc.doors.append(wire.one)
        else:
            vpc.edge_tables[wire.one] = table
    for line in lines_of(world):
        if line.working:
            world.wire(_end(line.gateway), center_namespace(line.center), "line", str(line.key), str(line.gateway))


def _end(gateway: Key) -> str:
    return hub_namespace(gateway) if gateway.kind == "transit_gateway" else f"vgw {gateway.path}"


def finish_premises(world: World, vpcs: dict[Key, Vpc]) -> None:
    """Who knows which way, once all lines are laid."""
    for gateway in world.of("virtual_private_gateway"):
        _gateway(world, gateway.key, vpcs[Key("vpc", gateway.scope)])
    for center in world.of("data_center"):
        _center(world, center)


def _gateway(world: World, key: Key, vpc: Vpc) -> None:
    """Out of the VPC to what it knows; into it to interfaces; from one site to another."""
    name, plan = f"vgw {key.path}", world.plan
    door = world.wires["virtual_private_gateway", str(key), str(vpc.key)]
    plan.ip(name, *(f"route add {b} {door.to_one}" for b in vpc.blocks), f"route add default dev {VOID}")
    best: dict[Block, Any] = {}
    ends = []
    for known in behind(world, key):
        held = best.get(known.block)
        if (known.line.working or known.standing) and (held is None or known.order < held.order):
            best[known.block] = known
    for block, known in best.items():
        if any(block.subnet_of(b) for b in world.network.blocks_of(vpc.key) if b.version == 4):  # type: ignore[arg-type]
            continue
        wire = world.wires.get(("line", str(known.line.key), str(key)))
        plan.ip(name, f"route add {block} {wire.to_two if wire else f'dev {VOID}'}")
        if wire is None:
            ends.append(f"oifname {VOID} ip daddr {block} {world.drop(known.line.key, 'is down')}")
    for line in lines_of(world):
        wire = world.wires.get(("line", str(line.key), str(key)))
        if wire is not None:
            large = world.drop(line.key, f"carries packets of up to {line.largest} bytes")
            ends.append(f"oifname {wire.one} meta length > {line.largest} {large}")
    down = tuple(k.line.key for k in behind(world, key) if not k.line.working)
    owned = in_set(vpc.owned() or ("127.0.0.1",))
    world.plan.rules(
        name,
        f"""table ip gateway {{
chain forward {{
type filter hook forward priority 0
iifname {door.two} ip saddr != {owned} {world.drop(key, "takes packets of its VPC's own interfaces only")}
oifname {door.two} ip daddr != {owned} {world.drop(key, "lets packets in to interfaces of its VPC only")}
iifname != {door.two} oifname {VOID} {world.drop(key, "lets packets in to interfaces of its VPC only")}
{lines(ends)}oifname {VOID} {world.drop(key, "knows no such block", *down)}
}}
}}
""",
    )


def _center(world: World, center: Any) -> None:
    """Its own table: what somebody wrote, then what AWS announces, a line before a VPN."""
    name, plan = center_namespace(center.key), world.plan
    plan.ip(name, f"route add default dev {VOID} metric 4000")
    plan.ip(name, *(f"route add {b} dev {VOID} metric 4000" for b in center.cidr_blocks if b.version == 4))
    ends = []
    ways: dict[tuple[Block, int], list[str]] = {}
    for block, line, rank in _known(world, center):
        wire = world.wires.get(("line", str(line.key), str(line.gateway)))
        if wire is not None:
            ways.setdefault((block, rank), []).append(wire.to_one)
        else:
            ends.append((block.prefixlen, f"oifname {VOID} ip daddr {block} ", line.key))
    for (block, rank), hops in ways.items():
        plan.ip(name, f"route add {block} metric {rank} {together(hops)}")
    rules = []
    for line in lines_of(world):
        wire = world.wires.get(("line", str(line.key), str(line.gateway)))
        if wire is not None and line.center == center.key:
            equal = (o.key for o in lines_of(world) if (o.center, o.rank) == (line.center, line.rank))
            large = world.drop(line.key, f"carries packets of up to {line.largest} bytes", *equal)
            rules.append(f"oifname {wire.two} meta length > {line.largest} {large}")
    for length, match in sorted(dict.fromkeys(e[:2] for e in ends), key=lambda e: -e[0]):
        down = tuple(key for n, other, key in ends if (n, other) == (length, match))
        names = " and ".join(world.network.name(key) for key in down)
        rules.append(match + world.drop(center.key, f"has no way to it while {names} is down", *down))
    for virtual in world.of("virtual_interface"):
        connection = world.bind(virtual, "connection")
        if str(virtual.type) == "public" and connection is not None:
            owner = world.bind(world.network.get(connection), "data_center")
            if owner == center.key:
                end = world.border(virtual.key, "a public virtual interface is not emulated")
                rules.append(f"oifname {VOID} ip daddr != {PRIVATE} {end}")
    rules.append(f"oifname {VOID} {world.drop(center.key, 'has no route for it')}")
    world.plan.rules(
        name,
        f"""table ip center {{
chain forward {{
type filter hook forward priority 0
{lines(rules)}}}
}}
""",
    )


def _known(world: World, center: Any) -> Iterator[tuple[Block, Line, int]]:
    """Blocks with the line that leads there and the rank among ways to one block; lines that are down included."""
    for route in center.routes:
        written = world.bind_ref(route, "connection", route.connection, center.scope)
        for line in lines_of(world):
            if line.key == written and route.destination.version == 4:
                yield route.destination, line, 1
    if not center.learns_routes:
        return
    for line in lines_of(world):
        if line.center == center.key:
            rank = (10 if line.rank == LINE else 1000) + sum(line.preference)
            for block in _announced_to(world, line):
                yield block, line, rank


def _announced_to(world: World, line: Line) -> Iterator[Block]:
    """What AWS tells the data center over a line."""
    if line.gateway.kind == "virtual_private_gateway":
        vpc = Key("vpc", world.network.get(line.gateway).scope)
        blocks = tuple(b for b in world.network.blocks_of(vpc) if b.version == 4)
        yield from announced_blocks(line, blocks)
    elif line.allowed is not None:
        yield from (b for b in line.allowed if b.version == 4)
    else:
        yield from Hub(world, world.network.get(line.gateway)).announced_by(line.by)
