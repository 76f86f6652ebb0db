# A component of a definition: what the author declared, with its place in the text.
#
# Kinds (docgen/kinds) subclass `Component`; the loader builds them; nothing here knows one service.
"""Component, Key, Ref and the interfaces that a component brings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from heapq import merge
from ipaddress import IPv4Address, IPv6Address
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from docgen.core.data import dataclass
from docgen.core.span import NOWHERE, Span
from docgen.model.form import Short
from docgen.model.suppression import Suppression

if TYPE_CHECKING:
    from docgen.model.routes import Directory


class Key(NamedTuple):
    """The unique name of a component: its kind and its path (`shop/app-a` inside a VPC, else the id)."""

    kind: str
    path: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.path}"


class KindIndex:
    """Keys of components by kind, in the order of the components."""

    __slots__ = ("_held",)

    def __init__(self, keys: Iterable[Key]) -> None:
        held: dict[str, list[tuple[int, Key]]] = {}
        for at, key in enumerate(keys):
            held.setdefault(key.kind, []).append((at, key))
        self._held = held

    def of(self, *kinds: str) -> Iterator[Key]:
        """All keys of these kinds."""
        lists = [self._held[kind] for kind in dict.fromkeys(kinds) if kind in self._held]
        return (key for _, key in (lists[0] if len(lists) == 1 else merge(*lists)))


@dataclass(frozen=True, slots=True)
class Ref:
    """A name by which one component speaks of another: `app-a` or, qualified, `shop/app-a`.

    After zone expansion a Ref names exactly one component; which kinds it may name stands in the
    field's metadata (`refers`).
    """

    name: str
    span: Span = field(default=NOWHERE, compare=False)

    def __str__(self) -> str:
        return self.name


def refers(*kinds: str, each: bool = False, none: str = "", **options: Any) -> Any:
    """A dataclass field that holds a Ref (or several) to components of these kinds.

    Args:
        kinds: Names of kinds; `address` for a plain address, `*route_target` for all kinds that routes
            may name, `*alias_target` for those of Route 53 aliases.
        each: A value (a listener's target) whose reference names several components stands for one value
            for each; without it, the component that holds the value becomes one per zone.
        none: A word that stands for None (`local`).
        options: Those of `dataclasses.field` (`default=None`, `default=()`).
    """
    metadata: dict[str, Any] = {"refers": kinds}
    if each:
        metadata["each"] = True
    if none:
        metadata["none"] = none
    return field(metadata=metadata, **options)


@dataclass(frozen=True, slots=True)
class InterfaceSpec:
    """An elastic network interface that a component wants; `resolve` gives it its addresses.

    One per subnet for a load balancer, primary and standby for a Multi-AZ database.
    """

    subnet: Ref
    private_ip_address: IPv4Address | None = None
    public: bool | IPv4Address | None = False
    """A public IPv4 address: none, any (True), this one, or (None) as the subnet's auto-assign says."""
    public_with_gateway: bool = False
    """A public address where the VPC has an internet gateway."""
    ipv6: bool | IPv6Address | None = False
    """A global IPv6 address: none, any (True), this one, or (None) as the subnet's auto-assign says."""
    security_groups: tuple[Ref, ...] | None = ()
    """() takes the VPC's default group; None means that this interface has no groups at all (a NAT gateway)."""
    source_dest_check: bool = True


class _Keyed:
    """A place for a component's key, which every step of every packet asks for. Not a field: it says nothing."""

    __slots__ = ("_key",)
    _key: Key


@dataclass(frozen=True, slots=True, kw_only=True)
class Component(_Keyed):
    """What every component has. Subclasses add AWS's own API fields in snake_case."""

    kind: ClassVar[str] = ""
    """The kind's name, as in `Kind.name`."""
    short: ClassVar[Short] = Short()
    """Short forms of its block in a definition."""
    replaces_source: ClassVar[bool] = True
    """Whether what passes through one of its interfaces may go on with the interface's address as source."""

    id: str
    """As the author wrote it; with the zone's letter where one block became one component per zone."""
    scope: str = ""
    """Id of the VPC that it belongs to; "" for what stands outside VPCs."""
    group: str = ""
    """Id before zone expansion (`app` for `app-a`); the id itself where nothing was expanded."""
    title: str = ""
    """What a reader should call it; "" lets the id speak."""
    description: str = ""
    """Free prose for tooltips and pages."""
    suppress: tuple[Suppression, ...] = ()
    """Rules whose findings here, and in what stands in it, are accepted."""
    span: Span = field(default=NOWHERE, compare=False)

    @property
    def key(self) -> Key:
        """Unique over the whole definition."""
        try:
            return self._key
        except AttributeError:
            key = Key(self.kind, f"{self.scope}/{self.id}" if self.scope else self.id)
            object.__setattr__(self, "_key", key)
            return key

    def interface_specs(self) -> tuple[InterfaceSpec, ...]:
        """The network interfaces it brings, in a fixed order; none by default."""
        return ()

    def wanted_interfaces(self, directory: Directory) -> tuple[InterfaceSpec, ...]:
        """The same where other components have a say in it; most know by themselves."""
        del directory
        return self.interface_specs()

    def place_interfaces(self, zones: Sequence[str]) -> tuple[tuple[int, str], ...]:
        """Which of `interface_specs` exist, and the suffix of each, once the zones of their subnets are known.

        By default all of them: without suffix where there is one, else with the zone's letter.
        """
        if len(zones) == 1:
            return ((0, ""),)
        return tuple((i, zone[-1:]) for i, zone in enumerate(zones))

    def survives(self, suffix: str) -> bool:
        """Whether the interface of this suffix still works when the component itself is out of order."""
        del suffix
        return False
