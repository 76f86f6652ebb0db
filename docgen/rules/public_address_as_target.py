# Reports targets that AWS refuses to register.
"""DGL-160."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_address

from docgen.core.diagnostic import Finding, Severity
from docgen.core.prefixes import RFC1918, RFC6598, in_any
from docgen.kinds.load_balancer import LoadBalancer
from docgen.kinds.target_group import TargetGroup
from docgen.model import sources as at
from docgen.routing.binding import is_address
from docgen.rules._design import each, registered, vpc_of, what
from docgen.rules._rule import Subject, rule


@rule("DGL-160", severity=Severity.ERROR, source=at.ALB_TARGET_GROUPS)
def public_address_as_target(subject: Subject) -> Iterator[Finding]:
    """A target group names a public address.

    ## Why it matters

    Targets by address stand in the VPC, in peered VPCs or on premises: AWS takes addresses of the VPC's own
    blocks, of 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 and 100.64.0.0/10, and refuses all others.

    ## Flagged

    ```yaml
    version: 1
    title: A server on the internet as target
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
            listeners: {443: {target_groups: [out]}}
        target_groups:
          out: {target_type: ip, protocol: TCP, port: 443, targets: [203.0.113.80]}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A server on premises as target
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
            listeners: {443: {target_groups: [out]}}
        target_groups:
          out: {target_type: ip, protocol: TCP, port: 443, targets: [192.168.1.5]}
    ```
    """
    network = subject.network
    for holder in each(network, LoadBalancer), each(network, TargetGroup):
        for component in holder:
            vpc = vpc_of(network, component)
            for target in registered(component):
                if not is_address(target.target.name) or vpc is None:
                    continue
                address = ip_address(target.target.name)
                if in_any(address, (*RFC1918, RFC6598, *vpc.blocks)):
                    continue
                yield Finding(
                    target.span.or_else(component.span),
                    f"{what(network, component.key)} has the target {address}, which is a public address",
                    hint="register private addresses only; what is on the internet is called directly",
                )


RULE = public_address_as_target
