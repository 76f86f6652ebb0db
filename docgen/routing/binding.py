# Binds every reference of a definition to the component that it names.
#
# A name is looked up in the VPC of the component that uses it, then anywhere if only one has it; `vpc/id`
# is exact. References to components that were declared but could not be read are passed over in silence.
"""Binder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from functools import cache, lru_cache
from ipaddress import ip_address
from types import MappingProxyType
from typing import Any

from docgen.core.diagnostic import Diagnostic, Note, Severity
from docgen.core.names import did_you_mean
from docgen.model.component import Component, Key, Ref
from docgen.model.kind import Kind, kinds_named

Bound = Mapping[tuple[str, str, tuple[str, ...]], Key]
"""(scope, name, kinds as in the field's `refers`) to the component named."""


def references(value: object) -> Iterator[tuple[Ref, tuple[str, ...]]]:
    """Every Ref in a component or in a value inside it, with the kinds that it may name."""
    cls: Any = type(value)
    for name, kinds in _places(cls):
        content = getattr(value, name)
        if content is None or content == ():
            continue
        for item in content if isinstance(content, tuple) else (content,):
            if isinstance(item, Ref):
                if kinds:
                    yield item, kinds
            elif hasattr(item, "__dataclass_fields__"):
                yield from references(item)


_PLAIN = ("str", "int", "bool", "IPv4Address", "IPv4Network", "Span", "Protocol", "PortRange", "Location")
"""Types of fields that hold no reference, as annotations; any other field is looked into."""


@cache
def _places(cls: type) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Fields of a type that may hold references, with the kinds that they may name."""
    return tuple((f.name, tuple(f.metadata.get("refers", ()))) for f in fields(cls) if f.type not in _PLAIN)


_EVERYBODY = frozenset({"all", "any", "anybody", "anyone", "anywhere", "everyone", "internet", "public", "world"})
_NO_GROUPS = frozenset(
    {"subnet", "instance", "load_balancer", "db_instance", "lambda_function", "auto_scaling_group"}
)
"""What people name in rules of security groups: a word for everybody, and components for their groups."""


class Binder:
    """Look-up of names over one definition; collects a diagnostic for each name that fails."""

    def __init__(
        self, components: Mapping[Key, Component], kinds: Mapping[str, Kind], broken: frozenset[Key]
    ) -> None:
        self._components = components
        self._kinds = kinds
        self._broken = broken
        self._by_id: dict[tuple[str, str], list[Key]] = {}
        for key, component in components.items():
            self._by_id.setdefault((key.kind, component.id), []).append(key)
        self.diagnostics: list[Diagnostic] = []
        self.references = {key: tuple(references(c)) for key, c in components.items()}
        """Component to what it names; looked at once, since a definition may have many thousands."""

    def bind_all(self) -> Bound:
        """Bind the references of all components."""
        bound: dict[tuple[str, str, tuple[str, ...]], Key] = {}
        failed: set[tuple[str, str, tuple[str, ...]]] = set()
        for key, component in self._components.items():
            for ref, kinds in self.references[key]:
                entry = (component.scope, ref.name, kinds)
                if entry in bound or ("address" in kinds and is_address(ref.name)):
                    continue
                named = self.find(ref, component.scope, kinds, by=key.kind)
                if named is not None:
                    bound[entry] = named
                else:
                    failed.add(entry)
        return MappingProxyType(bound)

    def find(self, ref: Ref, scope: str, kinds: tuple[str, ...], *, by: str = "") -> Key | None:
        """The component that a reference of one of kind `by` names, or None after a diagnostic."""
        allowed = kinds_named(self._kinds, kinds)
        found = self.candidates(ref.name, scope, allowed)
        if len(found) == 1:
            return found[0]
        if found:
            self._report_ambiguous(ref, found)
        elif not self._is_broken(ref.name, scope, allowed):
            flag = next((k for k in kinds if k.startswith("*")), "")
            self._report_unknown(ref, scope, allowed, flag=flag, by=by)
        return None

    def candidates(self, name: str, scope: str, kinds: tuple[str, ...]) -> list[Key]:
        """All components that a name can mean from inside `scope`."""
        exact = [k for kind in kinds if (k := Key(kind, name)) in self._components]
        if exact:
            return exact
        if scope:
            near = [k for kind in kinds if (k := Key(kind, f"{scope}/{name}")) in self._components]
            if near:
                return near
        return [k for kind in kinds for k in self._by_id.get((kind, name), ())]

    def _is_broken(self, name: str, scope: str, kinds: tuple[str, ...]) -> bool:
        paths = {name, f"{scope}/{name}"}
        return any(k.kind in kinds and (k.path in paths or k.path.rpartition("/")[2] == name) for k in self._broken)

    def _report_unknown(self, ref: Ref, scope: str, kinds: tuple[str, ...], *, flag: str, by: str) -> None:
        near = [c for c in self._components.values() if c.kind in kinds]
        known = [c.id if c.scope in ("", scope) else c.key.path for c in near]
        known += [c.group for c in near if c.group and c.scope in ("", scope)]
        what = " or ".join(self._kinds[k].noun if k in self._kinds else f"private {k}" for k in kinds)
        if flag:
            what = flag[1:].replace("_", " ")
        self.diagnostics.append(
            Diagnostic(
                "DGR-01",
                Severity.ERROR,
                ref.span,
                f"there is no {what} called {ref.name!r}",
                hint=self._instead(ref.name, flag, by) or did_you_mean(ref.name, known),
            )
        )

    def _instead(self, name: str, flag: str, by: str) -> str:
        """What stands in the place of a name that means something, but nothing that can be named there."""
        if flag == "*route_target" and name == "blackhole":
            return "write it under `routes` with the target that is gone, and `state: blackhole`"
        if by != "security_group":
            return ""
        if name.lower() in _EVERYBODY:
            return "write `0.0.0.0/0` for everybody"
        if name.lower() == "self":
            return "a rule for the group's own members names the group"
        meant: list[Any] = [c for c in self._components.values() if name in (c.id, c.group) and c.kind in _NO_GROUPS]
        if not meant:
            return ""
        if meant[0].kind == "subnet":
            blocks = " and ".join(f"`{subnet.cidr_block}`" for subnet in meant if subnet.kind == "subnet")
            return f"that is a subnet, and a rule names its block: {blocks}"
        return (
            f"that is {self._kinds[meant[0].kind].noun} {meant[0].id!r}, and a rule names the group that it carries"
        )

    def _report_ambiguous(self, ref: Ref, found: list[Key]) -> None:
        options = ", ".join(str(k) if len({f.path for f in found}) == 1 else k.path for k in found)
        self.diagnostics.append(
            Diagnostic(
                "DGR-02",
                Severity.ERROR,
                ref.span,
                f"{ref.name!r} can mean several components: {options}",
                hint=f"write {found[0].path!r}" if len({f.path for f in found}) > 1 else "rename one of them",
                notes=tuple(Note(self._components[k].span, f"{k.path!r} is declared here") for k in found),
            )
        )


@lru_cache(maxsize=4096)
def is_address(text: str) -> bool:
    """Whether a name is an address, of either family."""
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
