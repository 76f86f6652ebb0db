# The records of a DNS zone as an author writes them, with Route 53's routing policies. Looks nothing up.
"""Record, Failover, RoutingPolicy, is_watched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from enum import StrEnum
from typing import ClassVar, Protocol, TypeGuard

from docgen.core.data import dataclass
from docgen.core.span import NOWHERE, Span
from docgen.model.component import Ref, refers
from docgen.model.form import Fault, Short, limited
from docgen.model.network import Network

_LABELS = r"@|(\*|[a-z0-9_-]{1,63})(\.[a-z0-9_-]{1,63}){0,8}"
_NAME = r"([a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63}){0,15}\.?)?"


class Failover(StrEnum):
    """Route 53 API `Failover`."""

    PRIMARY = "primary"
    SECONDARY = "secondary"


class RoutingPolicy(StrEnum):
    """How Route 53 chooses between the records of one name."""

    SIMPLE = "simple"
    WEIGHTED = "weighted"
    FAILOVER = "failover"
    MULTIVALUE = "multivalue answer"
    LATENCY = "latency"
    GEOLOCATION = "geolocation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One name. Short forms, under it: `{alias: edge}`, `{a: [web, 198.51.100.7]}`, `{cname: other.example}`; a list
    of such blocks where a routing policy chooses between several."""

    short: ClassVar[Short] = Short(key="name", many=True, example="www: {alias: edge}")

    name: str = limited(pattern=_LABELS, example="www")
    """Relative to the zone (`www`), `@` for the zone's own name (the apex), `*` for all that nothing else names."""
    alias: Ref | None = refers("*alias_target", default=None)
    """A Route 53 alias: answers with the present addresses of a load balancer, an interface endpoint, an API of API
    Gateway or an S3 website bucket."""
    alias_record: str = limited(pattern=f"({_LABELS})?", example="www", default="")
    """An alias of another record of this zone, by its name there."""
    evaluate_target_health: bool = False
    """Whether an alias counts as unhealthy while its target is."""
    a: tuple[Ref, ...] = refers(
        "instance", "network_interface", "on_premises_host", "internet_host", "address", default=()
    )
    """A record: addresses, or components (in a public zone their public address); several are all answered."""
    aaaa: tuple[Ref, ...] = refers("instance", "network_interface", "internet_host", "address", default=())
    """AAAA record: the same with IPv6 addresses."""
    cname: str = limited(pattern=_NAME, example="shop.example.net", default="")
    """Another name, looked up instead."""
    set_identifier: str = ""
    """What to call it among the records of its name, where a routing policy chooses."""
    weight: int | None = limited(minimum=0, maximum=255, default=None)
    """Weighted: its share of the answers. 0 answers only while no record with a weight is healthy."""
    failover: Failover | None = None
    """Failover: the primary answers while it is healthy, else the secondary."""
    region: str = limited(pattern=r"([a-z]{2,4}(-[a-z]+)+-[1-9])?", example="ap-south-1", default="")
    """Latency: answers those who are nearest to this Region."""
    geo_location: str = limited(pattern=r"(\*|[A-Z]{2}(-[A-Z0-9]{1,3})?)?", example="DE", default="")
    """Geolocation: a continent, country or part of one whose people it answers; `*` for everywhere else."""
    multi_value_answer: bool = False
    """Multivalue: one of up to eight healthy records that are all given."""
    health_check: bool = False
    """A health check watches what the record names: it is unhealthy while none of that works."""
    span: Span = field(default=NOWHERE, compare=False)

    def faults(self) -> Iterator[Fault]:
        """It answers with one sort of thing and has one routing policy; DNS allows no CNAME at the apex."""
        sorts = (self.alias is not None, bool(self.alias_record), bool(self.a or self.aaaa), bool(self.cname))
        if sum(sorts) != 1:
            text = "a record is one of `alias`, `alias_record`, `a` (with `aaaa`) and `cname`"
            yield Fault("", text, "write `www: {alias: edge}`")
        if self.cname and self.name == "@":
            yield Fault("cname", "DNS allows no CNAME for the zone's own name", "use an `alias`, or `a`")
        if len(self._policies) > 1:
            names = " and ".join(self._policies)
            yield Fault("", f"a record has one routing policy, and this one is {names}", "keep one of them")
        if self.evaluate_target_health and not self.is_alias:
            text = "only an alias has a target whose health can be evaluated"
            yield Fault("evaluate_target_health", text, "write `health_check: true`")
        if self.multi_value_answer and self.is_alias:
            yield Fault("multi_value_answer", "an alias cannot be a multivalue answer", "list addresses under `a`")

    @property
    def is_alias(self) -> bool:
        """Whether Route 53 looks its target up itself."""
        return self.alias is not None or bool(self.alias_record)

    @property
    def policy(self) -> RoutingPolicy:
        """How Route 53 chooses it among the records of its name."""
        return next(iter(self._policies), RoutingPolicy.SIMPLE)

    @property
    def _policies(self) -> tuple[RoutingPolicy, ...]:
        said = {
            RoutingPolicy.WEIGHTED: self.weight is not None,
            RoutingPolicy.FAILOVER: self.failover is not None,
            RoutingPolicy.LATENCY: bool(self.region),
            RoutingPolicy.GEOLOCATION: bool(self.geo_location),
            RoutingPolicy.MULTIVALUE: self.multi_value_answer,
        }
        return tuple(policy for policy, holds in said.items() if holds)

    @property
    def sort(self) -> str:
        """What it is, for a sentence: `alias of edge`, `A record`."""
        if self.is_alias:
            return f"alias of {self.alias or self.alias_record}"
        if self.cname:
            return f"CNAME of {self.cname}"
        return "A record" if self.a else "AAAA record"


class Watched(Protocol):
    """A component whose health is more than being in order: a load balancer, which needs targets."""

    def is_healthy(self, network: Network) -> bool:
        """Whether Route 53, which evaluates its health for an alias, finds it healthy."""
        ...


def is_watched(component: object) -> TypeGuard[Watched]:
    """Whether it knows itself how healthy it is."""
    return hasattr(type(component), "is_healthy")
