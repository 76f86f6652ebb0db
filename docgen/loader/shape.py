# The shape of a kind or value as its type hints tell it: what the loader, the schema and `dump` have in common.
#
# In:  a dataclass of docgen.model or docgen.kinds. Out: its fields as an author sees them.
"""Shape, Field."""

from __future__ import annotations

import types
import typing
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from typing import Any

from docgen.core.data import dataclass
from docgen.model.component import Ref
from docgen.model.form import Short
from docgen.model.location import Location

_INTERNAL = frozenset({"id", "scope", "span"})
"""Fields that come from where a block stands, never from a key in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field that an author may write."""

    name: str
    hint: Any
    """Its type, resolved."""
    metadata: types.MappingProxyType[Any, Any]
    required: bool
    default: Any
    """MISSING where it is required."""

    @property
    def is_list(self) -> bool:
        """Whether it holds several values."""
        return typing.get_origin(self.hint) is tuple

    @property
    def item(self) -> Any:
        """The type of one value of a list."""
        return typing.get_args(self.hint)[0]

    @property
    def optional(self) -> bool:
        """Whether null means something: the field's None."""
        return type(None) in alternatives(self.hint)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """All fields of a type, and its short forms."""

    cls: type[Any]
    fields: dict[str, Field]
    short: Short

    @property
    def plurals(self) -> dict[str, str]:
        """`cidr_blocks` to `cidr_block`: names under which a scalar field takes one value per zone."""
        key: Any = self.cls
        return _plurals(key)


def shape_of(cls: type[Any]) -> Shape:
    """The shape of a dataclass."""
    key: Any = cls
    return _shape_of(key)


@cache
def _shape_of(cls: Any) -> Shape:
    hints = typing.get_type_hints(cls)
    found = {
        f.name: Field(
            name=f.name,
            hint=hints[f.name],
            metadata=f.metadata,
            required=f.default is MISSING and f.default_factory is MISSING,
            default=f.default,
        )
        for f in fields(cls)
        if f.name not in _INTERNAL
    }
    return Shape(cls=cls, fields=found, short=getattr(cls, "short", Short()))


@cache
def _plurals(cls: Any) -> dict[str, str]:
    own = shape_of(cls).fields
    pairs = {plural(f.name): f.name for f in own.values() if not f.is_list}
    return {many: one for many, one in pairs.items() if many not in own}


def plural(name: str) -> str:
    """`elastic_ip` to `elastic_ips`, `private_ip_address` to `private_ip_addresses`."""
    return name + ("es" if name.endswith(("s", "x", "ch")) else "s")


@cache
def options(hint: Any) -> tuple[Any, ...]:
    """The members of a union that are not None."""
    return tuple(o for o in alternatives(hint) if o is not type(None))


@cache
def item_of(hint: Any) -> Any:
    """The type of one value of a tuple; None for what is no tuple."""
    return typing.get_args(hint)[0] if typing.get_origin(hint) is tuple else None


def alternatives(hint: Any) -> tuple[Any, ...]:
    """The members of a union; a plain type alone."""
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        return typing.get_args(hint)
    return (hint,)


def is_value(hint: Any) -> bool:
    """Whether a type is a dataclass of its own (a route, a rule), not one that a single word says."""
    return isinstance(hint, type) and is_dataclass(hint) and hint not in (Ref, Location)
