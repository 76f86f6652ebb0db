"""A Gateway Load Balancer endpoint: the way into a fleet of appliances. Drawn; not traced through."""

from __future__ import annotations

from typing import ClassVar

from docgen.core.data import dataclass
from docgen.model.component import Component, InterfaceSpec, Ref, refers
from docgen.model.kind import Kind, Role, Scope, Support


@dataclass(frozen=True, slots=True, kw_only=True)
class GatewayLoadBalancerEndpoint(Component):
    """A Gateway Load Balancer endpoint, also AWS Network Firewall's. Source: `AWS::EC2::VPCEndpoint`."""

    kind: ClassVar[str] = "gateway_load_balancer_endpoint"

    subnet: Ref = refers("subnet")
    """Where its network interface stands."""

    def interface_specs(self) -> tuple[InterfaceSpec, ...]:
        """One interface, without security groups."""
        return (InterfaceSpec(subnet=self.subnet, security_groups=None, source_dest_check=False),)


KIND = Kind(
    component=GatewayLoadBalancerEndpoint,
    plural="gateway_load_balancer_endpoints",
    title="Gateway Load Balancer endpoint",
    abbreviation="GWLBE",
    cfn_type="AWS::EC2::VPCEndpoint",
    terraform_type="aws_vpc_endpoint",
    icon="gateway-load-balancer-endpoint",
    role=Role.EGRESS,
    scope=Scope.ZONE,
    scope_note="one for each zone",
    contained_in=("vpc", "subnet"),
    parent_field="subnet",
    per_zone=True,
    support=Support.DRAWN,
    route_target=True,
    summary="Takes packets to appliances behind a Gateway Load Balancer; docgen draws it and traces no further.",
    limits="One zone; a route's target, also in the table of a gateway.",
    source="https://docs.aws.amazon.com/vpc/latest/userguide/route-table-options.html",
    example="""\
version: 1
title: Inspection on the way out
region: ap-south-1
zones: [a]
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    internet_gateway: igw
    subnets:
      app: {cidr_block: 10.0.10.0/24, route_table: app}
      inspection: {cidr_block: 10.0.30.0/24, route_table: inspection}
    gateway_load_balancer_endpoints: {firewall: {subnet: inspection}}
    route_tables:
      app: {0.0.0.0/0: firewall}
      inspection: {0.0.0.0/0: igw}
""",
)
