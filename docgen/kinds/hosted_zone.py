"""A DNS zone: names of the design, at Route 53 (public or private) or at another provider."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from docgen.core.data import dataclass
from docgen.model.component import Component, Ref, refers
from docgen.model.form import Fault, Short, limited
from docgen.model.kind import Kind, Look, Role, Scope
from docgen.model.records import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class HostedZone(Component):
    """A hosted zone; its id is its domain unless it has a `name`. Source: Route 53 API `HostedZone`.

    Short form: the block is its records, `example.com: {www: {alias: edge}}`.
    """

    kind: ClassVar[str] = "hosted_zone"
    short: ClassVar[Short] = Short(rest="records")

    name: str = limited(
        pattern=r"([a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63}){0,15})?", example="shop.example.com", default=""
    )
    """Its domain, where that is not its id: a public and a private zone may have one name (split view)."""
    records: tuple[Record, ...] = ()
    """Names that it answers."""
    private_zone: bool | None = None
    """Whether it answers nobody but the resolvers of `vpcs`. None: where there are any."""
    vpcs: tuple[Ref, ...] = refers("vpc", default=())
    """VPCs that a private zone is associated with, also of other accounts and Regions."""
    provider: str = "route53"
    """`route53`, or any name for another DNS provider (drawn outside the cloud; aliases need Route 53). The id of a
    data center, of a host in one or of an instance: that server answers it, and nobody else knows it."""

    def faults(self) -> Iterator[Fault]:
        """Only private zones have VPCs, and only Route 53 has private zones."""
        if self.private_zone is False and self.vpcs:
            yield Fault("vpcs", "a public hosted zone answers everybody and has no VPCs", "remove `private_zone`")
        if self.is_private and not self.at_route53:
            yield Fault("provider", "only Route 53 has private hosted zones", "remove `provider`")

    @property
    def domain(self) -> str:
        """What its names end in, in small letters."""
        return (self.name or self.id).lower().rstrip(".")

    @property
    def is_private(self) -> bool:
        """Whether only resolvers of associated VPCs get answers."""
        return bool(self.vpcs) if self.private_zone is None else self.private_zone

    @property
    def type(self) -> str:
        """By which its title is chosen."""
        return "private" if self.is_private else "public"

    @property
    def at_route53(self) -> bool:
        """Whether Route 53 answers for it."""
        return self.provider == "route53"

    def covers(self, name: str) -> bool:
        """Whether a name is its own or stands below it."""
        wanted = name.lower().rstrip(".")
        return wanted == self.domain or wanted.endswith(f".{self.domain}")

    def records_for(self, name: str) -> tuple[Record, ...]:
        """The records of a full name; else those of the wildcard below the nearest name that exists.

        Source: RFC 4592; Route 53 Developer Guide, "DNS domain name format" (asterisks).
        """
        if not self.covers(name):
            return ()
        label = name.lower().rstrip(".").removesuffix(self.domain).rstrip(".") or "@"
        found = tuple(r for r in self.records if r.name.lower() == label)
        if found or label == "@":
            return found
        existing = {"@"}
        for record in self.records:
            parts = record.name.lower().split(".")
            existing.update(".".join(parts[i:]) for i in range(len(parts)))
        if label in existing:  # an empty name between others: it exists, and has no records
            return ()
        above = label
        while above not in existing:
            above = above.partition(".")[2] or "@"
        wildcard = "*" if above == "@" else f"*.{above}"
        return tuple(r for r in self.records if r.name.lower() == wildcard)


KIND = Kind(
    component=HostedZone,
    plural="hosted_zones",
    title="Route 53 hosted zone",
    cfn_type="AWS::Route53::HostedZone",
    terraform_type="aws_route53_zone",
    icon="route-53",
    role=Role.GLOBAL_SERVICE,
    scope=Scope.EDGE,
    scope_note="a private zone answers only the resolvers of its VPCs",
    across_regions=("vpcs", "records"),
    across_accounts=("vpcs", "records"),
    contained_in=("", "account"),
    variants={"private": Look(title="Private hosted zone")},
    summary="Turns a name into addresses before the first packet is sent; a private one for its VPCs only.",
    limits="A private zone needs both DNS attributes of its VPCs, and what it does not name does not exist there.",
    source="https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zones-working-with.html",
    example="""\
version: 1
title: A name
region: ap-south-1
vpcs: {shop: {cidr_block: 10.0.0.0/16, enable_dns_hostnames: true}}
hosted_zones:
  example.com:
    www: {a: [198.51.100.7]}
    api:
      - {a: [198.51.100.8], weight: 90}
      - {a: [198.51.100.9], weight: 10}
  inside: {name: example.com, vpcs: [shop], records: {www: {a: [10.0.10.7]}}}
""",
)
