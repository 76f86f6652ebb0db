# What joins VPCs: peering connections and transit gateways.
#
# Sources: Amazon VPC Peering Guide, "How VPC peering connections work"; Transit Gateway Guide, "How Transit Gateway
# works" (association, propagation, route evaluation order), "Transit gateway peering attachments".
"""connect_peerings, connect_hubs, finish_hubs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from typing import Any

from docgen.core.data import dataclass
from docgen.core.prefixes import Block
from docgen.kernel.blueprint import JUMBO
from docgen.kernel.prefixes import Line, behind, lines_of
from docgen.kernel.vpcs import Vpc
from docgen.kernel.world import FIRST_TABLE, VOID, Place, Wire, World, in_set, lines
from docgen.model.component import Key

_LARGEST = 8500
"""Bytes of the largest packet between VPCs. Source: AWS Transit Gateway quotas, "MTU"."""
STATIC, OF_VPC, OF_LINE, OF_VPN = 0, 1, 2, 4
"""Classes of a transit gateway's routes to one block: the lower wins."""


def connect_peerings(world: World, vpcs: dict[Key, Vpc]) -> None:
    """A cable between two routers, over which only what is for the far VPC, or from it, goes."""
    for peering in world.of("vpc_peering_connection"):
        one, two = world.bind(peering, "requester_vpc"), world.bind(peering, "accepter_vpc")
        if one is None or two is None or str(peering.status) != "active" or not world.up(peering.key):
            continue
        wire = world.wire(vpcs[one].name, vpcs[two].name, "vpc_peering_connection", str(peering.key), str(one))
        world.wires["vpc_peering_connection", str(peering.key), str(two)] = wire
        largest = JUMBO if world.region_of(one) == world.region_of(two) else 8500
        _return_to_sender(world, vpcs[one], vpcs[two], wire.two, wire.to_one)
        _return_to_sender(world, vpcs[two], vpcs[one], wire.one, wire.to_two)
        for here, there, device in ((one, two, wire.one), (two, one, wire.two)):
            beyond = world.drop(peering.key, "carries only what is for the VPC at its other end")
            foreign = world.drop(peering.key, "carries only what comes from the VPC at its other end")
            large = world.drop(peering.key, f"carries packets of up to {largest} bytes")
            far = in_set(vpcs[there].blocks)
            vpcs[here].doors.append(device)
            vpcs[here].late += [
                f"oifname {device} ip daddr != {far} {beyond}",
                f"iifname {device} ip saddr != {far} {foreign}",
                f"oifname {device} meta length > {largest} {large}",
            ]


def _return_to_sender(world: World, here: Vpc, there: Vpc, device: str, hop: str) -> None:
    """What a NAT gateway asks over a peering connection is answered by it, also where the far VPC has no route back.

    Source: Amazon VPC User Guide, "NAT gateway basics".
    """
    gateways = [i.private_ip for i in world.interfaces_in(here.key) if i.owner.kind == "nat_gateway"]
    if not gateways:
        return
    mark = _SENDER_MARK + int(device[1:])
    world.plan.ip(
        there.name, f"rule add priority 10 fwmark {mark} lookup {mark}", f"route add default {hop} table {mark}"
    )
    world.plan.rules(
        there.name,
        f"""table ip sender{mark} {{
chain remember {{
type filter hook prerouting priority -140
iifname {device} ip saddr {in_set(gateways)} ct direction original ct mark set {mark}
ct direction reply ct mark {mark} meta mark set {mark}
}}
}}
""",
    )


_SENDER_MARK = 700_000
_ATTACHMENTS = (
    "transit_gateway_vpc_attachment",
    "transit_gateway_peering_attachment",
    "vpn_connection",
    "direct_connect_gateway",
)


@dataclass(frozen=True, slots=True)
class _Known:
    """A route of a transit gateway's table."""

    block: Block
    attachment: Key | None
    """None is a blackhole."""
    order: tuple[int, ...]
    several: bool = False
    """Whether equal ones share the traffic."""


def hub_namespace(hub: Key) -> str:
    """The namespace of a transit gateway."""
    return f"tgw {hub.path}"


def connect_hubs(world: World, vpcs: dict[Key, Vpc]) -> None:
    """The gateways, with a cable to each zone in which a VPC is attached, and between those that are peered."""
    for hub in world.of("transit_gateway"):
        world.router(hub_namespace(hub.key))
    for attachment in world.of("transit_gateway_vpc_attachment"):
        reached = world.bind(attachment, "transit_gateway")
        if reached is None or str(attachment.state) != "available" or not world.up(attachment.key):
            continue
        vpc = vpcs[Key("vpc", attachment.scope)]
        for interface in world.network.interfaces_of(attachment.key):
            if world.network.interface_is_up(interface) and world.up(reached):
                wire = world.wire(vpc.name, hub_namespace(reached), "hub", str(attachment.key), interface.zone)
                vpc.hub_doors[wire.one] = interface.subnet
    for peering in world.of("transit_gateway_peering_attachment"):
        one, two = world.bind(peering, "transit_gateway"), world.bind(peering, "peer_transit_gateway")
        if one and two and peering.state == "available" and all(map(world.up, (peering.key, one, two))):
            world.wire(hub_namespace(one), hub_namespace(two), "hub", str(peering.key))


def finish_hubs(world: World) -> None:
    """Tables of transit gateways: one for each zone that a packet may come from."""
    for hub in world.of("transit_gateway"):
        Hub(world, hub).build()


@dataclass(slots=True)
class Hub:
    """One transit gateway: its doors, its tables, and who is associated with which."""

    world: World
    hub: Any
    doors: dict[str, tuple[Key, str]] = field(default_factory=dict)
    """Devices, with the attachment and the zone ("" for none) that each is; known once it is built."""

    @property
    def name(self) -> str:
        """Its namespace."""
        return hub_namespace(self.hub.key)

    def build(self) -> None:
        """Its tables and rules."""
        world, number = self.world, FIRST_TABLE
        ends: list[str] = []
        self.doors = dict(self._doors())
        attachments = tuple(dict.fromkeys(attachment for attachment, _ in self.doors.values()))
        for attachment in attachments:
            table = self._table_of(attachment)
            for device, (of, zone) in self.doors.items():
                if of == attachment:
                    number += 1
                    world.plan.ip(self.name, f"rule add priority {number} iif {device} lookup {number}")
                    ends += self._routes(number, device, zone, table)
        peerings = (a for a in attachments if a.kind == "transit_gateway_peering_attachment")
        loop = world.drop(self.hub.key, "sees it go round in circles, until its time to live is used up", *peerings)
        world.plan.rules(
            self.name,
            f"""table ip hub {{
chain circles {{
type filter hook prerouting priority -150
fib daddr type != local ip ttl <= 1 {loop}
}}
chain forward {{
type filter hook forward priority 0
{lines([*self._sizes(), *ends])}}}
}}
""",
        )

    def _working_lines(self) -> Iterator[tuple[Line, Wire]]:
        """The lines to data centers that work, with their cables."""
        for line in lines_of(self.world):
            wire = self.world.wires.get(("line", str(line.key), str(self.hub.key)))
            if wire is not None and line.gateway == self.hub.key:
                yield line, wire

    def _sizes(self) -> Iterator[str]:
        for line, wire in self._working_lines():
            equal = (o.key for o in lines_of(self.world) if (o.gateway, o.rank) == (line.gateway, line.rank))
            large = self.world.drop(line.key, f"carries packets of up to {line.largest} bytes", *equal)
            yield f"oifname {wire.one} meta length > {line.largest} {large}"
        large = self.world.drop(self.hub.key, f"carries packets of up to {_LARGEST} bytes")
        yield f"meta length > {_LARGEST} {large}"

    def _doors(self) -> Iterator[tuple[str, tuple[Key, str]]]:
        world = self.world
        for attachment in world.of("transit_gateway_vpc_attachment"):
            if world.bind(attachment, "transit_gateway") == self.hub.key:
                for interface in world.network.interfaces_of(attachment.key):
                    wire = world.wires.get(("hub", str(attachment.key), interface.zone))
                    if wire is not None:
                        yield wire.two, (attachment.key, interface.zone)
        for peering in world.of("transit_gateway_peering_attachment"):
            wire = world.wires.get(("hub", str(peering.key)))
            if wire is not None and world.bind(peering, "transit_gateway") == self.hub.key:
                yield wire.one, (peering.key, "")
            elif wire is not None and world.bind(peering, "peer_transit_gateway") == self.hub.key:
                yield wire.two, (peering.key, "")
        for line, wire in self._working_lines():
            yield wire.one, (line.by, "")

    # -- tables -------------------------------------------------------------------------------
    def tables(self) -> Iterator[Any]:
        """The gateway's tables that somebody wrote."""
        for table in self.world.of("transit_gateway_route_table"):
            if self.world.bind(table, "transit_gateway") == self.hub.key:
                yield table

    def _named(self, table: Any, field: str) -> tuple[Key, ...]:
        return tuple(self._as_attachment(key) for key in self.world.all_bound(table, field))

    def _as_attachment(self, key: Key) -> Key:
        """A VPC that is named for its attachment."""
        if key.kind != "vpc":
            return key
        found = (
            a.key
            for a in self.world.of("transit_gateway_vpc_attachment")
            if a.scope == key.path and self.world.bind(a, "transit_gateway") == self.hub.key
        )
        return next(found, key)

    def _table_of(self, attachment: Key) -> Any:
        """The table that an attachment is associated with; the key of the default one nobody wrote; None for none."""
        for table in self.tables():
            if attachment in self._named(table, "associations"):
                return table
        if not self.hub.default_route_table_association:
            return None
        default = next((t for t in self.tables() if t.default), None)
        return default or Key("transit_gateway_route_table", f"{self.hub.id}/default")

    def known(self, table: Any) -> list[_Known]:
        """All routes of a table."""
        world, found = self.world, []
        implicit = isinstance(table, Key)
        if not implicit:
            for route in table.routes:
                target = None
                if route.attachment is not None:
                    bound = world.bind_ref(route, "attachment", route.attachment, table.scope)
                    target = self._as_attachment(bound) if bound else None
                found.append(_Known(route.destination_cidr_block, target, (STATIC,)))
        every = self.hub.default_route_table_propagation and (implicit or table.default)
        wanted = None if every else self._named(table, "propagations") if not implicit else ()
        return found + [k for k in self._propagated() if wanted is None or k.attachment in wanted]

    def announced_by(self, attachment: Key) -> tuple[Block, ...]:
        """What BGP tells at the far end of an attachment: the blocks of its table that lead elsewhere."""
        table = self._table_of(attachment)
        found = self.known(table) if table is not None else []
        return tuple(dict.fromkeys(k.block for k in found if k.attachment not in (attachment, None)))

    def _propagated(self) -> Iterator[_Known]:
        world = self.world
        taken: list[Block] = []
        for attachment in world.of("transit_gateway_vpc_attachment"):
            if world.bind(attachment, "transit_gateway") != self.hub.key or str(attachment.state) != "available":
                continue
            blocks = [b for b in world.network.blocks_of(Key("vpc", attachment.scope)) if b.version == 4]
            if any(b.overlaps(t) for b in blocks for t in taken):
                continue  # of two VPCs with the same addresses the second one's are not propagated
            taken += blocks
            yield from (_Known(b, attachment.key, (OF_VPC,)) for b in blocks)
        for known in behind(world, self.hub.key):
            if known.line.working and not known.standing:  # without BGP somebody has to write the routes
                order = (OF_LINE if known.line.rank == 0 else OF_VPN, *known.line.preference)
                yield _Known(known.block, known.line.by, order, several=True)

    def _routes(self, number: int, device: str, zone: str, table: Any) -> Iterator[str]:
        """Into the kernel's table of one door; what ends there, as rules."""
        world, plan = self.world, self.world.plan
        if table is None:
            text = "is associated with no route table"
            plan.ip(self.name, f"route add default dev {VOID} table {number}")
            yield f"iifname {device} {world.drop(self.hub.key, text)}"
            return
        key: Key = table if isinstance(table, Key) else table.key
        best: dict[Block, list[_Known]] = {}
        for known in self.known(table):
            held = best.get(known.block, [])
            if known.block.version != 4:
                continue
            if not held or known.order < held[0].order:
                best[known.block] = [known]
            elif known.order == held[0].order and known.several and held[0].several:
                held.append(known)
        for block in sorted(best, key=lambda b: -b.prefixlen):
            hops = [hop for known in best[block] for hop in self._hops(known.attachment, zone)]
            if hops:
                plan.ip(self.name, f"route add {block} table {number} {together(hops)}")
                continue
            plan.ip(self.name, f"route add {block} dev {VOID} table {number}")
            target = best[block][0].attachment
            text = f"leads it to {world.network.name(target)}, which is down" if target else "has a blackhole for it"
            if target is not None and target.kind not in _ATTACHMENTS:
                end = world.border(target, f"a {target.kind.replace('_', ' ')} is not emulated")
            else:
                end = plan.drop(Place(key, text, (target,) if target else ()))
            yield f"iifname {device} oifname {VOID} ip daddr {block} {end}"
        if not any(b.prefixlen == 0 for b in best):
            plan.ip(self.name, f"route add default dev {VOID} table {number}")
        lost = tuple(k.line.key for k in behind(world, self.hub.key) if not k.line.working and not k.standing)
        yield f"iifname {device} oifname {VOID} {world.drop(key, 'has no route for it', *lost)}"

    def _hops(self, attachment: Key | None, zone: str) -> list[str]:
        """By the sender's own zone where the far VPC is attached there, else by any."""
        if attachment is None:
            return []
        found = {z: d for d, (a, z) in self.doors.items() if a == attachment}
        if attachment.kind == "transit_gateway_vpc_attachment":
            wires = {z: self.world.wires["hub", str(attachment), z].to_one for z in found}
            if getattr(self.world.network.get(attachment), "appliance_mode_support", False):
                return list(wires.values())[:1]  # both directions of a connection keep one zone, whoever sends
            return [wires[zone]] if zone in wires else list(wires.values())
        wires_by_device = {w.one: w.to_two for w in self.world.wires.values()}
        wires_by_device |= {w.two: w.to_one for w in self.world.wires.values()}
        return [wires_by_device[d] for d, (a, _) in self.doors.items() if a == attachment]


def together(hops: list[str]) -> str:
    """Next hops as a route has them: equal ones share what takes it."""
    if len(hops) == 1:
        return hops[0]
    return " ".join(f"nexthop {hop}" for hop in hops)
