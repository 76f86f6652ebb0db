"""An AWS account: the top box, owner of everything in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from docgen.model.component import Component
from docgen.model.form import limited
from docgen.model.kind import Kind, Role, Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Account(Component):
    """An AWS account. Source: AWS Organizations API `Account`."""

    kind: ClassVar[str] = "account"

    account_id: str = limited(pattern=r"(\d{12})?", example="012345670123", default="")
    """Twelve digits; "" where it does not matter."""


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
  shop: {account_id: "012345670123"}
""",
)
