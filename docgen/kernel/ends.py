# What the ends of a flow are in the emulation: which namespaces ask, and which addresses are asked.
#
# Sources: Elastic Load Balancing User Guide, "How Elastic Load Balancing works"; Amazon VPC User Guide, "DNS
# attributes for your VPC"; Amazon RDS User Guide, "Working with a DB instance in a VPC".
"""Origin, Target, origins, origin_at, destinations, targets_of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from ipaddress import IPv4Address, ip_address
from typing import Any

from docgen.core.data import dataclass
from docgen.core.prefixes import Address
from docgen.kernel.client_vpn import client_namespace, tunnel_ends
from docgen.kernel.hosts import host_of
from docgen.kernel.lans import lan_namespace
from docgen.kernel.names import endpoint_for, resolve
from docgen.kernel.outside import build_outside_host
from docgen.kernel.premises import host_namespace
from docgen.kernel.routes import is_gateway_endpoint
from docgen.kernel.targets import nodes_in_use
from docgen.kernel.why import NotEmulatedError
from docgen.kernel.world import World, is_private
from docgen.model.component import Key
from docgen.model.network import Interface
from docgen.model.service import RegionalService

_ADDRESS = "address"
_ANY = "0.0.0.0"
"""The kernel takes the address of the card by which it sends."""
_TAKES_ONLY = ("vpc_endpoint", "resolver_endpoint")


@dataclass(frozen=True, slots=True)
class Origin:
    """Who opens a connection."""

    key: Key
    namespace: str
    address: str
    vpc: Key | None = None
    """None for what stands outside VPCs."""
    interface: Interface | None = None
    public: bool = False
    """Whether it stands on the internet, and names others by their public addresses."""


@dataclass(frozen=True, slots=True)
class Target:
    """Who is asked."""

    key: Key
    address: str
    namespace: str = ""
    """"" where the address is nobody's."""
    interface: Interface | None = None
    behind: tuple[Key, ...] = ()
    """Load balancers that have nobody else to choose."""


def origins(world: World, name: str) -> tuple[Origin, ...]:
    """Who asks.

    Raises:
        NotEmulatedError: it sends no packets that the emulation could send.
    """
    found = tuple(o for key, only in _named(world, name) for o in _origins_of(world, key, only))
    if found:
        return found
    address = _parsed(name)
    if address is None:
        raise NotEmulatedError("an end of the flow is no host")
    return (_outside_origin(world, Key(_ADDRESS, str(address))),)


def _named(world: World, name: str, scope: str = "") -> Iterator[tuple[Key, str]]:
    """Components of a name as seen from inside a VPC, with the interface that it says ("" for all)."""
    network = world.network
    own = network.end_groups.get(f"{scope}/{name}") if scope else None
    keys = own or network.end_groups.get(name) or network.ends.get(name)
    if keys:
        yield from ((key, "") for key in keys)
    elif name in network.interfaces:
        yield network.interfaces[name].owner, name
    elif name == "internet":
        yield Key("internet", "internet"), ""
    else:
        qualified = (i for i in network.interfaces.values() if name == f"{i.owner.path}@{i.suffix}")
        yield from ((i.owner, i.id) for i in qualified)


def _origins_of(world: World, key: Key, only: str) -> Iterator[Origin]:
    if key.kind == "vpn_client":
        endpoint = world.bind(world.network.get(key), "endpoint")
        used = tunnel_ends(world, endpoint) if endpoint else []
        address = str(world.network.outside[key])
        for end in [i.id for i in used] or [""]:
            yield Origin(key, client_namespace(key, end), address)
    elif key.kind == "on_premises_host":
        yield Origin(key, host_namespace(key), _address_of(world, key))
    elif key.kind == "host":
        own = world.network.get(key).ip_address.ip  # type: ignore[attr-defined]
        yield Origin(key, lan_namespace(key), str(own), public=True)
    elif key.kind == "router":
        yield Origin(key, lan_namespace(key), _ANY, public=True)
    elif key in world.network.outside and _is_person(key):
        yield _outside_origin(world, key)
    elif key.kind in _TAKES_ONLY:
        raise NotEmulatedError("an endpoint opens no connection of its own")
    else:
        interfaces = [i for i in active(world, key) if only in ("", i.id)]
        if not interfaces:
            raise NotEmulatedError("an AWS service opens the connection, from where no packet can be seen")
        for interface in interfaces:
            if interface.private_ip.version != 4:
                raise NotEmulatedError("IPv6 is not emulated")
            yield origin_at(interface)


def origin_at(interface: Interface) -> Origin:
    """An interface that opens a connection."""
    return Origin(interface.owner, host_of(interface), str(interface.private_ip), interface.vpc, interface)


def _outside_origin(world: World, key: Key) -> Origin:
    namespace = build_outside_host(world, key)
    return Origin(key, namespace, world.homes[str(key)][1], public=True)


def _is_person(key: Key) -> bool:
    return key.kind in ("user", "internet_host", "internet")


def active(world: World, key: Key) -> list[Interface]:
    """The interfaces that do a component's work: of a database the primary, or the standby after it."""
    found = list(world.network.interfaces_of(key))
    if key.kind == "load_balancer":
        return list(nodes_in_use(world, world.network.get(key)))
    if key.kind == "db_instance":
        return ([i for i in found if world.network.interface_is_up(i)] or found)[:1]
    return found


def destinations(world: World, name: str, origin: Origin, notes: set[str], scope: str = "") -> tuple[Target, ...]:
    """Who is asked, with the addresses that this origin takes; `scope` is the VPC whose names come first.

    Raises:
        NotEmulatedError: nothing at the other end is emulated.
    """
    named = tuple(_named(world, name, scope))
    if named:
        return tuple(t for key, only in named for t in targets_of(world, key, origin, notes, only))
    address = _parsed(name)
    if address is not None:
        return (_at_address(world, address, origin),)
    answers = resolve(world, name, origin.vpc)
    notes.add("DNS, whose answer is taken from the design")
    found: list[Target] = []
    for answer in answers:
        if isinstance(answer, Key):
            found += targets_of(world, answer, origin, notes)
        elif isinstance(answer, IPv4Address):
            found.append(_at_address(world, answer, origin))
        else:  # interfaces of an endpoint
            found += _of_interfaces(world, answer, origin)
    return tuple(found)


def targets_of(world: World, key: Key, origin: Origin, notes: set[str], only: str = "") -> Iterator[Target]:
    """What a component is asked at: each address that AWS may choose; `only` names one of its interfaces."""
    component: Any = world.network.components.get(key)
    if key.kind == "load_balancer":
        nodes = nodes_in_use(world, component)
        yield from (Target(key, str(n.public_ip or n.private_ip), host_of(n), n) for n in nodes)
    elif key.kind == "vpc_endpoint" and is_gateway_endpoint(component):
        raise NotEmulatedError("a gateway endpoint has no address that a packet could be sent to")
    elif key.kind == "lambda_function":
        raise NotEmulatedError("a function is called by Lambda's own API, wherever its interfaces stand")
    elif key.kind == "vpc_endpoint":
        yield from _of_interfaces(world, world.network.interfaces_of(key), origin)
    elif key.kind == "cloudfront_distribution":
        yield Target(key, str(world.network.outside[key]), build_outside_host(world, key))
    elif isinstance(component, RegionalService) and not world.network.interfaces_of(key):
        yield from _of_service(world, component, origin, notes)
    elif key.kind == "on_premises_host":
        yield Target(key, _address_of(world, key), host_namespace(key))
    elif key.kind in ("host", "router"):
        yield Target(key, str(component.own_address()), lan_namespace(key))
    elif key.kind == "vpn_client":
        yield Target(key, str(world.network.outside[key]))
    elif _is_person(key):
        address = str(world.network.outside[key])
        yield Target(key, address, build_outside_host(world, key))
    elif world.network.interfaces_of(key):
        interfaces = [i for i in active(world, key) if only in ("", i.id)]
        yield from (Target(key, _address(world, i, origin), host_of(i), i) for i in interfaces)
    else:
        raise NotEmulatedError("an AWS service answers, whose own network is not the design's")


def _of_interfaces(world: World, interfaces: Iterable[Interface], origin: Origin) -> Iterator[Target]:
    """Interfaces of an endpoint that work; one that does not where none does."""
    found = list(interfaces)
    working = [i for i in found if world.network.interface_is_up(i)] or found[:1]
    yield from (Target(i.owner, _address(world, i, origin), host_of(i), i) for i in working)


def _of_service(world: World, service: RegionalService, origin: Origin, notes: set[str]) -> Iterator[Target]:
    """By an interface endpoint whose private DNS takes the service's name, else at the service's public address."""
    notes.add("the service's own policies")
    endpoint = endpoint_for(world, service.service_code, origin.vpc)
    if endpoint is not None:
        yield from _of_interfaces(world, world.network.interfaces_of(endpoint), origin)
        return
    yield Target(service.key, str(world.network.outside[service.key]), build_outside_host(world, service.key))


def _address(world: World, interface: Interface, origin: Origin) -> str:
    """From the internet the public address where there is one, from everywhere else the private one."""
    if (
        origin.public
        and interface.public_ip is None
        and interface.ipv6 is not None
        and origin.key in world.network.outside_ipv6
    ):
        raise NotEmulatedError("IPv6 is not emulated")
    return str(interface.public_ip if origin.public and interface.public_ip else interface.private_ip)


def _address_of(world: World, host: Key) -> str:
    """Of a host in a data center."""
    address: Address = world.network.outside[host]
    if address.version != 4:
        raise NotEmulatedError("IPv6 is not emulated")
    return str(address)


def _at_address(world: World, address: IPv4Address, origin: Origin) -> Target:
    """Whose an address is, as this origin sees it."""
    if address.is_multicast:
        raise NotEmulatedError("multicast is not emulated")
    network = world.network
    public = network.interface_with_public(address)
    if public is not None:
        return Target(public.owner, str(address), host_of(public), public)
    known = {str(value): key for key, value in network.outside.items()}
    key = known.get(str(address))
    if key is not None and key.kind == "on_premises_host":
        return Target(key, str(address), host_namespace(key))
    others = (v.key for v in network.of_kind("vpc") if v.key != origin.vpc)
    if origin.vpc is not None and _of_vpc_itself(world, origin.vpc, address):
        raise NotEmulatedError("the VPC itself answers there, and nothing filters that")
    vpcs = [*([origin.vpc] if origin.vpc else []), *others]
    for vpc in vpcs:
        own = network.interface_at(vpc, address)
        if own is not None:
            return Target(own.owner, str(address), host_of(own), own)
    card = world.addresses.get(str(address))
    if card is not None:
        return Target(card, str(address), lan_namespace(card))
    if not is_private(address) or key is not None:
        owner = key or Key(_ADDRESS, str(address))
        return Target(owner, str(address), build_outside_host(world, owner))
    return Target(Key(_ADDRESS, str(address)), str(address))


def _of_vpc_itself(world: World, vpc: Key, address: IPv4Address) -> bool:
    """Whether an address is the VPC's resolver's, or of a link-local service (metadata, time)."""
    owner: Any = world.network.get(vpc)
    return address == owner.cidr_block[2] or address.is_link_local


def _parsed(name: str) -> IPv4Address | None:
    try:
        found = ip_address(name)
    except ValueError:
        return None
    if not isinstance(found, IPv4Address):
        raise NotEmulatedError("IPv6 is not emulated")
    return found
