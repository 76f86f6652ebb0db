# What the author wrote, expanded and typed, before any reference is bound.
"""Architecture, Flow, Expectation, Cache, Variant, View."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum
from types import MappingProxyType

from docgen.core.data import dataclass
from docgen.core.span import NOWHERE, Span
from docgen.model.component import Component, Key, Ref
from docgen.model.invariant import Invariant
from docgen.model.packet import Family, Protocol
from docgen.model.suppression import DesignSuppression
from docgen.model.trace import Leg, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What the author says a flow does; a flow that does otherwise is an error."""

    verdict: Verdict
    reason: str = ""
    """Reason code; "" accepts any."""
    leg: Leg | None = None
    span: Span = field(default=NOWHERE, compare=False)


class Cache(StrEnum):
    """Whether a cache on the way has what is asked for."""

    HIT = "hit"
    MISS = "miss"


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """The circumstances of a flow: what is down, which variant of the design applies."""

    outage: tuple[Ref, ...] = ()
    """Zones (`a` or `ap-south-1a`) or components that are down."""
    variant: str = ""
    cache: Cache | None = None
    """What CloudFront's cache holds; None: both are traced."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """A question: can this source open a connection to that destination?"""

    id: str
    title: str = ""
    source: Ref
    """A component (or a group of per-zone components), an address, `internet`, or a user."""
    destination: Ref
    """The same, or a DNS name; of a URL its host."""
    protocol: Protocol = Protocol.TCP
    port: int = 0
    """Destination port; 0 for protocols without ports."""
    path: str = ""
    """Of a web address that was asked for, from its first slash on; CloudFront goes by it, "" stands for any."""
    follow_calls: bool = True
    """Whether what components call in turn is traced too; off, the flow is the connection that it names."""
    family: Family | None = None
    """None: IPv4 where both ends have it, else IPv6."""
    source_port: int | None = None
    """None stands for the whole ephemeral range of the client."""
    packet_size: int = 0
    """Bytes of its packets, which must not be cut into pieces; 0: small enough for every link."""
    expect: Expectation | None = None
    when: When = When()
    via: Ref | None = None
    """A component that the author says the requests pass: a gateway endpoint, a NAT gateway."""
    description: str = ""
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """A named patch of a design: a usual mistake or a what-if."""

    id: str
    title: str = ""
    description: str = ""
    span: Span = field(default=NOWHERE, compare=False)


OVERLAYS = ("security-groups",)
"""What a picture shows beside its components where somebody asks for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A picture that the author asks for beside the usual ones. Names are ids, groups or `vpc/id`."""

    id: str
    title: str = ""
    description: str = ""
    include: tuple[str, ...] = ()
    """What it shows, with all that is in it; () shows everything."""
    exclude: tuple[str, ...] = ()
    """What it leaves out, with all that is in it."""
    fold: tuple[str, ...] = ()
    """VPCs that are one icon, which counts what is in them."""
    overlay: tuple[str, ...] = ()
    """What it shows beside the components, of `OVERLAYS`."""
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Architecture:
    """One definition, loaded and expanded."""

    slug: str
    """Name of its folder; what other definitions and pages call it."""
    title: str
    summary: str = ""
    version: int = 1
    extends: str = ""
    """Slug of the design that it grows from."""
    components: tuple[Component, ...] = ()
    """In the order of the file, containers before content; expanded per zone."""
    flows: tuple[Flow, ...] = ()
    invariants: tuple[Invariant, ...] = ()
    """What must hold for all traffic of the design itself; in variants they are not asked."""
    views: tuple[View, ...] = ()
    """Pictures beside the overview, those of VPCs and those of flows."""
    suppressions: tuple[DesignSuppression, ...] = ()
    """Rules whose findings are accepted in the whole design, or in some of its components."""
    variants: tuple[Variant, ...] = ()
    variant: str = ""
    """The variant that is applied to these components; "" for the design itself."""
    assumptions: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), hash=False)
    """Choices that AWS leaves open and the author makes otherwise: id to value (model/assumptions)."""
    zones_in_full: tuple[tuple[str, Span], ...] = field(default=(), compare=False)
    """Zones that are written with their Region's name where a letter would do, with the places."""
    broken: frozenset[Key] = frozenset()
    """Components that were declared but could not be read: references to them are not reported again."""
    span: Span = field(default=NOWHERE, compare=False)
    sources: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), compare=False)
    """Text of every file that was read, by name, for excerpts and for the page."""
