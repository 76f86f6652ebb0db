"""VPC Block Public Access: one switch for the internet, for all VPCs of an account in a Region."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from enum import StrEnum
from typing import ClassVar

from docgen.core.data import dataclass
from docgen.core.span import NOWHERE, Span
from docgen.model.component import Component, Ref, refers
from docgen.model.form import Fault, Short
from docgen.model.kind import Kind, Role, Scope


class BlockMode(StrEnum):
    """EC2 API `InternetGatewayBlockMode`."""

    OFF = "off"
    INGRESS = "block-ingress"
    BIDIRECTIONAL = "block-bidirectional"


class ExclusionMode(StrEnum):
    """EC2 API `InternetGatewayExclusionMode`."""

    BIDIRECTIONAL = "allow-bidirectional"
    EGRESS = "allow-egress"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """A VPC or subnet that it spares. Short form: `shop/public: allow-bidirectional`."""

    short: ClassVar[Short] = Short(key="resource", value="mode", example="shop/public: allow-bidirectional")

    resource: Ref = refers("vpc", "subnet", each=True)
    """The VPC or subnet."""
    mode: ExclusionMode = ExclusionMode.BIDIRECTIONAL
    """`allow-egress` lets connections out by NAT and egress-only gateways where the mode is bidirectional."""
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class VpcBlockPublicAccess(Component):
    """VPC Block Public Access. Source: EC2 API `VpcBlockPublicAccessOptions`, `VpcBlockPublicAccessExclusion`."""

    kind: ClassVar[str] = "vpc_block_public_access"

    region: Ref | None = refers("region", default=None)
    """The Region whose VPCs it holds for; None: all of the definition."""
    mode: BlockMode = BlockMode.OFF
    """`block-ingress` leaves the ways out by NAT and egress-only gateways; `block-bidirectional` leaves none."""
    exclusions: tuple[Exclusion, ...] = ()
    """What it spares."""

    def faults(self) -> Iterator[Fault]:
        """Fifty exclusions at most."""
        if len(self.exclusions) > 50:
            yield Fault("exclusions", f"{len(self.exclusions)} exclusions are more than the 50 that AWS takes")

    def holds_for(self, region: str) -> bool:
        """Whether it is on in a Region."""
        return self.mode is not BlockMode.OFF and (self.region is None or self.region.name == region)


KIND = Kind(
    component=VpcBlockPublicAccess,
    plural="vpc_block_public_access_options",
    singular="vpc_block_public_access",
    unnamed=True,
    title="VPC Block Public Access",
    abbreviation="BPA",
    cfn_type="AWS::EC2::VPCBlockPublicAccessOptions",
    terraform_type="aws_vpc_block_public_access_options",
    icon="vpc-block-public-access",
    role=Role.POLICY,
    scope=Scope.REGION,
    contained_in=("", "region"),
    parent_field="region",
    summary="Stops what internet gateways and egress-only gateways would carry, whatever routes and filters say.",
    limits="50 exclusions; leaves VPN, transit gateways and Client VPN alone.",
    source="https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa-basics.html",
    example="""\
version: 1
title: No way in from the internet, but for one subnet
region: ap-south-1
zones: [a]
vpc_block_public_access:
  mode: block-ingress
  exclusions: {shop/public: allow-bidirectional}
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    internet_gateway: igw
    subnets:
      public: {cidr_block: 10.0.0.0/24, route_table: public}
    route_tables:
      public: {0.0.0.0/0: igw}
""",
)
