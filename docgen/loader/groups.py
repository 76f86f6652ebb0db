# The one rule of expansion, second half: what a reference to something per zone means.
#
# In:  typed components with the zone of each. Out: components whose references each name one component:
#      a list takes all members; from inside a zone a single reference takes the zone's member; a route
#      table that points at something per zone becomes one per zone itself.
"""bind_groups."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping as Map
from dataclasses import replace
from functools import cache
from typing import Any

from docgen.core.data import dataclass
from docgen.loader.report import Reporter
from docgen.loader.shape import is_value, shape_of
from docgen.loader.zones import letter
from docgen.model.component import Component, Key, Ref
from docgen.model.kind import Kind, kinds_named


@dataclass(frozen=True, slots=True)
class Placed:
    """A component and the zone that it stands in ("" for none)."""

    component: Component
    zone: str


class _PerZoneError(Exception):
    """A single reference from outside any zone names something per zone."""

    def __init__(self, ref: Ref, members: tuple[Placed, ...]) -> None:
        self.ref, self.members = ref, members


class Grouper:
    """Binds references to groups."""

    def __init__(self, kinds: Map[str, Kind], reporter: Reporter) -> None:
        self._kinds = kinds
        self._report = reporter
        self._ids: set[tuple[str, str, str]] = set()
        self._members: dict[tuple[str, str, str], list[Placed]] = {}
        self._scopes: dict[tuple[str, str], list[str]] = {}
        self._names: set[str] = set()
        """Of all groups: most references name none of them."""
        self.broken: set[Key] = set()

    def bind(self, placed: Iterable[Placed]) -> tuple[Component, ...]:
        """All components with their references bound to single ones."""
        found = list(placed)
        for _ in range(4):  # a table may point at what itself became one per zone
            self._index(found)
            grown = [p for each in found for p in self._multiplied(each)]
            if len(grown) == len(found):
                break
            found = grown
        return tuple(self._bound(p) for p in found)

    def _index(self, found: Iterable[Placed]) -> None:
        self._ids.clear()
        self._members.clear()
        self._scopes.clear()
        for each in found:
            c = each.component
            self._ids.add((c.kind, c.scope, c.id))
            if c.group != c.id:
                self._members.setdefault((c.kind, c.scope, c.group), []).append(each)
        self._names = {group for _, _, group in self._members}
        for kind, scope, group in self._members:
            self._scopes.setdefault((kind, group), []).append(scope)

    def _multiplied(self, each: Placed) -> tuple[Placed, ...]:
        c = each.component
        kind = self._kinds[c.kind]
        if each.zone or not kind.per_zone or kind.parent_field or not self._members:
            return (each,)
        try:
            self._rebuilt(c, each)
        except _PerZoneError as needed:
            zones = list(dict.fromkeys(m.zone for m in needed.members))
            if c.group != c.id:
                self._report.error(
                    "DGY-31",
                    c.span,
                    f"{c.kind.replace('_', ' ')} {c.id!r} is one per zone, which gives it its name already",
                    "remove `group`",
                )
            return tuple(Placed(replace(c, id=f"{c.id}-{letter(zone)}", group=c.id), zone) for zone in zones)
        return (each,)

    def _bound(self, each: Placed) -> Component:
        if not self._members:
            return each.component
        c = each.component
        try:
            bound: Component = self._rebuilt(c, each)
            return bound
        except _PerZoneError as found:
            names = ", ".join(m.component.id for m in found.members)
            if each.zone:
                text = f"{found.ref.name!r} is one per zone ({names}), and not in zone {letter(each.zone)}"
            else:
                text = f"{found.ref.name!r} is one per zone ({names}); this can name one only"
            self._report.error(
                "DGY-23", found.ref.span, text, f"write {found.members[0].component.id!r}, for example"
            )
            self.broken.add(c.key)
            return c

    def _rebuilt(self, value: Any, owner: Placed) -> Any:
        """The same component or value with every reference in it bound."""
        changed: dict[str, Any] = {}
        cls: Any = type(value)
        for name, kinds in _references(cls):
            content = getattr(value, name)
            if not content:
                continue
            if isinstance(content, Ref):
                new: Any = self._one(content, kinds, owner)
            elif kinds:
                new = tuple(r for ref in content for r in self._all(ref, kinds, owner))
            else:
                new = tuple(v for item in content for v in self._each(item, owner))
            if new != content:
                changed[name] = new
        return replace(value, **changed) if changed else value

    def _each(self, item: Any, owner: Placed) -> tuple[Any, ...]:
        for f in shape_of(type(item)).fields.values():
            if f.metadata.get("each") and isinstance(ref := getattr(item, f.name), Ref):
                kinds = f.metadata["refers"]
                return tuple(replace(item, **{f.name: r}) for r in self._all(ref, kinds, owner))
        return (self._rebuilt(item, owner),)

    def _one(self, ref: Ref, kinds: tuple[str, ...], owner: Placed) -> Ref:
        members = self._group(ref, kinds, owner)
        if not members:
            return ref
        near = [m for m in members if owner.zone and m.zone == owner.zone]
        if len(near) != 1:
            raise _PerZoneError(ref, members)
        return _named(ref, near[0].component, owner)

    def _all(self, ref: Ref, kinds: tuple[str, ...], owner: Placed) -> tuple[Ref, ...]:
        members = self._group(ref, kinds, owner)
        self._report.count_values(len(members), ref.span)
        return tuple(_named(ref, m.component, owner) for m in members) if members else (ref,)

    def _group(self, ref: Ref, kinds: tuple[str, ...], owner: Placed) -> tuple[Placed, ...]:
        """The members of the group that a reference names; () where it names one component, or nothing."""
        vpc, _, name = ref.name.rpartition("/")
        if name not in self._names:
            return ()
        allowed = kinds_named(self._kinds, kinds)
        scopes = (vpc,) if vpc else tuple(dict.fromkeys((owner.component.scope, "")))
        for scope in scopes:
            if any((kind, scope, name) in self._ids for kind in allowed):
                return ()
            found = [m for kind in allowed for m in self._members.get((kind, scope, name), ())]
            if found:
                return tuple(found)
        elsewhere = [] if vpc else [(k, s) for k in allowed for s in self._scopes.get((k, name), ())]
        if len(elsewhere) == 1:
            (kind, scope) = elsewhere[0]
            return tuple(self._members[(kind, scope, name)])
        return ()


def _named(ref: Ref, component: Component, owner: Placed) -> Ref:
    near = component.scope in ("", owner.component.scope) and "/" not in ref.name
    return Ref(component.id if near else component.key.path, ref.span)


@cache
def _references(cls: Any) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Fields that hold references, with the kinds that they may name; () for values that hold some inside."""
    found: list[tuple[str, tuple[str, ...]]] = []
    for f in shape_of(cls).fields.values():
        if "refers" in f.metadata:
            found.append((f.name, tuple(f.metadata["refers"])))
        elif f.is_list and is_value(f.item):
            found.append((f.name, ()))
    return tuple(found)
