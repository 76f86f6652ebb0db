# Reports subnets that do not lie in their VPC's block.
"""DGL-33."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Network, IPv6Network

from docgen.core.diagnostic import Finding, Note, Severity
from docgen.core.prefixes import Block, within
from docgen.kinds.subnet import Subnet
from docgen.kinds.vpc import Vpc
from docgen.model import sources as at
from docgen.rules._design import each, vpc_of
from docgen.rules._rule import Subject, rule


@rule(
    "DGL-33",
    severity=Severity.ERROR,
    source=at.SUBNET_SIZING,
    related=(
        "cfn-lint E3059 (error)",
        "cfn-lint E3060 (error)",
    ),
)
def subnet_outside_vpc(subject: Subject) -> Iterator[Finding]:
    """A subnet's block is not part of any block of its VPC.

    ## Why it matters

    A subnet is a slice of its VPC's addresses; AWS refuses to create it anywhere else.

    ## Flagged

    ```yaml
    version: 1
    title: A subnet that lies elsewhere
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets:
          app: {cidr_block: 10.1.10.0/24}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A subnet inside its VPC
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets:
          app: {cidr_block: 10.0.10.0/24}
    ```
    """
    for subnet in each(subject.network, Subnet):
        vpc = vpc_of(subject.network, subnet)
        for block in subnet.blocks if vpc is not None else ():
            if vpc is None or any(within(block, own) for own in vpc.blocks):
                continue
            yield Finding(
                subnet.span,
                f"subnet {subject.network.name(subnet.key)!r} ({block}) is not inside VPC {vpc.id!r} ({_all(vpc)})",
                hint=_hint(block, vpc),
                notes=(Note(vpc.span, f"VPC {vpc.id!r} has {_all(vpc)}"),),
            )


def _all(vpc: Vpc) -> str:
    return ", ".join(map(str, vpc.blocks))


def _hint(block: Block, vpc: Vpc) -> str:
    """The same host bits under the VPC's prefix, where the subnet would fit."""
    if isinstance(block, IPv6Network):
        return f"use a part of {vpc.ipv6_blocks[0]}" if vpc.ipv6_blocks else "give the VPC an `ipv6_cidr_block`"
    whole = vpc.cidr_block
    if block.prefixlen < whole.prefixlen:
        return "use a longer prefix: the subnet is larger than its VPC"
    host = int(block.network_address) & int(whole.hostmask)
    moved = IPv4Network((int(whole.network_address) | host, block.prefixlen))
    return f"did you mean {moved}?"


RULE = subnet_outside_vpc
