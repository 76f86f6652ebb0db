# Reports blocks of one VPC that AWS does not let stand beside each other.
"""DGL-150."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Network

from docgen.core.diagnostic import Finding, Severity
from docgen.core.prefixes import RFC1918, RFC6598
from docgen.kinds.vpc import Vpc
from docgen.model import sources as at
from docgen.rules._design import each
from docgen.rules._rule import Subject, rule

_TEN, _ONE_SEVEN_TWO, _ONE_NINE_TWO = RFC1918
_TESTS = IPv4Network("198.19.0.0/16")
_DEFAULT_VPC = IPv4Network("172.31.0.0/16")
_LOW_TEN = IPv4Network("10.0.0.0/15")
_FIRST_TEN = IPv4Network("10.0.0.0/16")


@rule("DGL-150", severity=Severity.ERROR, source=at.VPC_CIDR_BLOCKS)
def incompatible_vpc_blocks(subject: Subject) -> Iterator[Finding]:
    """Two blocks of a VPC overlap, or are of ranges that AWS does not put together.

    ## Why it matters

    A secondary block comes from the same private range as the primary one, from 100.64.0.0/10 or
    from public addresses; AWS refuses any other, and a block that overlaps one that is there.

    ## Flagged

    ```yaml
    version: 1
    title: Two private ranges in one VPC
    region: ap-south-1
    zones: [a]
    vpcs:
      shop: {cidr_blocks: [10.1.0.0/16, 192.168.0.0/16]}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A private range with shared address space beside it
    region: ap-south-1
    zones: [a]
    vpcs:
      shop: {cidr_blocks: [10.1.0.0/16, 100.64.0.0/16]}
    ```
    """
    for vpc in each(subject.network, Vpc):
        before = [vpc.cidr_block]
        for block in vpc.secondary_cidr_blocks:
            problem = _problem(block, before)
            before.append(block)
            if problem:
                yield Finding(
                    vpc.span,
                    f"VPC {vpc.id!r} cannot have {block} beside {before[0]}: {problem}",
                    hint=f"use another part of {_range(vpc.cidr_block) or 'public address space'}, or of {RFC6598}",
                )


def _problem(block: IPv4Network, before: list[IPv4Network]) -> str:
    """Why a block cannot join those before it; "" where it can. The table of "VPC CIDR blocks"."""
    overlapped = next((b for b in before if b.overlaps(block)), None)
    if overlapped is not None:
        return f"it overlaps {overlapped}"
    if any(b.subnet_of(_LOW_TEN) for b in before) and block.overlaps(_FIRST_TEN):
        return f"where a block lies in {_LOW_TEN}, none can be added from {_FIRST_TEN}"
    primary, wanted = _range(before[0]), _range(block)
    if wanted is None:
        return ""
    if primary is None:
        return f"{wanted} cannot be added to a VPC that began outside the private ranges"
    if primary == _TESTS or wanted == _TESTS or primary != wanted:
        return f"{wanted} cannot be added to a VPC that began in {primary}"
    return f"{_DEFAULT_VPC} cannot be added" if block.overlaps(_DEFAULT_VPC) else ""


def _range(block: IPv4Network) -> IPv4Network | None:
    """The restricted range that a block belongs to; None for 100.64.0.0/10 and public addresses."""
    return next((r for r in (_TEN, _ONE_SEVEN_TWO, _ONE_NINE_TWO, _TESTS) if block.overlaps(r)), None)


RULE = incompatible_vpc_blocks
