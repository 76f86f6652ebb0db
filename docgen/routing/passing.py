# Ways of a packet that no route table decides: back to the load balancer that keeps a connection, and through
# AWS PrivateLink.
#
# In:  a packet at an interface, and the interface at the other end. Out: the decision, or the step about it.
# Sources: Network Load Balancers, "Client IP preservation"; AWS PrivateLink, "Share your services".
"""own_address_kept, back_through_node, through_private_link, came_by_private_link."""

from __future__ import annotations

from docgen.model.component import Key
from docgen.model.forwarding import Arrival, Context, Decision, Drop, Forward, is_carried
from docgen.model.network import Interface, Network
from docgen.model.packet import Packet
from docgen.model.trace import Check, Disposition, Outcome, Step
from docgen.routing.acl import EGRESS, judge_acl
from docgen.routing.router import select_of

PEERING = "vpc_peering_connection"


def own_address_kept(node: Interface, packet: Packet, context: Context) -> Drop | None:
    """Why a load balancer's node cannot show this target its client's address; None where it can.

    The target must stand in the load balancer's VPC or in a peered one of its Region, and must not be the client.
    Source: Network Load Balancers, "Edit target group attributes" (requirements and considerations).
    """
    network = context.network
    name = network.name(node.owner)
    target = context.intended
    who = network.name(target.owner) if target else str(packet.destination)
    if packet.source == packet.destination:
        text = (
            f"{name} sends the connection back to {who}, which opened it: with the client's address kept, {who} "
            "would get a packet from itself, and drops it."
        )
        return _refusal(node, name, text, "DG_NLB_HAIRPIN")
    if target is not None and target.vpc == node.vpc:
        return None
    route = select_of(network.table_of(node.subnet), node.vpc, packet.destination, network).route
    peered = route is not None and route.target is not None and route.target.kind == PEERING
    if route is None or (peered and target is not None and target.zone[:-1] == node.zone[:-1]):
        return None  # without a route the router says so itself
    text = (
        f"{name} keeps its client's address {packet.source}, which works only towards targets of its own VPC and of "
        f"peered VPCs of its Region: {who} is in neither."
    )
    return _refusal(node, name, text, "ELBV2_SOURCE_ADDRESS_PRESERVATION")


def _refusal(node: Interface, name: str, text: str, code: str) -> Drop:
    step = Step(check=Check.TARGET, outcome=Outcome.DROP, by=node.owner, by_name=name, text=text, code=code)
    return Drop(steps=(step,), disposition=Disposition.DROPPED)


def back_through_node(
    interface: Interface, node: Interface, packet: Packet, arrival: Arrival, context: Context, made: list[Step]
) -> Decision:
    """Answer a client whose address a load balancer kept: the answer goes to the node that sent the request.

    The network ACLs in between are asked, with the client's address; the route table is not.
    """
    network = context.network
    steps = list(made)
    if interface.subnet != node.subnet:
        steps.append(judge_acl(network.acl_of(interface.subnet), packet, EGRESS, network.name(interface.subnet)))
        if steps[-1].outcome is Outcome.DROP:
            return Drop(steps=tuple(steps), disposition=Disposition.DENIED_OUT)
    name = network.name(node.owner)
    steps.append(
        Step(
            check=Check.TARGET,
            outcome=Outcome.PASS,
            by=node.owner,
            by_name=name,
            text=f"The answer to {packet.destination} goes back through {name}, which keeps the connection: the "
            "route table has no say.",
            assumption="load-balancer-replies",
        )
    )
    return Forward(next=node.owner, packet=packet, arrival=arrival.at(node), steps=tuple(steps))


def through_private_link(
    interface: Interface, other: Interface, packet: Packet, context: Context, made: list[Step]
) -> Decision:
    """Let AWS carry a packet from an endpoint to its service, or the answer back."""
    network = context.network
    name = network.name(other.owner)
    step = Step(
        check=Check.GATEWAY,
        outcome=Outcome.PASS,
        by=interface.owner,
        by_name=network.name(interface.owner),
        text=f"AWS PrivateLink carries it to {name} in {other.zone}: no route is needed, and overlapping blocks do "
        "not matter.",
    )
    carrier = _carrier(network, interface) or _carrier(network, other)
    entered = None if carrier else other
    arrival = Arrival(previous=interface.owner, interface=entered, from_vpc=interface.vpc, private_link=interface)
    return Forward(next=carrier or other.owner, packet=packet, arrival=arrival, steps=(*made, step))


def _carrier(network: Network, end: Interface) -> Key | None:
    """The endpoint service that an endpoint's interface leads through."""
    owner = network.get(end.owner)
    return owner.carrier(network) if is_carried(owner) else None


def came_by_private_link(interface: Interface, other: Interface, context: Context) -> Step:
    """The step of an interface that AWS PrivateLink hands a packet to."""
    network = context.network
    return Step(
        check=Check.GATEWAY,
        outcome=Outcome.INFO,
        by=interface.owner,
        by_name=network.name(interface.owner),
        text=f"It comes from {network.name(other.owner)} through AWS PrivateLink: no network ACL in between.",
    )
