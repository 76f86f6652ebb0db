# Designs that answer the same need, side by side: what an author says of each, and which flows to hold together.
#
# In:  nothing; the loader reads these from a file. Verdicts are not here: the traces have them.
"""Comparison, Compared, Aspect."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field

from docgen.core.data import dataclass
from docgen.core.span import NOWHERE, Span
from docgen.model.component import Ref
from docgen.model.form import Fault, limited


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One of the designs."""

    design: Ref
    """Its slug."""
    label: str
    """The head of its column: `VPC peering`."""
    choose: str = limited(prose=True)
    """When to take this one."""
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Aspect:
    """A row: what is said of each design, or a flow of each whose verdict is shown."""

    aspect: str
    """The head of the row."""
    values: tuple[str, ...] = ()
    """One for each design, in their order; `{{ figure:ID }}` stands for a dated number."""
    flows: tuple[Ref, ...] = ()
    """Or the id of a flow in each."""
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A page that compares designs."""

    title: str
    """`VPC peering or transit gateway`."""
    question: str = limited(prose=True)
    """The need that each of them answers."""
    answer: str = limited(prose=True)
    """What it comes down to."""
    designs: tuple[Compared, ...]
    """Two or more."""
    rows: tuple[Aspect, ...]
    """What they are compared by."""
    id: str = ""
    """Name of its file."""
    span: Span = field(default=NOWHERE, compare=False)

    def faults(self) -> Iterator[Fault]:
        """A cell for each design, in every row."""
        count = len(self.designs)
        if count < 2:
            yield Fault("designs", "a comparison wants at least two designs")
        for row in self.rows:
            cells = row.flows or row.values
            if bool(row.flows) == bool(row.values):
                yield Fault("rows", f"row {row.aspect!r} wants either `values` or `flows`")
            elif len(cells) != count:
                yield Fault("rows", f"row {row.aspect!r} has {len(cells)} cells for {count} designs")
