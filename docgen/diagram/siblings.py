# Which lines may share a stretch, so that nobody reads a way out of it that is none.
#
# In:  lines with their ends and look. Out: for each the others that it may run together with.
"""siblings_of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from docgen.diagram.drawing import Tone


class Line(Protocol):
    """What links of a scene and connectors of a drawing have in common."""

    @property
    def id(self) -> str:
        """Unique among the lines."""
        ...

    @property
    def source(self) -> str:
        """Id of an icon."""
        ...

    @property
    def target(self) -> str:
        """Id of an icon."""
        ...

    @property
    def tone(self) -> Tone:
        """What it says."""
        ...

    @property
    def dashed(self) -> bool:
        """Whether it is dashed."""
        ...


def siblings_of(lines: Sequence[Line]) -> Mapping[str, tuple[str, ...]]:
    """Of each line, by id, the lines of the same look that may share a stretch with it.

    These are lines from one source, lines to one target, and lines of which each source also leads to the target of
    the other (every server to every endpoint): however a reader follows them, what he finds is true.
    """
    known = {(one.source, one.target, one.tone, one.dashed) for one in lines}
    found: dict[str, tuple[str, ...]] = {}
    for one in lines:
        found[one.id] = tuple(
            other.id
            for other in lines
            if other is not one
            and (other.tone, other.dashed) == (one.tone, one.dashed)
            and (one.source, other.target, one.tone, one.dashed) in known
            and (other.source, one.target, one.tone, one.dashed) in known
        )
    return found
