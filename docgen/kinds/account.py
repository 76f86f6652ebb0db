"""An AWS account: the top box, owner of everything in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from typing import ClassVar

from docgen.core.data import dataclass
from docgen.core.span import NOWHERE, Span
from docgen.model.component import Component
from docgen.model.form import Fault, Short, limited
from docgen.model.kind import Kind, Role, Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneName:
    """What an account calls a zone. Short form: `us-east-1a: use1-az4`."""

    short: ClassVar[Short] = Short(key="zone_name", value="zone_id", example="us-east-1a: use1-az4")

    zone_name: str = limited(pattern=r"[a-z]{2,4}(-[a-z]+)+-[1-9](-[a-z]+-[1-9])?[a-z]", example="us-east-1a")
    """The account's own name (EC2 API `ZoneName`)."""
    zone_id: str = limited(pattern=r"[a-z]{2,4}[a-z]{1,4}[1-9](-[a-z]+[1-9])?-az[1-9][0-9]?", example="use1-az4")
    """The name of the place, the same in every account (`ZoneId`)."""
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account(Component):
    """An AWS account. Source: AWS Organizations API `Account`."""

    kind: ClassVar[str] = "account"

    account_id: str = limited(pattern=r"(\d{12})?", example="012345670123", default="")
    """Twelve digits; "" where it does not matter."""
    availability_zone_ids: tuple[ZoneName, ...] = ()
    """What it calls which zone: AWS gives the letters of a Region to every account in another order."""

    def faults(self) -> Iterator[Fault]:
        """A name is one place, and a place has one name; so nobody has it twice."""
        for field_name in ("zone_name", "zone_id"):
            values = [getattr(z, field_name) for z in self.availability_zone_ids]
            twice = next((v for v in values if values.count(v) > 1), None)
            if twice is not None:
                yield Fault("availability_zone_ids", f"{twice} stands twice", "an account has one name for each zone")


KIND = Kind(
    component=Account,
    plural="accounts",
    title="AWS account",
    icon="account",
    role=Role.CONTAINER,
    scope=Scope.ACCOUNT,
    contained_in=("",),
    summary="Owns Regions' resources. Does nothing to a packet.",
    source="https://docs.aws.amazon.com/accounts/latest/reference/accounts-welcome.html",
    example="""\
version: 1
title: One account
accounts:
  shop: {account_id: "012345670123", availability_zone_ids: {us-east-1a: use1-az4, us-east-1b: use1-az6}}
""",
)
