# What the security groups at both ends leave to be traced at all: on large estates they exclude nearly everything.
#
# In:  two places and a protocol. Out: ports; a header with another port certainly ends in BLOCKED. Never the other
# way: what is let through here is still traced. Rests on two habits of the core, which tests check on random
# networks: an interface with groups asks them (routing.interface), and a source address on arrival is the sender's
# own, that of an interface that a route leads to and that forwards, or what a translator without interface puts in.
"""Doors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from docgen.analysis.reach.ends import Place, address_of, place_at
from docgen.analysis.reach.explore import NO_PORTS, PROTOCOLS, ports_of
from docgen.analysis.reach.ranges import Ranges, common, of_blocks, united
from docgen.core.data import dataclass
from docgen.core.prefixes import Address
from docgen.model.component import Key
from docgen.model.forwarding import is_proxy, is_translator
from docgen.model.kind import Role
from docgen.model.network import EffectiveGroup, EffectiveRouteTable, Interface, Network
from docgen.model.packet import Protocol
from docgen.model.policy import RouteOrigin, SecurityGroupRule

_PLAIN = (Role.WORKLOAD, Role.STORE)


@dataclass(frozen=True, slots=True)
class _Rule:
    """An ingress rule of the target, as ports that it opens to whom."""

    protocol: Protocol
    ports: tuple[int, int]
    blocks: tuple[Ranges, Ranges]
    """Of IPv4 and IPv6 addresses."""
    group: Key | None


class Doors:
    """What may come in at one target."""

    def __init__(self, network: Network, target: Place) -> None:
        self._network = network
        self._target = target
        self._address = address_of(target.addresses[0][0], target.version) if target.single else None
        groups = _groups(network, target.interface)
        rules = None if groups is None else [r for g in groups for r in _rules(network, g)]
        self._rules: dict[Protocol, list[_Rule]] | None = None
        if rules is not None:
            self._rules = {p: _of_protocol(rules, p) for p in PROTOCOLS}
        self._by_forwarders: dict[Protocol, Ranges] = {}
        if self._rules is not None and any(self._rules.values()):
            self._by_forwarders = self._open_to_forwarders(self._rules)

    def ports(self, source: Place, protocol: Protocol) -> Ranges:
        """Ports at which a header from there is not excluded."""
        coming = self._incoming(source, protocol)
        return common(coming, self._leaving(source, protocol)) if coming else ()

    def _incoming(self, source: Place, protocol: Protocol) -> Ranges:
        if self._rules is None:
            return ports_of(protocol)
        rules, known = self._rules[protocol], self._by_forwarders.get(protocol, ())
        if not rules:
            return ()
        own = _matching(rules, protocol, source.interface, source)
        return common(united((*known, *own)), ports_of(protocol)) if own or known else ()

    def _open_to_forwarders(self, rules: Mapping[Protocol, list[_Rule]]) -> dict[Protocol, Ranges]:
        """Ports open to some interface that may have put its own address in."""
        if self._address is None:
            return {protocol: ports_of(protocol) for protocol in rules}
        through: list[tuple[Interface | None, Place | None]]
        through = [(interface, None) for interface in forwarders(self._network, self._address)]
        through += [(None, place) for place in translators(self._network)]
        return {p: united(r for i, a in through for r in _matching(some, p, i, a)) for p, some in rules.items()}

    def _leaving(self, source: Place, protocol: Protocol) -> Ranges:
        groups = _groups(self._network, source.interface)
        if groups is None:
            return ports_of(protocol)
        found: list[tuple[int, int]] = []
        for group in groups:
            for rule, named in zip(group.egress, group.egress_groups, strict=True):
                if rule.protocol in (Protocol.ALL, protocol) and self._leads_here(rule, named):
                    found.append((rule.ports.first, rule.ports.last))
        if ports_of(protocol) == NO_PORTS and found:
            return ports_of(protocol)
        return common(united(found), ports_of(protocol))

    def _leads_here(self, rule: SecurityGroupRule, named: Key | None) -> bool:
        if rule.group is not None or named is not None:
            interface = self._target.interface
            return interface is not None and named in (interface.groups or ())
        blocks = of_blocks(self._network.blocks_of_rule(rule), self._target.version)
        return bool(common(blocks, self._target.addresses))


def _groups(network: Network, interface: Interface | None) -> list[EffectiveGroup] | None:
    if interface is None or interface.groups is None:
        return None
    return [network.groups[k] for k in interface.groups if k in network.groups]


def _rules(network: Network, group: EffectiveGroup) -> Iterator[_Rule]:
    for rule, named in zip(group.ingress, group.ingress_groups, strict=True):
        blocks = network.blocks_of_rule(rule)
        yield _Rule(
            protocol=rule.protocol,
            ports=(rule.ports.first, rule.ports.last),
            blocks=(of_blocks(blocks, 4), of_blocks(blocks, 6)),
            group=named,
        )


def _of_protocol(rules: list[_Rule], protocol: Protocol) -> list[_Rule]:
    return [r for r in rules if r.protocol in (Protocol.ALL, protocol)]


def _matching(rules: list[_Rule], protocol: Protocol, interface: Interface | None, place: Place | None) -> Ranges:
    """Ports of the rules that name an interface's groups, one of its addresses, or an address of a place."""
    groups = interface.groups or () if interface is not None else ()
    numbers: list[tuple[int, Ranges]] | None = None
    found = []
    for rule in rules:
        if rule.group is not None:
            if rule.group in groups:
                found.append(rule.ports)
            continue
        if numbers is None:
            numbers = _numbers(interface, place)
        if any(common(rule.blocks[version == 6], some) for version, some in numbers):
            found.append(rule.ports)
    if found and ports_of(protocol) == NO_PORTS:
        return NO_PORTS
    return united(found)


def _numbers(interface: Interface | None, place: Place | None) -> list[tuple[int, Ranges]]:
    found = [] if place is None else [(place.version, place.addresses)]
    if interface is not None:
        found += [(a.version, ((int(a), int(a)),)) for a in interface.addresses]
    return found


def forwarders(network: Network, address: Address) -> Iterator[Interface]:
    """Interfaces that may send on what others sent to this address, with their own address as source."""
    as_decided = not network.architecture.assumptions
    led_to = {target for table in network.route_tables.values() for target in _chosen(table, address, as_decided)}
    for interface in network.interfaces.values():
        kind = network.kinds[interface.owner.kind]
        if not kind.component.replaces_source or (interface.source_dest_check and kind.role in _PLAIN):
            continue
        if kind.route_target and interface.owner not in led_to:
            continue
        if not is_proxy(network.components[interface.owner]):  # a proxy ends connections, and opens others
            yield interface


def translators(network: Network) -> Iterator[Place]:
    """Addresses that what has no interface puts in as source: routers outside VPCs, regional NAT gateways."""
    for (gateway, _), address in network.zonal_addresses.items():
        yield place_at(gateway, None, address)
    for component in network.able_to("puts_in"):
        own = component.puts_in() if is_translator(component) else None
        if own is not None:
            yield place_at(component.key, None, own)


def _chosen(table: EffectiveRouteTable, address: Address, as_decided: bool) -> Iterator[Key]:
    """Targets that a table may choose: of the longest prefix, and of longer ones that may not count.

    With choices of its author's own (`as_decided` off) it may choose any that leads there.
    """
    longest = -1
    for route in table.routes:  # longest prefix first
        if route.destination.prefixlen < longest:
            return
        if address in route.destination:
            if route.target is not None:
                yield route.target
            if as_decided and route.origin in (RouteOrigin.LOCAL, RouteOrigin.STATIC) and route.announced_by is None:
                longest = route.destination.prefixlen
