# Dataclasses that are quick to define and quick to make. `dataclasses` writes and compiles six methods for every
# frozen class when its module is imported: for docgen's three hundred that was a fifth of a second, half of all
# imports. Here a method is written when it is first called, and most never are.
"""dataclass."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(*, frozen: bool = False, slots: bool = False, order: bool = False, **options: bool) -> Any:
        """`dataclasses.dataclass`, quick for frozen classes with slots, which most of ours are.

        `dataclasses` takes such a class for one that is not frozen: what is derived from it takes this decorator too.
        """
        if frozen and slots:
            return lambda cls: _quick(cls, order, **options)
        return dataclasses.dataclass(frozen=frozen, slots=slots, order=order, **options)


def _quick(cls: type, order: bool, **options: bool) -> Any:
    own = set(vars(cls))
    made: Any = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True, **options)(cls)
    # a class that is decorated further may put something before its slots: the methods know the slots themselves
    slots = {f.name: getattr(made, f.name).__set__ for f in dataclasses.fields(made)}
    for name, write in {**_WRITERS, **(_ORDER if order else {})}.items():
        if name not in own:
            setattr(made, name, _written_later(made, name, slots, write))
    made.__setattr__, made.__delattr__ = _refuse_change, _refuse_loss
    made.__getstate__, made.__setstate__ = _state, _set_state
    made.__signature__ = _Signature()
    return made


_Slots = dict[str, Any]
"""By field, what sets it."""
_Writer = Callable[[Any, _Slots], Callable[..., Any]]
_MISSING: Any = object()


def _written_later(made: Any, name: str, slots: _Slots, write: _Writer) -> Callable[..., Any]:
    """Stands for a method until it is first called, then puts it in its place."""

    def written() -> Callable[..., Any]:
        method = write(made, slots)
        method.__name__, method.__qualname__ = name, f"{made.__qualname__}.{name}"
        setattr(made, name, method)
        return method

    def method(self: Any, *given: Any, **named: Any) -> Any:
        return written()(self, *given, **named)

    setattr(method, _WRITTEN, written)
    return method


_WRITTEN = "_written"


class _Signature:
    """What `help` tells of a class: the parameters of its `__init__`, which is written for it."""

    def __get__(self, _: Any, owner: Any) -> Any:
        import inspect

        init = owner.__init__
        told = inspect.signature(getattr(init, _WRITTEN, lambda: init)())
        return told.replace(parameters=list(told.parameters.values())[1:])


def _init(made: Any, slots: _Slots) -> Callable[..., Any]:
    """Sets the slots themselves: `object.__setattr__` would look each up by its name, in half as much time again."""
    names: dict[str, Any] = {"_MISSING": _MISSING}
    parameters, lines = [], []
    keywords = False
    for f in sorted(dataclasses.fields(made), key=lambda f: bool(f.kw_only)):
        value = f.name
        if f.default_factory is not dataclasses.MISSING:
            names[f"_make_{f.name}"] = f.default_factory
            default = "=_MISSING"
            value = f"_make_{f.name}() if {f.name} is _MISSING else {f.name}"
        elif f.default is not dataclasses.MISSING:
            names[f"_default_{f.name}"] = f.default
            default = f"=_default_{f.name}"
        else:
            default = ""
        if not f.init:  # set by __post_init__
            continue
        if f.kw_only and not keywords:
            parameters.append("*")
            keywords = True
        parameters.append(f"{f.name}{default}")
        names[f"_set_{f.name}"] = slots[f.name]
        lines.append(f"    _set_{f.name}(self, {value})")
    if hasattr(made, "__post_init__"):
        lines.append("    self.__post_init__()")
    method = _compiled(f"__init__(self, {', '.join(parameters)})", lines or ["    pass"], names)
    method.__annotations__ = {f.name: f.type for f in dataclasses.fields(made) if f.init} | {"return": None}
    return method


def _comparison(name: str, sign: str) -> _Writer:
    def write(made: Any, _: _Slots) -> Callable[..., Any]:
        compared = [f.name for f in dataclasses.fields(made) if f.compare]
        lines = [
            "    if other.__class__ is not self.__class__:",
            "        return NotImplemented",
            f"    return {_values(compared, 'self')} {sign} {_values(compared, 'other')}",
        ]
        return _compiled(f"{name}(self, other)", lines, {})

    return write


def _hash(made: Any, _: _Slots) -> Callable[..., Any]:
    counted = [f.name for f in dataclasses.fields(made) if (f.compare if f.hash is None else f.hash)]
    return _compiled("__hash__(self)", [f"    return hash({_values(counted, 'self')})"], {})


def _repr(made: Any, _: _Slots) -> Callable[..., Any]:
    shown = ", ".join(f"{f.name}={{self.{f.name}!r}}" for f in dataclasses.fields(made) if f.repr)
    line = f'    return f"{{self.__class__.__qualname__}}({shown})"'
    return recursive_repr()(_compiled("__repr__(self)", [line], {}))


_WRITERS = {"__init__": _init, "__eq__": _comparison("__eq__", "=="), "__hash__": _hash, "__repr__": _repr}
_SIGNS = {"__lt__": "<", "__le__": "<=", "__gt__": ">", "__ge__": ">="}
_ORDER = {name: _comparison(name, sign) for name, sign in _SIGNS.items()}


def _values(names: list[str], of: str) -> str:
    """A tuple of these attributes, as source."""
    return f"({''.join(f'{of}.{name},' for name in names)})"


def _compiled(head: str, lines: list[str], names: dict[str, Any]) -> Callable[..., Any]:
    exec("\n".join([f"def {head}:", *lines]), names)
    made: Callable[..., Any] = names[head[: head.index("(")]]
    return made


def _refuse_change(_: Any, name: str, __: Any) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_loss(_: Any, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[Any]:
    return [getattr(self, f.name) for f in dataclasses.fields(self)]


def _set_state(self: Any, state: list[Any]) -> None:
    for f, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, f.name, value)
