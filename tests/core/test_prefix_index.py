from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

from hypothesis import given
from hypothesis import strategies as st

from docgen.core.prefix_index import BlockSet, PrefixIndex
from docgen.core.prefixes import Address, Block

V4 = st.builds(
    lambda a, n: IPv4Network((a, n), strict=False), st.integers(10 << 24, (10 << 24) + 0x3FF), st.integers(0, 32)
)
V6 = st.builds(
    lambda a, n: IPv6Network((a, n), strict=False), st.integers(1 << 124, (1 << 124) + 0x3FF), st.integers(0, 128)
)
BLOCKS = st.lists(st.one_of(V4, V6), max_size=20)
ADDRESSES = st.one_of(
    st.integers((10 << 24) - 2, (10 << 24) + 0x401).map(IPv4Address),
    st.integers((1 << 124) - 2, (1 << 124) + 0x401).map(IPv6Address),
)


@given(BLOCKS, ADDRESSES)
def test_finds_what_contains_an_address(blocks: list[Block], address: Address) -> None:
    """All of them, the longest first, equal ones in the order in which they came."""
    index = PrefixIndex((b, at) for at, b in enumerate(blocks))
    expected = sorted((at for at, b in enumerate(blocks) if address in b), key=lambda at: (-blocks[at].prefixlen, at))

    assert expected == index.containing(address)


@given(BLOCKS, st.one_of(V4, V6))
def test_knows_what_overlaps(blocks: list[Block], asked: Block) -> None:
    """As `ipaddress` says, asked of one block after the other."""
    held = BlockSet()
    for block in blocks:
        held.add(block)

    assert any(b.version == asked.version and b.overlaps(asked) for b in blocks) == held.overlaps(asked)  # type: ignore[arg-type]
