# What must hold for all traffic of a design, as the author wrote it.
"""Invariant, Selector and what an invariant may demand."""

from __future__ import annotations

from dataclasses import field
from enum import StrEnum

from docgen.core.data import dataclass
from docgen.core.span import NOWHERE, Span
from docgen.model.component import Ref
from docgen.model.packet import PortRange, Protocol


class Demand(StrEnum):
    """What an invariant demands."""

    NEVER = "never"
    """No request gets from there to here, whether its answer comes back or not."""
    ONLY = "only"
    """Nobody else, and nothing on other ports, gets here."""
    ALWAYS = "always"
    """Every one of them can connect, by every path that AWS may choose."""
    ISOLATED = "isolated"
    """Nothing gets from one of them to another."""
    SURVIVES = "survives"
    """Declared flows go on while any one of some things is down."""


SELECTORS = ("id", "kind", "tier", "zone", "vpc", "subnet", "security_group")
"""What a selector may go by. All but `id` may stand together: what is meant then fulfils all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selector:
    """Some ends of traffic: `app`, `internet`, `{tier: data}`, `{vpc: shop, kind: db_instance}`."""

    terms: tuple[tuple[str, str], ...]
    """(one of `SELECTORS`, name) each; a plain name is `(("", name),)` and may mean any of them."""
    span: Span = field(default=NOWHERE, compare=False)

    def __str__(self) -> str:
        return " and ".join(f"{by} {name}" if by else name for by, name in self.terms)


@dataclass(frozen=True, slots=True, kw_only=True)
class Invariant:
    """A sentence about all headers (SURVIVES: about flows and failures), proven by `docgen check`."""

    id: str
    title: str = ""
    description: str = ""
    demand: Demand
    source: tuple[Selector, ...] = ()
    """`from`; for ISOLATED every part, in order."""
    destination: tuple[Selector, ...] = ()
    """`to`; nothing for ISOLATED."""
    protocol: Protocol | None = None
    """None: all, or where ports are given those that have ports (for ONLY and ALWAYS: tcp)."""
    ports: tuple[PortRange, ...] = ()
    """Destination ports; empty means all."""
    outage: tuple[Ref, ...] = ()
    """For SURVIVES: what is down, one after the other: `each-zone`, `each-component`, `each-part`, or by name."""
    flows: tuple[Ref, ...] = ()
    """For SURVIVES: the flows that go on; () are all that are allowed with everything in order."""
    span: Span = field(default=NOWHERE, compare=False)
