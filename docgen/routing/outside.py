# The world outside AWS: carries packets between public addresses.
"""carry, receive_outside, beyond, public_line_to, of_aws."""

from __future__ import annotations

from typing import Any

from docgen.core.prefixes import NO_HOSTS, RFC1918, RFC6598, Address, in_any
from docgen.core.values import later
from docgen.model.component import Key
from docgen.model.forwarding import Arrival, Context, Decision, Deliver, Drop, Forward
from docgen.model.network import Network
from docgen.model.packet import Packet
from docgen.model.service import is_edge_service, is_service
from docgen.model.trace import Check, Disposition, Leg, Outcome, Step
from docgen.routing.addresses import PUBLIC_POOL
from docgen.routing.endpoints import INTERNET, host_with
from docgen.routing.hybrid import VIF, announced_by, is_public, site_with
from docgen.routing.interface import family_mismatch, missed_appliance


def carry(at: Key, packet: Packet, arrival: Arrival, context: Context) -> Decision:
    """Take a packet from a host or a gateway to whoever owns its destination."""
    network, destination = context.network, packet.destination
    if arrival.previous is None and context.expected is not None and context.sessions.through is not None:
        endpoint, interface = context.sessions.through  # a service that no component stands for answers its endpoint
        back = Arrival(previous=at, interface=interface)
        return Forward(next=endpoint, packet=packet, arrival=back, steps=())
    if arrival.previous is None and not network.is_up(at):
        return _drop(at, network, f"{network.name(at)} sends nothing: it is out of order.", "BAD_STATE", Check.STATE)
    if destination.version != packet.source.version:
        return Drop(steps=(family_mismatch(network, at, packet),), disposition=Disposition.DROPPED)
    owner = network.interface_with_public(destination)
    if owner is None and context.leg is Leg.FORWARD and arrival.previous is None:
        owner = context.intended  # a private address from outside: the gateway of its VPC says why not
    if owner is not None:
        return _to_gateway(at, owner.vpc, packet, arrival, context)
    zonal = next((key for (key, _), own in network.zonal_addresses.items() if own == destination), None)
    if zonal is not None:
        return _to_gateway(at, Key("vpc", network.get(zonal).scope), packet, arrival, context)
    private = in_any(destination, (*RFC1918, RFC6598))
    host = None if private else _host_at(destination, context)
    line = public_line_to(network, destination) if _is_aws(network, at) else None
    if line is not None:
        return _onward(at, line, packet, arrival)
    if host is not None and host != at:
        return _onward(at, host, packet, arrival)
    meant = context.intended if context.leg is Leg.FORWARD else None
    if meant is not None and meant.owns(destination):
        vpc = network.name(meant.vpc)
        text = f"{destination} is an address inside VPC {vpc}: nobody on the internet has a route to it."
        return _drop(at, network, text, "NO_ROUTE_TO_DESTINATION")
    if private:
        passing = _gateway_before(destination, network)
        if passing is not None and context.leg is Leg.FORWARD:
            return _onward(at, passing, packet, arrival)
        text = f"{destination} is private: nobody on the internet has a route to it."
        return _drop(at, network, text, "NO_ROUTE_TO_DESTINATION")
    if in_any(destination, NO_HOSTS):
        text = f"{destination} is no address that a host on the internet can have."
        return _drop(at, network, text, "NO_ROUTE_TO_DESTINATION")
    asked = arrival.previous is None and context.leg is Leg.FORWARD
    site = site_with(network, destination) if host is None and context.leg is Leg.FORWARD else None
    if site is not None:
        name = network.name(site)
        text = f"{destination} is an address of {name}; the definition does not say how the internet gets there."
        return _drop(site, network, text, "UNKNOWN_DESTINATION", disposition=Disposition.INSUFFICIENT_INFO)
    if host is None and asked and destination in PUBLIC_POOL[0] and any(network.of_kind("internet_gateway")):
        return _unassociated(at, destination, network)
    if host is None and at != INTERNET:
        return _onward(at, INTERNET, packet, arrival)
    return receive_outside(at, packet, context)


def _unassociated(at: Key, destination: Address, network: Network) -> Drop:
    """From outside to an address of those that docgen takes for AWS's, which no interface has."""
    gateways = [g.key for g in network.of_kind("internet_gateway")]
    by = gateways[0] if len(gateways) == 1 else at
    text = (
        f"No interface has the public address {destination}: {PUBLIC_POOL[0]} stands for AWS's addresses, and no "
        "internet gateway translates this one."
    )
    return _drop(by, network, text, "IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS")


def beyond(network: Network, destination: Address) -> Key:
    """Who takes what an internet gateway lets out: a line or a service, over AWS's network; else the internet."""
    return public_line_to(network, destination) or _service_at(network, destination) or INTERNET


def public_line_to(network: Network, destination: Address) -> Key | None:
    """The public virtual interface over which a data center announces an address: AWS prefers it to the internet.

    It leads to a host there, or to the address that its router puts in for private ones.
    """
    lines: list[Any] = [c for c in network.of_kind(VIF) if is_public(c) and network.is_up(c.key)]
    known = lines and host_with(network, destination) is not None
    announced = (
        c.key for c in lines if (known or c.source_nat == destination) and announces(network, c, destination)
    )
    return next(announced, None)


def announces(network: Network, line: Any, address: Address) -> bool:
    """Whether a data center announces an address over a line."""
    return in_any(address, announced_by(network, line))


def of_aws(network: Network, address: Address) -> bool:
    """Whether an address is a public one of AWS: of an interface, a regional NAT gateway, or a service.

    Other customers' addresses are none: "You do not have access to non-Amazon prefixes" (Direct Connect User Guide,
    "Public virtual interface prefix advertisement rules").
    """
    if network.interface_with_public(address) is not None or address in network.zonal_addresses.values():
        return True
    return _service_at(network, address) is not None


def _service_at(network: Network, address: Address) -> Key | None:
    """The service of AWS's that has an address."""
    owner = host_with(network, address)
    return owner if owner is not None and _is_aws(network, owner) else None


def _is_aws(network: Network, at: Key) -> bool:
    component = network.components.get(at)
    return component is not None and (is_service(component) or is_edge_service(component))


def _host_at(address: Address, context: Context) -> Key | None:
    """Who has an address: first of all whoever the packet is meant for (several may stand for one host)."""
    addresses = context.network.outside if address.version == 4 else context.network.outside_ipv6
    if context.end is not None and addresses.get(context.end, context.network.outside.get(context.end)) == address:
        return context.end
    return host_with(context.network, address)


def _onward(at: Key, to: Key, packet: Packet, arrival: Arrival) -> Forward:
    onward = Arrival(previous=at, sender=arrival.sender)
    return Forward(next=to, packet=packet, arrival=onward, steps=())


def receive_outside(at: Key, packet: Packet, context: Context) -> Decision:
    """A host on the internet gets the packet; an answer must be the exact swap of what it sent."""
    network = context.network
    name = network.name(at)
    if not network.is_up(at):
        return _drop(at, network, f"{name} does not answer: it is out of order.", "BAD_STATE", Check.STATE)
    if context.expected is not None and packet != context.expected:
        text = (
            f"{name} asked {context.expected.source} and gets an answer from {packet.source}: "
            "it belongs to no connection."
        )
        return _drop(at, network, text, "DG_RETURN_PATH_ASYMMETRIC")
    missed = missed_appliance(context)
    if missed is not None:
        return Drop(steps=(missed,), disposition=Disposition.DROPPED)
    text = later(lambda: f"{name} receives it at {packet.destination}.")
    step = Step(check=Check.DELIVERY, outcome=Outcome.PASS, by=at, by_name=name, text=text)
    return Deliver(steps=(step,), outside=True)


def _to_gateway(at: Key, vpc: Key, packet: Packet, arrival: Arrival, context: Context) -> Decision:
    network = context.network
    gateway = _gateway_of(vpc, packet, context)
    if gateway is None and context.leg is Leg.FORWARD:
        gateway = _gateway_before(packet.destination, network)
    if gateway is None:
        name = network.name(vpc)
        text = f"VPC {name} has no internet gateway: nothing connects it to the internet."
        step = Step(check=Check.DELIVERY, outcome=Outcome.DROP, by=vpc, by_name=name, text=text, code="NO_PATH")
        return Drop(steps=(step,), disposition=Disposition.NO_ROUTE)
    if not network.is_up(gateway):
        name = network.name(gateway)
        text = f"{network.kind_of(gateway).title} {name} is out of order."
        step = Step(
            check=Check.STATE,
            outcome=Outcome.DROP,
            by=gateway,
            by_name=name,
            text=text,
            code="BAD_STATE_ATTACHMENT",
        )
        return Drop(steps=(step,), disposition=Disposition.DROPPED)
    return _onward(at, gateway, packet, arrival)


def _gateway_before(destination: Address, network: Network) -> Key | None:
    """The internet gateway of a VPC that has a way of its own to a private address: it says why that is none."""
    if not in_any(destination, RFC1918):
        return None
    for table in network.route_tables.values():
        for route in table.routes:
            led = route.target is not None and route.destination.prefixlen > 0 and destination in route.destination
            if led and route.target is not None and route.target.kind != "internet_gateway":
                scope = table.key.path.partition("/")[0]
                gateway: Key | None = next(iter(network.inside.get((scope, "internet_gateway"), ())), None)
                if gateway is not None:
                    return gateway
    return None


def _gateway_of(vpc: Key, packet: Packet, context: Context) -> Key | None:
    """How a packet from outside enters a VPC: answers to what an egress-only gateway let out come back by it."""
    inside = context.network.inside
    internet: Key | None = next(iter(inside.get((vpc.path, "internet_gateway"), ())), None)
    egress_only: Key | None = None
    if packet.destination.version == 6:
        egress_only = next(iter(inside.get((vpc.path, "egress_only_internet_gateway"), ())), None)
    if egress_only is not None and (internet is None or egress_only in context.sessions.translations):
        return egress_only
    return internet


def _drop(
    at: Key,
    network: Network,
    text: str,
    code: str,
    check: Check = Check.DELIVERY,
    disposition: Disposition = Disposition.DROPPED,
) -> Drop:
    step = Step(check=check, outcome=Outcome.DROP, by=at, by_name=network.name(at), text=text, code=code)
    return Drop(steps=(step,), disposition=disposition)
