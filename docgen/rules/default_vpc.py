# Remarks on designs that stand in the Region's default VPC.
"""DGL-50."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Network

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.vpc import Vpc
from docgen.model import sources as at
from docgen.rules._design import each
from docgen.rules._rule import Subject, rule

_DEFAULT = IPv4Network("172.31.0.0/16")


@rule(
    "DGL-50",
    severity=Severity.INFO,
    source=at.SUBNETS,
    related=("Checkov CKV_AWS_148",),
)
def default_vpc(subject: Subject) -> Iterator[Finding]:
    """A VPC has the default VPC's block, 172.31.0.0/16.

    ## Why it matters

    The default VPC comes with public subnets only, and every Region's has the same block, so that
    two of them can never be joined.

    ## Flagged

    ```yaml
    version: 1
    title: The default VPC
    region: ap-south-1
    zones: [a]
    vpcs:
      default: {cidr_block: 172.31.0.0/16}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A VPC of one's own
    region: ap-south-1
    zones: [a]
    vpcs:
      shop: {cidr_block: 10.0.0.0/16}
    ```
    """
    for vpc in each(subject.network, Vpc):
        if _DEFAULT in vpc.blocks:
            yield Finding(
                vpc.span,
                f"VPC {vpc.id!r} has the block of AWS's default VPC, {_DEFAULT}",
                hint="make a VPC of your own with a block that no other network uses",
            )


RULE = default_vpc
