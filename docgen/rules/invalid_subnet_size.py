# Reports subnets whose size AWS does not accept.
"""DGL-103."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.subnet import Subnet
from docgen.model import sources as at
from docgen.rules._design import each
from docgen.rules._rule import Subject, rule


@rule("DGL-103", severity=Severity.ERROR, source=at.SUBNET_SIZING)
def invalid_subnet_size(subject: Subject) -> Iterator[Finding]:
    """A subnet is larger than /16 or smaller than /28.

    ## Why it matters

    AWS refuses to create it. It keeps five addresses of every subnet to itself, so a /28 has
    eleven to give and anything smaller would be of no use.

    ## Flagged

    ```yaml
    version: 1
    title: A subnet that is too small
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets:
          app: {cidr_block: 10.0.10.0/29}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: The smallest subnet
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets:
          app: {cidr_block: 10.0.10.0/28}
    ```
    """
    for subnet in each(subject.network, Subnet):
        block = subnet.cidr_block
        if block is None:
            continue
        if 16 <= block.prefixlen <= 28:
            continue
        large = block.prefixlen < 16
        yield Finding(
            subnet.span,
            f"subnet {subject.network.name(subnet.key)!r} is too {'large' if large else 'small'}: "
            f"{block}, while AWS takes /16 to /28",
            hint=f"use {block.network_address}/{16 if large else 28}"
            + ("" if large else "; AWS keeps five addresses of each subnet"),
        )


RULE = invalid_subnet_size
