# What data centers and AWS's gateways announce to each other, and in which order AWS prefers it.
#
# Sources: Site-to-Site VPN User Guide, "Route tables and AWS Site-to-Site VPN route priority"; Direct Connect User
# Guide, "Allowed prefixes interactions", "Direct Connect gateways".
"""Line, Announced, lines_of, behind, announced_blocks, crosses_public_line."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_address
from typing import Any

from docgen.core.data import dataclass
from docgen.core.prefixes import Block
from docgen.kernel.world import World, is_private
from docgen.model.component import Key
from docgen.model.packet import Family

LINE, VPN_STATIC, VPN_BGP = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Line:
    """A way between a data center and a gateway of AWS: a VPN connection, or a virtual interface."""

    key: Key
    center: Key
    gateway: Key
    """A virtual private gateway or a transit gateway."""
    by: Key
    """What a transit gateway calls the attachment: the VPN connection, or the Direct Connect gateway."""
    working: bool
    largest: int
    """Bytes of the largest packet."""
    rank: int
    announces: tuple[Block, ...]
    preference: tuple[int, int]
    allowed: tuple[Block, ...] | None
    """Of a Direct Connect gateway: which blocks of AWS it announces; None for a line without one."""


@dataclass(frozen=True, slots=True)
class Announced:
    """A block that a line leads to."""

    block: Block
    line: Line
    standing: bool
    """Whether the route stands even while the line does not work, as one that somebody wrote does."""

    @property
    def order(self) -> tuple[int, ...]:
        """The lower is preferred."""
        return (self.line.rank, *self.line.preference)


def lines_of(world: World) -> Iterator[Line]:
    """All lines between data centers and AWS, in order."""
    for vpn in world.of("vpn_connection"):
        router = world.bind(vpn, "customer_gateway")
        gateway = world.bind(vpn, "virtual_private_gateway") or world.bind(vpn, "transit_gateway")
        if router is None or gateway is None or Family.IPV4 not in vpn.carries:  # only IPv4 is emulated
            continue
        center = world.bind(world.network.get(router), "data_center")
        assert center is not None
        tunnels = (state == "up" and world.up(vpn.key, f"tunnel-{n}") for n, state in enumerate(vpn.tunnels, 1))
        static = vpn.static_routes_only
        yield Line(
            key=vpn.key,
            center=center,
            gateway=gateway,
            by=vpn.key,
            working=any(tunnels) and world.up(router) and world.up(gateway),
            largest=1446,
            rank=VPN_STATIC if static else VPN_BGP,
            announces=(vpn.static_routes if static else vpn.announces) or _blocks(world, center),
            preference=(0, 0) if static else (vpn.as_path_length, vpn.med),
            allowed=None,
        )
    for virtual in world.of("virtual_interface"):
        if Family.IPV4 in virtual.carries:
            yield from _of_virtual_interface(world, virtual)


def _blocks(world: World, center: Key) -> tuple[Block, ...]:
    owner: Any = world.network.get(center)
    blocks: tuple[Block, ...] = owner.cidr_blocks
    return blocks


def crosses_public_line(world: World, origin: Key, address: str) -> bool:
    """Whether a connection may use a public virtual interface: AWS's own network behind it is no namespace."""
    lines: list[Any] = [v for v in world.of("virtual_interface") if str(v.type) == "public"]
    centers = {line.key: center for line in lines if (center := _center(world, line)) is not None}
    announced = (line.announces or _blocks(world, centers[line.key]) for line in lines if line.key in centers)
    if any(ip_address(address) in block for blocks in announced for block in blocks):
        return True
    site = world.bind(world.network.get(origin), "data_center") if origin.kind == "on_premises_host" else None
    private = any(line.center == site for line in lines_of(world))
    return site in centers.values() and not (private and is_private(ip_address(address)))


def _center(world: World, virtual: Any) -> Key | None:
    """The data center of a virtual interface."""
    connection = world.bind(virtual, "connection")
    return world.bind(world.network.get(connection), "data_center") if connection is not None else None


def _of_virtual_interface(world: World, virtual: Any) -> Iterator[Line]:
    connection: Any = world.network.get(world.bind(virtual, "connection"))  # type: ignore[arg-type]
    center = _center(world, virtual)
    assert center is not None
    hub = world.bind(virtual, "direct_connect_gateway")
    ends: list[tuple[Key, Key, tuple[Block, ...] | None]] = []
    if hub is not None:
        joined: Any = world.network.get(hub)
        for association in joined.associations:
            gateway = world.bind_ref(association, "gateway", association.gateway, joined.scope)
            if gateway is not None:
                ends.append((gateway, hub, association.allowed_prefixes))
    elif (gateway := world.bind(virtual, "virtual_private_gateway")) is not None:
        ends.append((gateway, virtual.key, None))
    wanted = {"private": "virtual_private_gateway", "transit": "transit_gateway"}.get(str(virtual.type))
    working = (
        connection.state == "available"
        and virtual.bgp_status == "up"
        and world.up(connection.key)
        and world.up(virtual.key, "bgp")
        and (hub is None or world.up(hub))
    )
    for gateway, by, allowed in ends:
        if gateway.kind == wanted:
            yield Line(
                key=virtual.key,
                center=center,
                gateway=gateway,
                by=by,
                working=working and world.up(gateway),
                largest=virtual.mtu,
                rank=LINE,
                announces=virtual.announces or _blocks(world, center),
                preference=(virtual.as_path_length, virtual.med),
                allowed=allowed,
            )


def behind(world: World, gateway: Key) -> list[Announced]:
    """What a gateway learns of data centers, what does not work included."""
    return [
        Announced(block, line, standing=line.rank == VPN_STATIC)
        for line in lines_of(world)
        if line.gateway == gateway
        for block in line.announces
        if block.version == 4
    ]


def announced_blocks(line: Line, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Which blocks of a VPC a line announces on premises: a list of allowed prefixes is a filter."""
    if not line.allowed:
        return blocks
    return tuple(b for b in blocks if any(b.version == a.version and b.subnet_of(a) for a in line.allowed))  # type: ignore[arg-type]
