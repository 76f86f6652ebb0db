"""A security group: stateful allow rules at a network interface."""

from __future__ import annotations

from typing import ClassVar

from docgen.core.data import dataclass
from docgen.model.component import Component
from docgen.model.form import limited
from docgen.model.kind import Kind, Role, Scope
from docgen.model.policy import ALLOW_ALL_OUT, SecurityGroupRule


@dataclass(frozen=True, slots=True, kw_only=True)
class SecurityGroup(Component):
    """A security group. Source: EC2 API `SecurityGroup`; `AWS::EC2::SecurityGroup`."""

    kind: ClassVar[str] = "security_group"

    ingress: tuple[SecurityGroupRule, ...] = limited(word="from", default=())
    """What may come in; nothing unless said."""
    egress: tuple[SecurityGroupRule, ...] = limited(word="to", default=(ALLOW_ALL_OUT,))
    """What may go out; everything unless said, nothing with `egress: []`."""


KIND = Kind(
    component=SecurityGroup,
    plural="security_groups",
    title="Security group",
    abbreviation="SG",
    cfn_type="AWS::EC2::SecurityGroup",
    terraform_type="aws_security_group",
    icon="security-group",
    role=Role.POLICY,
    scope=Scope.VPC,
    scope_note="applied at interfaces",
    across_accounts=("ingress", "egress"),
    contained_in=("vpc",),
    summary="Allows what one of its rules matches and remembers the connection, so that the answer passes.",
    limits="60 inbound and 60 outbound rules; 5 groups on an interface (16 on request).",
    source="https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
    example="""\
version: 1
title: Three groups
region: ap-south-1
zones: [a]
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    security_groups:
      edge: {ingress: [tcp 443 from 0.0.0.0/0]}
      app: {ingress: [tcp 8080 from edge], egress: [tcp 3306 to db]}
      db: {ingress: [tcp 3306 from app], egress: []}
""",
)
