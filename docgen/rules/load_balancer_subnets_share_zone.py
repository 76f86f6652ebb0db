# Reports load balancers with two subnets of one zone.
"""DGL-109."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Note, Severity
from docgen.core.span import NOWHERE
from docgen.kinds.load_balancer import LoadBalancer
from docgen.kinds.subnet import Subnet
from docgen.model import sources as at
from docgen.rules._design import each, subnets_of
from docgen.rules._rule import Subject, rule


@rule("DGL-109", severity=Severity.ERROR, source=at.ALB)
def load_balancer_subnets_share_zone(subject: Subject) -> Iterator[Finding]:
    """A load balancer names two subnets of one Availability Zone.

    ## Why it matters

    A load balancer has one node for each zone, so AWS takes one subnet of a zone and refuses more.

    ## Flagged

    ```yaml
    version: 1
    title: Two subnets of one zone
    region: ap-south-1
    zones: [a, b]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets:
          app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24]}
          more: {cidr_block: 10.0.12.0/24, availability_zone: a}
        security_groups:
          edge: {ingress: [tcp 443 from 10.0.0.0/16]}
        load_balancers:
          edge: {scheme: internal, subnets: [app, more], security_groups: [edge]}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A subnet of each zone
    region: ap-south-1
    zones: [a, b]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets:
          app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24]}
        security_groups:
          edge: {ingress: [tcp 443 from 10.0.0.0/16]}
        load_balancers:
          edge: {scheme: internal, subnets: [app], security_groups: [edge]}
    ```
    """
    name = subject.network.name
    for balancer in each(subject.network, LoadBalancer):
        first: dict[str, Subnet] = {}
        for ref, subnet in subnets_of(subject.network, balancer):
            other = first.setdefault(subnet.availability_zone, subnet)
            if other is subnet:
                continue
            yield Finding(
                balancer.span if ref.span == NOWHERE else ref.span,
                f"load balancer {name(balancer.key)!r} has two subnets in {subnet.availability_zone}: "
                f"{name(other.key)!r} and {name(subnet.key)!r}",
                hint=f"keep one of them; targets in any subnet of {subnet.availability_zone} are reached",
                notes=(Note(other.span, f"subnet {name(other.key)!r} is declared here"),),
            )


RULE = load_balancer_subnets_share_zone
