# A network that writes down what is looked up in it, so that an answer for one header is known to hold for others.
#
# Every decision of the core finds what it compares a header with (routes, rules, listeners, addresses) through the
# mappings of `Network`. Two headers that no bound of the components read parts make the same decisions, one after the
# other, and so read the same components: the answer for one is the answer for both.
"""watched, Reads."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from docgen.analysis.reach.bounds import Bounds, bounds_of, code_bounds, joined, routing_bounds
from docgen.analysis.reach.ends import nat64
from docgen.core.memo import Derived, Memo
from docgen.core.prefixes import Address
from docgen.model.component import Component, Key
from docgen.model.network import Network

V = TypeVar("V")


@dataclass(slots=True)
class _Log:
    """What was looked up: components, and what is worked out of many of them once."""

    keys: set[Key] = field(default_factory=set)
    questions: set[Hashable] = field(default_factory=set)
    """Those of `Network.derived`."""


class _Watched(Mapping[Key, V]):
    """A mapping by key that notes every key that is asked for; walking through it asks for all."""

    __slots__ = ("_log", "_real")

    def __init__(self, real: Mapping[Key, V], log: _Log) -> None:
        self._real, self._log = real, log

    def __getitem__(self, key: Key) -> V:
        self._log.keys.add(key)
        return self._real[key]

    def __iter__(self) -> Iterator[Key]:
        self._log.keys.update(self._real)
        return iter(self._real)

    def __len__(self) -> int:
        return len(self._real)


class _Forgetful(Memo[Any]):
    """Remembers nothing: a remembered judgement would be made without reading the groups."""

    def keep(self, question: Hashable, answer: Any) -> Any:
        del question
        return answer


class _Traced(Derived):
    """Works everything out once, and knows what was read for it: whoever asks again has read the same."""

    def __init__(self, log: _Log) -> None:
        super().__init__()
        self._log = log
        self.read_for: dict[Hashable, _Log] = {}

    def of(self, question: Hashable, make: Callable[[], V]) -> V:
        def noted() -> V:
            log, before = self._log, (self._log.keys, self._log.questions)
            log.keys, log.questions = set(), set()
            try:
                return make()
            finally:
                self.read_for[question] = _Log(log.keys, log.questions)
                log.keys, log.questions = before

        answer = super().of(question, noted)
        self._log.questions.add(question)
        return answer


class Reads:
    """What has been looked up since the last `start`, and what headers were compared with there."""

    def __init__(self, network: Network) -> None:
        self.log = _Log()
        self.derived = _Traced(self.log)
        self._network = network
        self._known: dict[Key, Bounds] = {}
        self._known_of: dict[Hashable, Bounds] = {}
        hosts = (*network.outside.values(), *network.outside_ipv6.values(), *network.opening.values())
        self._always = joined([routing_bounds(), bounds_of(hosts)])

    def start(self) -> None:
        """Forget what was read."""
        self.log.keys.clear()
        self.log.questions.clear()

    def ports(self) -> frozenset[tuple[int, int]]:
        """Ports that headers may have been compared with since the start."""
        return self._always.ports.union(*(b.ports for b in self._read()))

    def addresses(self, version: int, without: Key | None = None) -> set[tuple[int, int]]:
        """The same for addresses of a family; those in one component's own definition may be left out.

        IPv4 addresses have a second form in IPv6, by NAT64.
        """
        read = [self._always, *self._read(without)]
        own: set[tuple[int, int]] = set().union(*(b.v4 if version == 4 else b.v6 for b in read))
        if version == 6:
            own.update((nat64(first), nat64(last)) for b in read for first, last in b.v4)
        return own

    def _read(self, without: Key | None = None) -> Iterator[Bounds]:
        yield from (self._of(key) for key in self.log.keys if key != without)
        yield from map(self._of_derived, self.log.questions)

    def _of_derived(self, question: Hashable) -> Bounds:
        found = self._known_of.get(question)
        if found is None:
            read = self.derived.read_for[question]
            found = joined([*map(self._of, read.keys), *map(self._of_derived, read.questions)])
            self._known_of[question] = found
        return found

    def _of(self, key: Key) -> Bounds:
        found = self._known.get(key)
        if found is None:
            n = self._network
            component = n.components.get(key)
            effective = (n.route_tables.get(key), n.acls.get(key), n.groups.get(key))
            declared = bounds_of(component, *effective, _resolvers(component)) if component is not None else Bounds()
            found = self._known[key] = joined([declared, code_bounds(type(component).__module__)])
        return found


def _resolvers(component: Component | None) -> tuple[Address, ...]:
    """The third address of every block of a VPC: its resolver, computed and not declared."""
    return tuple(b[2] for b in getattr(component, "blocks", ()) if b.num_addresses > 2)


def watched(network: Network) -> tuple[Network, Reads]:
    """The same network, and the list of what is looked up in it."""
    reads = Reads(network)
    components: Mapping[Key, Component] = _Watched(network.components, reads.log)
    copy = replace(
        network,
        components=components,
        route_tables=_Watched(network.route_tables, reads.log),
        acls=_Watched(network.acls, reads.log),
        groups=_Watched(network.groups, reads.log),
        judged=_Forgetful(),
        derived=reads.derived,
    )
    return copy, reads
