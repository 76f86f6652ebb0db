# The world outside AWS: carries packets between public addresses.
"""carry, receive_outside."""

from __future__ import annotations

from docgen.core.prefixes import RFC1918, RFC6598, in_any
from docgen.model.component import Key
from docgen.model.forwarding import Arrival, Context, Decision, Deliver, Drop, Forward
from docgen.model.network import Interface, Network
from docgen.model.packet import Packet
from docgen.model.trace import Check, Disposition, Outcome, Step
from docgen.routing.endpoints import INTERNET, host_with


def carry(at: Key, packet: Packet, arrival: Arrival, context: Context) -> Decision:
    """Take a packet from a host or a gateway to whoever owns its destination."""
    network = context.network
    owner = network.interface_with_public(packet.destination)
    if owner is None and context.leg == "forward" and arrival.previous is None:
        owner = context.intended  # a private address from outside: the gateway of its VPC says why not
    if owner is not None:
        return _to_gateway(at, owner, packet, arrival, context)
    host = host_with(network, packet.destination)
    if host is not None and host != at:
        onward = Arrival(previous=at, sender=arrival.sender, membership=False)
        return Forward(next=host, packet=packet, arrival=onward, steps=())
    if in_any(packet.destination, (*RFC1918, RFC6598)):
        text = f"{packet.destination} is private: nobody on the internet has a route to it."
        return _drop(at, network, text, "NO_ROUTE_TO_DESTINATION")
    return receive_outside(at if arrival.previous is not None else INTERNET, packet, context)


def receive_outside(at: Key, packet: Packet, context: Context) -> Decision:
    """A host on the internet gets the packet; an answer must be the exact swap of what it sent."""
    network = context.network
    name = network.name(at)
    if context.expected is not None and packet != context.expected:
        text = (
            f"{name} asked {context.expected.source} and gets an answer from {packet.source}: "
            "it belongs to no connection."
        )
        return _drop(at, network, text, "DG_RETURN_PATH_ASYMMETRIC")
    text = f"{packet.destination} receives it."
    step = Step(check=Check.DELIVERY, outcome=Outcome.PASS, by=at, by_name=name, text=text)
    return Deliver(steps=(step,), outside=True)


def _to_gateway(at: Key, owner: Interface, packet: Packet, arrival: Arrival, context: Context) -> Decision:
    network = context.network
    gateway = next((c for c in network.of_kind("internet_gateway") if c.scope == owner.vpc.path), None)
    if gateway is None:
        name = network.name(owner.vpc)
        text = f"VPC {name} has no internet gateway: nothing connects it to the internet."
        step = Step(check=Check.DELIVERY, outcome=Outcome.DROP, by=owner.vpc, by_name=name, text=text, code="NO_PATH")
        return Drop(steps=(step,), disposition=Disposition.NO_ROUTE)
    if not network.is_up(gateway.key):
        name = network.name(gateway.key)
        text = f"Internet gateway {name} is out of order."
        step = Step(
            check=Check.STATE,
            outcome=Outcome.DROP,
            by=gateway.key,
            by_name=name,
            text=text,
            code="BAD_STATE_ATTACHMENT",
        )
        return Drop(steps=(step,), disposition=Disposition.DROPPED)
    onward = Arrival(previous=at, sender=arrival.sender, membership=False)
    return Forward(next=gateway.key, packet=packet, arrival=onward, steps=())


def _drop(at: Key, network: Network, text: str, code: str) -> Drop:
    step = Step(check=Check.DELIVERY, outcome=Outcome.DROP, by=at, by_name=network.name(at), text=text, code=code)
    return Drop(steps=(step,), disposition=Disposition.DROPPED)
