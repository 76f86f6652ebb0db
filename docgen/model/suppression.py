# What the author knows and accepts: rules whose findings are not told again, each with the reason.
"""Suppression and DesignSuppression."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from typing import ClassVar

from docgen.core.data import dataclass
from docgen.core.span import NOWHERE, Span
from docgen.model.form import Fault, Short


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppression:
    """A rule whose findings the author accepts. YAML short form: `DGL-20: One NAT gateway is enough for tests`."""

    short: ClassVar[Short] = Short(key="code", value="reason", example="DGL-20: One NAT gateway is enough for tests")

    code: str
    """The rule's code, as `docgen check` prints it."""
    reason: str
    """Why this is accepted; shown on the design's page."""
    span: Span = field(default=NOWHERE, compare=False)

    def faults(self) -> Iterator[Fault]:
        """A reason says something."""
        if not self.reason.strip():
            yield Fault("reason", f"{self.code} is suppressed without a reason", "say why this is accepted")


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignSuppression:
    """A suppression at the top of a definition."""

    suppression: Suppression
    names: tuple[tuple[str, Span], ...] = ()
    """`for`: the components and flows that it speaks of, with the places of their names; () means all of them."""
