# The shape of one assumption. The assumptions themselves stand in this package's other modules, by topic.
"""Assumption, Tag."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from docgen.core.data import dataclass


class Tag(StrEnum):
    """How sure docgen is of a choice."""

    MODEL = "model"
    """AWS does not say; docgen decides so that answers are stable."""
    UNSURE = "unsure"
    """AWS is silent on what a packet really meets, or contradicts itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumption:
    """One choice of the routing core that AWS's documentation does not settle."""

    id: str
    """What definitions, traces and pages call it: `blackhole-route`."""
    tag: Tag
    topic: str
    """Heading that it stands under on the reference page."""
    title: str
    """A few words, no period at the end."""
    statement: str
    """One sentence: what docgen does."""
    values: Mapping[str, str] = field(default_factory=dict)
    """What `assumptions:` in a definition may set it to, with what each means, the default first; none: fixed."""
    aws: str
    """What AWS says, or does not."""
    source: str
    """The AWS page that comes nearest."""
    read_in: str
    """The module that decides by it."""

    @property
    def default(self) -> str:
        """What holds where a definition says nothing; "" for a fixed one."""
        return next(iter(self.values), "")
