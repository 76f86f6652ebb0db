# The address plan of a design: which block stands where, how full it is, what decides there.
#
# In:  a Network. Out: values for the page's template, one plan for each VPC.
"""VpcPlan, SubnetRow, Bar, address_plans, segments."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

from docgen.core.data import dataclass
from docgen.core.prefixes import Address, Block
from docgen.kinds.subnet import Subnet
from docgen.kinds.vpc import Vpc
from docgen.model.component import Key
from docgen.model.network import Interface, Network
from docgen.pages.markdown import anchor

RESERVED = 5
"""Addresses of each subnet that AWS keeps: the first four and the last one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resident:
    """An interface in a subnet, as readers look for it."""

    name: str
    kind: str
    private_ip: Address
    public_ip: IPv4Address | None
    ipv6: IPv6Address | None
    """Where it is not the primary address already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubnetRow:
    """One line of the plan."""

    name: str
    tier: str
    zone: str
    block: Block
    """The IPv4 block; the IPv6 one of an IPv6-only subnet."""
    ipv6_block: IPv6Network | None
    """Beside an IPv4 block."""
    usable: int
    in_use: int
    table: str
    table_anchor: str
    acl: str
    acl_anchor: str
    residents: tuple[Resident, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VpcPlan:
    """A VPC with its subnets in the order of the definition."""

    name: str
    block: IPv4Network
    more_blocks: tuple[Block, ...]
    """Secondary ones, and those of IPv6."""
    region: str
    rows: tuple[SubnetRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A subnet's place in a bar of the VPC's addresses, in percent of its length."""

    name: str
    block: IPv4Network
    left: str
    width: str
    tint: int
    """Subnets of one tier share a tint; counted from 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """The part of a VPC's block that its subnets lie in."""

    block: IPv4Network
    segments: tuple[Segment, ...]


TINTS = 4


def segments(plan: VpcPlan) -> Bar | None:
    """The bar of a plan: the smallest block that holds all subnets; None where there is none to draw."""
    rows = tuple((row, row.block) for row in plan.rows if isinstance(row.block, IPv4Network))
    if not rows:
        return None
    whole = rows[0][1]
    while not all(block.subnet_of(whole) for _, block in rows):
        whole = whole.supernet()
    tiers = list(dict.fromkeys(row.tier for row, _ in rows))
    first, size = int(whole.network_address), whole.num_addresses
    return Bar(
        block=whole,
        segments=tuple(
            Segment(
                name=row.name,
                block=block,
                left=f"{(int(block.network_address) - first) * 100 / size:.3f}",
                width=f"{block.num_addresses * 100 / size:.3f}",
                tint=tiers.index(row.tier) % TINTS,
            )
            for row, block in rows
        ),
    )


def address_plans(network: Network) -> tuple[VpcPlan, ...]:
    """One plan for each VPC, in order."""
    return tuple(_plan(network, vpc) for vpc in network.of_kind("vpc") if isinstance(vpc, Vpc))


def policy_anchor(key: Key) -> str:
    """Where a route table, group or ACL stands on the design's page."""
    return anchor(key.kind, key.path)


def _plan(network: Network, vpc: Vpc) -> VpcPlan:
    subnets = (c for c in network.of_kind("subnet") if isinstance(c, Subnet) and c.scope == vpc.id)
    return VpcPlan(
        name=network.label(vpc.key),
        block=vpc.cidr_block,
        more_blocks=vpc.blocks[1:],
        region=vpc.region.name if vpc.region else "",
        rows=tuple(_row(network, subnet) for subnet in subnets),
    )


def _row(network: Network, subnet: Subnet) -> SubnetRow:
    inside = [i for i in network.interfaces.values() if i.subnet == subnet.key]
    block, ipv6 = subnet.blocks[0], subnet.ipv6_cidr_block
    table, acl = network.table_of(subnet.key), network.acl_of(subnet.key)
    return SubnetRow(
        name=network.name(subnet.key),
        tier=subnet.tier,
        zone=network.zone_title(Key("vpc", subnet.scope), subnet.availability_zone),
        block=block,
        ipv6_block=ipv6 if isinstance(ipv6, IPv6Network) and ipv6 != block else None,
        usable=block.num_addresses - RESERVED,
        in_use=len(inside),
        table=table.name,
        table_anchor=policy_anchor(table.key),
        acl=acl.name,
        acl_anchor=policy_anchor(acl.key),
        residents=tuple(_residents(network, inside)),
    )


def _residents(network: Network, interfaces: Iterable[Interface]) -> Iterable[Resident]:
    for interface in interfaces:
        yield Resident(
            name=interface.id,
            kind=network.kind_of(interface.owner).title,
            private_ip=interface.private_ip,
            public_ip=interface.public_ip,
            ipv6=interface.ipv6 if interface.ipv6 != interface.private_ip else None,
        )
