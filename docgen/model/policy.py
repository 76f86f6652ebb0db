# Routes and filter rules as the author wrote them: values inside route tables, groups and ACLs.
"""Route, SecurityGroupRule, NetworkAclEntry."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import IPv4Network

from docgen.core.span import NOWHERE, Span
from docgen.model.component import Ref, refers
from docgen.model.packet import ANY_PORT, PortRange, Protocol

ANYWHERE = IPv4Network("0.0.0.0/0")


class RouteOrigin(StrEnum):
    """How a route came into its table, as the EC2 API spells it."""

    LOCAL = "CreateRouteTable"
    STATIC = "CreateRoute"
    PROPAGATED = "EnableVgwRoutePropagation"


class RouteState(StrEnum):
    """Whether a route's target is there."""

    ACTIVE = "active"
    BLACKHOLE = "blackhole"


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One line of a route table. YAML short form: `10.0.0.0/8: target`."""

    destination_cidr_block: IPv4Network
    target: Ref | None = refers("*route_target", default=None)
    """None is `local`."""
    origin: RouteOrigin = RouteOrigin.STATIC
    state: RouteState = RouteState.ACTIVE
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SecurityGroupRule:
    """One allow rule. Text form: `tcp 443 from 0.0.0.0/0`, `tcp 8080-8090 from web`, `all to 10.0.0.0/8`.

    Exactly one of `cidr` and `group` is set.
    """

    protocol: Protocol = Protocol.ALL
    ports: PortRange = ANY_PORT
    cidr: IPv4Network | None = None
    group: Ref | None = refers("security_group", default=None)
    """The security group at the other end (`source_security_group`)."""
    description: str = ""
    span: Span = field(default=NOWHERE, compare=False)

    def text(self, direction: str) -> str:
        """The text form; `direction` is `ingress` or `egress`."""
        ports = "" if self.protocol is Protocol.ALL or self.ports == ANY_PORT else f" {self.ports}"
        word = "from" if direction == "ingress" else "to"
        return f"{self.protocol}{ports} {word} {self.cidr if self.cidr is not None else self.group}"


ALLOW_ALL_OUT = SecurityGroupRule(cidr=ANYWHERE)
"""The egress rule of a new group."""


class AclAction(StrEnum):
    """What a network ACL entry does."""

    ALLOW = "allow"
    DENY = "deny"


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkAclEntry:
    """One numbered entry. Text form under its number: `100: allow tcp 443 from 0.0.0.0/0`."""

    rule_number: int
    rule_action: AclAction
    protocol: Protocol = Protocol.ALL
    ports: PortRange = ANY_PORT
    cidr_block: IPv4Network = ANYWHERE
    span: Span = field(default=NOWHERE, compare=False)

    def text(self, direction: str) -> str:
        """The text form without the number; `direction` is `ingress` or `egress`."""
        ports = "" if self.protocol is Protocol.ALL or self.ports == ANY_PORT else f" {self.ports}"
        word = "from" if direction == "ingress" else "to"
        return f"{self.rule_action} {self.protocol}{ports} {word} {self.cidr_block}"
