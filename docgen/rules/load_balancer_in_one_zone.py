# Reports Application Load Balancers without subnets in two zones.
"""DGL-22."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.load_balancer import LoadBalancer, LoadBalancerType
from docgen.model import sources as at
from docgen.rules._design import each, listed, subnets_of
from docgen.rules._rule import Subject, rule


@rule(
    "DGL-22",
    severity=Severity.ERROR,
    source=at.ALB,
    related=("cfn-lint E3680 (error)",),
)
def load_balancer_in_one_zone(subject: Subject) -> Iterator[Finding]:
    """An Application Load Balancer has subnets in fewer than two zones.

    ## Why it matters

    AWS refuses to create it: a node stands in each of at least two Availability Zones.

    ## Flagged

    ```yaml
    version: 1
    title: A load balancer in one zone
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets:
          app: {cidr_block: 10.0.10.0/24}
        security_groups:
          edge: {ingress: [tcp 443 from 10.0.0.0/16]}
        load_balancers:
          edge: {scheme: internal, subnets: [app], security_groups: [edge]}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A load balancer in two zones
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
    for balancer in each(subject.network, LoadBalancer):
        subnets = [s for _, s in subnets_of(subject.network, balancer)]
        zones = sorted({s.availability_zone for s in subnets})
        if balancer.type is not LoadBalancerType.APPLICATION or len(zones) > 1:
            continue
        if len(subnets) < len(balancer.subnets):
            continue  # a subnet that could not be read was reported as such
        where = f"in one zone only, {zones[0]}" if zones else "in no subnet"
        yield Finding(
            balancer.span,
            f"load balancer {subject.network.name(balancer.key)!r} is {where}; "
            "an Application Load Balancer needs subnets in at least two zones",
            hint=f"add a subnet of another zone to {listed(s.id for s in subnets)}"
            if subnets
            else "name a subnet of each zone in `subnets`",
        )


RULE = load_balancer_in_one_zone
