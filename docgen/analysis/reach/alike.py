# Sources that differ in nothing but name and address: one is asked for all of them, as far as no bound parts them.
"""Crowd: interfaces in groups whose members send alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import fields
from functools import cache
from typing import Any

from docgen.analysis.reach.ends import Place
from docgen.core.prefixes import Address
from docgen.model.component import Key
from docgen.model.network import Network

_IDENTITY = frozenset({"id", "title", "description", "span", "group"})


class Crowd:
    """Knows who of a network may be asked for whom."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._named = frozenset(network.bound.values())
        self._times = Counter(address for _, address in network.by_private_ip)

    def groups(self, places: Iterable[Place]) -> list[list[Place]]:
        """Places in groups of equal signature, in order."""
        found: dict[Hashable, list[Place]] = {}
        for place in places:
            found.setdefault(self._signature(place), []).append(place)
        return list(found.values())

    def _signature(self, place: Place) -> Hashable:
        interface = place.interface
        if interface is None:
            return place
        unique = self._unique(place)
        component = self._network.components[interface.owner]
        cls: Any = type(component)
        values = tuple(_value(getattr(component, name)) for name in _fields(cls))
        return (
            unique,
            interface.owner.kind,
            component.scope,
            interface.subnet,
            interface.groups,
            interface.source_dest_check,
            interface.public_ip is None,
            len(interface.addresses),
            interface.owner in self._network.down,
            values,
        )

    def _unique(self, place: Place) -> Key | None:
        """A component stands alone where others name it, or share its address, or where it has several interfaces."""
        interface = place.interface
        assert interface is not None
        shared = self._times[interface.private_ip] > 1
        several = len(self._network.owned[interface.owner]) > 1
        return interface.owner if shared or several or interface.owner in self._named else None


@cache
def _fields(cls: Any) -> tuple[str, ...]:
    return tuple(f.name for f in fields(cls) if f.name not in _IDENTITY)


def _value(value: object) -> Hashable:
    if isinstance(value, Address):
        return "an address"
    try:
        hash(value)
    except TypeError:
        return repr(value)
    return value


def parted(one: Place, other: Place, bounds: Iterable[tuple[int, int]]) -> bool:
    """Whether some bound holds an address of one of two interfaces and not the same address of the other."""
    assert one.interface is not None
    assert other.interface is not None
    pairs = [(int(a), int(b)) for a, b in zip(one.interface.addresses, other.interface.addresses, strict=True)]
    return any((first <= a <= last) != (first <= b <= last) for first, last in bounds for a, b in pairs)
