# AWS services outside VPCs: what their resources do with packets.
#
# In:  a packet that reached a service, or its answer. Out: the decision. Knows which endpoint brought a request.
# Sources: AWS PrivateLink Guide, "Gateway endpoints"; AWS General Reference, "AWS IP address ranges".
"""PublicService, receive_at_service, send_from_service."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from docgen.core.data import dataclass
from docgen.core.prefixes import RFC1918, RFC6598, in_any
from docgen.model.component import Key
from docgen.model.forwarding import Arrival, Context, Decision, Deliver, Drop, Forward
from docgen.model.network import Interface
from docgen.model.packet import Packet
from docgen.model.service import RegionalService, is_service
from docgen.model.trace import Check, Disposition, Outcome, Step
from docgen.routing.access import refused_by_resource
from docgen.routing.outside import carry, receive_outside
from docgen.routing.service_names import region_of, why_bypassed


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicService(RegionalService):
    """A resource that stands outside every VPC: packets reach it and its answers leave, nothing else."""

    def send(self, packet: Packet, interface: Interface | None, context: Context) -> tuple[Decision, ...]:
        """Answer the way that the request came; a connection of its own goes to public addresses only."""
        del interface
        return (send_from_service(self.key, packet, context),)

    def forward(self, packet: Packet, arrival: Arrival, context: Context) -> tuple[Decision, ...]:
        """Take what reaches the service's address."""
        return (receive_at_service(self.key, packet, arrival, context),)


def receive_at_service(at: Key, packet: Packet, arrival: Arrival, context: Context) -> Decision:
    """A service gets a packet: from the internet, from a gateway endpoint, or through AWS PrivateLink."""
    network = context.network
    if context.expected is not None:
        return receive_outside(at, packet, context)
    name = network.name(at)
    if not network.is_up(at):
        text = f"{name} does not answer: it is out of order."
        step = Step(check=Check.STATE, outcome=Outcome.DROP, by=at, by_name=name, text=text, code="BAD_STATE")
        return Drop(steps=(step,), disposition=Disposition.DROPPED)
    service = network.get(at)
    denied = refused_by_resource(service, packet, context) if is_service(service) else None
    if denied is not None:
        return Drop(steps=(denied,), disposition=Disposition.DENIED_IN)
    made = [] if context.sessions.through else list(_bypassed(at, context))
    if arrival.private_link is not None:
        text = f"{name} receives it through AWS PrivateLink: it knows the endpoint and the client's address."
    else:
        text = f"{name} receives it at {packet.destination} and sees the source {packet.source}."
    made.append(Step(check=Check.DELIVERY, outcome=Outcome.PASS, by=at, by_name=name, text=text))
    return Deliver(steps=tuple(made))


def _bypassed(at: Key, context: Context) -> Iterator[Step]:
    """A warning where the client's own VPC has an endpoint for this service, and the packet came in public.

    What another service opens in the client's turn, from outside the VPC, has no way through an endpoint.
    """
    network, service = context.network, context.network.get(at)
    if context.client is None or context.client.owner != context.source or not is_service(service):
        return
    why = why_bypassed(network, service.service_code, region_of(network, service), context.client.vpc)
    if why:
        yield Step(
            check=Check.DNS,
            outcome=Outcome.INFO,
            by=at,
            by_name=network.name(at),
            text=why,
            code="DG_DNS_RESOLVES_PUBLIC",
        )


def send_from_service(at: Key, packet: Packet, context: Context) -> Decision:
    """A service's packet: an answer goes back through the endpoint that brought the request."""
    network = context.network
    if context.expected is None and in_any(packet.destination, (*RFC1918, RFC6598)):
        name = network.name(at)
        text = (
            f"{name} stands outside VPCs and has no network interface in one: it cannot reach the private address "
            f"{packet.destination}."
        )
        step = Step(
            check=Check.DELIVERY,
            outcome=Outcome.DROP,
            by=at,
            by_name=name,
            text=text,
            code="DG_SERVICE_NOT_IN_VPC",
        )
        return Drop(steps=(step,), disposition=Disposition.NO_ROUTE)
    sent = carry(at, packet, Arrival(previous=None), context)
    return replace(sent, steps=(_sends(at, packet, context), *sent.steps)) if isinstance(sent, Forward) else sent


def _sends(at: Key, packet: Packet, context: Context) -> Step:
    """What a service does when it lets a packet go: no route table is asked outside VPCs."""
    network, name = context.network, context.network.name(at)
    through = context.sessions.through if context.expected is not None else None
    if through is not None:
        text = f"{name} answers through endpoint {network.name(through[0])}, by which the request came."
    elif context.expected is not None:
        text = f"{name} answers {packet.destination}, where the request came from."
    else:
        text = f"{name} opens a connection to the public address {packet.destination}."
    return Step(check=Check.GATEWAY, outcome=Outcome.PASS, by=at, by_name=name, text=text)
