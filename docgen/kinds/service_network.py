"""A service network of Amazon VPC Lattice: services by name, for VPCs that are associated. Drawn; not traced."""

from __future__ import annotations

from typing import ClassVar

from docgen.core.data import dataclass
from docgen.model.component import Component, Ref, refers
from docgen.model.kind import Kind, Role, Scope, Support


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceNetwork(Component):
    """A service network. Source: VPC Lattice API `ServiceNetwork`; `AWS::VpcLattice::ServiceNetwork`."""

    kind: ClassVar[str] = "service_network"

    region: Ref | None = refers("region", default=None)
    """The Region that it stands in."""
    vpcs: tuple[Ref, ...] = refers("vpc", default=())
    """VPCs whose clients may use it."""


KIND = Kind(
    component=ServiceNetwork,
    plural="service_networks",
    title="VPC Lattice service network",
    abbreviation="VPC Lattice",
    cfn_type="AWS::VpcLattice::ServiceNetwork",
    terraform_type="aws_vpclattice_service_network",
    icon="vpc-lattice",
    role=Role.REGION_SERVICE,
    scope=Scope.REGION,
    contained_in=("", "account", "region"),
    parent_field="region",
    support=Support.DRAWN,
    endpoint=True,
    summary="Leads clients in associated VPCs to services by name; docgen draws it and traces nothing to it.",
    source="https://docs.aws.amazon.com/vpc-lattice/latest/ug/what-is-vpc-lattice.html",
    example="""\
version: 1
title: Services by name
region: ap-south-1
zones: [a]
service_networks: {shop-services: {vpcs: [shop]}}
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    subnets: {app: {cidr_block: 10.0.10.0/24}}
""",
)
