# What the ends of a flow mean: a component, a group of them, an address, a name, the internet.
#
# In:  a Network and the text of `from` or `to`. Out: the interfaces and addresses to trace between.
"""Sources and destinations of flows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from ipaddress import IPv4Address, IPv6Address, ip_address
from types import MappingProxyType

from docgen.core.data import dataclass
from docgen.core.diagnostic import Diagnostic, Severity
from docgen.core.names import did_you_mean
from docgen.core.prefixes import RFC1918, UNIQUE_LOCAL, Address, in_any
from docgen.model.architecture import Flow
from docgen.model.component import Component, Key, Ref
from docgen.model.forwarding import answers_by_name, is_many_addressed
from docgen.model.kind import Kind, Support
from docgen.model.network import Interface, Network
from docgen.model.service import is_service
from docgen.routing.binding import is_address
from docgen.routing.hybrid import leads_in_public_only, site_with
from docgen.routing.lan import is_lan_device
from docgen.routing.outages import outage_of, unclear_outage
from docgen.routing.service_names import Place, places_of_resource

INTERNET = Key("internet", "internet")
INTERNET_ADDRESS = IPv4Address("203.0.113.50")
"""The internet host that stands for all of them (RFC 5737)."""
FIRST_USER = IPv4Address("203.0.113.50")
FIRST_HOST = IPv4Address("203.0.113.80")
INTERNET_IPV6 = IPv6Address("2001:db8:ffff::50")
FIRST_USER_IPV6 = IPv6Address("2001:db8:ffff::50")
FIRST_HOST_IPV6 = IPv6Address("2001:db8:ffff::80")


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """One end of a connection."""

    component: Key
    interface: Interface | None
    address: Address
    name: str
    fixed: bool = False
    """Whether DNS gave this very address: no other of the component will do."""

    @property
    def outside(self) -> bool:
        """Whether it stands on the internet: no interface of ours, and a public address."""
        return self.interface is None and not is_private(self.address)


class UnclearEndError(ValueError):
    """An end of a flow names nothing, or several things."""

    def __init__(self, code: str, text: str, hint: str = "") -> None:
        self.code, self.text, self.hint = code, text, hint
        super().__init__(text)


Names = Mapping[str, tuple[Key, ...]]


def names_of_ends(components: Mapping[Key, Component], kinds: Mapping[str, Kind]) -> tuple[Names, Names]:
    """What the ends of flows can be called: exact names, and ids that became one per zone."""
    exact: dict[str, list[Key]] = {}
    groups: dict[str, list[Key]] = {}
    for key, c in components.items():
        if not kinds[key.kind].endpoint:
            continue
        for name in dict.fromkeys((c.id, key.path, f"{c.kind}:{c.id}", str(key))):
            exact.setdefault(name, []).append(key)
        for name in (c.group, f"{c.scope}/{c.group}", f"{c.kind}:{c.group}") if c.group else ():
            groups.setdefault(name, []).append(key)
    return _frozen(exact), _frozen(groups)


def _frozen(names: Mapping[str, list[Key]]) -> Names:
    return MappingProxyType({name: tuple(keys) for name, keys in names.items()})


def named_components(network: Network, name: str) -> tuple[Component, ...]:
    """The endpoint component of this id, or all that one id became per zone; () where there is none.

    Raises:
        UnclearEndError: components of several kinds or VPCs have the name.
    """
    exact = [network.components[k] for k in network.ends.get(name, ())]
    if len(exact) == 1:
        return tuple(exact)
    found = exact or [network.components[k] for k in network.end_groups.get(name, ())]
    if len({(c.kind, c.scope) for c in found}) > 1:
        options = sorted({f"{c.kind}:{c.key.path if c.id == name else c.group}" for c in found})
        raise UnclearEndError("DGR-02", f"{name!r} can mean several components", f"write one of {', '.join(options)}")
    return tuple(found)


def named_interface(network: Network, name: str) -> Interface | None:
    """One interface of a component that has several: `edge@a`, a load balancer's node by its zonal name."""
    interface = network.interfaces.get(name) if "@" in name else None
    owner = network.components.get(interface.owner) if interface else None
    return interface if owner is not None and network.kinds[owner.kind].endpoint else None


def sources(network: Network, ref: Ref) -> tuple[End, ...]:
    """Where a flow starts; members of a group that are down are left out while others work.

    Raises:
        UnclearEndError: the name means nothing.
    """
    name = ref.name
    if is_address(name):
        return (_source_address(network, ip_address(name)),)
    one = named_interface(network, name)
    if one is not None:
        return (End(component=one.owner, interface=one, address=one.private_ip, name=name),)
    found = named_components(network, name)
    if not found:
        raise _unknown(network, name)
    ends = [end for component in found for end in own_ends(network, component)]
    working = [e for e in ends if e.interface is None or network.interface_is_up(e.interface)]
    return tuple(working or ends)


def own_ends(network: Network, component: Component) -> Iterator[End]:
    """The interfaces and addresses that a component opens connections from."""
    _must_be_modelled(network, component)
    name = network.name(component.key)
    interfaces: tuple[Interface, ...] = network.interfaces_of(component.key)
    if not interfaces:
        yield own_end(network, component.key)
    if answers_by_name(component):  # a standby opens no connections
        interfaces = tuple(interface for interface, _ in component.answering(network))
    for interface in interfaces:
        yield End(component=component.key, interface=interface, address=interface.private_ip, name=name)


def leaving_end(network: Network, ref: Ref, source: End, target: End) -> End:
    """The source as this target sees it: a router opens a connection from the card by which it sends."""
    component = network.components.get(source.component)
    if source.interface is None and is_many_addressed(component) and not is_address(ref.name):
        return replace(source, address=component.address_towards(target.address) or source.address)
    return source


def _must_be_modelled(network: Network, component: Component) -> None:
    """Raises UnclearEndError for what is drawn only: nothing is known of where its packets come from or go to."""
    kind = network.kinds[component.kind]
    if kind.support is Support.DRAWN:
        text = f"{kind.title} {network.name(component.key)} is drawn and not modelled: the answer is not known"
        raise UnclearEndError("UNSUPPORTED_COMPONENT", text)


def _source_address(network: Network, address: Address) -> End:
    interface = network.interface_with_public(address) or _private_owner(network, address)
    if interface is not None:
        _refuse_ambiguous(network, address)
        own = address if interface.owns(address) else interface.private_ip  # a public one is put in on the way
        return End(component=interface.owner, interface=interface, address=own, name=network.name(interface.owner))
    host = host_with(network, address)
    if host is None and (is_private(address) or site_with(network, address) is not None):
        raise UnclearEndError("UNKNOWN_RESOURCE", f"no interface of the definition has the address {address}")
    return End(component=host or INTERNET, interface=None, address=address, name=_host_name(network, host, address))


def destinations(network: Network, ref: Ref, source: End) -> tuple[End, ...]:
    """Where a flow from `source` ends when it is told a component or an address (names are `dns`'s affair).

    Raises:
        UnclearEndError: the name means nothing.
    """
    name = ref.name
    if is_address(name):
        return (address_end(network, ip_address(name), source),)
    one = named_interface(network, name)
    if one is not None:
        given = component_ends(network, network.get(one.owner), outside=_is_outside(network, source))
        address = next((e.address for e in given if e.interface == one), one.public_ip or one.private_ip)
        return (End(component=one.owner, interface=one, address=address, name=name),)
    found = named_components(network, name)
    if not found:
        raise _unknown(network, name)
    outside = _is_outside(network, source)
    ends = [end for c in found for end in _ends_from(network, c, source, outside=outside)]
    working = [e for e in ends if e.interface is None or network.interface_is_up(e.interface)]
    return tuple(working or ends) if len(found) > 1 else tuple(ends)


def _is_outside(network: Network, source: End) -> bool:
    """Whether a component's name means its public address to somebody: on the internet, or with no way but that."""
    component = network.components.get(source.component)
    return source.outside or (
        component is not None and (is_lan_device(component) or leads_in_public_only(network, source.component))
    )


def _ends_from(network: Network, component: Component, source: End, *, outside: bool) -> Iterable[End]:
    """The addresses that a component answers at, as this source would look them up."""
    if is_service(component):
        return service_ends(network, places_of_resource(network, component, source.interface))
    return component_ends(network, component, outside=outside)


def service_ends(network: Network, places: Iterable[Place], asked: str = "") -> tuple[End, ...]:
    """The ends that places of a service are; `asked` names those that no component stands for."""
    return tuple(
        End(
            component=key or INTERNET,
            interface=interface,
            address=address,
            name=network.name(key) if key else asked,
        )
        for key, interface, address in places
    )


def component_ends(network: Network, component: Component, *, outside: bool) -> Iterator[End]:
    """The addresses that a component answers at, as seen from outside VPCs or from inside."""
    _must_be_modelled(network, component)
    name = network.name(component.key)
    if answers_by_name(component):
        pairs = component.answering(network, outside=outside)
    else:
        pairs = tuple(
            (i, i.public_ip if outside and i.public_ip else i.private_ip)
            for i in network.interfaces_of(component.key)
        )
    if is_service(component):  # called at its service's address, whatever interfaces it has
        pairs = ()
    for interface, address in pairs:
        yield End(component=component.key, interface=interface, address=address, name=name)
    zonal = [address for (key, _), address in network.zonal_addresses.items() if key == component.key]
    for address in zonal[:1]:
        yield End(component=component.key, interface=None, address=address, name=name)
    if not zonal and (is_service(component) or not network.owned.get(component.key)):
        yield End(component=component.key, interface=None, address=outside_address(network, component), name=name)


def address_end(network: Network, address: Address, source: End) -> End:
    """The end that an address is, as seen from a source (private addresses mean its own VPC first)."""
    near = source.interface.vpc if source.interface is not None else None
    interface = network.interface_at(near, address) if near is not None else None
    interface = interface or network.interface_with_public(address) or _private_owner(network, address)
    if interface is not None:
        return End(component=interface.owner, interface=interface, address=address, name=str(address))
    host = host_with(network, address)
    return End(component=host or INTERNET, interface=None, address=address, name=str(address))


def _refuse_ambiguous(network: Network, address: Address) -> None:
    """A source must be one host: two VPCs may use the same address."""
    owners = [network.name(i.owner) for i in _owners(network, address)]
    if len(owners) > 1:
        names = " and ".join(owners)
        raise UnclearEndError("DGR-02", f"several have the address {address}: {names}", "name the component instead")


def _private_owner(network: Network, address: Address) -> Interface | None:
    return next((i for i in _owners(network, address) if i.owns(address)), None)


def _owners(network: Network, address: Address) -> tuple[Interface, ...]:
    """All interfaces that have an address, private or public, in any VPC."""
    return network.derived.of("owners of addresses", lambda: _by_address(network)).get(address, ())


def _by_address(network: Network) -> Mapping[Address, tuple[Interface, ...]]:
    found: dict[Address, tuple[Interface, ...]] = {}
    for interface in network.interfaces.values():
        for address in interface.addresses:
            found[address] = (*found.get(address, ()), interface)
    return found


def outside_address(network: Network, component: Component) -> Address:
    """The public address of what stands on the internet."""
    address = network.outside.get(component.key)
    if address is None:
        text = f"{network.name(component.key)} has no address at which a flow could start or end"
        raise UnclearEndError("UNKNOWN_RESOURCE", text, "name what stands behind it")
    return address


def own_end(network: Network, key: Key) -> End:
    """What a service outside VPCs opens connections from."""
    address = network.opening.get(key) or outside_address(network, network.get(key))
    return End(component=key, interface=None, address=address, name=network.name(key))


def host_with(network: Network, address: Address) -> Key | None:
    """The user or internet host that has this address."""
    return network.outside_owners.get(address)


def _host_name(network: Network, host: Key | None, address: Address) -> str:
    return network.name(host) if host is not None else str(address)


def is_private(address: Address) -> bool:
    """Whether an address is in RFC 1918's blocks or RFC 4193's (documentation blocks count as public here)."""
    return in_any(address, RFC1918) or address in UNIQUE_LOCAL


def _unknown(network: Network, name: str) -> UnclearEndError:
    return UnclearEndError("DGR-01", f"there is no component called {name!r}", did_you_mean(name, end_names(network)))


def end_names(network: Network) -> Iterable[str]:
    """What the ends of a flow can be called."""
    for component in network.components.values():
        if network.kinds[component.kind].endpoint:
            yield network.name(component.key)
            if component.group:
                yield component.group


def is_dns_name(network: Network, name: str) -> bool:
    """Whether the text of a flow's end is a name to look up rather than a component."""
    if is_address(name) or "." not in name:
        return False
    try:
        return not named_components(network, name)
    except UnclearEndError:
        return False


def check_flow_ends(network: Network) -> Iterator[Diagnostic]:
    """A diagnostic for every flow whose ends or outages name nothing."""
    for flow in network.architecture.flows:
        if flow.when.variant != network.architecture.variant:
            continue  # its ends may exist in the design or in the variant only
        for end in (flow.source, flow.destination):
            problem = _end_problem(network, flow, end)
            if problem is not None:
                code = problem.code if problem.code.startswith("DGR-") else "DGR-01"
                yield Diagnostic(code, Severity.ERROR, end.span, problem.text, hint=problem.hint)
        if flow.via is not None and not _names_something(network, flow.via.name):
            known_names = map(network.name, network.components)
            text = f"there is no component called {flow.via.name!r}"
            yield Diagnostic(
                "DGR-01", Severity.ERROR, flow.via.span, text, hint=did_you_mean(flow.via.name, known_names)
            )
        for ref in flow.when.outage:
            if outage_of(network, ref) is None and not is_broken_name(network, ref.name):
                text, known = unclear_outage(network, ref.name)
                yield Diagnostic("DGR-05", Severity.ERROR, ref.span, text, hint=did_you_mean(ref.name, known))


def _names_something(network: Network, name: str) -> bool:
    if is_broken_name(network, name):
        return True
    return any(
        name in (c.id, c.group, key.path, str(key), f"{c.kind}:{c.id}", f"{c.scope}/{c.group}")
        for key, c in network.components.items()
    )


def _end_problem(network: Network, flow: Flow, end: Ref) -> UnclearEndError | None:
    if is_address(end.name) or (end is flow.destination and is_dns_name(network, end.name)):
        return None
    if named_interface(network, end.name) is not None:
        return None
    try:
        if not named_components(network, end.name) and not is_broken_name(network, end.name):
            return _unknown(network, end.name)
    except UnclearEndError as error:
        return error
    return None


def is_broken_name(network: Network, name: str) -> bool:
    """Whether a name is that of a component that could not be read or bound, or of its copies per zone."""
    ids = {key.path.rpartition("/")[2] for key in network.architecture.broken}
    return name in ids or any(i.rpartition("-")[0] == name for i in ids)
