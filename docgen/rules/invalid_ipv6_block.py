# Reports IPv6 blocks of VPCs and subnets that AWS does not accept.
"""DGL-151."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv6Network

from docgen.core.diagnostic import Finding, Note, Severity
from docgen.kinds.subnet import Subnet
from docgen.kinds.vpc import Vpc
from docgen.model import sources as at
from docgen.rules._design import each, vpc_of
from docgen.rules._rule import Subject, rule

_LARGEST, _STEP = 44, 4
_SMALLEST_OF_VPC, _SMALLEST_OF_SUBNET = 60, 64
_MOST = 5


@rule("DGL-151", severity=Severity.ERROR, source=at.VPC_CIDR_BLOCKS)
def invalid_ipv6_block(subject: Subject) -> Iterator[Finding]:
    """An IPv6 block has a size that AWS refuses, or a subnet wants one and its VPC has none.

    ## Why it matters

    IPv6 blocks of VPCs are /44 to /60 and those of subnets /44 to /64, in steps of four. A VPC has
    at most five, and they may not overlap.

    ## Flagged

    ```yaml
    version: 1
    title: A VPC with one subnet's worth of IPv6
    region: ap-south-1
    zones: [a]
    vpcs:
      shop: {cidr_block: 10.0.0.0/16, ipv6_cidr_block: "2001:db8:1000::/64"}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A VPC with the usual IPv6 block
    region: ap-south-1
    zones: [a]
    vpcs:
      shop: {cidr_block: 10.0.0.0/16, ipv6_cidr_block: "2001:db8:1000::/56"}
    ```
    """
    network = subject.network
    for vpc in each(network, Vpc):
        blocks = vpc.ipv6_blocks
        for index, block in enumerate(blocks):
            yield from _size(vpc, f"VPC {vpc.id!r}", block, _SMALLEST_OF_VPC)
            other = next((b for b in blocks[:index] if b.overlaps(block)), None)
            if other is not None:
                text = f"VPC {vpc.id!r} cannot have {block} beside {other}: they overlap"
                yield Finding(vpc.span, text, hint="remove one of them")
        if len(blocks) > _MOST:
            text = f"VPC {vpc.id!r} has {len(blocks)} IPv6 blocks; AWS takes {_MOST}"
            yield Finding(vpc.span, text, hint=f"keep {_MOST}, or split the VPC")
    for subnet in each(network, Subnet):
        home = vpc_of(network, subnet)
        name = f"subnet {network.name(subnet.key)!r}"
        if isinstance(subnet.ipv6_cidr_block, IPv6Network):
            yield from _size(subnet, name, subnet.ipv6_cidr_block, _SMALLEST_OF_SUBNET)
        elif subnet.ipv6_cidr_block and home is not None:
            text = f"{name} wants an IPv6 block, and VPC {home.id!r} has " + (
                "no more" if home.ipv6_blocks else "none"
            )
            hint = "add `ipv6_cidr_block: true` to the VPC"
            yield Finding(subnet.span, text, hint=hint, notes=(Note(home.span, "the VPC is declared here"),))
        elif subnet.assign_ipv6_address_on_creation:
            text = f"{name} gives IPv6 addresses to its interfaces and has no IPv6 block"
            yield Finding(subnet.span, text, hint="add `ipv6_cidr_block: true`")


def _size(owner: Vpc | Subnet, name: str, block: IPv6Network, smallest: int) -> Iterator[Finding]:
    if _LARGEST <= block.prefixlen <= smallest and block.prefixlen % _STEP == 0:
        return
    usual = 56 if smallest == _SMALLEST_OF_VPC else 64
    yield Finding(
        owner.span,
        f"{name} cannot have the IPv6 block {block}: AWS takes /{_LARGEST} to /{smallest} in steps of {_STEP}",
        hint=f"use a /{usual}, such as {IPv6Network((block.network_address, usual), strict=False)}",
    )


RULE = invalid_ipv6_block
