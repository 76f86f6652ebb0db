# An interface endpoint: network interfaces in a VPC that stand for a service (AWS PrivateLink).
#
# In:  a packet at one of the endpoint's interfaces, or the service's answer. Out: the decision.
# Source: AWS PrivateLink Guide, "Access AWS services through AWS PrivateLink".
"""through_interface_endpoint, refuse_to_open."""

from __future__ import annotations

from typing import Any

from docgen.model.component import Key
from docgen.model.forwarding import Arrival, Context, Decision, Drop, Forward
from docgen.model.network import Interface
from docgen.model.packet import Packet
from docgen.model.service import is_service
from docgen.model.trace import Check, Disposition, Outcome, Step
from docgen.routing.dns_zones import private_zone_for
from docgen.routing.interface import arrive, delivered, leave
from docgen.routing.reactions import answers_without
from docgen.routing.service_names import private_dns_endpoint, region_of


def through_interface_endpoint(
    endpoint: Key, service: str, packet: Packet, arrival: Arrival, context: Context
) -> tuple[Decision, ...]:
    """Take a connection in at an interface and hand it to the service; let the service's answer out again.

    Args:
        endpoint: The endpoint.
        service: The AWS service that it stands for; "" for somebody's own, which `onward` leads to.
        packet: What arrives.
        arrival: How it came.
        context: Of the leg.
    """
    interface = arrival.interface
    assert interface is not None
    answered = context.expected is not None and context.carried_to is None
    if answered and packet.source == interface.private_ip:
        return leave(interface, packet, context)
    entry = arrive(interface, packet, arrival, context)
    if entry.drop:
        return (entry.drop,)
    left = [i for i in context.network.interfaces_of(endpoint) if context.network.interface_is_up(i)]
    lost = answers_without(context.network, endpoint, left) if context.expected is None else ()
    steps = (*entry.steps, *lost, *_name_elsewhere(endpoint, service, interface, context))
    meant = context.network.components.get(context.end) if context.end else None
    if context.expected is None and is_service(meant) and meant.service_code == service:
        return (_to_service(endpoint, context.end, interface, packet, arrival, context, steps),)
    return (delivered(interface, packet, context, steps),)


def _name_elsewhere(endpoint: Key, service: str, interface: Interface, context: Context) -> tuple[Step, ...]:
    """A warning for a client of another network: the service's own name does not lead it here."""
    network, client = context.network, context.client
    component: Any = network.get(endpoint)
    if context.expected is not None or not service or not component.private_dns:
        return ()
    region = region_of(network, component)
    if client is not None and (
        client.vpc == interface.vpc
        or private_dns_endpoint(network, service, region, client.vpc) is not None
        or private_zone_for(network, client.vpc, f"{service}.{region}.amazonaws.com") is not None
    ):
        return ()
    where = f"In VPC {network.name(client.vpc)}" if client is not None else "Outside its VPC"
    name = network.name(endpoint)
    text = (
        f"{where} the name {service}.{region}.amazonaws.com still leads to public addresses: private DNS of {name} "
        f"works in VPC {network.name(interface.vpc)} only."
    )
    return (
        Step(
            check=Check.DNS,
            outcome=Outcome.INFO,
            by=endpoint,
            by_name=name,
            text=text,
            code="DG_DNS_RESOLVES_PUBLIC",
        ),
    )


def _to_service(
    endpoint: Key,
    service: Key | None,
    interface: Interface,
    packet: Packet,
    arrival: Arrival,
    context: Context,
    steps: tuple[Step, ...],
) -> Forward:
    assert service is not None
    network, name = context.network, context.network.name(endpoint)
    context.sessions.through = (endpoint, interface)
    text = (
        f"AWS PrivateLink carries it from {name} in {interface.zone} to {network.name(service)}: it stays in AWS's "
        "network."
    )
    step = Step(check=Check.GATEWAY, outcome=Outcome.PASS, by=endpoint, by_name=name, text=text)
    onward = Arrival(previous=endpoint, sender=arrival.sender, private_link=interface)
    return Forward(next=service, packet=packet, arrival=onward, steps=(*steps, step))


def refuse_to_open(endpoint: Key, packet: Packet, context: Context) -> Drop:
    """An endpoint opens no connections into its VPC: it only takes them."""
    name = context.network.name(endpoint)
    step = Step(
        check=Check.GATEWAY,
        outcome=Outcome.DROP,
        by=endpoint,
        by_name=name,
        text=f"Endpoint {name} only takes connections: no service opens one through it to {packet.destination}.",
        code="DG_ENDPOINT_ONE_WAY",
    )
    secondary = ("VPCE_INTRA_VPC_TRAFFIC",)
    return Drop(steps=(step,), disposition=Disposition.DROPPED, secondary=secondary)
