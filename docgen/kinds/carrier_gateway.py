"""A carrier gateway: from a Wavelength Zone to the network of a mobile carrier. Drawn; not traced through."""

from __future__ import annotations

from typing import ClassVar

from docgen.core.data import dataclass
from docgen.model.component import Component
from docgen.model.kind import Kind, Role, Scope, Support


@dataclass(frozen=True, slots=True, kw_only=True)
class CarrierGateway(Component):
    """A carrier gateway, attached to the VPC that holds it. Source: EC2 API `CarrierGateway`."""

    kind: ClassVar[str] = "carrier_gateway"


KIND = Kind(
    component=CarrierGateway,
    plural="carrier_gateways",
    singular="carrier_gateway",
    title="Carrier gateway",
    abbreviation="CAGW",
    cfn_type="AWS::EC2::CarrierGateway",
    terraform_type="aws_ec2_carrier_gateway",
    icon="carrier-gateway",
    role=Role.GATEWAY,
    scope=Scope.VPC,
    contained_in=("vpc",),
    support=Support.DRAWN,
    route_target=True,
    summary="Leads from a Wavelength Zone to a carrier's network; docgen draws it and traces no further.",
    limits="IPv4 only, for subnets in Wavelength Zones.",
    source="https://docs.aws.amazon.com/wavelength/latest/developerguide/how-wavelengths-work.html",
    example="""\
version: 1
title: At the edge of a mobile network
region: us-east-1
zones: [a]
vpcs:
  game:
    cidr_block: 10.0.0.0/16
    carrier_gateway: cagw
    subnets: {players: {cidr_block: 10.0.10.0/24, route_table: players}}
    route_tables: {players: {0.0.0.0/0: cagw}}
""",
)
