# Which version of IP a connection speaks: that of the author, else IPv4 where both ends have it, else IPv6.
#
# In:  two ends. Out: the same with addresses of one family, or as they are where no family serves both.
# Source: Amazon VPC User Guide, "IP addressing for your VPCs and subnets", "DNS64 and NAT64".
"""in_one_family."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from ipaddress import IPv6Address
from typing import Any

from docgen.core.prefixes import NAT64, Address
from docgen.model.architecture import Flow
from docgen.model.network import Network
from docgen.model.packet import Family
from docgen.routing.binding import is_address
from docgen.routing.endpoints import End, UnclearEndError

_VERSIONS = {Family.IPV4: 4, Family.IPV6: 6}


def in_one_family(network: Network, source: End, target: End, flow: Flow | None = None) -> tuple[End, End]:
    """Both ends with addresses of one family; unlike ones where there is none, which no component sends.

    An end that the author gave as an address keeps it. An IPv6 host in a subnet with DNS64 calls an IPv4 host by
    its address in 64:ff9b::/96.

    Raises:
        UnclearEndError: the flow asks for a family that neither end has.
    """
    given = (False, False) if flow is None else (is_address(flow.source.name), is_address(flow.destination.name))
    fixed = (given[0], given[1] or target.fixed)
    alike = source.address.version == target.address.version and (flow is None or flow.family is None)
    if alike and (source.address.version == 6 or not _better_by_ipv6(network, source, target, fixed[1])):
        return source, target  # as nearly always
    ours = _addresses(network, source, fixed=fixed[0])
    theirs = _addresses(network, target, fixed=fixed[1])
    wanted = _VERSIONS[flow.family] if flow is not None and flow.family is not None else None
    if wanted is not None and wanted not in ours and wanted not in theirs:
        text = f"neither {source.name} nor {target.name} has an IPv{wanted} address"
        raise UnclearEndError("DG_ADDRESS_FAMILY_MISMATCH", text)
    versions = [v for v in (4, 6) if v in ours and v in theirs and wanted in (None, v)]
    if wanted is None and versions == [4, 6] and _better_by_ipv6(network, source, target, fixed[1]):
        versions = [6]
    if versions:
        return replace(source, address=ours[versions[0]]), replace(target, address=theirs[versions[0]])
    start = replace(source, address=ours.get(wanted or 4, next(iter(ours.values()))))
    end = replace(target, address=theirs.get(wanted or 4, next(iter(theirs.values()))))
    if wanted != 4 and 6 in ours and 4 in theirs and not given[1] and _has_dns64(network, source):
        synthesised = IPv6Address(int(NAT64.network_address) | int(theirs[4]))
        return replace(source, address=ours[6]), replace(target, address=synthesised)
    return start, end


def _better_by_ipv6(network: Network, source: End, target: End, fixed: bool) -> bool:
    """Whether a host on the internet can name the target by IPv6 only: it has no public IPv4 address."""
    if fixed or not source.outside or target.interface is None or target.interface.public_ip is not None:
        return False
    return target.interface.ipv6 is not None and source.component in network.outside_ipv6


def _addresses(network: Network, end: End, *, fixed: bool) -> Mapping[int, Address]:
    """Version to the address that an end has in it."""
    found: dict[int, Address] = {end.address.version: end.address}
    if fixed:
        return found
    others = (
        (end.interface.private_ip, end.interface.ipv6)
        if end.interface is not None
        else (network.outside.get(end.component), network.outside_ipv6.get(end.component))
    )
    for address in others:
        if address is not None:
            found.setdefault(address.version, address)
    return found


def _has_dns64(network: Network, source: End) -> bool:
    if source.interface is None:
        return False
    subnet: Any = network.get(source.interface.subnet)
    return bool(subnet.enable_dns64)
