# What differs between two definitions, component by component: for "what is new since the last step".
"""compare, Mark."""

from __future__ import annotations

from dataclasses import fields
from enum import StrEnum

from docgen.core.data import dataclass
from docgen.model.architecture import Architecture
from docgen.model.component import Component, Key


class Mark(StrEnum):
    """What a change did to something."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


_BOOKKEEPING = {"span", "group", "suppress"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A component that stands in both definitions with other values."""

    key: Key
    fields: tuple[str, ...]
    """Names of the fields that differ, in the kind's order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """The difference from `before` to `after`, each part in the order of its definition."""

    before: str
    """Slug of the earlier design."""
    added: tuple[Key, ...]
    removed: tuple[Key, ...]
    changed: tuple[Change, ...]


def compare(before: Architecture, after: Architecture) -> Changes:
    """Which components were added, removed and changed."""
    old = {c.key: c for c in before.components}
    new = {c.key: c for c in after.components}
    return Changes(
        before=before.slug,
        added=tuple(k for k in new if k not in old),
        removed=tuple(k for k in old if k not in new),
        changed=tuple(
            Change(key=k, fields=names) for k, c in new.items() if k in old and (names := _differing(old[k], c))
        ),
    )


def _differing(old: Component, new: Component) -> tuple[str, ...]:
    return tuple(
        f.name
        for f in fields(new)
        if f.name not in _BOOKKEEPING and getattr(old, f.name, None) != getattr(new, f.name)
    )
