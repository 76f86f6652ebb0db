# Everything that reaches a component, or that a component reaches, over all headers there can be.
#
# In:  a network and two sets of components. Out: a Reach. Exact as far as the tracer is: no packet is sampled.
"""reach, newly_reachable."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from docgen.analysis.reach.alike import Crowd, parted
from docgen.analysis.reach.ends import Place, inside, public_space, starts, targets
from docgen.analysis.reach.explore import (
    ALL_PORTS,
    PROTOCOLS,
    Cell,
    Judge,
    Observe,
    Outcome,
    Prober,
    entirely,
    ports_of,
)
from docgen.analysis.reach.filters import Doors
from docgen.analysis.reach.proxies import leading_to, through
from docgen.analysis.reach.ranges import Ranges, common, holds, prefixes, size, without
from docgen.analysis.reach.results import Reach, by_header, rows
from docgen.core.collector import paused_collector
from docgen.model.component import Component, Key
from docgen.model.forwarding import is_proxy
from docgen.model.kind import Scope
from docgen.model.network import Network
from docgen.model.packet import Protocol
from docgen.routing.endpoints import INTERNET

GETS_IN = (Outcome.CONNECTS, Outcome.ARRIVES)


def reach(
    network: Network,
    to: Iterable[Key] | None = None,
    frm: Iterable[Key] | None = None,
    *,
    protocols: Sequence[Protocol] = PROTOCOLS,
) -> Reach:
    """Every source, protocol and port that can reach these components, each with a witness.

    Args:
        network: In the state that is asked about (`Network.with_outage` for another).
        to: Components that are asked for, the internet among them or not; None for all but the internet.
        frm: Where headers start; None for everywhere, the internet among it.
        protocols: Those that count.
    """
    some = None if to is None else places_of(network, to, targets)
    return reach_between(network, some, None if frm is None else places_of(network, frm, starts), protocols=protocols)


@paused_collector()
def reach_between(
    network: Network, to: list[Place] | None, frm: list[Place] | None, *, protocols: Sequence[Protocol] = ()
) -> Reach:
    """The same between places: some interfaces of a component, some addresses."""
    ends = places_of(network, None, targets) if to is None else to
    begins = places_of(network, None, starts) if frm is None else frm
    found, asked = open_cells(network, ends, begins, protocols or PROTOCOLS)
    return Reach(
        results=tuple(rows(network, found)),
        internet=prefixes(public_space(network, 4), 4),
        traces=sum(a.traces for a in asked),
        sources=len(begins),
        targets=len(ends),
        pairs=asked[0].pairs,
    )


def open_cells(
    network: Network, to: Sequence[Place], frm: Sequence[Place], protocols: Sequence[Protocol] = PROTOCOLS
) -> tuple[list[Cell], list[Asked]]:
    """All cells that are not BLOCKED, by way of proxies too; and what was asked for them, the direct way first."""
    asked = [Asked(network, to, frm)]
    for final in dict.fromkeys(p.component for p in to if p.component != INTERNET):
        further = _by_proxy(network, frm, through((final,)), final)
        if further is not None:
            asked.append(further)
    return [c for a in asked for c in a.cells(protocols) if c.outcome is not Outcome.BLOCKED], asked


@paused_collector()
def newly_reachable(
    before: Network, after: Network, to: Iterable[Key] | None = None, *, counting: Sequence[Outcome] = GETS_IN
) -> int:
    """How many headers get in after a change that did not before: source addresses by targets by ports.

    Requests that arrive count, whether their answers come back or not, unless `counting` says otherwise. Interfaces
    are told by their ids, so that a change of somebody's address opens nothing by itself.
    """
    keys = None if to is None else tuple(to)
    old, new = (by_header(_getting_in(n, keys, counting)) for n in (before, after))
    left = (box for name, cells in new.items() for cell in cells for box in left_of(cell, old.get(name, ())))
    return sum(size(a) * size(b) * size(p) for a, b, p in left)


Box = tuple[Ranges, Ranges, Ranges]


def _getting_in(network: Network, to: tuple[Key, ...] | None, counting: Sequence[Outcome]) -> list[Cell]:
    present = None if to is None else [k for k in to if k in network.components]
    asked = Asked(network, places_of(network, present, targets), each_start(network))
    return [c for c in asked.cells(PROTOCOLS) if c.outcome in counting]


def each_start(network: Network) -> list[Place]:
    """Everywhere that headers start, no address twice: the internet has those of users and other hosts there."""
    users = {k for k, a in network.outside.items() if holds(public_space(network, a.version), int(a))}
    return places_of(network, [k for k in network.components if k == INTERNET or k not in users], starts)


def left_of(cell: Cell, known: Iterable[Cell]) -> list[Box]:
    """What is left of a cell without others of its name."""
    left: list[Box] = [(cell.sources, cell.targets, cell.ports)]
    for other in known:
        left = [part for box in left for part in _minus(box, (other.sources, other.targets, other.ports))]
    return left


def _minus(box: Box, other: Box) -> Iterator[Box]:
    """What is left of a box, in boxes; addresses of a fixed end count as the same whatever they are."""
    one, two, ports = box
    same_one = one if size(one) == 1 and size(other[0]) == 1 else common(one, other[0])
    same_two = two if size(two) == 1 and size(other[1]) == 1 else common(two, other[1])
    same_ports = common(ports, other[2])
    if not (same_one and same_two and same_ports):
        yield box
        return
    for part in (
        (without(one, same_one), two, ports),
        (same_one, without(two, same_two), ports),
        (same_one, same_two, without(ports, same_ports)),
    ):
        if all(part):
            yield part


def with_client_kept(
    network: Network, frm: Sequence[Place], judge: Judge, final: Key, observe: Observe | None = None
) -> Iterator[Cell]:
    """Cells of headers for which some proxy opens a connection to a component that shows the client's own address.

    `judge` is `proxies.through` of what is kept.
    """
    asked = _by_proxy(network, frm, judge, final, observe, {p.component for p in frm})
    if asked is not None:
        yield from (c for c in asked.cells(PROTOCOLS) if c.outcome is not Outcome.BLOCKED)


def _by_proxy(
    network: Network,
    frm: Sequence[Place],
    judge: Judge,
    final: Key,
    observe: Observe | None = None,
    kept_of: Collection[Key] | None = None,
) -> Asked | None:
    proxies = (key for key in leading_to(network, (final,), kept_of) if key != final)
    doors = [p for key in proxies for p in targets(network, network.get(key))]
    clients = [p for p in frm if p.component != final]
    if not doors or not clients:
        return None
    return Asked(network, doors, clients, judge, final=final, observe=observe)


class Asked:
    """One question: from these places to those."""

    def __init__(
        self,
        network: Network,
        to: Sequence[Place],
        frm: Sequence[Place],
        judge: Judge | None = None,
        final: Key | None = None,
        observe: Observe | None = None,
    ) -> None:
        self.network = network
        self.targets, self.sources = to, frm
        self.pairs = 0
        self._final = final
        self._prober = Prober(network, judge, observe)
        self._crowd = Crowd(network)
        self._every_port = judge is entirely

    @property
    def traces(self) -> int:
        """Packets traced so far."""
        return self._prober.traces

    def cells(self, protocols: Sequence[Protocol], only: Ranges = ALL_PORTS) -> Iterator[Cell]:
        """All cells of these protocols and ports that the groups at both ends do not exclude; the rest is BLOCKED.

        Where it is asked what works entirely, nothing is excluded: what is blocked is then the answer.
        """
        for target in self.targets:
            doors = Doors(self.network, target)
            by_proxy = self._final is not None
            sources = [_but(s, target) for s in self.sources if apart(self.network, s, target, by_proxy=by_proxy)]
            self.pairs += len(sources)
            for protocol in protocols:
                allowed: dict[Ranges, list[Place]] = {}
                for source in sources:
                    ports = ports_of(protocol) if self._every_port else doors.ports(source, protocol)
                    if ports := common(ports, only):
                        allowed.setdefault(ports, []).append(source)
                for ports, some in allowed.items():
                    for group in self._crowd.groups(some):
                        yield from self._of_group(group, target, protocol, ports)

    def _of_group(self, group: list[Place], target: Place, protocol: Protocol, ports: Ranges) -> Iterator[Cell]:
        left = group
        while left:
            asked, *others = left
            cells, met = self._prober.cells_and_bounds(asked, target, protocol, ports, collect=bool(others))
            if self._final is not None:
                cells = [replace(cell, final=self._final) for cell in cells]
            yield from cells
            left = []
            for other in others:
                if parted(asked, other, met):
                    left.append(other)
                else:
                    yield from (c.moved_to(other) for c in cells)


def places_of(
    network: Network, keys: Iterable[Key] | None, find: Callable[[Network, Component], Iterator[Place]]
) -> list[Place]:
    """The places of these components, by `starts` or by `targets`; of all for None (the internet only as a start)."""
    if keys is None:
        keys = [k for k in network.components if k != INTERNET or find is starts]
    return [place for key in keys for place in find(network, network.get(key))]


def _but(source: Place, target: Place) -> Place:
    """A source without the target's own address: a bucket has one of the internet's."""
    if source.single or not target.single or not common(source.addresses, target.addresses):
        return source
    return replace(source, addresses=without(source.addresses, target.addresses))


def apart(network: Network, source: Place, target: Place, *, by_proxy: bool = False) -> bool:
    """Two components of one family, at least one of them inside, unless the target leads on to somebody inside.

    Or the target AWS's (a bucket, a distribution), and the source somebody who opens connections of his own accord.
    """
    if source.component == target.component or source.version != target.version:
        return False
    caller = network.kind_of(source.component)
    asks = (
        caller.scope is Scope.OUTSIDE or hasattr(caller.component, "calls") or is_proxy(network.get(source.component))
    )
    of_aws = network.kind_of(target.component).scope is not Scope.OUTSIDE
    return by_proxy or (asks and of_aws) or inside(network, source) or inside(network, target)
