"""The mount targets of an EFS file system: a network interface in each of its subnets."""

from __future__ import annotations

from typing import ClassVar

from docgen.core.data import dataclass
from docgen.model.form import limited
from docgen.model.kind import Kind, Role, Scope
from docgen.routing.managed_nodes import ManagedNodes


@dataclass(frozen=True, slots=True, kw_only=True)
class MountTarget(ManagedNodes):
    """Mount targets of one file system. Source: EFS API `MountTarget`; `AWS::EFS::MountTarget`."""

    kind: ClassVar[str] = "mount_target"

    port: int = limited(minimum=1, maximum=65535, default=2049)
    """Where clients connect."""


KIND = Kind(
    component=MountTarget,
    plural="mount_targets",
    title="EFS mount targets",
    abbreviation="EFS",
    cfn_type="AWS::EFS::MountTarget",
    terraform_type="aws_efs_mount_target",
    icon="efs",
    role=Role.WORKLOAD,
    scope=Scope.VPC,
    contained_in=("vpc",),
    endpoint=True,
    summary="Answers NFS clients in reach of its network interfaces, by their security groups.",
    limits="One for each zone.",
    source="https://docs.aws.amazon.com/efs/latest/ug/how-it-works.html",
    example="""\
version: 1
title: EFS mount targets for an application
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
      store: {ingress: [tcp 2049 from app]}
    instances: {app: {subnet: app, security_groups: [app]}}
    mount_targets: {shared-files: {subnets: [data], security_groups: [store]}}
""",
)
