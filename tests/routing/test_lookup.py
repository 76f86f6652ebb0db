from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.model.component import Key
from docgen.model.network import EffectiveRoute
from docgen.model.policy import RouteOrigin, RouteState
from docgen.routing.lookup import RankedRoutes

VPC = (IPv4Network("10.0.0.0/16"),)


def route(
    destination: str, target: str, origin: RouteOrigin = RouteOrigin.STATIC, state: RouteState = RouteState.ACTIVE
) -> EffectiveRoute:
    key = None if target == "local" else Key("gateway", target)
    return EffectiveRoute(
        destination=IPv4Network(destination), target=key, target_name=target, origin=origin, state=state
    )


TABLE = (
    route("10.0.0.0/16", "local", RouteOrigin.LOCAL),
    route("10.0.9.0/24", "appliance"),
    route("0.0.0.0/0", "nat"),
    route("10.2.0.0/16", "wide"),
    route("10.2.5.0/24", "narrow"),
    route("10.7.0.0/16", "static"),
    route("10.7.0.0/16", "a-propagated", RouteOrigin.PROPAGATED),
    route("10.0.20.0/24", "propagated-inside", RouteOrigin.PROPAGATED),
    route("10.8.0.0/16", "gone", state=RouteState.BLACKHOLE),
)


@pytest.mark.parametrize(
    ("destination", "target"),
    [
        pytest.param("10.0.1.9", "local", id="local-range-stays-inside"),
        pytest.param("10.0.9.9", "appliance", id="static-route-to-a-whole-subnet-beats-local"),
        pytest.param("10.2.5.9", "narrow", id="longer-prefix-beats-shorter"),
        pytest.param("10.2.6.9", "wide", id="shorter-prefix-takes-the-rest"),
        pytest.param("10.7.0.9", "static", id="static-beats-propagated-of-equal-length"),
        pytest.param("10.0.20.9", "local", id="local-beats-propagated-inside-the-vpc-even-if-longer"),
        pytest.param("10.8.0.9", "gone", id="blackhole-does-not-fall-through-to-a-shorter-route"),
        pytest.param("8.8.8.8", "nat", id="default-route-takes-what-nothing-else-contains"),
    ],
)
def test_which_route_is_selected(destination: str, target: str) -> None:
    """A table picks by prefix length first and by origin second, with AWS's exception inside the VPC."""
    chosen = RankedRoutes(TABLE).select(VPC, IPv4Address(destination)).route

    assert target == (chosen.target_name if chosen else None)


def test_no_prefix_contains_it() -> None:
    """Without a default route a table has no answer for a foreign address."""
    assert RankedRoutes(TABLE[:2]).select(VPC, IPv4Address("8.8.8.8")).route is None


@pytest.mark.parametrize(
    ("destination", "text", "code"),
    [
        pytest.param("10.2.5.9", "10.2.0.0/16 -> wide", "MORE_SPECIFIC_ROUTE", id="shorter-route-lost"),
        pytest.param("10.7.0.9", "10.7.0.0/16 -> a-propagated", "HIGHER_PRIORITY_ROUTE", id="propagated-lost"),
        pytest.param("10.7.0.9", "10.2.0.0/16 -> wide", "CANNOT_ROUTE", id="does-not-contain-it"),
        pytest.param("10.0.20.9", "10.0.20.0/24 -> propagated-inside", "HIGHER_PRIORITY_ROUTE", id="local-wins"),
    ],
)
def test_losers_say_why(destination: str, text: str, code: str) -> None:
    """Every route that was not taken carries Reachability Analyzer's code."""
    candidates = {c.text: c for c in RankedRoutes(TABLE).select(VPC, IPv4Address(destination)).candidates}

    assert code == candidates[text].code
    assert not candidates[text].chosen


NETWORKS = st.builds(
    lambda a, n: IPv4Network((a, n), strict=False), st.integers(10 << 24, (10 << 24) + 0xFFFFF), st.integers(8, 32)
)
ROUTES = st.lists(
    st.builds(
        lambda d, i, o: route(str(d), f"t{i}", o),
        NETWORKS,
        st.integers(0, 5),
        st.sampled_from([RouteOrigin.STATIC, RouteOrigin.PROPAGATED]),
    ),
    max_size=12,
)


@given(ROUTES, st.integers(10 << 24, (10 << 24) + 0xFFFFF).map(IPv4Address))
def test_choice_agrees_with_brute_force(routes: list[EffectiveRoute], destination: IPv4Address) -> None:
    """No other route that applies is longer, or as long and of a better class."""
    blocks = (IPv4Network("10.0.0.0/16"),)
    inside = destination in blocks[0]
    applying = [
        r for r in routes if destination in r.destination and not (inside and r.origin is RouteOrigin.PROPAGATED)
    ]
    selection = RankedRoutes(routes).select(blocks, destination)

    assert bool(applying) == (selection.route is not None)
    for other in applying:
        assert selection.route is not None
        mine = (selection.route.destination.prefixlen, selection.route.origin is RouteOrigin.STATIC)
        assert mine >= (other.destination.prefixlen, other.origin is RouteOrigin.STATIC)
    assert len(selection.candidates) == len(routes)
    assert sum(c.chosen for c in selection.candidates) >= bool(applying)


@given(ROUTES, st.integers(10 << 24, (10 << 24) + 0xFFFFF).map(IPv4Address))
def test_order_of_routes_does_not_matter(routes: list[EffectiveRoute], destination: IPv4Address) -> None:
    """A table is a set."""
    one = RankedRoutes(routes).select(VPC, destination).route
    other = RankedRoutes(tuple(reversed(routes))).select(VPC, destination).route

    assert (
        (one.destination, one.target_name, one.origin)
        == (
            other.destination,
            other.target_name,
            other.origin,
        )
        if one and other
        else one is other
    )
