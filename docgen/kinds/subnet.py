"""A subnet: a range of a VPC's addresses in one Availability Zone."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Network, IPv6Network
from typing import ClassVar

from docgen.core.data import dataclass
from docgen.core.prefixes import Block
from docgen.model.component import Component, Ref, refers
from docgen.model.form import Fault, limited
from docgen.model.kind import Kind, Role, Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Subnet(Component):
    """A subnet. Source: EC2 API `Subnet`; `AWS::EC2::Subnet`."""

    kind: ClassVar[str] = "subnet"

    cidr_block: IPv4Network | None = limited(canonical=True, per_zone=True, example="10.0.0.0/24", default=None)
    """In the file `cidr_block`, or `cidr_blocks` with one block per zone of the VPC; none with `ipv6_native`."""
    ipv6_cidr_block: bool | IPv6Network = limited(canonical=True, per_zone=True, default=False)
    """An IPv6 block: this one, or (true) the next free /64 of the VPC. `ipv6_cidr_blocks` gives one per zone."""
    ipv6_native: bool = False
    """An IPv6-only subnet: its interfaces have no IPv4 address."""
    assign_ipv6_address_on_creation: bool = False
    """Interfaces get an IPv6 address unless they say otherwise; always so in an IPv6-only subnet."""
    enable_dns64: bool = False
    """The resolver answers with an address in 64:ff9b::/96 for names that have IPv4 addresses only."""
    availability_zone: str
    """Full name (`ap-south-1a`); the file may give the letter, or nothing where the VPC has one zone."""
    route_table: Ref | None = refers("route_table", default=None)
    """None: the VPC's main table."""
    network_acl: Ref | None = refers("network_acl", default=None)
    """None: the VPC's default ACL."""
    map_public_ip_on_launch: bool = False
    """Instances get a public IPv4 address unless they say otherwise."""
    tier: str = ""
    """What the subnet is for (`web`, `app`, `data`): the row of the picture that it stands in."""

    def faults(self) -> Iterator[Fault]:
        """It has an IPv4 block, unless it is IPv6-only."""
        if self.cidr_block is None and not self.ipv6_native:
            yield Fault("", "a subnet needs `cidr_block`", "add `cidr_block: 10.0.0.0/24`, or `ipv6_native: true`")
        if self.cidr_block is not None and self.ipv6_native:
            yield Fault("ipv6_native", "an IPv6-only subnet has no IPv4 block", "remove `cidr_block`, or this")
        if self.ipv6_native and self.ipv6_cidr_block is False:
            yield Fault("ipv6_native", "an IPv6-only subnet needs an IPv6 block", "add `ipv6_cidr_block: true`")

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Its blocks, IPv4 first."""
        ipv6 = (self.ipv6_cidr_block,) if isinstance(self.ipv6_cidr_block, IPv6Network) else ()
        return (*((self.cidr_block,) if self.cidr_block is not None else ()), *ipv6)


KIND = Kind(
    component=Subnet,
    plural="subnets",
    title="Subnet",
    cfn_type="AWS::EC2::Subnet",
    terraform_type="aws_subnet",
    icon="subnet",
    role=Role.CONTAINER,
    scope=Scope.ZONE,
    contained_in=("vpc",),
    summary="Its route table decides where packets that leave it go; its network ACL filters at its border.",
    limits="IPv4 /16 to /28, IPv6 /44 to /64; the first four addresses and the last one are reserved.",
    source="https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html",
    example="""\
version: 1
title: Subnets in two zones
region: ap-south-1
zones: [a, b]
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    subnets:
      app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24], tier: app}
      tools: {cidr_block: 10.0.90.0/24, availability_zone: a}
""",
)
