"""A DNS zone: names of the design, at Route 53 or at another provider."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from docgen.core.span import NOWHERE, Span
from docgen.model.component import Component, Ref, refers
from docgen.model.form import Fault, Short, limited
from docgen.model.kind import Kind, Role, Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One name. Short forms, under it: `{alias: edge}`, `{a: [web, 198.51.100.7]}`, `{cname: other.example}`."""

    short: ClassVar[Short] = Short(key="name", example="www: {alias: edge}")

    name: str = limited(pattern=r"@|[a-z0-9_*]([a-z0-9_.-]{0,61}[a-z0-9])?", example="www")
    """Relative to the zone (`www`), or `@` for the zone's own name (the apex)."""
    alias: Ref | None = refers("load_balancer", default=None)
    """A Route 53 alias: answers with the target's present addresses."""
    a: tuple[Ref, ...] = refers("instance", "network_interface", "address", default=())
    """A record: components (their public address) or addresses; several are all answered."""
    cname: str = ""
    """Another name, looked up instead."""
    span: Span = field(default=NOWHERE, compare=False)

    def faults(self) -> Iterator[Fault]:
        """It answers with one sort of thing, and DNS allows no CNAME at the apex."""
        if sum((self.alias is not None, bool(self.a), bool(self.cname))) != 1:
            yield Fault("", "a record is one of `alias`, `a` and `cname`", "write `www: {alias: edge}`")
        if self.cname and self.name == "@":
            yield Fault("cname", "DNS allows no CNAME for the zone's own name", "use an `alias`, or `a`")


@dataclass(frozen=True, slots=True, kw_only=True)
class HostedZone(Component):
    """A public hosted zone; its id is its domain. Source: Route 53 API `HostedZone`.

    Short form: the block is its records, `example.com: {www: {alias: edge}}`.
    """

    kind: ClassVar[str] = "hosted_zone"
    short: ClassVar[Short] = Short(rest="records")

    records: tuple[Record, ...] = ()
    """Names that it answers."""
    provider: str = "route53"
    """`route53`, or any name for another DNS provider (drawn outside the cloud; aliases need Route 53)."""

    @property
    def at_route53(self) -> bool:
        """Whether Route 53 answers for it."""
        return self.provider == "route53"

    def record(self, name: str) -> Record | None:
        """The record of a full name, or None; `*` stands for one label that no record names."""
        wanted = name.lower().rstrip(".")
        zone = self.id.lower().rstrip(".")
        if wanted == zone:
            label = "@"
        elif wanted.endswith(f".{zone}"):
            label = wanted[: -len(zone) - 1]
        else:
            return None
        by_name = {r.name.lower(): r for r in self.records}
        return by_name.get(label) or by_name.get(f"*.{label.partition('.')[2]}".rstrip("."))


KIND = Kind(
    component=HostedZone,
    plural="hosted_zones",
    title="Route 53 hosted zone",
    cfn_type="AWS::Route53::HostedZone",
    terraform_type="aws_route53_zone",
    icon="route-53",
    role=Role.GLOBAL_SERVICE,
    scope=Scope.GLOBAL,
    contained_in=("", "account"),
    summary="Turns a name into addresses before the first packet is sent.",
    source="https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zones-working-with.html",
    example="""\
version: 1
title: A name
hosted_zones:
  example.com: {www: {a: [198.51.100.7]}}
""",
)
