"""A VPC link: the network interfaces by which API Gateway reaches load balancers inside a VPC."""

from __future__ import annotations

from typing import ClassVar

from docgen.core.data import dataclass
from docgen.model.component import Component, InterfaceSpec, Ref, refers
from docgen.model.forwarding import Arrival, Context, Decision
from docgen.model.kind import Kind, Role, Scope
from docgen.model.network import Interface
from docgen.model.packet import Packet
from docgen.routing.interface import arrive, delivered, leave


@dataclass(frozen=True, slots=True, kw_only=True)
class VpcLink(Component):
    """A VPC link. Source: API Gateway V2 API `VpcLink`; `AWS::ApiGatewayV2::VpcLink`."""

    kind: ClassVar[str] = "vpc_link"

    subnets: tuple[Ref, ...] = refers("subnet")
    """Where its network interfaces stand."""
    security_groups: tuple[Ref, ...] = refers("security_group", default=())
    """What API Gateway may open through it. None named: the VPC's default group."""

    def interface_specs(self) -> tuple[InterfaceSpec, ...]:
        """One for each subnet."""
        return tuple(InterfaceSpec(subnet=s, security_groups=self.security_groups) for s in self.subnets)

    def send(self, packet: Packet, interface: Interface | None, context: Context) -> tuple[Decision, ...]:
        """Let a request of API Gateway's go."""
        assert interface is not None
        return leave(interface, packet, context)

    def forward(self, packet: Packet, arrival: Arrival, context: Context) -> tuple[Decision, ...]:
        """Take the answer."""
        interface = arrival.interface
        assert interface is not None
        entry = arrive(interface, packet, arrival, context)
        return (entry.drop or delivered(interface, packet, context, entry.steps),)


KIND = Kind(
    component=VpcLink,
    plural="vpc_links",
    title="API Gateway VPC link",
    abbreviation="VPC link",
    cfn_type="AWS::ApiGatewayV2::VpcLink",
    terraform_type="aws_apigatewayv2_vpc_link",
    icon="network-interface",
    role=Role.WORKLOAD,
    scope=Scope.VPC,
    contained_in=("vpc",),
    endpoint=True,
    summary="Opens API Gateway's connections into the VPC, from addresses of its subnets.",
    source="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html",
    example="""\
version: 1
title: A VPC link
region: ap-south-1
zones: [a, b]
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    subnets:
      app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24]}
    security_groups:
      link: {}
    vpc_links:
      api: {subnets: [app], security_groups: [link]}
""",
)
