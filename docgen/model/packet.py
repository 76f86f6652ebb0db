# A packet's header at one hop, and what a component may do with it.
"""Packet, Frame, PortRange, Protocol, Family."""

from __future__ import annotations

from dataclasses import field
from enum import StrEnum
from typing import NamedTuple

from docgen.core.data import dataclass
from docgen.core.prefixes import Address


class Protocol(StrEnum):
    """What a flow or a rule speaks; ALL only in rules."""

    TCP = "tcp"
    UDP = "udp"
    ICMP = "icmp"
    ALL = "all"


class Family(StrEnum):
    """A version of the Internet Protocol."""

    IPV4 = "ipv4"
    IPV6 = "ipv6"


class PortRange(NamedTuple):
    """An inclusive range of ports."""

    first: int
    last: int

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"

    def overlaps(self, other: PortRange) -> bool:
        """Whether they share a port."""
        return self.first <= other.last and other.first <= self.last

    def covers(self, other: PortRange) -> bool:
        """Whether every port of `other` is in this range."""
        return self.first <= other.first and other.last <= self.last


ANY_PORT = PortRange(0, 65535)
EPHEMERAL = PortRange(1024, 65535)
"""Source ports of a client whose kind says nothing narrower (semantics: NAT gateway, ELB, Lambda, most)."""
NO_PORT = PortRange(0, 0)
"""For protocols without ports (ICMP)."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What carries a packet over one segment of a LAN; every router makes a new one."""

    source: str
    """MAC address."""
    destination: str
    """MAC address."""
    vlan: int
    ttl: int
    """Of the packet inside: each router takes one off."""


@dataclass(frozen=True, slots=True)
class Packet:
    """The header as it is at one hop; components replace fields (`dataclasses.replace`).

    A flow without a source port stands for its client's whole range, hence ranges on both sides; on
    the return leg source and destination ranges are swapped.
    """

    source: Address
    destination: Address
    protocol: Protocol
    source_ports: PortRange
    destination_ports: PortRange
    frame: Frame | None = field(default=None, compare=False)
    """On a LAN: the frame that carries it on this segment; None inside AWS, which shows none."""

    def reversed(self) -> Packet:
        """The header of the answer."""
        return Packet(self.destination, self.source, self.protocol, self.destination_ports, self.source_ports)
