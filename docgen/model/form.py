# How values may be written in a definition, as data on the types themselves: kinds and values declare their
# short forms and limits here, and the loader, the JSON Schema and `dump` read them. Knows no YAML.
"""Short, Fault and the limits of fields."""

from __future__ import annotations

from dataclasses import field
from typing import Any, NamedTuple

from docgen.core.data import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Short:
    """The short forms of a type; every part names fields of that type. A type holds it as `short`."""

    key: str = ""
    """Where several of the type are written as a block, the key of each entry fills this field."""
    key_text: str = ""
    """Where the key of an entry can fill one of several fields: a regular expression whose named groups they are."""
    value: str = ""
    """An entry's value that is not a block of fields fills this one."""
    rest: str = ""
    """Keys of the block that are no fields are entries of this field, itself a tuple of values with `key`."""
    many: bool = False
    """A list under the key of an entry stands for one value for each of its items."""
    text: str = ""
    """A regular expression for a one-line form; its named groups are fields (and `word`, see `worded`)."""
    repeat: str = ""
    """A group of `text` that may be a comma list: the line stands for one value for each item."""
    example: str = ""
    """A line in the short form, for messages and the JSON Schema."""


class Fault(NamedTuple):
    """What a type finds wrong with its own values (method `faults`): two fields that exclude each other."""

    field: str
    """The field to point at; "" for the whole."""
    text: str
    hint: str = ""


def limited(
    *,
    minimum: int | None = None,
    maximum: int | None = None,
    pattern: str = "",
    example: str = "",
    choices: tuple[str, ...] = (),
    canonical: bool = False,
    word: str = "",
    per_zone: bool = False,
    prose: bool = False,
    **options: Any,
) -> Any:
    """A dataclass field with limits that the loader enforces.

    Args:
        minimum: Smallest number.
        maximum: Largest number.
        pattern: A regular expression for the whole text.
        example: A value for messages.
        choices: The only texts that are understood.
        canonical: A CIDR block whose host bits AWS clears silently; elsewhere set ones are an error.
        word: The word (`from`, `to`) that text forms of this field's values use.
        per_zone: Its plural (one value per zone) makes the component one per zone.
        prose: A text of more than one line.
        options: Those of `dataclasses.field`.
    """
    limits = {
        "minimum": minimum,
        "maximum": maximum,
        "pattern": pattern,
        "example": example,
        "choices": choices,
        "canonical": canonical,
        "word": word,
        "per_zone": per_zone,
        "prose": prose,
    }
    return field(
        metadata={name: value for name, value in limits.items() if value not in (None, "", (), False)},
        **options,
    )
