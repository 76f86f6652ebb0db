"""A DNS zone: names of the design, at Route 53 or at another provider."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from docgen.core.span import NOWHERE, Span
from docgen.model.component import Component, Ref, refers
from docgen.model.kind import Kind, Role, Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One name. Short forms, under the name: `{alias: edge}`, `{a: [web, 198.51.100.7]}`, `{cname: other.example}`."""

    name: str
    """Relative to the zone (`www`), or `@` for the zone's own name (the apex)."""
    alias: Ref | None = refers("load_balancer", default=None)
    """A Route 53 alias: answers with the target's present addresses."""
    a: tuple[Ref, ...] = refers("instance", "network_interface", "address", default=())
    """A record: components (their public address) or addresses; several are all answered."""
    cname: str = ""
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class HostedZone(Component):
    """A public hosted zone; its id is its domain. Source: Route 53 API `HostedZone`.

    Short form: the block is its records, `example.com: {www: {alias: edge}}`.
    """

    kind: ClassVar[str] = "hosted_zone"

    records: tuple[Record, ...] = ()
    provider: str = "route53"
    """`route53`, or any name for another DNS provider (drawn outside the cloud; aliases need Route 53)."""


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
