"""An internet gateway: the VPC's door to the internet, with one-to-one address translation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from docgen.model.component import Component
from docgen.model.kind import Kind, Role, Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class InternetGateway(Component):
    """An internet gateway, attached to the VPC that holds it. Source: EC2 API `InternetGateway`."""

    kind: ClassVar[str] = "internet_gateway"


KIND = Kind(
    component=InternetGateway,
    plural="internet_gateways",
    singular="internet_gateway",
    title="Internet gateway",
    abbreviation="IGW",
    cfn_type="AWS::EC2::InternetGateway",
    terraform_type="aws_internet_gateway",
    icon="internet-gateway",
    role=Role.GATEWAY,
    scope=Scope.REGION,
    contained_in=("vpc",),
    route_target=True,
    summary="Swaps an interface's private address for its public one on the way out, and back on the way in.",
    limits="One for a VPC; no charge, no bandwidth limit, no zone.",
    source="https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html",
    example="""\
version: 1
title: A VPC with an internet gateway
region: ap-south-1
zones: [a]
vpcs:
  shop: {cidr_block: 10.0.0.0/16, internet_gateway: igw}
""",
)
