# A VPC as a router with a bridge for each subnet: a table of routes for each route table and zone, network ACLs at
# the borders of subnets, and the doors by which other networks come in.
#
# Sources: Amazon VPC User Guide, "Subnet route tables", "Gateway route tables", "Network ACLs"; Transit Gateway
# Guide, "How Transit Gateway works", "Network ACLs for transit gateways".
"""Vpc, vpc_namespace."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from docgen.kernel.filters import acl_chain
from docgen.kernel.hosts import NO_HOST, build_host
from docgen.kernel.routes import Way, ways_of
from docgen.kernel.world import FIRST_TABLE, VOID, World, in_set, ipv4, lines
from docgen.model.component import Key

LOCAL_TABLE = 99
"""What comes in by a gateway or a peer sees the VPC's own addresses only."""


def vpc_namespace(vpc: Key) -> str:
    """The namespace of a VPC's router."""
    return f"vpc {vpc.path}"


@dataclass(slots=True)
class Vpc:
    """One VPC while it is built: first what stands in it, then (`finish`) its tables, which name the doors."""

    world: World
    key: Key
    bridges: dict[Key, str] = field(default_factory=dict)
    """Subnet to the device of its bridge."""
    hub_doors: dict[str, Key] = field(default_factory=dict)
    """Device of a transit gateway's attachment in a zone, to the subnet that it stands in."""
    doors: list[str] = field(default_factory=list)
    """Devices of gateways and peers: what comes in there is for the VPC's own addresses."""
    edge_tables: dict[str, Key] = field(default_factory=dict)
    """Device of a gateway to its gateway route table."""
    late: list[str] = field(default_factory=list)
    """Rules of doors for what has left its subnet by the ACL and has a route."""
    _ends: list[str] = field(default_factory=list)
    """Rules of the void: who leads a packet there, and why."""

    @property
    def name(self) -> str:
        """Its router's namespace."""
        return vpc_namespace(self.key)

    @property
    def blocks(self) -> tuple[str, ...]:
        """Its IPv4 blocks."""
        return ipv4(self.world.network.blocks_of(self.key))

    def build(self) -> None:
        """The router, its subnets and what stands in them."""
        world = self.world
        world.router(self.name)
        for subnet in world.of("subnet"):
            if subnet.scope == self.key.path and subnet.cidr_block is not None:
                bridge = self.bridges[subnet.key] = world.device("s")
                world.plan.bridge(self.name, bridge)
                block = subnet.cidr_block
                world.plan.ip(self.name, f"addr add {block[1]}/{block.prefixlen} dev {bridge}")
        for interface in world.interfaces_in(self.key):
            if interface.owner.kind not in NO_HOST:
                block = world.network.get(interface.subnet).cidr_block  # type: ignore[attr-defined]
                build_host(world, interface, self.name, self.bridges[interface.subnet], block)

    def owned(self) -> tuple[str, ...]:
        """The private addresses of its interfaces."""
        return tuple(str(i.private_ip) for i in self.world.interfaces_in(self.key))

    # -- once all doors are known -------------------------------------------------------------
    def finish(self) -> None:
        """Its tables and its rules."""
        users: dict[tuple[Key, str], list[str]] = {}
        for device, subnet in (*((d, s) for s, d in self.bridges.items()), *self.hub_doors.items()):
            zone: str = self.world.network.get(subnet).availability_zone  # type: ignore[attr-defined]
            users.setdefault((self.world.network.subnet_route_table[subnet], zone), []).append(device)
        self._table(LOCAL_TABLE, self._local())
        for number, ((table, zone), devices) in enumerate(users.items(), FIRST_TABLE):
            self._table(number, {**self._local(), **self._written(ways_of(self.world, table, zone), table, devices)})
            for device in devices:
                self.world.plan.ip(self.name, f"rule add priority {number} iif {device} lookup {number}")
                if device in self.hub_doors:  # what the attachment's interface shares a subnet with is not routed
                    block = self.world.network.get(self.hub_doors[device]).cidr_block  # type: ignore[attr-defined]
                    rule = f"rule add priority 80 iif {device} to {block} lookup {LOCAL_TABLE}"
                    self.world.plan.ip(self.name, rule)
        for at, (device, table) in enumerate(self.edge_tables.items()):
            number = 20 + at
            self._table(number, {**self._local(), **self._written(ways_of(self.world, table, ""), table, [device])})
            self.world.plan.ip(self.name, f"rule add priority {number} iif {device} lookup {number}")
        for device in self.doors:
            self.world.plan.ip(self.name, f"rule add priority 90 iif {device} lookup {LOCAL_TABLE}")
        self.world.plan.rules(self.name, self._rules())

    def _local(self) -> dict[str, str]:
        found = dict.fromkeys(self.blocks, f"dev {VOID}")
        for subnet, bridge in self.bridges.items():
            found[str(self.world.network.get(subnet).cidr_block)] = f"dev {bridge}"  # type: ignore[attr-defined]
        return found

    def _written(self, ways: Iterable[Way], table: Key, devices: list[str]) -> dict[str, str]:
        """Hops by block; and, into the void's chain, where packets end and why: the longest block first."""
        found: dict[str, str] = {}
        here = f"iifname {in_set(devices)} oifname {VOID} "
        ends = []
        for way in ways:
            if way.end is not None:
                ends.append((int(way.block.partition("/")[2]), way))
                if way.end.text.startswith("has no route"):
                    continue  # what is not announced is no route: a shorter one may lead on
                found[way.block] = f"dev {VOID}"
            elif way.interface is not None:
                found[way.block] = f"via {way.interface.private_ip} dev {self.bridges[way.interface.subnet]}"
            elif way.hop != "local":
                found[way.block] = way.hop
        for _, way in sorted(ends, key=lambda e: -e[0]):
            self._ends.append(f"{here}ip daddr {way.block} {self.world.plan.drop(way.end)}")
        nobody = self.world.drop(self.key, "has nobody at this address")
        self._ends.append(f"{here}ip daddr {in_set(self.blocks)} {nobody}")
        self._ends.append(f"{here}{self.world.drop(table, 'has no route for it')}")
        return found

    def _table(self, number: int, routes: dict[str, str]) -> None:
        for block, hop in routes.items():
            self.world.plan.ip(self.name, f"route add {block} {hop} table {number}")
        if "0.0.0.0/0" not in routes:
            self.world.plan.ip(self.name, f"route add default dev {VOID} table {number}")

    def _rules(self) -> str:
        """ACLs where subnets begin and end; nobody's addresses; the void."""
        world, network = self.world, self.world.network
        chains, out, into = [], [], []
        for at, (subnet, bridge) in enumerate(self.bridges.items()):
            acl = network.acl_of(subnet)
            chains += [acl_chain(world, f"out{at}", acl, "egress"), acl_chain(world, f"in{at}", acl, "ingress")]
            devices = [bridge, *(d for d, s in self.hub_doors.items() if s == subnet)]
            out.append(f"iifname {in_set(devices)} jump out{at}")
            into.append(f"oifname {in_set(devices)} jump in{at}")
        within = [f"iifname {b} oifname {b} accept" for b in self.bridges.values()]
        bridges = in_set(self.bridges.values() or ["none"])
        owned = self.owned() or ("127.0.0.1",)
        nobody = world.drop(self.key, "has nobody at this address")
        absent = f"ip daddr {in_set(self.blocks)} ip daddr != {in_set(owned)} {nobody}"
        for device, subnet in self.hub_doors.items():
            within += [f"iifname {device} oifname {self.bridges[subnet]} {end}" for end in (absent, "accept")]
        unowned = [f"oifname {bridges} {absent}"]
        loop = world.drop(self.key, "sees it go round in circles, until its time to live is used up")
        through = [f"iifname {in_set(self.doors)} oifname {VOID} {nobody}"] if self.doors else []
        return f"""table ip vpc {{
{"".join(chains)}chain circles {{
type filter hook prerouting priority -150
fib daddr type != local ip ttl <= 1 {loop}
}}
chain forward {{
type filter hook forward priority 0
{lines([*within, *out, *through, *self._ends, *self.late, *unowned, *into])}}}
}}
"""
