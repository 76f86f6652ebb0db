# Reports subnets of one VPC that share addresses.
"""DGL-102."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Note, Severity
from docgen.kinds.subnet import Subnet
from docgen.model import sources as at
from docgen.rules._design import by_vpc
from docgen.rules._rule import Subject, rule


@rule("DGL-102", severity=Severity.ERROR, source=at.SUBNET_SIZING, related=("cfn-lint E3060",))
def overlapping_subnets(subject: Subject) -> Iterator[Finding]:
    """Two subnets of one VPC share addresses.

    ## Why it matters

    An address belongs to one subnet; AWS refuses the second one.

    ## Flagged

    ```yaml
    version: 1
    title: Two subnets with the same addresses
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets:
          app: {cidr_block: 10.0.10.0/23}
          data: {cidr_block: 10.0.11.0/24}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: Two subnets side by side
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets:
          app: {cidr_block: 10.0.10.0/24}
          data: {cidr_block: 10.0.11.0/24}
    ```
    """
    for subnets in by_vpc(subject.network, Subnet).values():
        order = {s.key: i for i, s in enumerate(subnets)}
        widest: Subnet | None = None
        # Sorted by first address, a subnet overlaps an earlier one only if it starts inside the
        # one that reaches furthest so far.
        for subnet in sorted(subnets, key=lambda s: s.cidr_block):
            if widest is not None and subnet.cidr_block.overlaps(widest.cidr_block):
                first, second = sorted((widest, subnet), key=lambda s: order[s.key])
                yield _finding(subject, first, second)
            if widest is None or subnet.cidr_block[-1] > widest.cidr_block[-1]:
                widest = subnet


def _finding(subject: Subject, first: Subnet, second: Subnet) -> Finding:
    name = subject.network.name
    return Finding(
        second.span,
        f"subnet {name(second.key)!r} ({second.cidr_block}) overlaps subnet {name(first.key)!r} ({first.cidr_block})",
        hint="give one of them another block",
        notes=(Note(first.span, f"{name(first.key)!r} has {first.cidr_block}"),),
    )


RULE = overlapping_subnets
