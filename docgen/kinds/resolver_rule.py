"""A rule of the VPC Resolver: which names it forwards to other DNS servers."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import ClassVar

from docgen.core.data import dataclass
from docgen.model.component import Component, Ref, refers
from docgen.model.form import Fault, limited
from docgen.model.kind import Kind, Role, Scope


class RuleType(StrEnum):
    """Route 53 Resolver API `RuleType`."""

    FORWARD = "forward"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolverRule(Component):
    """A Resolver rule. Source: Route 53 Resolver API `ResolverRule`; `AWS::Route53Resolver::ResolverRule`."""

    kind: ClassVar[str] = "resolver_rule"

    domain_name: str = limited(pattern=r"\.|[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63}){0,15}\.?", example="corp.example")
    """The domain whose names it is for; `.` for all."""
    rule_type: RuleType = RuleType.FORWARD
    """`forward`: ask `target_ips`. `system`: resolve as if there were no rule, below a wider one that forwards."""
    resolver_endpoint: Ref | None = refers("resolver_endpoint", default=None)
    """The outbound endpoint by which it asks."""
    target_ips: tuple[Ref, ...] = refers("on_premises_host", "instance", "resolver_endpoint", "address", default=())
    """The DNS servers that it asks: addresses, or components at theirs."""
    vpcs: tuple[Ref, ...] = refers("vpc", default=())
    """The VPCs of its Region whose resolver follows it."""

    def faults(self) -> Iterator[Fault]:
        """A rule that forwards needs somebody to ask and a way there; another has neither."""
        forwards = self.rule_type is RuleType.FORWARD
        for name, hint in (
            ("resolver_endpoint", "name an outbound `resolver_endpoints` block"),
            ("target_ips", "name the DNS servers: `target_ips: [192.168.1.53]`"),
        ):
            if forwards and not getattr(self, name):
                yield Fault("", f"a rule that forwards needs `{name}`", hint)
            if not forwards and getattr(self, name):
                yield Fault(name, f"a system rule forwards nothing and has no `{name}`", "remove it")

    @property
    def domain(self) -> str:
        """In small letters, without the last dot; "" for all names."""
        return self.domain_name.lower().rstrip(".")

    @property
    def forwards(self) -> bool:
        """Whether it asks others."""
        return self.rule_type is RuleType.FORWARD

    def covers(self, name: str) -> bool:
        """Whether it is for a name."""
        wanted = name.lower().rstrip(".")
        return not self.domain or wanted == self.domain or wanted.endswith(f".{self.domain}")


KIND = Kind(
    component=ResolverRule,
    plural="resolver_rules",
    title="Resolver rule",
    cfn_type="AWS::Route53Resolver::ResolverRule",
    terraform_type="aws_route53_resolver_rule",
    icon="",
    role=Role.POLICY,
    scope=Scope.REGION,
    across_accounts=("resolver_endpoint", "target_ips", "vpcs"),
    contained_in=("", "account", "region"),
    summary="Sends questions for its domain to other DNS servers; for the same domain it beats a private zone.",
    limits="Works in the VPCs that it is associated with, all of its Region.",
    source="https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-rules-managing.html",
    example="""\
version: 1
title: Names of the data center
region: ap-south-1
zones: [a, b]
data_centers: {hq: {cidr_blocks: [192.168.0.0/16]}}
on_premises_hosts: {dns: {data_center: hq, ip_address: 192.168.1.53}}
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    subnets: {dns: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24]}}
    resolver_endpoints: {outbound: {direction: outbound, subnets: [dns]}}
resolver_rules:
  to-hq: {domain_name: corp.example, resolver_endpoint: outbound, target_ips: [dns], vpcs: [shop]}
""",
)
