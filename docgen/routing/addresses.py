# Gives every network interface its subnet, private and public address and groups.
#
# Written addresses are kept; the rest get the next free one: private from the fifth of the subnet up (the
# first four and the last are AWS's), public from 198.51.100.0/24 (RFC 5737), in the order of the definition.
"""place_interfaces."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from itertools import chain
from types import MappingProxyType
from typing import Any

from docgen.core.diagnostic import Diagnostic, Severity
from docgen.core.prefixes import UNIQUE_LOCAL, Address, Block
from docgen.model.component import Component, InterfaceSpec, Key
from docgen.model.forwarding import is_addressed
from docgen.model.network import Interface
from docgen.model.routes import Directory
from docgen.routing.binding import Bound

PUBLIC_POOL = (IPv4Network("198.51.100.0/24"), IPv4Network("198.18.0.0/15"))
"""Addresses set aside for documentation and benchmarks: public in a definition, nobody's in the world."""
RESERVED_AT_START = 4


def place_interfaces(
    components: Mapping[Key, Component],
    bound: Bound,
    names: Mapping[Key, str],
    diagnostics: list[Diagnostic],
) -> tuple[Interface, ...]:
    """Every interface of the definition, in the order of its components."""
    wanted = list(_wanted(components, bound))
    ids = _interface_ids(wanted, names)
    private = _Addresses()
    public = _PublicAddresses(components.values())
    for _, spec, subnet, _ in wanted:
        if spec.private_ip_address is not None:
            private.keep(subnet.key, spec.private_ip_address)
        if isinstance(spec.ipv6, IPv6Address):
            private.keep(subnet.key, spec.ipv6)
        if isinstance(spec.public, IPv4Address):
            public.keep(spec.public)
    gateways = frozenset(c.scope for c in components.values() if c.kind == "internet_gateway")
    placed = []
    for (owner, spec, subnet, suffix), name in zip(wanted, ids, strict=True):
        block: Any = subnet.cidr_block  # type: ignore[attr-defined]
        address = spec.private_ip_address or (private.next_free(subnet.key, block) if block is not None else None)
        ipv6 = _ipv6_address(spec, subnet, private)
        primary = address or ipv6
        if primary is None:
            diagnostics.append(
                Diagnostic(
                    "DGR-04",
                    Severity.ERROR,
                    owner.span,
                    f"subnet {names[subnet.key]!r} ({block or 'IPv6'}) has no free address for {names[owner.key]!r}",
                    hint="use a larger block: AWS reserves five addresses of each subnet",
                )
            )
            continue
        placed.append(
            Interface(
                id=name,
                owner=owner.key,
                suffix=suffix,
                subnet=subnet.key,
                vpc=Key("vpc", subnet.scope),
                zone=str(subnet.availability_zone),  # type: ignore[attr-defined]
                private_ip=primary,
                public_ip=_public_address(spec, subnet, public, gateways) if address is not None else None,
                ipv6=ipv6,
                groups=_groups(owner, spec, bound),
                source_dest_check=spec.source_dest_check,
            )
        )
    return tuple(placed)


def public_addresses(interface: Interface) -> Iterator[Address]:
    """Those by which the internet knows an interface: unique local IPv6 addresses it does not."""
    if interface.public_ip is not None:
        yield interface.public_ip
    if interface.ipv6 is not None and interface.ipv6 not in UNIQUE_LOCAL:
        yield interface.ipv6


def zonal_addresses(
    components: Mapping[Key, Component], placed: Iterable[Interface]
) -> Mapping[tuple[Key, str], Address]:
    """Public addresses of what has one in each zone, and no interface: a regional NAT gateway."""
    wanted: list[Any] = [c for c in components.values() if hasattr(type(c), "zonal_addresses")]
    if not wanted:
        return MappingProxyType({})
    pool = _PublicAddresses(components.values())
    for interface in placed:
        if interface.public_ip is not None:
            pool.keep(interface.public_ip)
    zones: dict[str, dict[str, None]] = {}
    for component in components.values():
        if component.kind == "subnet":
            zones.setdefault(component.scope, {})[str(component.availability_zone)] = None  # type: ignore[attr-defined]
    found: dict[tuple[Key, str], Address] = {}
    for component in wanted:
        for zone, address in component.zonal_addresses(tuple(sorted(zones.get(component.scope, ())))):
            found[component.key, zone] = address or pool.next_free()
    return MappingProxyType(found)


Wanted = tuple[Component, InterfaceSpec, Component, str]


def _wanted(components: Mapping[Key, Component], bound: Bound) -> Iterator[Wanted]:
    """Each interface that a component wants, with its subnet and suffix; those with a broken subnet left out."""
    directory = Directory(components=components, bound=bound)
    for component in components.values():
        specs = []
        for spec in component.wanted_interfaces(directory):
            subnet = bound.get((component.scope, spec.subnet.name, ("subnet",)))
            if subnet is not None:
                specs.append((spec, components[subnet]))
        zones = [str(getattr(subnet, "availability_zone", "")) for _, subnet in specs]
        for index, suffix in component.place_interfaces(zones) if specs else ():
            yield component, *specs[index], suffix


def _interface_ids(wanted: list[Wanted], names: Mapping[Key, str]) -> list[str]:
    """`app-a` or `edge@b`; with the kind in front where two owners share a name."""
    plain = [names[owner.key] + (f"@{suffix}" if suffix else "") for owner, _, _, suffix in wanted]
    used = Counter(plain)
    unique = [
        name if used[name] == 1 else f"{owner.kind}:{name}"
        for name, (owner, _, _, _) in zip(plain, wanted, strict=True)
    ]
    seen: Counter[str] = Counter()
    ids = []
    for name in unique:  # two nodes of one owner in one zone: refused by a rule, told apart here
        seen[name] += 1
        ids.append(name if seen[name] == 1 else f"{name}-{seen[name]}")
    return ids


def _public_address(
    spec: InterfaceSpec, subnet: Component, pool: _PublicAddresses, gateways: frozenset[str]
) -> IPv4Address | None:
    public: Any = True if spec.public_with_gateway and subnet.scope in gateways else spec.public
    if public is None:
        public = bool(getattr(subnet, "map_public_ip_on_launch", False))
    if isinstance(public, IPv4Address):
        return public
    return pool.next_free() if public else None


def _ipv6_address(spec: InterfaceSpec, subnet: Any, addresses: _Addresses) -> IPv6Address | None:
    """What is wished for, else what the subnet gives by itself; None where the subnet has no IPv6 block."""
    if isinstance(spec.ipv6, IPv6Address):
        return spec.ipv6
    only = subnet.cidr_block is None
    wanted = only or (subnet.assign_ipv6_address_on_creation if spec.ipv6 is None else spec.ipv6)
    if not wanted or not isinstance(subnet.ipv6_cidr_block, IPv6Network):
        return None
    found = addresses.next_free(subnet.key, subnet.ipv6_cidr_block)
    return found if isinstance(found, IPv6Address) else None


def _groups(owner: Component, spec: InterfaceSpec, bound: Bound) -> tuple[Key, ...] | None:
    if spec.security_groups is None:
        return None
    if not spec.security_groups:
        return (Key("security_group", f"{owner.scope}/default"),)
    managed = getattr(type(owner), "managed_security_group", "")
    if managed:  # AWS's own, which no field names
        return (Key("security_group", f"{owner.scope}/{managed}"),)
    keys = (bound.get((owner.scope, ref.name, ("security_group",))) for ref in spec.security_groups)
    return tuple(k for k in keys if k is not None)


class _Addresses:
    """Private addresses and IPv6 addresses in use, by subnet."""

    def __init__(self) -> None:
        self._used: dict[Key, set[Address]] = {}
        self._next: dict[tuple[Key, int], int] = {}

    def keep(self, subnet: Key, address: Address) -> None:
        self._used.setdefault(subnet, set()).add(address)

    def next_free(self, subnet: Key, block: Block) -> Address | None:
        used = self._used.setdefault(subnet, set())
        offset = self._next.get((subnet, block.version), RESERVED_AT_START)
        last = block.num_addresses - 1
        while offset < last:
            address = block.network_address + offset
            offset += 1
            if address not in used:
                self._next[subnet, block.version] = offset
                used.add(address)
                return address
        return None


class _PublicAddresses:
    """Public addresses in use over the whole definition; those of VPC blocks and of hosts outside are not ours."""

    def __init__(self, components: Iterable[Component]) -> None:
        self._used: set[IPv4Address] = set()
        self._blocks: list[Block] = []
        for component in components:
            if component.kind == "vpc":
                blocks: tuple[Block, ...] = component.blocks  # type: ignore[attr-defined]
                ours = (b for b in blocks if isinstance(b, IPv4Network))
                self._blocks += [b for b in ours if any(map(b.overlaps, PUBLIC_POOL))]
            own = component.own_address() if is_addressed(component) else None
            written = (getattr(component, "address", None), own)
            self._used.update(a for a in written if isinstance(a, IPv4Address))
        self._pool = chain.from_iterable(block.hosts() for block in PUBLIC_POOL)

    def keep(self, address: IPv4Address) -> None:
        self._used.add(address)

    def next_free(self) -> IPv4Address:
        address = next(a for a in self._pool if a not in self._used and not any(a in b for b in self._blocks))
        self._used.add(address)
        return address
