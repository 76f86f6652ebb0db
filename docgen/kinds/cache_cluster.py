"""An ElastiCache cluster: a node in each of its subnets."""

from __future__ import annotations

from typing import ClassVar

from docgen.core.data import dataclass
from docgen.model.form import limited
from docgen.model.kind import Kind, Role, Scope
from docgen.routing.managed_nodes import ManagedNodes


@dataclass(frozen=True, slots=True, kw_only=True)
class CacheCluster(ManagedNodes):
    """A cluster's nodes. Source: ElastiCache API `ReplicationGroup`, `CacheCluster`."""

    kind: ClassVar[str] = "cache_cluster"

    port: int = limited(minimum=1, maximum=65535, default=6379)
    """Where clients connect."""


KIND = Kind(
    component=CacheCluster,
    plural="cache_clusters",
    title="ElastiCache cluster",
    abbreviation="ElastiCache",
    cfn_type="AWS::ElastiCache::ReplicationGroup",
    terraform_type="aws_elasticache_replication_group",
    icon="elasticache",
    role=Role.WORKLOAD,
    scope=Scope.VPC,
    contained_in=("vpc",),
    endpoint=True,
    summary="Answers clients in reach of its nodes, by their security groups.",
    limits="Nodes have private addresses only.",
    source="https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/VPCs.html",
    example="""\
version: 1
title: ElastiCache cluster for an application
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
      store: {ingress: [tcp 6379 from app]}
    instances: {app: {subnet: app, security_groups: [app]}}
    cache_clusters: {sessions: {subnets: [data], security_groups: [store]}}
""",
)
