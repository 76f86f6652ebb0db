"""An OpenSearch domain inside a VPC: a network interface in each of its subnets."""

from __future__ import annotations

from typing import ClassVar

from docgen.core.data import dataclass
from docgen.model.form import limited
from docgen.model.kind import Kind, Role, Scope
from docgen.routing.managed_nodes import ManagedNodes


@dataclass(frozen=True, slots=True, kw_only=True)
class OpensearchDomain(ManagedNodes):
    """A domain. Source: OpenSearch Service API `VPCOptions`; `AWS::OpenSearchService::Domain`."""

    kind: ClassVar[str] = "opensearch_domain"

    port: int = limited(minimum=1, maximum=65535, default=443)
    """Where clients connect."""


KIND = Kind(
    component=OpensearchDomain,
    plural="opensearch_domains",
    title="OpenSearch domain",
    abbreviation="OpenSearch",
    cfn_type="AWS::OpenSearchService::Domain",
    terraform_type="aws_opensearch_domain",
    icon="opensearch",
    role=Role.WORKLOAD,
    scope=Scope.VPC,
    contained_in=("vpc",),
    endpoint=True,
    summary="Answers clients in reach of its network interfaces, by their security groups.",
    limits="A domain inside a VPC; a public one is not modelled.",
    source="https://docs.aws.amazon.com/opensearch-service/latest/developerguide/vpc.html",
    example="""\
version: 1
title: OpenSearch domain for an application
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
      store: {ingress: [tcp 443 from app]}
    instances: {app: {subnet: app, security_groups: [app]}}
    opensearch_domains: {search: {subnets: [data], security_groups: [store]}}
""",
)
