# Where a value stands in its source text, so that every message can point at it.
"""Source positions."""

from __future__ import annotations

from docgen.core.data import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A range in one file; lines and columns count from 1, `end_column` is exclusive."""

    file: str
    """Path as the user gave it (never made absolute), `<stdin>`, or "" where there is no text."""
    line: int = 0
    column: int = 0
    end_column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"

    def or_else(self, other: Span) -> Span:
        """This place; the other one where nobody wrote what it is the place of."""
        return self if self.file else other


NOWHERE = Span("")
"""The position of what docgen adds itself (an implicit local route, a default security group)."""
