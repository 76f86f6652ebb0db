# CIDR blocks that the rules of AWS speak of by name.
"""Addresses and blocks of either family; well-known blocks."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

Address = IPv4Address | IPv6Address
"""Of either family. An address is in no block of the other family, and Python says so without a fault."""
Block = IPv4Network | IPv6Network
"""A CIDR block of either family."""

RFC1918 = (IPv4Network("10.0.0.0/8"), IPv4Network("172.16.0.0/12"), IPv4Network("192.168.0.0/16"))
"""Private address space."""
RFC6598 = IPv4Network("100.64.0.0/10")
"""Shared address space of carriers."""
LINK_LOCAL_SERVICES = IPv4Network("169.254.168.0/22")
"""Instance metadata, time and DNS of a VPC live here; no route applies."""
RESOLVER = IPv4Address("169.254.169.253")
"""The VPC resolver, besides the third address of the VPC's block."""
LINK_LOCAL_SERVICES_IPV6 = IPv6Network("fd00:ec2::/32")
"""The same services by IPv6."""
RESOLVER_IPV6 = IPv6Address("fd00:ec2::253")
UNIQUE_LOCAL = IPv6Network("fc00::/7")
"""Private IPv6 address space (RFC 4193)."""
NAT64 = IPv6Network("64:ff9b::/96")
"""IPv4 addresses as an IPv6 host writes them (RFC 6052); a NAT gateway translates them."""
NO_HOSTS: tuple[Block, ...] = (
    *(IPv4Network(b) for b in ("0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4", "240.0.0.0/4")),
    *(IPv6Network(b) for b in ("::/127", "fc00::/7", "fe80::/10", "ff00::/8")),
    NAT64,
)
"""Loopback, link-local, multicast, reserved: no host on the internet has these."""


def within(inner: Block, outer: Block) -> bool:
    """Whether a block is part of another: never of one of the other family."""
    if isinstance(inner, IPv4Network):
        return isinstance(outer, IPv4Network) and inner.subnet_of(outer)
    return isinstance(outer, IPv6Network) and inner.subnet_of(outer)


def in_any(address: Address, blocks: Iterable[Block]) -> bool:
    """Whether one of the blocks contains the address."""
    return any(address in block for block in blocks)
