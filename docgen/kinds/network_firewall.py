"""A firewall of AWS Network Firewall: endpoints in subnets that routes lead through. Drawn; not traced through."""

from __future__ import annotations

from typing import ClassVar

from docgen.core.data import dataclass
from docgen.model.component import Component, InterfaceSpec, Ref, refers
from docgen.model.kind import Kind, Role, Scope, Support


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkFirewall(Component):
    """A firewall. Source: Network Firewall API `Firewall`; `AWS::NetworkFirewall::Firewall`."""

    kind: ClassVar[str] = "network_firewall"

    subnets: tuple[Ref, ...] = refers("subnet")
    """Where its endpoints stand, one for each zone (`SubnetMappings`)."""

    def interface_specs(self) -> tuple[InterfaceSpec, ...]:
        """One endpoint for each subnet, without security groups."""
        return tuple(InterfaceSpec(subnet=s, security_groups=None, source_dest_check=False) for s in self.subnets)


KIND = Kind(
    component=NetworkFirewall,
    plural="network_firewalls",
    title="AWS Network Firewall",
    abbreviation="Firewall",
    cfn_type="AWS::NetworkFirewall::Firewall",
    terraform_type="aws_networkfirewall_firewall",
    icon="network-firewall",
    role=Role.EGRESS,
    scope=Scope.VPC,
    contained_in=("vpc",),
    support=Support.DRAWN,
    route_target=True,
    summary="Inspects what routes lead to its endpoints; docgen draws it and traces no further.",
    limits="One endpoint for each zone, in a subnet of its own; a route leads to the endpoint of its own zone.",
    source="https://docs.aws.amazon.com/network-firewall/latest/developerguide/firewalls.html",
    example="""\
version: 1
title: A firewall on the way out
region: ap-south-1
zones: [a, b]
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    internet_gateway: igw
    subnets:
      app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24], route_table: app}
      firewall: {cidr_blocks: [10.0.30.0/28, 10.0.31.0/28], route_table: firewall}
    network_firewalls: {egress: {subnets: [firewall]}}
    route_tables:
      app: {0.0.0.0/0: egress}
      firewall: {0.0.0.0/0: igw}
""",
)
