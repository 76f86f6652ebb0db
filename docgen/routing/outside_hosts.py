# Addresses of what stands outside VPCs: the internet, users, hosts, services; where none is written, the next one.
#
# In:  components. Out: an address for each. Addresses that nobody wrote are of blocks set aside for documentation.
"""outside_addresses, outside_ipv6_addresses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from ipaddress import IPv6Address
from types import MappingProxyType
from typing import Any

from docgen.core.prefixes import Address
from docgen.model.component import Component, Key
from docgen.model.forwarding import is_addressed, is_leased
from docgen.model.network import Interface
from docgen.model.routes import Directory
from docgen.routing.endpoints import (
    FIRST_HOST,
    FIRST_HOST_IPV6,
    FIRST_USER,
    FIRST_USER_IPV6,
    INTERNET,
    INTERNET_ADDRESS,
    INTERNET_IPV6,
)
from docgen.routing.service_names import service_addresses


def outside_addresses(directory: Directory, interfaces: Iterable[Interface]) -> Mapping[Key, Address]:
    """The address of everything that stands outside VPCs; users and hosts without one take the next in order."""
    components = directory.components
    ours = {i.public_ip for i in interfaces}
    outside = [c for c in components.values() if c.kind in ("internet", "user", "internet_host")]
    written: dict[Key, Address] = {c.key: a for c in outside if (a := getattr(c, "address", None)) is not None}
    next_free = {"user": FIRST_USER, "internet_host": FIRST_HOST}
    given = {}
    for component in outside:
        address = written.get(component.key, INTERNET_ADDRESS)
        if component.key not in written and component.kind in next_free:
            address = next_free[component.kind]
            while address in written.values() or address in ours:
                address += 1
            next_free[component.kind] = address + 1
        given[component.key] = address
    for key, component in components.items():
        own = component.own_address() if is_addressed(component) else None
        if is_leased(component):
            own = component.leased_address(directory)
        if own is not None:
            given[key] = own
    given.update(service_addresses(components, (*ours, *given.values())))
    return MappingProxyType(given)


def outside_ipv6_addresses(components: Mapping[Key, Component]) -> Mapping[Key, Address]:
    """The IPv6 address of the internet, and of the users and hosts that have one, on premises too."""
    outside: list[Any] = [c for c in components.values() if c.kind in ("user", "internet_host", "on_premises_host")]
    written = {c.key: c.ipv6_address for c in outside if isinstance(c.ipv6_address, IPv6Address)}
    sites = (c for c in outside if c.kind == "on_premises_host" and isinstance(c.ip_address, IPv6Address))
    written |= {c.key: c.ip_address for c in sites}
    next_free = {"user": FIRST_USER_IPV6, "internet_host": FIRST_HOST_IPV6}
    given: dict[Key, Address] = {INTERNET: INTERNET_IPV6, **written}
    for component in outside:
        if component.ipv6_address is True:
            address = next_free[component.kind]
            while address in written.values():
                address += 1
            next_free[component.kind] = address + 1
            given[component.key] = address
    return MappingProxyType(given)
