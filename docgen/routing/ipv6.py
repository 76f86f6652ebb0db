# IPv6 blocks that an author wishes for without naming them: Amazon gives any, docgen the same ones every time.
#
# In:  components as written. Out: the same, each VPC and subnet with `ipv6_cidr_block: true` with its block.
# Source: Amazon VPC User Guide, "VPC CIDR blocks", "Subnet CIDR blocks".
"""with_ipv6_blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from ipaddress import IPv6Network
from typing import Any

from docgen.model.component import Component, Key

POOL = IPv6Network("2001:db8:1000::/40")
"""Ours, of the documentation block (RFC 3849). Hosts on the internet have addresses of 2001:db8:ffff::/48."""
VPC_LENGTH, SUBNET_LENGTH = 56, 64


def with_ipv6_blocks(components: dict[Key, Component]) -> dict[Key, Component]:
    """Components with blocks given out in the order of the definition, around those that are written."""
    vpcs: list[Any] = [c for c in components.values() if c.kind == "vpc" and c.ipv6_cidr_block is True]  # type: ignore[attr-defined]
    subnets: list[Any] = [c for c in components.values() if c.kind == "subnet" and c.ipv6_cidr_block is True]  # type: ignore[attr-defined]
    if not vpcs and not subnets:
        return components
    given = dict(components)
    written = [b for c in components.values() if c.kind == "vpc" for b in c.ipv6_blocks]  # type: ignore[attr-defined]
    free = _free(POOL, VPC_LENGTH, written)
    for vpc in vpcs:
        given[vpc.key] = replace(vpc, ipv6_cidr_block=next(free))
    used: dict[str, list[IPv6Network]] = {}
    for component in components.values():
        block = getattr(component, "ipv6_cidr_block", None)
        if component.kind == "subnet" and isinstance(block, IPv6Network):
            used.setdefault(component.scope, []).append(block)
    left: dict[str, Iterator[IPv6Network]] = {}
    for subnet in subnets:
        home: Any = given.get(Key("vpc", subnet.scope))
        if home is None or not home.ipv6_blocks:
            continue  # a rule says what is missing
        if subnet.scope not in left:
            left[subnet.scope] = _free(home.ipv6_blocks[0], SUBNET_LENGTH, used.get(subnet.scope, ()))
        block = next(left[subnet.scope], None)
        if block is not None:
            given[subnet.key] = replace(subnet, ipv6_cidr_block=block)
    return given


def _free(pool: IPv6Network, length: int, used: Iterable[IPv6Network]) -> Iterator[IPv6Network]:
    taken = tuple(used)
    blocks = pool.subnets(new_prefix=length) if pool.prefixlen <= length else iter(())
    return (block for block in blocks if not any(block.overlaps(t) for t in taken))
