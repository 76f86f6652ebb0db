# Frozen values that are made at every step of every packet: quick to make, put into words when somebody reads them.
"""quickly_made, later, reads_later."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, fields
from typing import Any, TypeVar, cast

T = TypeVar("T")
_MISSING: Any = object()


def quickly_made(cls: type[T]) -> type[T]:
    """A frozen dataclass with slots, with an `__init__` that takes two thirds of the time.

    The one that `dataclasses` writes goes through `object.__setattr__` for every field, which looks the slot up by
    its name each time; this one calls the slots themselves. Parameters, defaults and frozenness stay as they are.
    """
    names: dict[str, Any] = {"_MISSING": _MISSING}
    parameters, lines = [], []
    keywords = False
    for f in fields(cls):  # type: ignore[arg-type]
        if f.kw_only and not keywords:
            parameters.append("*")
            keywords = True
        names[f"_set_{f.name}"] = getattr(cls, f.name).__set__
        value = f.name
        if f.default_factory is not MISSING:
            names[f"_make_{f.name}"] = f.default_factory
            parameters.append(f"{f.name}=_MISSING")
            value = f"_make_{f.name}() if {f.name} is _MISSING else {f.name}"
        elif f.default is not MISSING:
            names[f"_default_{f.name}"] = f.default
            parameters.append(f"{f.name}=_default_{f.name}")
        else:
            parameters.append(f.name)
        lines.append(f"    _set_{f.name}(self, {value})")
    exec("\n".join([f"def __init__(self, {', '.join(parameters)}):", *lines]), names)
    made = names["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    made.__annotations__ = dict(getattr(cls.__init__, "__annotations__", {}))
    setattr(cls, "__init__", made)  # noqa: B010  # mypy wants no assignment to a method
    return cls


class _Later:
    """What stands in a field until somebody reads it."""

    __slots__ = ("make",)

    def __init__(self, make: Callable[[], Any]) -> None:
        self.make = make


def later(make: Callable[[], T]) -> T:
    """A value for a field that `reads_later` names, worked out when the field is first read.

    For sentences and lists that explain a decision: the decision itself needs none of them. `make` must look at
    nothing that changes.
    """
    return cast(T, _Later(make))


class _Reading:
    """A slot that may hold something for later."""

    def __init__(self, slot: Any) -> None:
        self._slot = slot
        self.__doc__ = getattr(slot, "__doc__", None)

    def __get__(self, instance: Any, owner: Any = None) -> Any:
        if instance is None:
            return self
        value = self._slot.__get__(instance, owner)
        if value.__class__ is _Later:
            value = value.make()
            self._slot.__set__(instance, value)
        return value

    def __set__(self, instance: Any, value: Any) -> None:
        self._slot.__set__(instance, value)


def reads_later(*names: str) -> Callable[[type[T]], type[T]]:
    """A dataclass with slots in which these fields take what `later` gives; a reader sees the value itself."""

    def with_reading(cls: type[T]) -> type[T]:
        for name in names:
            setattr(cls, name, _Reading(getattr(cls, name)))
        return cls

    return with_reading
