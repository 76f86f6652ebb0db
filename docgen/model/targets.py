# What load balancers call: targets as authors write them, and as a node may choose them.
#
# In:  values inside listeners and target groups. Out: plain values; who chooses is routing.balancing's affair.
# Source: ELBv2 API `TargetDescription`, `TargetGroupTuple`.
"""IpAddressType, Target, GroupShare, Member, Pool."""

from __future__ import annotations

from dataclasses import field
from enum import StrEnum
from typing import ClassVar

from docgen.core.data import dataclass
from docgen.core.prefixes import Address
from docgen.core.span import NOWHERE, Span
from docgen.model.component import Key, Ref, refers
from docgen.model.form import Short, limited
from docgen.model.network import Interface
from docgen.model.packet import Protocol

TARGET_KINDS = ("instance", "network_interface", "auto_scaling_group", "load_balancer", "lambda_function", "address")
"""What may be registered: by id, or by a private address."""


class IpAddressType(StrEnum):
    """ELBv2 API `IpAddressType`: which addresses a load balancer's nodes have."""

    IPV4 = "ipv4"
    DUALSTACK = "dualstack"
    WITHOUT_PUBLIC_IPV4 = "dualstack-without-public-ipv4"


class TargetType(StrEnum):
    """ELBv2 API `TargetType`."""

    INSTANCE = "instance"
    IP = "ip"
    LAMBDA = "lambda"
    ALB = "alb"


class ListenerProtocol(StrEnum):
    """ELBv2 API `Protocol` of listeners and target groups, as far as docgen knows them."""

    HTTP = "HTTP"
    HTTPS = "HTTPS"
    TCP = "TCP"
    UDP = "UDP"
    TLS = "TLS"
    TCP_UDP = "TCP_UDP"

    @property
    def carried_by(self) -> tuple[Protocol, ...]:
        """What its packets speak."""
        if self is ListenerProtocol.TCP_UDP:
            return Protocol.TCP, Protocol.UDP
        return (Protocol.UDP,) if self is ListenerProtocol.UDP else (Protocol.TCP,)

    @property
    def always_keeps_clients(self) -> bool:
        """Whether AWS keeps the client's address whatever a target group says."""
        return Protocol.UDP in self.carried_by


APPLICATION_PROTOCOLS = (ListenerProtocol.HTTP, ListenerProtocol.HTTPS)
NETWORK_PROTOCOLS = (ListenerProtocol.TCP, ListenerProtocol.UDP, ListenerProtocol.TLS, ListenerProtocol.TCP_UDP)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One registered target. Short form, under its listener: `app: 8080`."""

    short: ClassVar[Short] = Short(key="target", value="port", example="app: 8080")

    target: Ref = refers(*TARGET_KINDS, each=True)
    """An instance, a network interface, an Auto Scaling group, a load balancer, a Lambda function or a private
    address; several that one id became per zone are all targets."""
    port: int = limited(minimum=1, maximum=65535)
    """Where it listens."""
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupTarget:
    """One target of a target group. Text form: `app`, or with a port of its own `app:9090`."""

    short: ClassVar[Short] = Short(text=r"(?P<target>[^\s:]+)(?::(?P<port>\d{1,5}))?", example="app:8080")

    target: Ref = refers(*TARGET_KINDS, each=True)
    """An instance, a network interface, an Auto Scaling group, a load balancer, a Lambda function or a private
    address; several that one id became per zone are all targets."""
    port: int = limited(minimum=0, maximum=65535, default=0)
    """Where it listens; 0 takes the target group's port."""
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupShare:
    """A target group that a listener forwards to. Text form: `web`, or with its weight `web 90`."""

    short: ClassVar[Short] = Short(text=r"(?P<target_group>\S+)(?:\s+(?P<weight>\d{1,3}))?", example="web 90")

    target_group: Ref = refers("target_group")
    """The target group."""
    weight: int = limited(minimum=0, maximum=999, default=1)
    """Its share among the listener's target groups; 0 gets nothing."""
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A registered target as a node may choose it: one interface, or one address."""

    target_type: TargetType
    interface: Interface | None
    """None for an address that no interface of the definition has."""
    address: Address
    port: int
    name: str
    """For people."""
    zone: str
    """Full name; "" where it stands outside the load balancer's VPC and every node may use it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """Targets that a listener treats alike: a target group, or those written under the listener itself."""

    key: Key | None
    """None for targets under the listener itself."""
    name: str
    """For people; "" where `key` is None."""
    protocol: ListenerProtocol | None = None
    """What its targets speak; None takes the listener's."""
    preserve_client_ip: bool | None = None
    """None takes AWS's default."""
    cross_zone: bool | None = None
    """None takes the load balancer's."""
    members: tuple[Member, ...] = ()
    functions: tuple[Key, ...] = ()
    """Lambda functions among them: the load balancer calls those by Lambda's API, not through the VPC."""
