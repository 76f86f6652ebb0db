# Reports subnets of one VPC that share addresses.
"""DGL-102."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Note, Severity
from docgen.core.prefixes import Block
from docgen.kinds.subnet import Subnet
from docgen.model import sources as at
from docgen.rules._design import by_vpc
from docgen.rules._rule import Subject, rule


@rule(
    "DGL-102",
    severity=Severity.ERROR,
    source=at.SUBNET_SIZING,
    related=("cfn-lint E3060 (error)",),
)
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
        for version in (4, 6):
            held = [(s, b) for s in subnets for b in s.blocks if b.version == version]
            yield from _overlaps(subject, held)


def _overlaps(subject: Subject, held: list[tuple[Subnet, Block]]) -> Iterator[Finding]:
    order = {s.key: i for i, (s, _) in enumerate(held)}
    widest: tuple[Subnet, Block] | None = None
    # Sorted by first address, a subnet overlaps an earlier one only if it starts inside the
    # one that reaches furthest so far.
    for subnet, block in sorted(held, key=lambda one: (int(one[1][0]), one[1].prefixlen)):
        if widest is not None and block.overlaps(widest[1]):
            first, second = sorted((widest, (subnet, block)), key=lambda one: order[one[0].key])
            yield _finding(subject, first, second)
        if widest is None or int(block[-1]) > int(widest[1][-1]):
            widest = subnet, block


def _finding(subject: Subject, first: tuple[Subnet, Block], second: tuple[Subnet, Block]) -> Finding:
    name = subject.network.name
    return Finding(
        second[0].span,
        f"subnet {name(second[0].key)!r} ({second[1]}) overlaps subnet {name(first[0].key)!r} ({first[1]})",
        hint="give one of them another block",
        notes=(Note(first[0].span, f"{name(first[0].key)!r} has {first[1]}"),),
    )


RULE = overlapping_subnets
