# Remarks on subnets with too little room.
"""DGL-43."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Note, Severity
from docgen.kinds.load_balancer import LoadBalancer
from docgen.kinds.subnet import Subnet
from docgen.model import sources as at
from docgen.model.component import Key
from docgen.rules._design import by_place, each, listed, subnets_of, verb
from docgen.rules._rule import Subject, rule

_RESERVED = 5
_FREE_FOR_LOAD_BALANCER = 8
_SMALLEST_FOR_LOAD_BALANCER = 27
_FULL = 0.9


@rule(
    "DGL-43",
    severity=Severity.WARNING,
    source=at.ALB,
    related=("Well-Architected REL02-BP03",),
)
def cramped_subnet(subject: Subject) -> Iterator[Finding]:
    """A subnet is nearly full, or too small for the load balancer in it.

    ## Why it matters

    A load balancer grows by adding nodes and wants a /27 with eight free addresses in each of its
    subnets. A subnet cannot be enlarged later.

    ## Flagged

    ```yaml
    version: 1
    title: A load balancer in /28 subnets
    region: ap-south-1
    zones: [a, b]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets:
          app: {cidr_blocks: [10.0.10.0/28, 10.0.10.16/28]}
        security_groups:
          edge: {ingress: [tcp 443 from 10.0.0.0/16]}
        load_balancers:
          edge: {scheme: internal, subnets: [app], security_groups: [edge]}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A load balancer in /27 subnets
    region: ap-south-1
    zones: [a, b]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets:
          app: {cidr_blocks: [10.0.10.0/27, 10.0.10.32/27]}
        security_groups:
          edge: {ingress: [tcp 443 from 10.0.0.0/16]}
        load_balancers:
          edge: {scheme: internal, subnets: [app], security_groups: [edge]}
    ```
    """
    network = subject.network
    taken = Counter(i.subnet for i in network.interfaces.values())
    balanced: dict[Key, LoadBalancer] = {}
    for balancer in each(network, LoadBalancer):
        for _, subnet in subnets_of(network, balancer):
            balanced.setdefault(subnet.key, balancer)
    small = [
        (subnet.span, (subnet, balanced[subnet.key]))
        for subnet in each(network, Subnet)
        if subnet.key in balanced and _too_small_to_grow(subnet, taken[subnet.key])
    ]
    for span, found in by_place(small):
        subnets = list(dict.fromkeys(subnet for subnet, _ in found))
        balancer = found[0][1]
        yield Finding(
            span,
            f"{listed(network.name(s.key) for s in subnets)} ({', '.join(str(s.cidr_block) for s in subnets)}) "
            f"{verb(len(subnets), 'is', 'are')} too small for load balancer {network.name(balancer.key)!r}",
            hint="use a /27 or larger with at least eight addresses free",
            notes=(Note(balancer.span, f"{network.name(balancer.key)!r} is declared here"),),
        )
    cramped = {subnet.key for _, (subnet, _) in small}
    for subnet in each(network, Subnet):
        if subnet.cidr_block is None:
            continue
        usable = subnet.cidr_block.num_addresses - _RESERVED
        used = taken[subnet.key]
        if usable > 0 and used >= usable * _FULL and subnet.key not in cramped:
            yield Finding(
                subnet.span,
                f"subnet {network.name(subnet.key)!r} ({subnet.cidr_block}) has {max(usable - used, 0)} of {usable} "
                "addresses left",
                hint="plan a larger block: a subnet cannot be enlarged",
            )


def _too_small_to_grow(subnet: Subnet, used: int) -> bool:
    if subnet.cidr_block is None:
        return False
    free = subnet.cidr_block.num_addresses - _RESERVED - used
    return free < _FREE_FOR_LOAD_BALANCER or subnet.cidr_block.prefixlen > _SMALLEST_FOR_LOAD_BALANCER


RULE = cramped_subnet
