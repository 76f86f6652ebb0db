"""An Application Load Balancer: ends a client's connection and opens its own to a healthy target."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar

from docgen.core.span import NOWHERE, Span
from docgen.model.component import Component, InterfaceSpec, Ref, refers
from docgen.model.kind import Kind, Role, Scope


class LoadBalancerType(StrEnum):
    """ELBv2 API `Type`; the others come with later kinds."""

    APPLICATION = "application"


class Scheme(StrEnum):
    """ELBv2 API `Scheme`."""

    INTERNET_FACING = "internet-facing"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One registered target. Short form, under its listener: `app: 8080`."""

    target: Ref = refers("instance", "network_interface")
    port: int
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listener:
    """A port that the load balancer answers on. Short form, under its port: `443: {app: 8080}`."""

    port: int
    protocol: str = ""
    """HTTP or HTTPS; "" takes HTTPS on 443 and 8443, else HTTP."""
    targets: tuple[Target, ...] = ()
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadBalancer(Component):
    """An Elastic Load Balancer. Source: ELBv2 API `LoadBalancer`."""

    kind: ClassVar[str] = "load_balancer"

    type: LoadBalancerType = LoadBalancerType.APPLICATION
    scheme: Scheme = Scheme.INTERNET_FACING
    subnets: tuple[Ref, ...] = refers("subnet")
    """At least two, each in another zone; one node stands in each."""
    security_groups: tuple[Ref, ...] = refers("security_group", default=())
    cross_zone: bool = True
    """`load_balancing.cross_zone.enabled`: nodes use targets of other zones too."""
    listeners: tuple[Listener, ...] = ()

    def interface_specs(self) -> tuple[InterfaceSpec, ...]:
        """One node for each subnet."""
        return tuple(
            InterfaceSpec(
                subnet=subnet,
                public=self.scheme is Scheme.INTERNET_FACING,
                security_groups=self.security_groups,
            )
            for subnet in self.subnets
        )


KIND = Kind(
    component=LoadBalancer,
    plural="load_balancers",
    title="Application Load Balancer",
    abbreviation="ALB",
    cfn_type="AWS::ElasticLoadBalancingV2::LoadBalancer",
    terraform_type="aws_lb",
    icon="application-load-balancer",
    role=Role.SPANNING,
    scope=Scope.REGION,
    contained_in=("vpc",),
    endpoint=True,
    summary="A proxy: its targets see a node's private address and answer it, never the client.",
    limits="Subnets in at least two zones, /27 or larger with eight free addresses.",
    source="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html",
    example="""\
version: 1
title: A load balancer before two servers
region: ap-south-1
zones: [a, b]
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    internet_gateway: igw
    subnets:
      public: {cidr_blocks: [10.0.0.0/24, 10.0.1.0/24], route_table: public}
      app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24]}
    route_tables:
      public: {0.0.0.0/0: igw}
    security_groups:
      edge: {ingress: [tcp 443 from 0.0.0.0/0]}
      app: {ingress: [tcp 8080 from edge]}
    load_balancers:
      edge: {scheme: internet-facing, subnets: [public], security_groups: [edge], listeners: {443: {app: 8080}}}
    instances:
      app: {subnet: app, security_groups: [app]}
""",
)
