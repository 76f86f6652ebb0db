# What headers are compared with: every block, address and port that a part of a definition, or code, mentions.
#
# In:  any value of the model, or a module of Python. Out: Bounds. Knows no kind, and of fields one that is left out:
# whatever a new kind declares or hard-codes is found, so that nothing must be registered for a proof to stay exact.
# Finding too much only costs time: two headers are told apart that all treat alike.
"""Bounds, bounds_of, code_bounds."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from types import CodeType, FunctionType, ModuleType
from typing import Any

from docgen.core.data import dataclass
from docgen.core.span import Span
from docgen.model.packet import PortRange

_NO_PORTS = frozenset({"rule_number"})
"""Fields whose numbers are compared with each other only."""
_LEAST = 20
"""Smaller numbers in the code of a kind are counts and prefix lengths; no kind hard-codes such a port."""
_MOST = 65535


@dataclass(frozen=True, slots=True)
class Bounds:
    """Ranges of addresses (IPv4, IPv6) and of ports; where none of them parts two headers, nothing does."""

    v4: frozenset[tuple[int, int]] = frozenset()
    v6: frozenset[tuple[int, int]] = frozenset()
    ports: frozenset[tuple[int, int]] = frozenset()


def joined(many: Iterable[Bounds]) -> Bounds:
    """All of them together."""
    all_of = tuple(many)
    return Bounds(
        frozenset().union(*(b.v4 for b in all_of)),
        frozenset().union(*(b.v6 for b in all_of)),
        frozenset().union(*(b.ports for b in all_of)),
    )


def bounds_of(*values: object) -> Bounds:
    """All bounds that these values mention, at any depth."""
    found: tuple[set[tuple[int, int]], ...] = (set(), set(), set())
    for value in values:
        for sort, first, last in _walk(value, 0):
            found[sort].add((first, last))
    return Bounds(*map(frozenset, found))


def _walk(value: Any, least: int) -> Iterator[tuple[int, int, int]]:
    if isinstance(value, str | bytes | bool | Enum | Span | float | None):
        return
    if isinstance(value, PortRange):
        yield (2, value.first, value.last)
    elif isinstance(value, int):
        if least <= value <= _MOST:
            yield (2, value, value)
    elif isinstance(value, IPv4Network | IPv6Network):
        yield (0 if value.version == 4 else 1, int(value[0]), int(value[-1]))
    elif isinstance(value, IPv4Address | IPv6Address):
        yield (0 if value.version == 4 else 1, int(value), int(value))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _walk(key, least)
            yield from _walk(item, least)
    elif isinstance(value, tuple | list | set | frozenset):
        for item in value:
            yield from _walk(item, least)
    elif is_dataclass(value) and not isinstance(value, type):
        for f in fields(value):
            if f.compare and f.name not in _NO_PORTS:  # not compared: spans and what is remembered
                yield from _walk(getattr(value, f.name), least)
        yield from _computed(value, least)


def _computed(value: Any, least: int) -> Iterator[tuple[int, int, int]]:
    """Properties too: a database's port may come from its engine."""
    cls: Any = type(value)
    for name in _properties(cls):
        yield from _walk(getattr(value, name), least)


@cache
def _properties(cls: Any) -> tuple[str, ...]:
    return tuple(
        name
        for name, p in inspect.getmembers(cls, lambda m: isinstance(m, property))
        if not name.startswith("_") and name != "key" and cls.__module__.startswith("docgen.") and p.fget
    )


@cache
def code_bounds(module: str) -> Bounds:
    """Bounds in a module's constants and in the code of its functions: what a kind compares headers with unasked."""
    loaded = sys.modules.get(module)
    if loaded is None:
        return Bounds()
    found = [value for name, value in vars(loaded).items() if _is_data(name, value)]
    return joined([_bounded(found), _bounded(list(_literals(loaded)))])


def routing_bounds() -> Bounds:
    """Those of everything in `docgen.routing`, which every trace may meet."""
    names = sorted(n for n in sys.modules if n.startswith("docgen.routing.") or n == "docgen.core.prefixes")
    return joined(map(code_bounds, names))


def _bounded(values: list[Any]) -> Bounds:
    found: tuple[set[tuple[int, int]], ...] = (set(), set(), set())
    for sort, first, last in _walk(values, _LEAST):
        found[sort].add((first, last))
    return Bounds(*map(frozenset, found))


def _is_data(name: str, value: object) -> bool:
    return not name.startswith("__") and name != "KIND" and not isinstance(value, ModuleType | type | FunctionType)


def _literals(module: ModuleType) -> Iterator[object]:
    for value in vars(module).values():
        if getattr(value, "__module__", "") != module.__name__:
            continue
        functions = [value] if isinstance(value, FunctionType) else []
        if isinstance(value, type):
            members = vars(value).values()
            functions += [m for m in members if isinstance(m, FunctionType)]
            functions += [m.fget for m in members if isinstance(m, property) and isinstance(m.fget, FunctionType)]
        for function in functions:
            yield from _numbers(function.__code__)


def _numbers(code: CodeType) -> Iterator[int]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _numbers(constant)
        elif isinstance(constant, tuple | frozenset):
            yield from (c for c in constant if type(c) is int)
        elif type(constant) is int:
            yield constant
