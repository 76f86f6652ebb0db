# Sets of whole numbers as disjoint ranges: addresses of one family, or ports.
#
# In and out: sorted tuples of (first, last), both inclusive, never touching each other.
"""Ranges and their algebra."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, summarize_address_range

from docgen.core.prefixes import Block

Ranges = tuple[tuple[int, int], ...]


def united(parts: Iterable[tuple[int, int]]) -> Ranges:
    """Any ranges, joined where they overlap or touch.

    >>> united([(30, 40), (1, 5), (6, 9), (35, 50)])
    ((1, 9), (30, 50))
    """
    joined: list[tuple[int, int]] = []
    for first, last in sorted(parts):
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return tuple(joined)


def common(ranges: Ranges, others: Ranges) -> Ranges:
    """What two sets share.

    >>> common(((1, 9), (30, 50)), ((5, 35),))
    ((5, 9), (30, 35))
    """
    found: list[tuple[int, int]] = []
    at = 0
    for first, last in ranges:
        while at < len(others) and others[at][1] < first:
            at += 1
        look = at
        while look < len(others) and others[look][0] <= last:
            found.append((max(first, others[look][0]), min(last, others[look][1])))
            look += 1
    return tuple(found)


def without(ranges: Ranges, others: Ranges) -> Ranges:
    """What is left of a set.

    >>> without(((1, 9), (30, 50)), ((5, 35),))
    ((1, 4), (36, 50))
    """
    found: list[tuple[int, int]] = []
    at = 0
    for first, last in ranges:
        while at < len(others) and others[at][1] < first:
            at += 1
        look, start = at, first
        while look < len(others) and others[look][0] <= last:
            if others[look][0] > start:
                found.append((start, others[look][0] - 1))
            start = max(start, others[look][1] + 1)
            look += 1
        if start <= last:
            found.append((start, last))
    return tuple(found)


def size(ranges: Ranges) -> int:
    """How many numbers are in it."""
    return sum(last - first + 1 for first, last in ranges)


def holds(ranges: Ranges, number: int) -> bool:
    """Whether a number is in it."""
    return any(first <= number <= last for first, last in ranges)


def around(ranges: Ranges, number: int, bounds: Iterable[tuple[int, int]]) -> Ranges:
    """The numbers of a set that no bound tells apart from this one: inside what holds it, outside what does not.

    >>> around(((0, 100),), 7, [(5, 50), (10, 20), (60, 70)])
    ((5, 9), (21, 50))
    """
    low, high = ranges[0][0], ranges[-1][1]
    outside = []
    for first, last in bounds:
        if first <= number <= last:
            low, high = max(low, first), min(high, last)
        else:
            outside.append((first, last))
    inside = common(ranges, ((low, high),))
    return without(inside, united(b for b in outside if b[0] <= high and low <= b[1]))


def prefixes(ranges: Ranges, version: int) -> tuple[Block, ...]:
    """The fewest blocks that make up a set of addresses, in order.

    >>> [str(b) for b in prefixes(((0x0A000000, 0x0A0001FF), (0x0A000205, 0x0A000205)), 4)]
    ['10.0.0.0/23', '10.0.2.5/32']
    """
    found: list[Block] = []
    for first, last in ranges:
        if version == 4:
            found += summarize_address_range(IPv4Address(first), IPv4Address(last))
        else:
            found += summarize_address_range(IPv6Address(first), IPv6Address(last))
    return tuple(found)


def of_blocks(blocks: Iterable[Block], version: int) -> Ranges:
    """The addresses of blocks of one family."""
    return united((int(b[0]), int(b[-1])) for b in blocks if b.version == version)


def whole(version: int) -> Ranges:
    """Every address of a family."""
    block: Block = IPv4Network("0.0.0.0/0") if version == 4 else IPv6Network("::/0")
    return of_blocks((block,), version)
