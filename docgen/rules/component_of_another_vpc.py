# Reports references from one VPC into another, where AWS wants both in one.
"""DGL-118."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Note, Severity
from docgen.kinds.security_group import SecurityGroup
from docgen.model import sources as at
from docgen.model.component import Key, Ref
from docgen.model.network import Network
from docgen.routing.binding import references
from docgen.routing.peers import may_name_group
from docgen.rules._design import what
from docgen.rules._rule import Subject, rule

_ELSEWHERE = ("route_table",)
"""Kinds whose references have a rule of their own (`illegal_route`)."""
_SHARED = frozenset({"vpc_endpoint_service", "vpc_endpoint"})
"""Kinds that are there for other VPCs (AWS PrivateLink)."""


@rule("DGL-118", severity=Severity.ERROR, source=at.SECURITY_GROUP_RULES)
def component_of_another_vpc(subject: Subject) -> Iterator[Finding]:
    """A component names a subnet, security group, route table, network ACL or target of another VPC.

    ## Why it matters

    These belong to one VPC and work inside it only. A security group rule can name a group of
    another VPC where the two are peered in one Region, an inbound one also where they are attached to
    one transit gateway with group references on; elsewhere, use a CIDR block.

    ## Flagged

    ```yaml
    version: 1
    title: A group of another VPC
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        security_groups:
          app: {ingress: [tcp 8080 from 10.0.0.0/16]}
      logs:
        cidr_block: 10.1.0.0/16
        subnets:
          collect: {cidr_block: 10.1.10.0/24}
        instances:
          collector: {subnet: collect, security_groups: [shop/app]}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A group of one's own VPC
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        security_groups:
          app: {ingress: [tcp 8080 from 10.0.0.0/16]}
      logs:
        cidr_block: 10.1.0.0/16
        subnets:
          collect: {cidr_block: 10.1.10.0/24}
        security_groups:
          collector: {ingress: [tcp 6514 from 10.1.0.0/16]}
        instances:
          collector: {subnet: collect, security_groups: [collector]}
    ```
    """
    network = subject.network
    for component in network.components.values():
        scope = component.id if component.kind == "vpc" else component.scope
        if not scope or component.kind in _ELSEWHERE:
            continue
        for ref, kinds in references(component):
            key = network.bound.get((component.scope, ref.name, kinds))
            other = network.components.get(key) if key else None
            if other is None or other.scope in ("", scope) or other.kind in _SHARED:
                continue
            if isinstance(component, SecurityGroup) and _may_name(network, component, ref, other.key):
                continue
            yield Finding(
                ref.span.or_else(component.span),
                f"{network.name(component.key)!r} of VPC {scope!r} names {what(network, other.key)} of VPC "
                f"{other.scope!r}",
                hint=f"use one of VPC {scope!r}, or a CIDR block in a security group rule",
                notes=(Note(other.span, f"{other.key.path!r} is declared here"),),
            )


def _may_name(network: Network, group: SecurityGroup, ref: Ref, other: Key) -> bool:
    inbound = any(rule.group is ref for rule in group.ingress)
    return may_name_group(network, Key("vpc", group.scope), other, inbound=inbound)


RULE = component_of_another_vpc
