"""A NAT gateway: lets private subnets open connections, and nothing in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv4Address
from typing import ClassVar

from docgen.model.component import Component, InterfaceSpec, Ref, refers
from docgen.model.kind import Kind, Role, Scope


class ConnectivityType(StrEnum):
    """EC2 API `ConnectivityType`."""

    PUBLIC = "public"
    PRIVATE = "private"


@dataclass(frozen=True, slots=True, kw_only=True)
class NatGateway(Component):
    """A zonal NAT gateway. Source: EC2 API `NatGateway`; `AWS::EC2::NatGateway`."""

    kind: ClassVar[str] = "nat_gateway"

    subnet: Ref = refers("subnet")
    connectivity_type: ConnectivityType = ConnectivityType.PUBLIC
    private_ip_address: IPv4Address | None = None
    elastic_ip: IPv4Address | None = None
    """None: docgen picks one (a public gateway always has one, a private one never)."""

    def interface_specs(self) -> tuple[InterfaceSpec, ...]:
        """One interface without security groups."""
        public = self.connectivity_type is ConnectivityType.PUBLIC
        return (
            InterfaceSpec(
                subnet=self.subnet,
                private_ip_address=self.private_ip_address,
                public=(self.elastic_ip or True) if public else False,
                security_groups=None,
                source_dest_check=False,
            ),
        )


KIND = Kind(
    component=NatGateway,
    plural="nat_gateways",
    title="NAT gateway",
    abbreviation="NAT",
    cfn_type="AWS::EC2::NatGateway",
    terraform_type="aws_nat_gateway",
    icon="nat-gateway",
    role=Role.EGRESS,
    scope=Scope.ZONE,
    contained_in=("vpc", "subnet"),
    parent_field="subnet",
    per_zone=True,
    endpoint=True,
    route_target=True,
    summary="Replaces source address and port, remembers the connection, and lets only its answers back.",
    limits="55,000 connections to one destination for each address; redundant inside its zone only.",
    source="https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html",
    example="""\
version: 1
title: A NAT gateway in each zone
region: ap-south-1
zones: [a, b]
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    internet_gateway: igw
    subnets:
      public: {cidr_blocks: [10.0.0.0/24, 10.0.1.0/24], route_table: public}
      app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24], route_table: private}
    nat_gateways: {nat: {subnet: public}}
    route_tables:
      public: {0.0.0.0/0: igw}
      private: {0.0.0.0/0: nat}
""",
)
