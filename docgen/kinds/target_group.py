"""A target group: who gets the connections of a load balancer's listener, and how they look there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from docgen.core.data import dataclass
from docgen.model.component import Component
from docgen.model.form import Fault, limited
from docgen.model.kind import Kind, Role, Scope
from docgen.model.network import Network
from docgen.model.targets import GroupTarget, ListenerProtocol, Pool, TargetType
from docgen.routing.balancing import functions_of, members_of, targets_in


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetGroup(Component):
    """A target group. Source: ELBv2 API `TargetGroup`; `AWS::ElasticLoadBalancingV2::TargetGroup`."""

    kind: ClassVar[str] = "target_group"

    target_type: TargetType = TargetType.INSTANCE
    """`instance` (Auto Scaling groups too), `ip` (private addresses, also of peered VPCs and on-premises),
    `alb` (one Application Load Balancer behind a network one) or `lambda`."""
    protocol: ListenerProtocol | None = None
    """What its targets speak; None takes that of the listener that forwards to it."""
    port: int = limited(minimum=0, maximum=65535, default=0)
    """Where its targets listen unless one says otherwise."""
    preserve_client_ip: bool | None = None
    """`preserve_client_ip.enabled`, of Network Load Balancers: None is AWS's default, on for instances and load
    balancers, off for addresses over TCP and TLS, and always on over UDP."""
    cross_zone: bool | None = None
    """`load_balancing.cross_zone.enabled`; None takes the load balancer's setting."""
    targets: tuple[GroupTarget, ...] = ()
    """Who gets the connections."""

    def faults(self) -> Iterator[Fault]:
        """Every target has a port; the client's address stays where AWS does not let it go."""
        if not self.port and self.target_type is not TargetType.LAMBDA and any(not t.port for t in self.targets):
            yield Fault("", f"target group '{self.id}' has no port", "add `port: 8080`")
        if self.preserve_client_ip is False and self.protocol and self.protocol.always_keeps_clients:
            yield Fault(
                "preserve_client_ip",
                f"AWS always keeps the client's address over {self.protocol}",
                "leave `preserve_client_ip` out",
            )

    def parts(self, network: Network) -> tuple[str, ...]:
        """What of it can be down by itself: a target that does not answer, so that it counts as unhealthy."""
        return targets_in(network, (self.pool(network),))

    def pool(self, network: Network) -> Pool:
        """Its targets as load balancers' nodes choose among them."""
        targets = tuple((t.target, t.port or self.port) for t in self.targets)
        return Pool(
            key=self.key,
            name=network.name(self.key),
            protocol=self.protocol,
            preserve_client_ip=self.preserve_client_ip,
            cross_zone=self.cross_zone,
            members=members_of(network, self.scope, targets, self.target_type),
            functions=functions_of(network, self.scope, targets),
        )


KIND = Kind(
    component=TargetGroup,
    plural="target_groups",
    title="Target group",
    cfn_type="AWS::ElasticLoadBalancingV2::TargetGroup",
    terraform_type="aws_lb_target_group",
    icon="",
    role=Role.POLICY,
    scope=Scope.REGION,
    contained_in=("vpc",),
    summary="Says who gets a listener's connections, on which port, and whether they see the client's address.",
    limits="Targets by address are private ones only.",
    source="https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html",
    example="""\
version: 1
title: A target group behind a load balancer
region: ap-south-1
zones: [a, b]
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    subnets:
      app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24]}
    security_groups:
      edge: {ingress: [tcp 443 from 10.0.0.0/16]}
      app: {ingress: [tcp 8443 from edge]}
    load_balancers:
      edge:
        type: network
        scheme: internal
        subnets: [app]
        security_groups: [edge]
        listeners: {443: {target_groups: [web]}}
    target_groups:
      web: {protocol: TCP, port: 8443, targets: [app]}
    instances:
      app: {subnet: app, security_groups: [app]}
""",
)
