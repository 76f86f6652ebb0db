"""A VPC: a private address space in one Region, with its implicit router."""

from __future__ import annotations

from ipaddress import IPv4Network, IPv6Network
from typing import ClassVar

from docgen.core.data import dataclass
from docgen.core.prefixes import Block
from docgen.model.component import Component, Ref, refers
from docgen.model.form import limited
from docgen.model.kind import Kind, Role, Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Vpc(Component):
    """A virtual private cloud. Source: EC2 API `Vpc`; `AWS::EC2::VPC`."""

    kind: ClassVar[str] = "vpc"

    cidr_block: IPv4Network = limited(canonical=True)
    """Primary IPv4 block, /16 to /28."""
    secondary_cidr_blocks: tuple[IPv4Network, ...] = limited(canonical=True, default=())
    """Further IPv4 blocks. `cidr_blocks` in the file takes all of them, the primary one first."""
    ipv6_cidr_block: bool | IPv6Network = limited(canonical=True, default=False)
    """An IPv6 block: this one, or (true) a /56 from Amazon, for which docgen takes one of 2001:db8:1000::/40."""
    secondary_ipv6_cidr_blocks: tuple[IPv6Network, ...] = limited(canonical=True, default=())
    """Further IPv6 blocks."""
    region: Ref | None = refers("region", default=None)
    """The Region that it stands in."""
    account: Ref | None = refers("account", default=None)
    """The account that owns it (`OwnerId`); None: that of its Region, where one is named."""
    zones: tuple[str, ...] = ()
    """Full names of the zones that blocks per zone are expanded over, in order."""
    main_route_table: Ref | None = refers("route_table", default=None)
    """None: the table with `main: true`, else the one called `main`, else an implicit one."""
    enable_dns_support: bool = True
    """Whether its resolver answers."""
    enable_dns_hostnames: bool = False
    """Whether its instances get public DNS names."""

    @property
    def blocks(self) -> tuple[Block, ...]:
        """All its blocks, IPv4 before IPv6, the primary ones first."""
        return (self.cidr_block, *self.secondary_cidr_blocks, *self.ipv6_blocks)

    @property
    def ipv6_blocks(self) -> tuple[IPv6Network, ...]:
        """Its IPv6 blocks; of one that is only wished for, () before `resolve`."""
        first = (self.ipv6_cidr_block,) if isinstance(self.ipv6_cidr_block, IPv6Network) else ()
        return (*first, *self.secondary_ipv6_cidr_blocks)


KIND = Kind(
    component=Vpc,
    plural="vpcs",
    title="VPC",
    cfn_type="AWS::EC2::VPC",
    terraform_type="aws_vpc",
    icon="vpc",
    role=Role.CONTAINER,
    scope=Scope.REGION,
    contained_in=("", "account", "region"),
    parent_field="region",
    summary="Routes between its own subnets; everything else needs a gateway and a route.",
    limits="Five IPv4 blocks /16 to /28 and five IPv6 blocks /44 to /60; 200 subnets, 200 route tables.",
    source="https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html",
    example="""\
version: 1
title: A VPC
region: ap-south-1
zones: [a, b]
vpcs:
  shop: {cidr_block: 10.0.0.0/16}
""",
)
