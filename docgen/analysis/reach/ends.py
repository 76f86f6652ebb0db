# Where headers start and where they end: interfaces, hosts with an address of their own, and the internet.
#
# In:  a network and components. Out: places. An interface's place has one address, the internet's all public ones.
"""Place, starts, targets, public_space."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from ipaddress import IPv4Address, IPv6Address, IPv6Network
from typing import Any

from docgen.analysis.reach.ranges import Ranges, of_blocks, size, united, whole, without
from docgen.core.data import dataclass
from docgen.core.prefixes import NAT64, NO_HOSTS, RFC1918, RFC6598, Address, Block, within
from docgen.model.component import Component, Key
from docgen.model.forwarding import can_forward, can_send, is_addressed, is_leased
from docgen.model.network import Interface, Network
from docgen.model.service import is_service
from docgen.routing.endpoints import INTERNET, End, host_with, own_ends
from docgen.routing.lan import is_lan_device
from docgen.routing.service_names import endpoint_interfaces

_GLOBAL_UNICAST = IPv6Network("2000::/3")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One end of headers: its component and the addresses that it may have there."""

    component: Key
    interface: Interface | None = None
    version: int = 4
    addresses: Ranges

    @property
    def single(self) -> bool:
        """Whether it has one address."""
        return size(self.addresses) == 1

    @property
    def sort_key(self) -> tuple[str, Ranges]:
        """Interfaces in the order of their ids, then addresses."""
        return (self.interface.id if self.interface else "", self.addresses)

    def end(self, network: Network, number: int) -> End:
        """The end of a connection with one of its addresses."""
        address = address_of(number, self.version)
        component = self.component
        if component == INTERNET:
            component = host_with(network, address) or INTERNET
        name = str(address) if component == INTERNET else network.name(component)
        return End(component=component, interface=self.interface, address=address, name=name)


def address_of(number: int, version: int) -> Address:
    """A number as an address of this family."""
    return IPv4Address(number) if version == 4 else IPv6Address(number)


def place_at(component: Key, interface: Interface | None, address: Address) -> Place:
    """The place with this one address."""
    number = int(address)
    return Place(component=component, interface=interface, version=address.version, addresses=((number, number),))


def inside(network: Network, place: Place) -> bool:
    """Whether it is of a network that is modelled: at an interface of a VPC, on a LAN, on premises, a VPN client."""
    component = network.get(place.component)
    return place.interface is not None or is_addressed(component) or is_leased(component)


def starts(network: Network, component: Component) -> Iterator[Place]:
    """Where a component opens connections from; nothing where its kind opens none."""
    if component.key == INTERNET:
        yield from internet(network)
        return
    if not _takes_part(network, component, sends=True):
        return
    if not network.owned.get(component.key) and component.key not in network.outside:
        return
    for end in own_ends(network, component):
        more = network.outside_ipv6.get(end.component) if end.interface is None else end.interface.ipv6
        for address in dict.fromkeys(a for a in (end.address, more) if a is not None):
            yield place_at(end.component, end.interface, address)


def targets(network: Network, component: Component) -> Iterator[Place]:
    """Every address at which a component could be asked: of its interfaces, or of endpoints that lead to it.

    Where a route leads to NAT64, also what an IPv6 host writes for its IPv4 addresses.
    """
    if component.key == INTERNET:
        yield from internet(network)
        return
    if not _takes_part(network, component, sends=False):
        return
    mapped = _has_nat64(network)
    for place in _targets(network, component):
        yield place
        if mapped and place.version == 4:
            number = nat64(place.addresses[0][0])
            yield place_at(place.component, place.interface, IPv6Address(number))


def _has_nat64(network: Network) -> bool:
    """Whether a route of a VPC leads there."""
    tables = network.route_tables.values()
    return network.derived.of(
        "routes to NAT64",
        lambda: any(within(r.destination, NAT64) for t in tables for r in t.routes if r.target is not None),
    )


def _targets(network: Network, component: Component) -> Iterator[Place]:
    for interface in network.interfaces_of(component.key):
        for address in interface.addresses:
            yield place_at(component.key, interface, address)
    if is_service(component):  # by way of an interface endpoint, too
        for interface in endpoint_interfaces(network, component):
            yield place_at(component.key, interface, interface.private_ip)
    if is_service(component) or not network.owned.get(component.key):
        for held in (network.outside, network.outside_ipv6):
            if component.key in held:
                yield place_at(component.key, None, held[component.key])


def _takes_part(network: Network, component: Component, *, sends: bool) -> bool:
    able = can_send(component) if sends else can_forward(component)
    return able and network.kinds[component.kind].endpoint


def nat64(number: int) -> int:
    """The IPv6 address by which DNS64 calls an IPv4 one."""
    return int(NAT64.network_address) | number


def internet(network: Network) -> Iterator[Place]:
    """All public addresses that are not the definition's own."""
    for version in (4, 6) if _speaks_ipv6(network) else (4,):
        yield Place(component=INTERNET, version=version, addresses=public_space(network, version))


def public_space(network: Network, version: int) -> Ranges:
    """Public addresses but those of the interfaces, routers, resolvers, edge services and data centers there are."""
    if version == 6:
        mapped = tuple((nat64(first), nat64(last)) for first, last in public_space(network, 4))
        space = united((*of_blocks((_GLOBAL_UNICAST,), 6), *mapped))
    else:
        space = without(whole(4), of_blocks((*RFC1918, RFC6598, *NO_HOSTS), 4))
    own = [int(a) for i in network.interfaces.values() for a in i.addresses if a.version == version]
    own += [int(a) for k, a in network.outside.items() if a.version == version and is_lan_device(network.get(k))]
    edge = (*network.opening.values(), *(network.outside[k] for k in network.opening))  # nobody else can have these
    own += [int(a) for a in (*edge, *network.zonal_addresses.values()) if a.version == version]
    own += [int(b[2]) for c in network.of_kind("vpc") for b in network.blocks_of(c.key) if _has_resolver(b, version)]
    sites: Iterable[Any] = network.of_kind("data_center")
    blocks = of_blocks((block for site in sites for block in site.cidr_blocks), version)
    return without(space, united((*((a, a) for a in own), *blocks)))


def _has_resolver(block: Block, version: int) -> bool:
    """Whether the VPC's resolver is the third address of its block: no filter is asked on the way there."""
    return block.version == version and block.num_addresses > 2


def _speaks_ipv6(network: Network) -> bool:
    return any(a.version == 6 for i in network.interfaces.values() for a in i.addresses)
