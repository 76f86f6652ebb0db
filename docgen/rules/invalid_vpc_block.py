# Reports VPC blocks that AWS does not accept: size and reserved ranges.
"""DGL-101."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Network

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.vpc import Vpc
from docgen.model import sources as at
from docgen.rules._design import each
from docgen.rules._rule import Subject, rule

_FORBIDDEN = {
    IPv4Network("0.0.0.0/8"): "addresses that mean 'this network'",
    IPv4Network("127.0.0.0/8"): "loopback addresses",
    IPv4Network("169.254.0.0/16"): "link-local addresses, where instance metadata and DNS live",
    IPv4Network("224.0.0.0/4"): "multicast addresses",
}


@rule("DGL-101", severity=Severity.ERROR, source=at.VPC_CIDR_BLOCKS)
def invalid_vpc_block(subject: Subject) -> Iterator[Finding]:
    """A VPC's IPv4 block has a size or a range that AWS refuses.

    ## Why it matters

    A VPC block is between /16 and /28, and cannot be changed once the VPC exists. Loopback,
    link-local and multicast ranges cannot be used at all.

    ## Flagged

    ```yaml
    version: 1
    title: A VPC that is too large
    region: ap-south-1
    zones: [a]
    vpcs:
      shop: {cidr_block: 10.0.0.0/8}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: The largest VPC block
    region: ap-south-1
    zones: [a]
    vpcs:
      shop: {cidr_block: 10.0.0.0/16}
    ```
    """
    for vpc, block in ((v, b) for v in each(subject.network, Vpc) for b in (v.cidr_block, *v.secondary_cidr_blocks)):
        if not 16 <= block.prefixlen <= 28:
            size = "large" if block.prefixlen < 16 else "small"
            fits = f"{block.network_address}/{16 if size == 'large' else 28}"
            yield Finding(
                vpc.span,
                f"a block of VPC {vpc.id!r} is too {size}: {block}, while AWS takes /16 to /28",
                hint=f"use a block such as {fits}",
            )
        for forbidden, what in _FORBIDDEN.items():
            if block.overlaps(forbidden):
                yield Finding(
                    vpc.span,
                    f"a block of VPC {vpc.id!r}, {block}, is in {forbidden}: {what}",
                    hint="use a private range: 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16",
                )


RULE = invalid_vpc_block
