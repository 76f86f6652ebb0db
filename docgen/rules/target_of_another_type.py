# Reports targets that do not fit the type of their target group or load balancer.
"""DGL-162."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.load_balancer import LoadBalancer
from docgen.kinds.target_group import TargetGroup
from docgen.model import sources as at
from docgen.model.network import Network
from docgen.model.targets import GroupTarget, TargetType
from docgen.routing.binding import is_address
from docgen.rules._design import each, referred, targets_behind
from docgen.rules._rule import Subject, rule

TAKES: dict[TargetType, tuple[str, ...]] = {
    TargetType.INSTANCE: ("instance", "auto_scaling_group"),
    TargetType.IP: ("address", "network_interface", "auto_scaling_group"),
    TargetType.ALB: ("load_balancer",),
    TargetType.LAMBDA: ("lambda_function",),
}
"""Kinds of targets by the type of their group."""


@rule("DGL-162", severity=Severity.ERROR, source=at.ALB_TARGET_GROUPS)
def target_of_another_type(subject: Subject) -> Iterator[Finding]:
    """A target group holds targets of another type than its own, or of one that its load balancer does not use.

    ## Why it matters

    AWS refuses to register them: a group of type `instance` takes instances and Auto Scaling groups, `ip`
    addresses and network interfaces, `alb` exactly one Application Load Balancer. Application Load
    Balancers are targets of Network Load Balancers only.

    ## Flagged

    ```yaml
    version: 1
    title: An address in a group of instances
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
          web: {port: 8443, targets: [10.0.10.20]}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: An address in a group of addresses
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
          web: {target_type: ip, port: 8443, targets: [10.0.10.20]}
    ```
    """
    network = subject.network
    for group in each(network, TargetGroup):
        takes = TAKES[group.target_type]
        for target in group.targets:
            kind = kind_of_target(network, group, target)
            if kind and kind not in takes:
                other = (
                    "its address" if group.target_type is TargetType.IP and kind == "instance" else "another target"
                )
                yield Finding(
                    target.span.or_else(group.span),
                    f"target group {network.name(group.key)!r} is of type {group.target_type} and does not take "
                    f"{target.target.name!r}",
                    hint=f"write `target_type: {fitting(kind)}`, or {other}",
                )
        if group.target_type is TargetType.ALB and len(group.targets) > 1:
            yield Finding(
                group.span,
                f"target group {network.name(group.key)!r} has {len(group.targets)} load balancers; AWS takes one",
                hint="make a target group for each",
            )
    for balancer in each(network, LoadBalancer):
        for listener in balancer.listeners:
            for span, member, _ in targets_behind(network, balancer, listener):
                owner = network.components.get(member.interface.owner) if member.interface else None
                if isinstance(owner, LoadBalancer) and (owner.is_network or not balancer.is_network):
                    yield Finding(
                        span,
                        f"load balancer {network.name(balancer.key)!r} has load balancer {member.name!r} as a target",
                        hint="only a Network Load Balancer may call an Application Load Balancer",
                    )
                    break


def kind_of_target(network: Network, group: TargetGroup, target: GroupTarget) -> str:
    """What a target is; "" where it could not be found."""
    if is_address(target.target.name):
        return "address"
    return next((key.kind for _, key in referred(network, group.scope, target, "target")), "")


def fitting(kind: str) -> TargetType:
    """The type of target group that takes this kind."""
    return next((t for t, kinds in TAKES.items() if kind in kinds), TargetType.IP)


RULE = target_of_another_type
