"""A network ACL: stateless, numbered rules at a subnet's border."""

from __future__ import annotations

from typing import ClassVar

from docgen.core.data import dataclass
from docgen.model.component import Component, Ref, refers
from docgen.model.form import limited
from docgen.model.kind import Kind, Role, Scope
from docgen.model.policy import NetworkAclEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkAcl(Component):
    """A network ACL. Source: EC2 API `NetworkAcl`; `AWS::EC2::NetworkAcl`.

    A subnet names its ACL (`network_acl`), or the ACL its subnets; one called `default` is the VPC's default.
    """

    kind: ClassVar[str] = "network_acl"

    ingress: tuple[NetworkAclEntry, ...] = limited(word="from", default=())
    """Entries in any order; a custom ACL without entries denies everything."""
    egress: tuple[NetworkAclEntry, ...] = limited(word="to", default=())
    """Numbered entries for what leaves the subnets."""
    subnets: tuple[Ref, ...] = refers("subnet", default=())
    """Subnets that it guards, besides those that name it."""


KIND = Kind(
    component=NetworkAcl,
    plural="network_acls",
    title="Network ACL",
    abbreviation="ACL",
    cfn_type="AWS::EC2::NetworkAcl",
    terraform_type="aws_network_acl",
    icon="network-acl",
    role=Role.POLICY,
    scope=Scope.VPC,
    scope_note="applied at the border of each of its subnets",
    contained_in=("vpc",),
    summary="The lowest-numbered entry that matches decides, for requests and for answers alike.",
    limits="20 entries a direction (40 on request); numbers 1 to 32766.",
    source="https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html",
    example="""\
version: 1
title: An ACL in front of the data
region: ap-south-1
zones: [a]
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    subnets:
      data: {cidr_block: 10.0.20.0/24, network_acl: data}
    network_acls:
      data:
        ingress: {100: allow tcp 3306 from 10.0.10.0/24}
        egress: {100: allow tcp 1024-65535 to 10.0.10.0/24}
""",
)
