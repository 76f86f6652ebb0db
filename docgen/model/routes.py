# Routes that nobody wrote into a table: propagated by a gateway, or put there by an endpoint's association.
#
# In:  the components of a definition with their references bound. Out: routes, each for one table.
"""ContributedRoute, Directory, RouteSource."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from typing import Any, Protocol, TypeGuard

from docgen.core.data import dataclass
from docgen.core.prefixes import Block
from docgen.model.component import Component, Key, KindIndex, Ref
from docgen.model.policy import RouteOrigin, RouteState


@dataclass(frozen=True, slots=True, kw_only=True)
class ContributedRoute:
    """A route that a component brings into a route table."""

    table: Key
    destination: Block
    target: Key
    origin: RouteOrigin = RouteOrigin.PROPAGATED
    state: RouteState = RouteState.ACTIVE
    prefix_list: str = ""
    """The prefix list that the entry comes from."""
    preference: tuple[int, ...] = ()
    """Between propagated routes to one block the lower wins."""
    announced_by: Key | None = None
    """The route is gone while this component is out of order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """Components and their bound references, before tables and interfaces stand."""

    components: Mapping[Key, Component]
    bound: Mapping[tuple[str, str, tuple[str, ...]], Key]
    main_tables: Mapping[str, Key | None] = field(default_factory=dict)
    """VPC's id to its main route table; empty before tables are looked at."""
    by_kind: KindIndex = field(init=False)
    """Keys of the components by kind."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_kind", KindIndex(self.components))

    def bind(self, ref: Ref, scope: str, *kinds: str) -> Key | None:
        """The component that a reference names; None where it could not be bound."""
        return self.bound.get((scope, ref.name, kinds))

    def of_kind(self, *kinds: str) -> Iterator[Component]:
        """Components of these kinds, in order."""
        return (self.components[key] for key in self.by_kind.of(*kinds))

    def blocks_of(self, vpc: Key) -> tuple[Block, ...]:
        """All blocks of a VPC; () where it could not be read."""
        component: Any = self.components.get(vpc)
        return component.blocks if component is not None else ()


class RouteSource(Protocol):
    """A component that brings routes into tables."""

    def contributed_routes(self, directory: Directory) -> Iterable[ContributedRoute]:
        """Its routes, in a fixed order."""
        ...


def brings_routes(component: object) -> TypeGuard[RouteSource]:
    """Whether it brings routes into tables."""
    return hasattr(type(component), "contributed_routes")
