# Sets of ports as disjoint ranges: what is left to decide when a rule covers only part of a range.
"""intersect, subtract."""

from __future__ import annotations

from collections.abc import Iterable

from docgen.model.packet import PortRange


def intersect(ranges: Iterable[PortRange], other: PortRange) -> tuple[PortRange, ...]:
    """The parts of `ranges` inside `other`.

    >>> intersect((PortRange(10, 20), PortRange(30, 40)), PortRange(15, 32))
    (PortRange(first=15, last=20), PortRange(first=30, last=32))
    """
    return tuple(PortRange(max(r.first, other.first), min(r.last, other.last)) for r in ranges if r.overlaps(other))


def subtract(ranges: Iterable[PortRange], other: PortRange) -> tuple[PortRange, ...]:
    """The parts of `ranges` outside `other`.

    >>> subtract((PortRange(10, 20),), PortRange(12, 14))
    (PortRange(first=10, last=11), PortRange(first=15, last=20))
    """
    left: list[PortRange] = []
    for r in ranges:
        if not r.overlaps(other):
            left.append(r)
            continue
        if r.first < other.first:
            left.append(PortRange(r.first, other.first - 1))
        if r.last > other.last:
            left.append(PortRange(other.last + 1, r.last))
    return tuple(left)


def join(ranges: Iterable[PortRange]) -> str:
    """`1024-65535` or `22, 443`."""
    return ", ".join(map(str, ranges))
