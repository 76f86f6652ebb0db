"""A Redshift cluster: a network interface in each of its subnets."""

from __future__ import annotations

from typing import ClassVar

from docgen.core.data import dataclass
from docgen.model.form import limited
from docgen.model.kind import Kind, Role, Scope
from docgen.routing.managed_nodes import ManagedNodes


@dataclass(frozen=True, slots=True, kw_only=True)
class RedshiftCluster(ManagedNodes):
    """A cluster. Source: Redshift API `Cluster`; `AWS::Redshift::Cluster`."""

    kind: ClassVar[str] = "redshift_cluster"

    port: int = limited(minimum=1, maximum=65535, default=5439)
    """Where clients connect."""


KIND = Kind(
    component=RedshiftCluster,
    plural="redshift_clusters",
    title="Redshift cluster",
    abbreviation="Redshift",
    cfn_type="AWS::Redshift::Cluster",
    terraform_type="aws_redshift_cluster",
    icon="redshift",
    role=Role.WORKLOAD,
    scope=Scope.VPC,
    contained_in=("vpc",),
    endpoint=True,
    summary="Answers clients in reach of its nodes, by their security groups.",
    limits="Private addresses only: a public one is not modelled.",
    source="https://docs.aws.amazon.com/redshift/latest/mgmt/managing-clusters-vpc.html",
    example="""\
version: 1
title: Redshift cluster for an application
region: ap-south-1
zones: [a, b]
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    subnets:
      app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24]}
      data: {cidr_blocks: [10.0.20.0/24, 10.0.21.0/24], tier: data}
    security_groups:
      app: {}
      store: {ingress: [tcp 5439 from app]}
    instances: {app: {subnet: app, security_groups: [app]}}
    redshift_clusters: {reports: {subnets: [data], security_groups: [store]}}
""",
)
