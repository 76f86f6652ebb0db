# Finds blocks by an address in them, or by a block that shares addresses, among any number of blocks.
"""PrefixIndex, BlockSet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

from docgen.core.prefixes import Address, Block

T = TypeVar("T")


class PrefixIndex(Generic[T]):
    """Blocks with a value each; an address finds all that contain it, the longest prefix first.

    Cost of a look-up: one step for each length of prefix that occurs, however many blocks there are.

    >>> from ipaddress import IPv4Address, IPv4Network
    >>> index = PrefixIndex([(IPv4Network("10.0.0.0/8"), "wide"), (IPv4Network("10.1.0.0/16"), "narrow")])
    >>> index.containing(IPv4Address("10.1.2.3"))
    ['narrow', 'wide']
    """

    __slots__ = ("_levels",)

    def __init__(self, pairs: Iterable[tuple[Block, T]]) -> None:
        levels: dict[int, dict[int, dict[int, list[T]]]] = {4: {}, 6: {}}
        for block, value in pairs:  # of equal blocks the one that comes first stays first
            shift = block.max_prefixlen - block.prefixlen
            held = levels[block.version].setdefault(shift, {})
            held.setdefault(int(block.network_address) >> shift, []).append(value)
        self._levels = {version: sorted(found.items()) for version, found in levels.items()}

    def containing(self, address: Address) -> list[T]:
        """The values of all blocks that contain an address."""
        number = int(address)
        found: list[T] = []
        for shift, held in self._levels[address.version]:
            values = held.get(number >> shift)
            if values is not None:
                found += values
        return found


class BlockSet:
    """Blocks that were added; says whether another shares an address with any of them.

    >>> from ipaddress import IPv4Network
    >>> held = BlockSet()
    >>> held.add(IPv4Network("10.1.0.0/16"))
    >>> [held.overlaps(IPv4Network(b)) for b in ("10.0.0.0/8", "10.1.2.0/24", "10.2.0.0/16")]
    [True, True, False]
    """

    __slots__ = ("_around", "_held")

    def __init__(self) -> None:
        self._held: set[tuple[int, int, int]] = set()
        self._around: set[tuple[int, int, int]] = set()
        """Every block that contains one of them."""

    def add(self, block: Block) -> None:
        """Add a block."""
        names = _with_wider(block)
        self._held.add(names[0])
        self._around.update(names)

    def overlaps(self, block: Block) -> bool:
        """Whether one of the blocks contains this one, or is inside it."""
        names = _with_wider(block)
        return names[0] in self._around or not self._held.isdisjoint(names)


def _with_wider(block: Block) -> list[tuple[int, int, int]]:
    """A block and all wider ones around it, as (family, bits left out, the others)."""
    number, version, bits = int(block.network_address), block.version, block.max_prefixlen
    return [(version, shift, number >> shift) for shift in range(bits - block.prefixlen, bits + 1)]
