# What a selector of an invariant means in a network.
#
# In:  a Network and a Selector. Out: a Chosen, or UnclearSelectorError with words for the author.
"""select, Chosen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from docgen.analysis.reach.ends import Place, public_space, starts, targets
from docgen.analysis.reach.ranges import holds
from docgen.core.data import dataclass
from docgen.core.names import did_you_mean
from docgen.model.component import Component, Key
from docgen.model.invariant import Selector
from docgen.model.network import Interface, Network
from docgen.routing.endpoints import INTERNET

_PLAIN_ORDER = ("id", "vpc", "subnet", "security_group", "tier", "kind")
"""What a plain name may be, the likeliest first: `app` is the instance before it is the subnet or the tier."""


class UnclearSelectorError(ValueError):
    """A selector names nothing."""

    def __init__(self, selector: Selector | None, text: str, hint: str = "") -> None:
        self.selector, self.text, self.hint = selector, text, hint
        super().__init__(text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Ends of traffic: interfaces, and components that have none."""

    interfaces: frozenset[str] = frozenset()
    components: frozenset[Key] = frozenset()
    """Hosts outside VPCs, and the internet."""

    def holds(self, place: Place) -> bool:
        """Whether a place is one of them."""
        if place.component in self.components:  # a service too, at the interface of an endpoint that leads to it
            return True
        return place.interface is not None and place.interface.id in self.interfaces

    def starts(self, network: Network) -> list[Place]:
        """Where they open connections from, in the network's order."""
        return [p for c in self._asked(network) for p in starts(network, c) if self.holds(p)]

    def targets(self, network: Network) -> list[Place]:
        """Every address at which they can be asked."""
        return [p for c in self._asked(network) for p in targets(network, c) if self.holds(p)]

    def _asked(self, network: Network) -> Iterator[Component]:
        """All components, but users and hosts that the internet's own addresses stand for already."""
        twice = set(_on_the_internet(network)) if INTERNET in self.components else set()
        return (c for key, c in network.components.items() if key not in twice)


def select(network: Network, selectors: Iterable[Selector]) -> Chosen:
    """All that some selectors mean together.

    Raises:
        UnclearSelectorError: one of them means nothing.
    """
    interfaces: set[str] = set()
    components: set[Key] = set()
    for selector in selectors:
        found = _one(network, selector)
        interfaces |= found.interfaces
        components |= found.components
    return Chosen(interfaces=frozenset(interfaces), components=frozenset(components))


def _one(network: Network, selector: Selector) -> Chosen:
    chosen: Chosen | None = None
    for by, name in selector.terms:
        found = _term(network, selector, by, name)
        if chosen is None:
            chosen = found
        else:
            both = chosen.interfaces & found.interfaces, chosen.components & found.components
            chosen = Chosen(interfaces=both[0], components=both[1])
    if chosen is None or not (chosen.interfaces or chosen.components):
        raise UnclearSelectorError(selector, f"nothing in this design is {selector}")
    return chosen


def _term(network: Network, selector: Selector, by: str, name: str) -> Chosen:
    if name == "internet" and by in ("", "id"):
        return Chosen(components=frozenset((INTERNET, *_on_the_internet(network))))
    for sort in (by,) if by else _PLAIN_ORDER:
        interfaces = frozenset(i.id for i in network.interfaces.values() if _is(network, i, sort, name))
        components = frozenset(c.key for c in _without_interfaces(network) if _is_one(network, c, sort, name))
        if interfaces or components:
            return Chosen(interfaces=interfaces, components=components)
    what = f"no {by.replace('_', ' ')}" if by and by != "id" else "nothing"
    raise UnclearSelectorError(
        selector, f"{what} in this design is called {name!r}", did_you_mean(name, _names(network, by))
    )


def _on_the_internet(network: Network) -> Iterator[Key]:
    """Users and hosts with public addresses."""
    for key, address in network.outside.items():
        if key != INTERNET and holds(public_space(network, address.version), int(address)):
            yield key


def _is(network: Network, interface: Interface, sort: str, name: str) -> bool:
    if not network.kinds[interface.owner.kind].endpoint:
        return False
    owner = network.components[interface.owner]
    if sort in ("id", "kind"):
        return _is_one(network, owner, sort, name)
    if sort == "vpc":
        return name == interface.vpc.path
    if sort == "zone":
        return name in (interface.zone, interface.zone[-1:])
    if sort == "security_group":
        return any(name in (key.path, key.path.rpartition("/")[2]) for key in interface.groups or ())
    subnet = network.components[interface.subnet]
    if sort == "tier":
        return bool(name) and name == getattr(subnet, "tier", "")
    return sort == "subnet" and name in _called(subnet)


def _is_one(network: Network, component: Component, sort: str, name: str) -> bool:
    if sort == "id":
        prefix, _, rest = name.rpartition(":")
        return prefix in ("", component.kind) and rest in _called(component)
    if sort == "kind":
        kind = network.kinds[component.kind]
        return name in (kind.name, kind.plural)
    return sort == "vpc" and bool(component.scope) and name == component.scope


def _called(component: Component) -> tuple[str, ...]:
    group = (component.group, f"{component.scope}/{component.group}") if component.group else ()
    return (component.id, component.key.path, *group)


def _without_interfaces(network: Network) -> Iterator[Component]:
    for key, component in network.components.items():
        if network.kinds[key.kind].endpoint and not network.owned.get(key):
            yield component


def _names(network: Network, by: str) -> Iterator[str]:
    for component in network.components.values():
        if component.kind == by or by in ("", "id"):
            yield component.id
            if component.group:
                yield component.group
        if by in ("", "tier") and (tier := getattr(component, "tier", "")):
            yield tier
    if by == "kind":
        yield from network.kinds
