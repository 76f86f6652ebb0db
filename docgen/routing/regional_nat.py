# A regional NAT gateway: it stands in no subnet, and serves each zone with an address of that zone.
#
# In:  a packet at such a gateway. Out: on to the VPC's internet gateway, or back to the client that asked.
# Its own route table, which AWS makes, has the local routes and one to the internet gateway.
# Source: Amazon VPC User Guide, "Regional NAT gateways for automatic multi-AZ expansion".
"""forward_regional."""

from __future__ import annotations

from dataclasses import replace
from ipaddress import IPv4Address

from docgen.core.prefixes import NAT64, Address
from docgen.model.component import Component, Key
from docgen.model.forwarding import Arrival, Context, Decision, Drop, Forward
from docgen.model.network import Network, one_at
from docgen.model.packet import EPHEMERAL, NO_PORT, Packet, Protocol
from docgen.model.trace import Check, Disposition, Outcome, Step
from docgen.routing.router import deliver_locally


def forward_regional(
    gateway: Component, packet: Packet, arrival: Arrival, context: Context, *, manual: bool
) -> tuple[Decision, ...]:
    """Translate a new connection's source to the address of its zone, or give an answer back to who asked.

    Args:
        gateway: The NAT gateway.
        packet: What arrives.
        arrival: From a subnet of the VPC, or (without a VPC) from the internet gateway.
        context: Of this leg.
        manual: Whether its zones are listed, so that it serves no others.
    """
    if arrival.from_vpc is None:
        return (_inwards(gateway, packet, arrival, context),)
    if context.expected is not None:
        text = f"gets an answer to {packet.destination} of a connection that did not pass it: it drops it"
        return (_drop(gateway, context, text, "DG_RETURN_PATH_ASYMMETRIC"),)
    if packet.destination.version == 6 and packet.destination not in NAT64:
        text = f"translates IPv6 only for destinations in {NAT64}, and {packet.destination} is not one"
        return (_drop(gateway, context, text, "DG_ADDRESS_FAMILY_MISMATCH"),)
    return (_outwards(gateway, packet, arrival, context, manual=manual),)


def _outwards(gateway: Component, packet: Packet, arrival: Arrival, context: Context, *, manual: bool) -> Decision:
    network = context.network
    zone = network.zone_of(arrival.from_subnet) if arrival.from_subnet is not None else ""
    served = {z: address for (key, z), address in network.zonal_addresses.items() if key == gateway.key}
    if manual and zone and zone not in served:
        text = f"serves the zones {', '.join(served)} only, and {packet.source} sends from {zone}"
        return _drop(gateway, context, text, "REGIONAL_NGW_ROUTE_AZ_RESTRICTION")
    working = [z for z in served if _works_in(gateway, z, network)]
    if not working:
        return _drop(gateway, context, "has no working zone left", "BAD_STATE")
    used = zone if zone in working else working[0]
    vpc = Key("vpc", gateway.scope)
    internet = next(iter(network.inside.get((vpc.path, "internet_gateway"), ())), None)
    if internet is None:
        text = f"has a route table without a way out: VPC {network.name(vpc)} has no internet gateway"
        return _drop(gateway, context, text, "NO_ROUTE_TO_DESTINATION")
    if not network.is_up(internet):
        text = f"has a route to {network.name(internet)}, which is down: the route is a blackhole"
        return _drop(gateway, context, text, "BAD_STATE_ROUTE")
    choice = "regional-nat-network-acl"
    if network.assumes(choice) == "unknown":
        text = "stands in no subnet: which network ACL is asked there is not known"
        step = _step(gateway, context, Outcome.DROP, text, "UNSUPPORTED_COMPONENT")
        return Drop(steps=(replace(step, assumption=choice),), disposition=Disposition.INSUFFICIENT_INFO)
    translated = _translated(packet, served[used])
    context.sessions.translations[gateway.key] = (packet, translated)
    instead = f" (it has not grown into {zone} yet)"
    if zone in served:  # in a zone that is down nobody sends
        instead = f" (it is out of order in {zone})"
    text = f"replaces the source {packet.source} by its address in {used}{'' if used == zone else instead}, "
    text += f"{translated.source}, and remembers the connection"
    steps = (
        replace(_step(gateway, context, Outcome.PASS, text, check=Check.TRANSLATION), assumption=choice),
        _step(gateway, context, Outcome.PASS, f"sends 0.0.0.0/0 to {network.name(internet)} by its own route table"),
    )
    onward = Arrival(previous=gateway.key, from_vpc=vpc, sender=arrival.sender)
    return Forward(next=internet, packet=translated, arrival=onward, steps=steps)


def _works_in(gateway: Component, zone: str, network: Network) -> bool:
    place = network.place(Key("vpc", gateway.scope), zone)
    return place not in network.zones_down and one_at(gateway.key, zone[-1:]) not in network.down


def _translated(packet: Packet, source: Address) -> Packet:
    destination = packet.destination
    if destination.version == 6:
        destination = IPv4Address(int(destination) & 0xFFFFFFFF)
    ports = NO_PORT if packet.protocol is Protocol.ICMP else EPHEMERAL
    return replace(packet, source=source, source_ports=ports, destination=destination)


def _inwards(gateway: Component, packet: Packet, arrival: Arrival, context: Context) -> Decision:
    remembered = context.sessions.translations.get(gateway.key)
    if context.expected is None or remembered is None or packet != remembered[1].reversed():
        code = "DG_NAT_UNSOLICITED_INBOUND" if context.expected is None else "DG_RETURN_PATH_ASYMMETRIC"
        text = f"knows no connection that {packet.source} could be answering: it lets nobody in"
        return _drop(gateway, context, text, code)
    restored = remembered[0].reversed()
    vpc = Key("vpc", gateway.scope)
    text = f"remembers who asked and restores the destination {restored.destination}"
    step = _step(gateway, context, Outcome.PASS, text, check=Check.TRANSLATION)
    onward = Arrival(previous=gateway.key, from_vpc=vpc, sender=arrival.sender)
    return deliver_locally(vpc, restored, onward, context, (step,))


def owner_of_zonal(network: Network, address: Address) -> Key | None:
    """The component that has a public address without having an interface."""
    return next((key for (key, _), own in network.zonal_addresses.items() if own == address), None)


def _drop(gateway: Component, context: Context, text: str, code: str) -> Drop:
    return Drop(steps=(_step(gateway, context, Outcome.DROP, text, code),), disposition=Disposition.DROPPED)


def _step(
    gateway: Component, context: Context, outcome: Outcome, text: str, code: str = "", check: Check = Check.GATEWAY
) -> Step:
    name = context.network.name(gateway.key)
    return Step(check=check, outcome=outcome, by=gateway.key, by_name=name, text=f"{name} {text}.", code=code)
