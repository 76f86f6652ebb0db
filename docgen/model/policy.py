# Routes and filter rules as the author wrote them: values inside route tables, groups and ACLs.
"""Route, SecurityGroupRule, NetworkAclEntry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network
from typing import ClassVar

from docgen.core.data import dataclass
from docgen.core.prefixes import Block
from docgen.core.span import NOWHERE, Span
from docgen.model.component import Ref, refers
from docgen.model.form import Fault, Short, limited
from docgen.model.packet import ANY_PORT, PortRange, Protocol

ANYWHERE = IPv4Network("0.0.0.0/0")
ANYWHERE_IPV6 = IPv6Network("::/0")
_BLOCK = r"\+?[0-9A-Fa-f:][0-9A-Fa-f:.]*[./:][0-9A-Fa-f:./]*"
"""What can only be meant as an address or a block, right or wrong."""
_LIST = r"pl-\S+|com\.amazonaws\.\S+"
"""Names that a text form takes for those of prefix lists: AWS's ids and names of its own look like that."""
_WHAT = r"(?P<protocol>[A-Za-z]\S*?)(?:\s+(?P<ports>[0-9][0-9,\s-]*?))?\s+(?P<word>from|to)\s+"
"""`tcp 443 from `: how rules and ACL entries begin."""


class RouteOrigin(StrEnum):
    """How a route came into its table, as the EC2 API spells it."""

    LOCAL = "CreateRouteTable"
    STATIC = "CreateRoute"
    PROPAGATED = "EnableVgwRoutePropagation"
    ADVERTISED = "Advertisement"
    """Installed by VPC Route Server."""


class RouteState(StrEnum):
    """Whether a route's target is there."""

    ACTIVE = "active"
    BLACKHOLE = "blackhole"


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One line of a route table. YAML short form: `10.0.0.0/8: target`, `"::/0": target`, `pl-offices: target`.

    Exactly one of `destination_cidr_block` and `destination_prefix_list` is set.
    """

    short: ClassVar[Short] = Short(
        key="destination_cidr_block",
        key_text=rf"(?P<destination_cidr_block>{_BLOCK})|(?P<destination_prefix_list>{_LIST})",
        value="target",
        example="0.0.0.0/0: igw",
    )

    destination_cidr_block: Block | None = limited(canonical=True, default=None)
    """The block that it leads to, IPv4 or IPv6."""
    destination_prefix_list: Ref | None = refers("prefix_list", default=None)
    """The prefix list whose blocks it leads to, instead of one block."""
    target: Ref | None = refers("*route_target", none="local", default=None)
    """None is `local`."""
    origin: RouteOrigin = RouteOrigin.STATIC
    """How it came into the table."""
    state: RouteState = RouteState.ACTIVE
    """`blackhole`: its target is gone, and packets with it."""
    span: Span = field(default=NOWHERE, compare=False)

    def faults(self) -> Iterator[Fault]:
        """It names one destination."""
        if (self.destination_cidr_block is None) == (self.destination_prefix_list is None):
            yield Fault(
                "",
                "a route has either a `destination_cidr_block` or a `destination_prefix_list`",
                "write one of the two",
            )

    @property
    def destination(self) -> str:
        """Block or prefix list, for people."""
        return str(self.destination_cidr_block or self.destination_prefix_list)


@dataclass(frozen=True, slots=True, kw_only=True)
class SecurityGroupRule:
    """One allow rule. Text form: `tcp 443 from 0.0.0.0/0`, `tcp 8080-8090 from web`, `all to 10.0.0.0/8`.

    Exactly one of `cidr`, `group` and `prefix_list` is set. In the text form a name that begins with `pl-` or
    `com.amazonaws.` is a prefix list's, any other a group's.
    """

    short: ClassVar[Short] = Short(
        text=_WHAT + rf"(?:(?P<cidr>{_BLOCK})|(?P<prefix_list>{_LIST})|(?P<group>\S+))",
        repeat="ports",
        example="tcp 443 from 0.0.0.0/0",
    )

    protocol: Protocol = Protocol.ALL
    """`tcp`, `udp`, `icmp` or `all`."""
    ports: PortRange = ANY_PORT
    """Destination ports; none written means all."""
    cidr: Block | None = limited(canonical=True, default=None)
    """The block at the other end, IPv4 or IPv6."""
    group: Ref | None = refers("security_group", default=None)
    """The security group at the other end (`source_security_group`)."""
    prefix_list: Ref | None = refers("prefix_list", default=None)
    """The prefix list at the other end."""
    description: str = ""
    """What the rule is for."""
    span: Span = field(default=NOWHERE, compare=False)

    def faults(self) -> Iterator[Fault]:
        """It names one other end, and ports only where the protocol has them."""
        if (self.cidr, self.group, self.prefix_list).count(None) != 2:
            yield Fault("", "a rule names one of `cidr`, `group` and `prefix_list`", "write one of the three")
        yield from _port_faults(self.protocol, self.ports)

    def text(self, direction: str) -> str:
        """The text form; `direction` is `ingress` or `egress`."""
        ports = "" if self.protocol is Protocol.ALL or self.ports == ANY_PORT else f" {self.ports}"
        word = "from" if direction == "ingress" else "to"
        return f"{self.protocol}{ports} {word} {self.other_end}"

    @property
    def other_end(self) -> str:
        """Block, prefix list or group, for people."""
        return str(self.cidr or self.prefix_list or self.group)


def _port_faults(protocol: Protocol, ports: PortRange) -> Iterator[Fault]:
    if protocol not in (Protocol.TCP, Protocol.UDP) and ports != ANY_PORT:
        hint = "leave the ports out, or write tcp or udp"
        if protocol is Protocol.ICMP:
            hint = "leave them out: `icmp` stands for messages of every type"
        yield Fault("ports", f"the protocol {protocol} has no ports", hint)


ALLOW_ALL_OUT = SecurityGroupRule(cidr=ANYWHERE)
"""The egress rule of a new group."""
ALLOW_ALL_OUT_IPV6 = SecurityGroupRule(cidr=ANYWHERE_IPV6)
"""The second one, where the VPC has an IPv6 block."""


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
    cidr_block: Block = limited(canonical=True, default=ANYWHERE)
    """IPv4 or IPv6: source of what comes in, destination of what goes out."""
    span: Span = field(default=NOWHERE, compare=False)

    def faults(self) -> Iterator[Fault]:
        """Ports only where the protocol has them."""
        return _port_faults(self.protocol, self.ports)

    def text(self, direction: str) -> str:
        """The text form without the number; `direction` is `ingress` or `egress`."""
        ports = "" if self.protocol is Protocol.ALL or self.ports == ANY_PORT else f" {self.ports}"
        word = "from" if direction == "ingress" else "to"
        return f"{self.rule_action} {self.protocol}{ports} {word} {self.cidr_block}"
