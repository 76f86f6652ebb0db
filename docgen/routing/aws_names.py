# DNS names that AWS gives to instances, load balancers and databases, and what they mean to whom.
#
# In:  a name and the VPC whose resolver is asked (None: a resolver of the internet). Out: the ends that it means.
# Sources: VPC User Guide, "DNS attributes for your VPC"; VPC Peering Guide, "Enable DNS resolution for a VPC peering
#          connection"; Elastic Load Balancing User Guide, "How Elastic Load Balancing works".
"""NamedThing, named_thing, sees_inside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from ipaddress import AddressValueError, IPv4Address
from typing import Any

from docgen.core.data import dataclass
from docgen.model.component import Component, Key
from docgen.model.network import Interface, Network
from docgen.routing.endpoints import End, component_ends
from docgen.routing.peers import peering_between

_REGION = r"[a-z]{2,4}(?:-[a-z]+)+-[1-9]"
_OCTETS = r"(?P<octets>\d{1,3}(?:-\d{1,3}){3})"
_PUBLIC = re.compile(rf"ec2-{_OCTETS}\.(?:compute-1|{_REGION}\.compute)\.amazonaws\.com")
_PRIVATE = re.compile(rf"ip-{_OCTETS}\.(?:ec2|{_REGION}\.compute)\.internal")
_BALANCER = re.compile(
    rf"(?:(?P<zone>{_REGION}[a-z])\.)?(?:internal-)?(?P<id>[a-z0-9-]+?)(?:-[0-9a-f]{{8,}})?"
    rf"\.(?:{_REGION}\.elb|elb\.{_REGION})\.amazonaws\.com"
)
_DATABASE = re.compile(rf"(?P<id>[a-z][a-z0-9-]*)(?:\.[a-z0-9-]+)?\.{_REGION}\.rds\.amazonaws\.com")


PUBLIC = Key("internet", "internet")


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedThing:
    """What one of AWS's names means."""

    ends: tuple[End, ...]
    by: Key
    """Who answers, or why nobody does."""
    text: str
    """Who answers: goes on with the addresses; of what means nothing the whole sentence."""
    code: str = ""
    """Why it means nothing; "" where it does."""


def named_thing(network: Network, name: str, vpc: Key | None) -> NamedThing | None:
    """What a name of AWS's own means; None for a name of another form, or of nothing in the definition."""
    asked = name.lower().rstrip(".")
    public, private = _PUBLIC.fullmatch(asked), _PRIVATE.fullmatch(asked)
    if public or private:
        address = _address((public or private)["octets"])  # type: ignore[index]
        if address is None:
            return None
        return _public_name(network, address, vpc) if public else _private_name(network, address, vpc)
    balancer = _BALANCER.fullmatch(asked)
    if balancer:
        return _of_kind(network, "load_balancer", balancer["id"], vpc, balancer["zone"] or "")
    database = _DATABASE.fullmatch(asked)
    return _of_kind(network, "db_instance", database["id"], vpc) if database else None


def _address(octets: str) -> IPv4Address | None:
    try:
        return IPv4Address(octets.replace("-", "."))
    except AddressValueError:
        return None


def _public_name(network: Network, address: IPv4Address, vpc: Key | None) -> NamedThing | None:
    """An instance's public name: its private address for its own VPC's resolver, its public one for others'."""
    interface = network.interface_with_public(address)
    if interface is None or interface.owner.kind not in ("instance", "network_interface"):
        return None
    home = network.name(interface.vpc)
    if not _gives_names(network, interface.vpc):
        text = f"VPC {home} has enable_dns_hostnames off: its instances have no public names."
        return NamedThing(ends=(), by=interface.vpc, text=text, code="DG_DNS_ATTRIBUTES_DISABLED")
    if vpc is not None and sees_inside(network, vpc, interface.vpc):
        where = f"The resolver of VPC {network.name(vpc)}"
        return NamedThing(ends=(_end(network, interface, private=True),), by=vpc, text=where)
    return NamedThing(ends=(_end(network, interface, private=False),), by=PUBLIC, text="AWS's public DNS")


def _private_name(network: Network, address: IPv4Address, vpc: Key | None) -> NamedThing | None:
    """An instance's private name: known to the resolver of its own VPC, and of peers that share their names."""
    for other in network.of_kind("vpc") if vpc is not None else ():
        assert vpc is not None
        interface = network.interface_at(other.key, address)
        if interface is not None and sees_inside(network, vpc, other.key):
            where = f"The resolver of VPC {network.name(vpc)}"
            return NamedThing(ends=(_end(network, interface, private=True),), by=vpc, text=where)
    text = f"Nobody answers for the private name of {address} here: only the resolver of its own VPC does."
    return NamedThing(ends=(), by=PUBLIC, text=text, code="DG_DNS_NO_RECORD")


def _of_kind(network: Network, kind: str, name: str, vpc: Key | None, zone: str = "") -> NamedThing | None:
    """A load balancer or a database by its id."""
    found = [c for c in network.of_kind(kind) if c.id == name]
    if len(found) != 1:
        return None
    ends = tuple(_seen(network, found[0], vpc))
    if zone:
        ends = tuple(e for e in ends if e.interface is not None and e.interface.zone == zone)
    return NamedThing(ends=ends, by=PUBLIC, text="AWS's public DNS") if ends else None


def _seen(network: Network, component: Component, vpc: Key | None) -> Iterator[End]:
    inside = vpc is not None and sees_inside(network, vpc, Key("vpc", component.scope))
    yield from component_ends(network, component, outside=not inside)


def sees_inside(network: Network, asking: Key, home: Key) -> bool:
    """Whether a VPC's resolver gives private addresses for public names of a VPC: itself, or a peer that lets it."""
    if asking == home:
        return True
    key = peering_between(network, asking, home)
    peering: Any = network.get(key) if key is not None else None
    shares = peering is not None and peering.allow_dns_resolution_from_remote_vpc
    return shares and _gives_names(network, asking) and _gives_names(network, home)


def _gives_names(network: Network, vpc: Key) -> bool:
    component: Any = network.get(vpc)
    return bool(component.enable_dns_support and component.enable_dns_hostnames)


def _end(network: Network, interface: Interface, *, private: bool) -> End:
    address = interface.private_ip if private or interface.public_ip is None else interface.public_ip
    return End(component=interface.owner, interface=interface, address=address, name=network.name(interface.owner))
