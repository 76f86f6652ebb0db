# Routes and filter rules as the author wrote them: values inside route tables, groups and ACLs.
"""Route, SecurityGroupRule, NetworkAclEntry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import IPv4Network
from typing import ClassVar

from docgen.core.span import NOWHERE, Span
from docgen.model.component import Ref, refers
from docgen.model.form import Fault, Short, limited
from docgen.model.packet import ANY_PORT, PortRange, Protocol

ANYWHERE = IPv4Network("0.0.0.0/0")
_WHAT = r"(?P<protocol>[A-Za-z]\S*?)(?:\s+(?P<ports>[0-9][0-9,\s-]*?))?\s+(?P<word>from|to)\s+"
"""`tcp 443 from `: how rules and ACL entries begin."""


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

    short: ClassVar[Short] = Short(key="destination_cidr_block", value="target", example="0.0.0.0/0: igw")

    destination_cidr_block: IPv4Network = limited(canonical=True)
    """The block that it leads to."""
    target: Ref | None = refers("*route_target", none="local", default=None)
    """None is `local`."""
    origin: RouteOrigin = RouteOrigin.STATIC
    """How it came into the table."""
    state: RouteState = RouteState.ACTIVE
    """`blackhole`: its target is gone, and packets with it."""
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SecurityGroupRule:
    """One allow rule. Text form: `tcp 443 from 0.0.0.0/0`, `tcp 8080-8090 from web`, `all to 10.0.0.0/8`.

    Exactly one of `cidr` and `group` is set.
    """

    short: ClassVar[Short] = Short(
        text=_WHAT + r"(?:(?P<cidr>\+?[0-9][0-9.]*[./][0-9./]*)|(?P<group>\S+))",
        repeat="ports",
        example="tcp 443 from 0.0.0.0/0",
    )

    protocol: Protocol = Protocol.ALL
    """`tcp`, `udp`, `icmp` or `all`."""
    ports: PortRange = ANY_PORT
    """Destination ports; none written means all."""
    cidr: IPv4Network | None = limited(canonical=True, default=None)
    """The block at the other end."""
    group: Ref | None = refers("security_group", default=None)
    """The security group at the other end (`source_security_group`)."""
    description: str = ""
    """What the rule is for."""
    span: Span = field(default=NOWHERE, compare=False)

    def faults(self) -> Iterator[Fault]:
        """It names one other end, and ports only where the protocol has them."""
        if (self.cidr is None) == (self.group is None):
            yield Fault("", "a rule names either a `cidr` or a `group`", "write one of the two")
        yield from _port_faults(self.protocol, self.ports)

    def text(self, direction: str) -> str:
        """The text form; `direction` is `ingress` or `egress`."""
        ports = "" if self.protocol is Protocol.ALL or self.ports == ANY_PORT else f" {self.ports}"
        word = "from" if direction == "ingress" else "to"
        return f"{self.protocol}{ports} {word} {self.cidr if self.cidr is not None else self.group}"


def _port_faults(protocol: Protocol, ports: PortRange) -> Iterator[Fault]:
    if protocol not in (Protocol.TCP, Protocol.UDP) and ports != ANY_PORT:
        yield Fault("ports", f"the protocol {protocol} has no ports", "leave the ports out, or write tcp or udp")


ALLOW_ALL_OUT = SecurityGroupRule(cidr=ANYWHERE)
"""The egress rule of a new group."""


class AclAction(StrEnum):
    """What a network ACL entry does."""

    ALLOW = "allow"
    DENY = "deny"


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkAclEntry:
    """One numbered entry. Text form under its number: `100: allow tcp 443 from 0.0.0.0/0`."""

    short: ClassVar[Short] = Short(
        key="rule_number",
        text=r"(?P<rule_action>[A-Za-z]\S*)\s+" + _WHAT + r"(?P<cidr_block>\S+)",
        example="100: allow tcp 443 from 0.0.0.0/0",
    )

    rule_number: int = limited(minimum=1, maximum=32766)
    """1 to 32766; the lowest that matches decides."""
    rule_action: AclAction
    """`allow` or `deny`."""
    protocol: Protocol = Protocol.ALL
    """`tcp`, `udp`, `icmp` or `all`."""
    ports: PortRange = ANY_PORT
    """Destination ports; none written means all."""
    cidr_block: IPv4Network = limited(canonical=True, default=ANYWHERE)
    """Source of what comes in, destination of what goes out."""
    span: Span = field(default=NOWHERE, compare=False)

    def faults(self) -> Iterator[Fault]:
        """Ports only where the protocol has them."""
        return _port_faults(self.protocol, self.ports)

    def text(self, direction: str) -> str:
        """The text form without the number; `direction` is `ingress` or `egress`."""
        ports = "" if self.protocol is Protocol.ALL or self.ports == ANY_PORT else f" {self.ports}"
        word = "from" if direction == "ingress" else "to"
        return f"{self.rule_action} {self.protocol}{ports} {word} {self.cidr_block}"
