from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network

from hypothesis import given
from hypothesis import strategies as st

from docgen.core.prefix_index import PrefixIndex
from docgen.model.component import Key
from docgen.model.forwarding import HubClass
from docgen.routing.transit import HubRoute, HubTable, choose

NETWORKS = st.builds(
    lambda a, n: IPv4Network((a, n), strict=False), st.integers(10 << 24, (10 << 24) + 0x3F), st.integers(24, 32)
)
ROUTES = st.lists(
    st.builds(
        lambda block, to, sort, preference, several: HubRoute(
            destination=block,
            attachment=Key("attachment", to) if to else None,
            attachment_name=to or "blackhole",
            hub_class=sort,
            preference=preference,
            several=several,
        ),
        NETWORKS,
        st.sampled_from(["", "a", "b", "c"]),
        st.sampled_from(HubClass),
        st.sampled_from([(), (1, 0), (2, 0)]),
        st.booleans(),
    ),
    max_size=14,
)
ADDRESSES = st.integers(10 << 24, (10 << 24) + 0x3F).map(IPv4Address)


def table_of(routes: list[HubRoute]) -> HubTable:
    ordered = tuple(sorted(routes, key=lambda r: (*r.rank, r.attachment_name)))
    return HubTable(
        key=Key("transit_gateway_route_table", "t"),
        name="t",
        routes=ordered,
        by_block=PrefixIndex((r.destination, r) for r in ordered),
    )


@given(ROUTES, ADDRESSES)
def test_choice_agrees_with_brute_force(routes: list[HubRoute], destination: IPv4Address) -> None:
    """No other line that contains the destination is longer, or as long and better; equal ones share."""
    choice = choose(table_of(routes), destination)
    containing = [r for r in routes if destination in r.destination]
    best = min((r.rank for r in containing), default=None)

    assert bool(containing) == bool(choice.routes)
    assert all(r.rank == best for r in choice.routes)
    if len(choice.routes) > 1:
        assert all(r.several for r in choice.routes)
    if choice.routes and choice.routes[0].several:
        assert sum(r.rank == best and r.several for r in containing) == len(choice.routes)


@given(ROUTES, ADDRESSES)
def test_every_line_is_a_candidate(routes: list[HubRoute], destination: IPv4Address) -> None:
    """The chosen ones say so; of the others those are named as losers that contain the destination."""
    table = table_of(routes)
    choice = choose(table, destination)
    candidates = dict(zip(map(id, table.routes), choice.candidates, strict=True))

    assert len(routes) == len(choice.candidates)
    for route in table.routes:
        assert candidates[id(route)].chosen == (route in choice.routes)
    lost = [c for r, c in zip(table.routes, choice.candidates, strict=True) if destination in r.destination]
    assert [c for c in lost if not c.chosen] == list(choice.lost)
