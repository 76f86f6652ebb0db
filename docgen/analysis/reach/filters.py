# What the security groups at both ends leave to be traced at all: on large estates they exclude nearly everything.
#
# In:  two places and a protocol. Out: ports; a header with another port certainly ends in BLOCKED. Never the other
# way: what is let through here is still traced. Rests on two habits of the core, which tests check on random
# networks: an interface with groups asks them (routing.interface), and a source address on arrival is the sender's
# own, or that of an interface that a route leads to and that forwards.
"""Doors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from docgen.analysis.reach.ends import Place, address_of
from docgen.analysis.reach.explore import ports_of
from docgen.analysis.reach.ranges import Ranges, common, of_blocks, united
from docgen.core.prefixes import Address, Block
from docgen.model.component import Key
from docgen.model.forwarding import is_proxy
from docgen.model.kind import Role
from docgen.model.network import EffectiveGroup, Interface, Network
from docgen.model.packet import Protocol
from docgen.model.policy import SecurityGroupRule
from docgen.routing.lookup import select_route

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
        self._rules = None if groups is None else [r for g in groups for r in _rules(network, g)]
        self._by_all: dict[Protocol, Ranges] = {}

    def ports(self, source: Place, protocol: Protocol) -> Ranges:
        """Ports at which a header from there is not excluded."""
        coming = self._incoming(source, protocol)
        return common(coming, self._leaving(source, protocol)) if coming else ()

    def _incoming(self, source: Place, protocol: Protocol) -> Ranges:
        if self._rules is None:
            return ports_of(protocol)
        known = self._by_all.get(protocol)
        if known is None:
            known = self._by_all[protocol] = self._from_forwarders(protocol)
        own = _matching(self._rules, protocol, source.interface, _numbers(source))
        return common(united((*known, *own)), ports_of(protocol))

    def _from_forwarders(self, protocol: Protocol) -> Ranges:
        """Ports open to some interface that may have put its own address in."""
        if self._address is None or self._rules is None:
            return ports_of(protocol)
        found: list[tuple[int, int]] = []
        for interface in forwarders(self._network, self._address):
            addresses: list[tuple[int, Ranges]] = [(a.version, ((int(a), int(a)),)) for a in interface.addresses]
            found += _matching(self._rules, protocol, interface, addresses)
        return united(found)

    def _leaving(self, source: Place, protocol: Protocol) -> Ranges:
        groups = _groups(self._network, source.interface)
        if groups is None:
            return ports_of(protocol)
        found: list[tuple[int, int]] = []
        for group in groups:
            for rule, named in zip(group.egress, group.egress_groups, strict=True):
                if rule.protocol in (Protocol.ALL, protocol) and self._leads_here(rule, named):
                    found.append((rule.ports.first, rule.ports.last))
        if ports_of(protocol) == ((0, 0),) and found:
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


def _numbers(place: Place) -> list[tuple[int, Ranges]]:
    found = [(place.version, place.addresses)]
    if place.interface is not None:
        found += [(a.version, ((int(a), int(a)),)) for a in place.interface.addresses]
    return found


def _matching(
    rules: list[_Rule], protocol: Protocol, interface: Interface | None, addresses: list[tuple[int, Ranges]]
) -> Ranges:
    groups = interface.groups or () if interface is not None else ()
    found = []
    for rule in rules:
        if rule.protocol not in (Protocol.ALL, protocol):
            continue
        if rule.group in groups or any(common(rule.blocks[v == 6], numbers) for v, numbers in addresses):
            found.append(rule.ports)
    if found and ports_of(protocol) == ((0, 0),):
        return ports_of(protocol)
    return united(found)


def forwarders(network: Network, address: Address) -> Iterator[Interface]:
    """Interfaces that may send on what others sent to this address, with their own address as source."""
    led_to = {
        route.target
        for table in network.route_tables.values()
        if (route := select_route(table.routes, _blocks(network, table.key), address).route) is not None
    }
    for interface in network.interfaces.values():
        kind = network.kinds[interface.owner.kind]
        if interface.source_dest_check and kind.role in _PLAIN:
            continue
        if is_proxy(network.components[interface.owner]):  # it ends connections, and opens others
            continue
        if not kind.route_target or interface.owner in led_to:
            yield interface


def _blocks(network: Network, table: Key) -> tuple[Block, ...]:
    vpc = Key("vpc", table.path.rpartition("/")[0])
    return network.blocks_of(vpc) if vpc in network.components else ()
