from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from docgen.model.packet import PortRange
from docgen.routing.ports import intersect, join, subtract

RANGES = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda r: PortRange(min(r), max(r)))


def ports(ranges: tuple[PortRange, ...]) -> set[int]:
    return {p for r in ranges for p in range(r.first, r.last + 1)}


@given(st.lists(RANGES, max_size=4).map(tuple), RANGES)
def test_sets_of_ports_behave_like_sets(ranges: tuple[PortRange, ...], other: PortRange) -> None:
    """Intersection and difference of ranges are those of the sets that they stand for."""
    assert ports(intersect(ranges, other)) == ports(ranges) & ports((other,))
    assert ports(subtract(ranges, other)) == ports(ranges) - ports((other,))


def test_join_names_single_ports_and_ranges() -> None:
    """A range of one port is written as that port."""
    assert join((PortRange(22, 22), PortRange(80, 90))) == "22, 80-90"
