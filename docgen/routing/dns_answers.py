# What a zone's records give: the ends behind aliases, components and addresses.
#
# In:  a zone and the records that answer. Out: ends, as the zone publishes them: a private zone private addresses, a
#      public one public ones. A CNAME gives none: whoever asks looks its other name up.
"""ends_of, of_one_family, for_resource."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from ipaddress import ip_address
from typing import Any

from docgen.core.prefixes import Address
from docgen.model.component import Key, Ref
from docgen.model.network import Network
from docgen.model.packet import Family
from docgen.model.records import Record
from docgen.model.service import RegionalService, is_service
from docgen.routing.binding import is_address
from docgen.routing.dns_records import choose, full_name, kinds_of, target_of
from docgen.routing.endpoints import End, address_end, component_ends, service_ends
from docgen.routing.service_names import places_of_resource


def ends_of(network: Network, zone: Any, record: Record, source: End, seen: set[str] | None = None) -> Iterator[End]:
    """The ends that a record gives to `source`; `seen` are the names whose aliases were followed already."""
    followed = set() if seen is None else seen
    if record.alias is not None:
        target = network.get(target_of(network, zone, record))
        if is_service(target):  # its public name: an alias never leads to somebody's interface endpoint
            yield from service_ends(network, places_of_resource(network, target, None))
        else:
            yield from component_ends(network, target, outside=source.outside)
    if record.alias_record and record.alias_record not in followed:
        followed.add(record.alias_record)
        others = zone.records_for(full_name(zone, record.alias_record))
        for other in choose(network, zone, others).records if others else ():
            yield from ends_of(network, zone, other, source, followed)
    for field, version in (("a", 4), ("aaaa", 6)):
        for ref in getattr(record, field):
            yield from _named(network, zone, ref, field, version, source)


def _named(network: Network, zone: Any, ref: Ref, field: str, version: int, source: End) -> Iterator[End]:
    if is_address(ref.name):
        yield replace(address_end(network, ip_address(ref.name), source), fixed=True)
        return
    key = network.bind(ref, zone.scope, *kinds_of(field))
    for interface in network.interfaces_of(key):
        address: Address | None = interface.ipv6
        if version == 4:
            address = interface.private_ip if zone.is_private else interface.public_ip or interface.private_ip
        if address is not None and address.version == version:
            yield End(component=key, interface=interface, address=address, name=network.name(key), fixed=True)
    own = (network.outside if version == 4 else network.outside_ipv6).get(key)
    if own is not None:
        yield End(component=key, interface=None, address=own, name=network.name(key), fixed=True)


def of_one_family(ends: Iterable[End], source: End, family: Family | None) -> tuple[End, ...]:
    """Of a name that has A and AAAA records those that the source uses: as asked for, else by its own address."""
    found = tuple(dict.fromkeys(ends))
    versions = {e.address.version for e in found}
    if len(versions) < 2:
        return found
    wanted = source.address.version if family is None else 6 if family is Family.IPV6 else 4
    return tuple(e for e in found if e.address.version == wanted)


def for_resource(network: Network, ends: Iterable[End], resource: Key | None, service: str) -> tuple[End, ...]:
    """The same ends, where those at endpoints of a service are asked for this resource of it (a bucket, a queue)."""
    meant = network.components.get(resource) if resource is not None else None
    if not is_service(meant):
        return tuple(ends)
    return tuple(_at_endpoint(network, end, meant, service) for end in ends)


def _at_endpoint(network: Network, end: End, meant: RegionalService, service: str) -> End:
    owner: Any = network.components.get(end.component)
    if end.interface is None or end.component.kind != "vpc_endpoint" or not owner.stands_for(service):
        return end
    return replace(end, component=meant.key, name=network.name(meant.key))
