# Fields that are put into words when somebody reads them: values are made at every step of every packet.
"""later, reads_later."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

T = TypeVar("T")


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
