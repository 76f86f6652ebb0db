# The keys of a kind as a table, read off its dataclass: types, defaults, and the line under each field.
#
# In:  a component's class. Out: one KeyTable for it and one for each type of value that it holds.
"""Key, KeyTable, key_tables."""

from __future__ import annotations

import inspect
from dataclasses import MISSING
from enum import Enum
from ipaddress import IPv4Address, IPv4Interface, IPv4Network, IPv6Address, IPv6Network
from typing import Any

from markupsafe import Markup

from docgen.core.data import dataclass
from docgen.loader.docstrings import field_docs
from docgen.loader.shape import Field, alternatives, is_value, plural, shape_of
from docgen.model.component import Component, Ref
from docgen.model.packet import PortRange
from docgen.pages.markdown import code, prose, text

_WORDS: dict[Any, str] = {
    IPv4Interface: "IPv4 address with prefix length",
    IPv4Network: "CIDR block",
    IPv4Address: "address",
    IPv6Network: "IPv6 CIDR block",
    IPv6Address: "IPv6 address",
    PortRange: "port or range of ports",
    bool: "true or false",
    str: "text",
    int: "number",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One key of a block."""

    name: str
    value: Markup
    """What it holds."""
    default: Markup
    text: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyTable:
    """The keys of one type."""

    name: str
    """"" for the component itself, else what its lists hold: `listener`."""
    example: str
    """A line in the short form; "" where there is none."""
    keys: tuple[Key, ...]


def key_tables(component: type[Component]) -> tuple[KeyTable, ...]:
    """The component's own keys first, then those of the values in them, each type once."""
    tables = {component: ""}
    waiting: list[type[Any]] = [component]
    while waiting:
        for field in shape_of(waiting.pop()).fields.values():
            inner = field.item if field.is_list else field.hint
            if is_value(inner) and inner not in tables:
                tables[inner] = _singular(field.name) if field.is_list else field.name
                waiting.append(inner)
    return tuple(_table(cls, name) for cls, name in tables.items())


def _table(cls: type[Any], name: str) -> KeyTable:
    shape = shape_of(cls)
    texts = field_docs(cls)
    fields = [f for f in shape.fields.values() if f.name != "group" or name]
    keys = tuple(
        Key(name=f.name, value=_value(f), default=_default(f), text=prose(texts.get(f.name, ""))) for f in fields
    )
    return KeyTable(name=name, example=shape.short.example, keys=keys)


def _value(field: Field) -> Markup:
    if field.is_list:
        return Markup("list of {}").format(_one(field.item, field, several=True))
    choices = [_one(hint, field) for hint in alternatives(field.hint) if hint is not type(None)]
    return Markup(" or ").join(choices)


def _one(hint: Any, field: Field, *, several: bool = False) -> Markup:
    if hint is Ref:
        kinds = [kind.removeprefix("*").replace("_", " ") for kind in field.metadata.get("refers", ())]
        if several:
            return text(f"ids of {' or '.join(plural(kind) for kind in kinds)}")
        return text(f"id of {' or '.join(_with_article(kind) for kind in kinds)}")
    if inspect.isclass(hint) and issubclass(hint, Enum):
        return Markup(", ").join(code(member.value) for member in hint)
    if is_value(hint):
        return text(f"{field.name} (below)" if several else "block (below)")
    return text(_WORDS.get(hint, getattr(hint, "__name__", str(hint))) + ("s" if several and hint is str else ""))


def _singular(name: str) -> str:
    """Of a list's key; `suppress` and other verbs stay.

    >>> _singular("routes"), _singular("availability_zone_addresses"), _singular("suppress")
    ('route', 'availability_zone_address', 'suppress')
    """
    if name.endswith("sses"):
        return name[:-2]
    return name if name.endswith("ss") else name.removesuffix("s")


def _with_article(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def _default(field: Field) -> Markup:
    if field.required:
        return Markup("required")
    value = field.default
    if value in (None, "", (), MISSING):
        return Markup("")
    if isinstance(value, Enum):
        return code(value.value)
    if isinstance(value, bool):
        return code(str(value).lower())
    if field.is_list:
        return Markup("")
    return code(value)
