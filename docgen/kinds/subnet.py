"""A subnet: a range of a VPC's addresses in one Availability Zone."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Network
from typing import ClassVar

from docgen.model.component import Component, Ref, refers
from docgen.model.form import limited
from docgen.model.kind import Kind, Role, Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Subnet(Component):
    """A subnet. Source: EC2 API `Subnet`; `AWS::EC2::Subnet`."""

    kind: ClassVar[str] = "subnet"

    cidr_block: IPv4Network = limited(canonical=True)
    """In the file `cidr_block`, or `cidr_blocks` with one block per zone of the VPC."""
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
    limits="/16 to /28; the first four addresses and the last one are reserved.",
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
