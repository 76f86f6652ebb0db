# Decides which route of a table a packet takes: longest prefix, then origin.
#
# In:  the effective routes of one table. Out: the route and why every other one lost. Knows no kind.
# Terms and order follow the Amazon VPC User Guide, "Route priority" and "Subnet route tables".
"""RankedRoutes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from types import MappingProxyType

from docgen.core.data import dataclass
from docgen.core.prefix_index import PrefixIndex
from docgen.core.prefixes import Address, Block, in_any
from docgen.core.values import later, reads_later
from docgen.model.network import EffectiveRoute
from docgen.model.policy import RouteOrigin
from docgen.model.trace import Candidate

AS_DECIDED: Mapping[str, str] = MappingProxyType({})
"""No choice made otherwise than docgen makes it."""
_CLASS = {RouteOrigin.LOCAL: 0, RouteOrigin.STATIC: 0, RouteOrigin.ADVERTISED: 2, RouteOrigin.PROPAGATED: 2}
_PREFIX_LIST = 1
"""A prefix list's entry stands between a route that names the block and a propagated one."""
_CLASS_NAME = {
    RouteOrigin.LOCAL: "the local route",
    RouteOrigin.STATIC: "a static route",
    RouteOrigin.PROPAGATED: "a propagated route",
    RouteOrigin.ADVERTISED: "an advertised route",
}


@reads_later("candidates", "runner_up")
@dataclass(frozen=True, slots=True)
class Selection:
    """The chosen route, or None, and every route of the table in the order of evaluation."""

    route: EffectiveRoute | None
    candidates: tuple[Candidate, ...]
    runner_up: Candidate | None = None
    """The first of them that contains the destination too and was not chosen; else the first that was not."""
    ambiguous: bool = False
    """Whether another prefix list sends the same block elsewhere: AWS keeps one of the two, nobody knows which."""
    assumption: str = ""
    """The choice that it depends on, where AWS leaves one (model/assumptions)."""


class RankedRoutes:
    """The routes of one table in the order of evaluation, to be found by an address."""

    def __init__(self, routes: Iterable[EffectiveRoute], assumptions: Mapping[str, str] = AS_DECIDED) -> None:
        self._assumptions = assumptions
        if assumptions.get("advertised-route") == "static":
            routes = (_as_static(r) for r in routes)
        ordered = sorted(routes, key=_priority)
        self._ordered = {version: [r for r in ordered if r.destination.version == version] for version in (4, 6)}
        self._by_block = PrefixIndex((r.destination, r) for r in ordered)

    def select(self, blocks: Sequence[Block], destination: Address) -> Selection:
        """Pick the route that a VPC route table uses for one destination address.

        Inside the VPC's own blocks propagated routes do not count. Then the longest prefix wins; between equal
        prefixes a static route beats a propagated one. A blackhole route is chosen like any other.

        Args:
            blocks: The VPC's own blocks.
            destination: The address as it is at this hop, after any translation.

        Cost: one step for each length of prefix in the table, however many routes it has.
        Source: Amazon VPC User Guide, "Route priority".
        """
        inside = in_any(destination, blocks)
        fitting = self._by_block.containing(destination)
        counting = [r for r in fitting if _counts(r, inside)]
        chosen = counting[0] if counting else None
        local = next((r for r in counting if r.destination in blocks), None)
        if local is not None and self._assumptions.get("local-route") == "local-first":
            chosen = local
        tied = [r for r in fitting if chosen is not None and _ties(r, chosen)]
        if tied and self._assumptions.get("prefix-list-tie") == "last-name":
            chosen = tied[-1]
        ordered = self._ordered[destination.version]
        lost = next((r for r in chain(fitting, ordered) if r is not chosen), None)
        return Selection(
            chosen,
            later(lambda: tuple(_judge(r, chosen, destination, inside) for r in ordered)),
            later(lambda: _judge(lost, chosen, destination, inside) if lost is not None else None),
            bool(tied),
            _depends_on(fitting, counting[0], local, tied) if len(fitting) > 1 and counting else "",
        )


def _depends_on(
    fitting: Sequence[EffectiveRoute],
    longest: EffectiveRoute,
    local: EffectiveRoute | None,
    tied: Sequence[EffectiveRoute],
) -> str:
    """The choice without which another route might have been taken."""
    if local is not None and longest.destination.prefixlen > local.destination.prefixlen:
        return "local-route"
    if tied:
        return "prefix-list-tie"
    return "advertised-route" if any(r.origin is RouteOrigin.ADVERTISED for r in fitting) else ""


def _as_static(route: EffectiveRoute) -> EffectiveRoute:
    return replace(route, origin=RouteOrigin.STATIC) if route.origin is RouteOrigin.ADVERTISED else route


def _ties(route: EffectiveRoute, chosen: EffectiveRoute) -> bool:
    """Whether a route of another prefix list, with another target, is as good as the chosen one."""
    if not chosen.prefix_list or not route.prefix_list or route.target == chosen.target:
        return False
    return route.destination == chosen.destination and route.preference == chosen.preference


def _priority(route: EffectiveRoute) -> tuple[int, int, tuple[int, ...], str]:
    return (-route.destination.prefixlen, _class(route), route.preference, route.target_name)


def _class(route: EffectiveRoute) -> int:
    return _PREFIX_LIST if route.prefix_list else _CLASS[route.origin]


def _class_name(route: EffectiveRoute) -> str:
    return f"an entry of prefix list {route.prefix_list}" if route.prefix_list else _CLASS_NAME[route.origin]


def _counts(route: EffectiveRoute, inside: bool) -> bool:
    return not (inside and _CLASS[route.origin] == _CLASS[RouteOrigin.PROPAGATED])


def _judge(route: EffectiveRoute, chosen: EffectiveRoute | None, destination: Address, inside: bool) -> Candidate:
    text = str(route)
    if route is chosen:
        return Candidate(text=text, chosen=True, reason=f"longest prefix that contains {destination}")
    if destination not in route.destination:
        return Candidate(text=text, chosen=False, reason=f"does not contain {destination}", code="CANNOT_ROUTE")
    if not _counts(route, inside) or chosen is None:
        return Candidate(
            text=text,
            chosen=False,
            reason="propagated, and inside the VPC's own range local wins",
            code="HIGHER_PRIORITY_ROUTE",
        )
    if route.destination.prefixlen > chosen.destination.prefixlen:
        reason = "longer, but local is taken before everything in the VPC's own range"
        return Candidate(text=text, chosen=False, reason=reason, code="HIGHER_PRIORITY_ROUTE")
    if chosen.destination.prefixlen > route.destination.prefixlen:
        reason = f"shorter than /{chosen.destination.prefixlen}"
        return Candidate(text=text, chosen=False, reason=reason, code="MORE_SPECIFIC_ROUTE")
    return Candidate(
        text=text,
        chosen=False,
        reason=_why_preferred(chosen, route),
        code="HIGHER_PRIORITY_ROUTE",
    )


def _why_preferred(chosen: EffectiveRoute, lost: EffectiveRoute) -> str:
    if _class(chosen) != _class(lost):
        return f"{_class_name(chosen)} beats {_class_name(lost)} of the same length"
    if _ties(lost, chosen):
        return f"two prefix lists hold {lost.destination}: AWS keeps one at random, docgen {chosen.target_name}"
    if chosen.preference != lost.preference:
        return f"{chosen.target_name} is preferred to {lost.target_name} for the same block"
    return f"same block and sort of route: AWS keeps one of them, here {chosen.target_name}"
