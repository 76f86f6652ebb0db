"""A Gateway Load Balancer: shares traffic among a fleet of appliances. Drawn; not traced through."""

from __future__ import annotations

from typing import ClassVar

from docgen.core.data import dataclass
from docgen.model.component import Component, InterfaceSpec, Ref, refers
from docgen.model.kind import Kind, Role, Scope, Support


@dataclass(frozen=True, slots=True, kw_only=True)
class GatewayLoadBalancer(Component):
    """A Gateway Load Balancer. Source: ELBv2 API `LoadBalancer` of type `gateway`."""

    kind: ClassVar[str] = "gateway_load_balancer"

    subnets: tuple[Ref, ...] = refers("subnet")
    """Where its nodes stand, one for each zone."""
    targets: tuple[Ref, ...] = refers("instance", "network_interface", "auto_scaling_group", default=())
    """The appliances: they get packets in GENEVE, by UDP 6081."""

    def interface_specs(self) -> tuple[InterfaceSpec, ...]:
        """One node for each subnet, without security groups."""
        return tuple(InterfaceSpec(subnet=s, security_groups=None, source_dest_check=False) for s in self.subnets)


KIND = Kind(
    component=GatewayLoadBalancer,
    plural="gateway_load_balancers",
    title="Gateway Load Balancer",
    abbreviation="GWLB",
    cfn_type="AWS::ElasticLoadBalancingV2::LoadBalancer",
    terraform_type="aws_lb",
    icon="gateway-load-balancer",
    role=Role.SPANNING,
    scope=Scope.REGION,
    contained_in=("vpc",),
    support=Support.DRAWN,
    summary="Gives what its endpoints take in to appliances; docgen draws it and traces no further.",
    limits="Routes lead to its endpoints, never to itself.",
    source="https://docs.aws.amazon.com/elasticloadbalancing/latest/gateway/introduction.html",
    example="""\
version: 1
title: Appliances behind a Gateway Load Balancer
region: ap-south-1
zones: [a, b]
vpcs:
  inspection:
    cidr_block: 10.9.0.0/16
    subnets:
      appliances: {cidr_blocks: [10.9.0.0/24, 10.9.1.0/24]}
    security_groups:
      geneve: {ingress: [udp 6081 from 10.9.0.0/16]}
    instances: {ids: {subnet: appliances, security_groups: [geneve]}}
    gateway_load_balancers: {fleet: {subnets: [appliances], targets: [ids]}}
""",
)
