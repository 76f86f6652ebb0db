# Stateful address translation and plain forwarding: what NAT gateways, NAT instances and appliances share.
#
# Source: Amazon VPC User Guide, "NAT gateways", "NAT instances"; EC2, "Connection tracking".
"""translate, restore, pass_on."""

from __future__ import annotations

from dataclasses import replace
from ipaddress import IPv4Address

from docgen.core.values import later
from docgen.model.component import Key
from docgen.model.forwarding import Arrival, Context, Decision, Drop
from docgen.model.network import Interface
from docgen.model.packet import EPHEMERAL, NO_PORT, Packet, Protocol
from docgen.model.trace import Check, Disposition, Outcome, Step
from docgen.routing.interface import leave, leaving_as


def translate(translator: Key, interface: Interface, packet: Packet, context: Context) -> tuple[Packet, Step]:
    """Put the translator's address in as source, and remember the connection."""
    ports = NO_PORT if packet.protocol is Protocol.ICMP else EPHEMERAL
    translated = replace(packet, source=interface.private_ip, source_ports=ports)
    context.sessions.translations[translator] = (packet, translated)
    name = context.network.name(translator)
    port = "" if packet.protocol is Protocol.ICMP else f" and a port of {EPHEMERAL}"
    step = Step(
        check=Check.TRANSLATION,
        outcome=Outcome.PASS,
        by=translator,
        by_name=name,
        text=later(
            lambda: (
                f"{name} replaces the source {packet.source} by its own address {interface.private_ip}{port}, and "
                "remembers the connection."
            )
        ),
    )
    return translated, step


def translate_to_ipv4(translator: Key, interface: Interface, packet: Packet, context: Context) -> tuple[Packet, Step]:
    """NAT64: take the IPv4 destination out of the IPv6 one, and put the translator's address in as source."""
    destination = IPv4Address(int(packet.destination) & 0xFFFFFFFF)
    ports = NO_PORT if packet.protocol is Protocol.ICMP else EPHEMERAL
    translated = replace(packet, source=interface.private_ip, source_ports=ports, destination=destination)
    context.sessions.translations[translator] = (packet, translated)
    name = context.network.name(translator)
    step = Step(
        check=Check.TRANSLATION,
        outcome=Outcome.PASS,
        by=translator,
        by_name=name,
        text=f"{name} translates IPv6 to IPv4 (NAT64): {packet.destination} becomes {destination}, the source "
        f"{packet.source} its own address {interface.private_ip}, and it remembers the connection.",
    )
    return translated, step


def restore(
    translator: Key,
    interface: Interface,
    packet: Packet,
    arrival: Arrival,
    context: Context,
    steps: tuple[Step, ...],
) -> tuple[Decision, ...]:
    """Give an answer back to the client that asked; drop what nobody asked for."""
    name = context.network.name(translator)
    remembered = context.sessions.translations.get(translator)
    if context.expected is None or remembered is None or packet != remembered[1].reversed():
        unsolicited = context.expected is None
        step = Step(
            check=Check.GATEWAY,
            outcome=Outcome.DROP,
            by=translator,
            by_name=name,
            text=f"{name} knows no connection that {packet.source} could be answering: it lets nobody in.",
            code="DG_NAT_UNSOLICITED_INBOUND" if unsolicited else "DG_RETURN_PATH_ASYMMETRIC",
        )
        return (Drop(steps=(*steps, step), disposition=Disposition.DROPPED),)
    restored = remembered[0].reversed()
    step = Step(
        check=Check.TRANSLATION,
        outcome=Outcome.PASS,
        by=translator,
        by_name=name,
        text=later(
            lambda: (
                f"{name} remembers who asked and restores the destination {restored.destination}"
                + ("." if restored.source == packet.source else f", coming from {restored.source}.")
            )
        ),
    )
    left = leave(interface, restored, context, steps=(*steps, step), sender=arrival.sender)
    return leaving_as(restored, left)


def pass_on(
    appliance: Key,
    interface: Interface,
    packet: Packet,
    arrival: Arrival,
    context: Context,
    steps: tuple[Step, ...],
) -> tuple[Decision, ...]:
    """Forward a packet unchanged: what a firewall appliance does. It expects to see the answer too."""
    name = context.network.name(appliance)
    if context.expected is None:
        context.sessions.passed.append(appliance)
    else:
        context.sessions.answered.add(appliance)
    step = Step(
        check=Check.SOURCE_DEST_CHECK,
        outcome=Outcome.PASS,
        by=appliance,
        by_name=name,
        text=f"{name} has its source/destination check off and passes the packet on unchanged.",
    )
    return leave(interface, packet, context, steps=(*steps, step), sender=arrival.sender)
