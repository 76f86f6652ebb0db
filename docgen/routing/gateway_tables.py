# Gateway route tables: what comes into a VPC by a gateway may be led through an appliance first.
#
# In:  a packet that a gateway takes into its VPC, or out of it. Out: who gets it next; the appliance it missed.
# Source: Amazon VPC User Guide, "Gateway route tables".
"""enter_vpc, bypassed_appliance."""

from __future__ import annotations

from docgen.model.component import Key
from docgen.model.forwarding import Arrival, Context, Decision, Drop, Forward
from docgen.model.kind import Support
from docgen.model.network import EffectiveRoute, Interface, Network
from docgen.model.packet import Packet
from docgen.model.trace import Check, Disposition, Outcome, Step
from docgen.routing.router import deliver_locally, route_by, select_of


def enter_vpc(
    gateway: Key,
    packet: Packet,
    arrival: Arrival,
    context: Context,
    steps: tuple[Step, ...],
    *,
    internet: bool = True,
) -> Decision:
    """Take a packet into the gateway's VPC: by its route table where it has one, else straight to its destination.

    Args:
        gateway: An internet gateway, or a virtual private gateway.
        packet: Its destination an address inside the VPC.
        arrival: As it comes from the gateway.
        context: Of this leg.
        steps: Those made at the gateway before.
        internet: Whether it comes from the internet: the appliance needs a public address then.
    """
    network = context.network
    vpc = Key("vpc", gateway.path.rpartition("/")[0])
    key = network.gateway_route_table.get(gateway)
    if key is None:
        return deliver_locally(vpc, packet, arrival, context, steps)
    table = network.route_tables[key]
    (decision,) = route_by(table, vpc, packet, arrival, context, steps=steps)
    appliance = decision.arrival.interface if isinstance(decision, Forward) else None
    if appliance is None or not internet or appliance.owns(packet.destination) or _is_public(appliance, packet):
        return decision
    drawn = network.kind_of(appliance.owner).support is Support.DRAWN  # a Gateway Load Balancer endpoint needs none
    if drawn or _redirection(gateway, packet, network) is None:
        return decision
    text = (
        f"Route table {table.name} of gateway {network.name(gateway)} leads {packet.destination} to "
        f"{network.name(appliance.owner)}, which has no public address: traffic of the internet needs one there."
    )
    step = Step(
        check=Check.ROUTE_TABLE,
        outcome=Outcome.DROP,
        by=table.key,
        by_name=table.name,
        text=text,
        code="INGRESS_RTB_NO_PUBLIC_IP",
    )
    return Drop(steps=(*steps, step), disposition=Disposition.DROPPED)


def _is_public(interface: Interface, packet: Packet) -> bool:
    return interface.ipv6 is not None if packet.destination.version == 6 else interface.public_ip is not None


def bypassed_appliance(gateway: Key, packet: Packet, arrival: Arrival, network: Network) -> EffectiveRoute | None:
    """The route that leads what comes in for this packet's source to an appliance that it did not leave through."""
    route = _redirection(gateway, packet.reversed(), network)
    if route is None or arrival.previous == route.target:
        return None
    return route


def _redirection(gateway: Key, packet: Packet, network: Network) -> EffectiveRoute | None:
    """The gateway table's route for a packet's destination, where it names a target; None for local or no table."""
    key = network.gateway_route_table.get(gateway)
    if key is None:
        return None
    vpc = Key("vpc", gateway.path.rpartition("/")[0])
    table = network.route_tables[key]
    route = select_of(table, vpc, packet.destination, network).route
    if route is None or route.target is None:
        return None
    owner = network.interface_at(vpc, packet.destination)
    return None if owner is not None and owner.owner == route.target else route
