"""An accelerator of AWS Global Accelerator: two fixed addresses at the edge. Drawn; not traced through."""

from __future__ import annotations

from typing import ClassVar

from docgen.core.data import dataclass
from docgen.model.component import Component, Ref, refers
from docgen.model.kind import Kind, Role, Scope, Support


@dataclass(frozen=True, slots=True, kw_only=True)
class GlobalAccelerator(Component):
    """An accelerator. Source: Global Accelerator API `Accelerator`; `AWS::GlobalAccelerator::Accelerator`."""

    kind: ClassVar[str] = "global_accelerator"

    account: Ref | None = refers("account", default=None)
    """The account that owns it."""
    endpoints: tuple[Ref, ...] = refers("load_balancer", "instance", default=())
    """Where its listeners lead (`EndpointConfigurations` of all endpoint groups)."""


KIND = Kind(
    component=GlobalAccelerator,
    plural="global_accelerators",
    title="Global Accelerator",
    cfn_type="AWS::GlobalAccelerator::Accelerator",
    terraform_type="aws_globalaccelerator_accelerator",
    icon="global-accelerator",
    role=Role.GLOBAL_SERVICE,
    scope=Scope.GLOBAL,
    contained_in=("", "account"),
    parent_field="account",
    support=Support.DRAWN,
    endpoint=True,
    alias_target=True,
    summary="Takes connections at the edge and carries them to load balancers or instances; not traced.",
    source="https://docs.aws.amazon.com/global-accelerator/latest/dg/what-is-global-accelerator.html",
    example="""\
version: 1
title: A game with two fixed addresses
region: ap-south-1
zones: [a]
global_accelerators: {game: {endpoints: [web]}}
vpcs:
  game:
    cidr_block: 10.0.0.0/16
    internet_gateway: igw
    subnets: {public: {cidr_block: 10.0.0.0/24, route_table: public}}
    route_tables: {public: {0.0.0.0/0: igw}}
    security_groups: {web: {ingress: [tcp 443 from 0.0.0.0/0]}}
    instances: {web: {subnet: public, elastic_ip: true, security_groups: [web]}}
""",
)
