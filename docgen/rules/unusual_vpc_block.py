# Remarks on VPC blocks that work but make trouble later.
"""DGL-44."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Network

from docgen.core.diagnostic import Finding, Severity
from docgen.core.prefixes import RFC1918, RFC6598
from docgen.kinds.vpc import Vpc
from docgen.model import sources as at
from docgen.rules._design import each
from docgen.rules._rule import Subject, rule

_DISCOURAGED = IPv4Network("172.17.0.0/16")
_USUAL = (*RFC1918, RFC6598, IPv4Network("198.19.0.0/16"))


@rule("DGL-44", severity=Severity.INFO, source=at.VPC_CIDR_BLOCKS)
def unusual_vpc_block(subject: Subject) -> Iterator[Finding]:
    """A VPC uses 172.17.0.0/16 or addresses that are not private.

    ## Why it matters

    Some managed services use 172.17.0.0/16 inside, so that hosts there cannot be reached from
    them. A block of public addresses stays private in the VPC, but hides whoever really owns it.

    ## Flagged

    ```yaml
    version: 1
    title: A block that other services use
    region: ap-south-1
    zones: [a]
    vpcs:
      shop: {cidr_block: 172.17.0.0/16}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A private block
    region: ap-south-1
    zones: [a]
    vpcs:
      shop: {cidr_block: 10.0.0.0/16}
    ```
    """
    for vpc, block in ((v, b) for v in each(subject.network, Vpc) for b in (v.cidr_block, *v.secondary_cidr_blocks)):
        if block.overlaps(_DISCOURAGED):
            yield Finding(
                vpc.span,
                f"VPC {vpc.id!r} uses {_DISCOURAGED}, which some AWS services use inside",
                hint="pick another part of 172.16.0.0/12, or of 10.0.0.0/8",
            )
        elif not any(block.subnet_of(usual) for usual in _USUAL) and block.prefixlen >= 16:
            yield Finding(
                vpc.span,
                f"VPC {vpc.id!r} uses {block}, which is not private address space",
                hint="use a part of 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16",
            )


RULE = unusual_vpc_block
