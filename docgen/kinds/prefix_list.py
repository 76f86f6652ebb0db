"""A prefix list: CIDR blocks under one name, for routes and security group rules."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import ClassVar

from docgen.core.data import dataclass
from docgen.core.prefixes import Block
from docgen.model.component import Component
from docgen.model.form import Fault, Short, limited
from docgen.model.kind import Kind, Role, Scope


class AddressFamily(StrEnum):
    """EC2 API `AddressFamily`: a list holds blocks of one."""

    IPV4 = "IPv4"
    IPV6 = "IPv6"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrefixList(Component):
    """A managed prefix list. Source: EC2 API `ManagedPrefixList`; `AWS::EC2::PrefixList`.

    Short form: `pl-offices: {entries: [203.0.113.0/25, 203.0.113.128/25]}`. Lists that AWS manages are named
    (`com.amazonaws.us-east-1.s3`), not declared.
    """

    kind: ClassVar[str] = "prefix_list"
    short: ClassVar[Short] = Short()

    entries: tuple[Block, ...] = limited(canonical=True, default=())
    """Its blocks, all of one family."""
    max_entries: int | None = limited(minimum=1, maximum=1000, default=None)
    """How many it may hold: what it counts for in a route table and in a security group. None: as many as it has."""
    address_family: AddressFamily | None = None
    """None: that of its entries, IPv4 where it has none."""

    def faults(self) -> Iterator[Fault]:
        """One family, and no more entries than it may hold."""
        versions = {b.version for b in self.entries}
        if self.address_family is not None:
            versions.add(6 if self.address_family is AddressFamily.IPV6 else 4)
        if len(versions) > 1:
            yield Fault("entries", "a prefix list holds blocks of one address family", "make two lists of it")
        if self.max_entries is not None and len(self.entries) > self.max_entries:
            text = f"{len(self.entries)} entries are more than the `max_entries` of this list, {self.max_entries}"
            yield Fault("max_entries", text, f"write `max_entries: {len(self.entries)}`")
        twice = next((b for i, b in enumerate(self.entries) if b in self.entries[:i]), None)
        if twice is not None:
            yield Fault("entries", f"{twice} stands in this list twice", "remove one of them")

    @property
    def family(self) -> int:
        """4 or 6."""
        if self.entries:
            return self.entries[0].version
        return 6 if self.address_family is AddressFamily.IPV6 else 4

    @property
    def weight(self) -> int:
        """What it counts for where its entries are counted."""
        return self.max_entries or max(1, len(self.entries))


KIND = Kind(
    component=PrefixList,
    plural="prefix_lists",
    title="Prefix list",
    abbreviation="PL",
    cfn_type="AWS::EC2::PrefixList",
    terraform_type="aws_ec2_managed_prefix_list",
    icon="prefix-list",
    role=Role.POLICY,
    scope=Scope.REGION,
    contained_in=("", "account", "region"),
    summary="Stands for its blocks in a route or a security group rule; a network ACL cannot name one.",
    limits="One address family; counts as `max_entries` rules or routes where it is named.",
    source="https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html",
    example="""\
version: 1
title: Offices under one name
region: ap-south-1
zones: [a]
prefix_lists:
  pl-offices: {entries: [203.0.113.0/26, 203.0.113.128/26], max_entries: 10}
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    security_groups:
      bastion: {ingress: [tcp 22 from pl-offices]}
""",
)
