# Ways of a packet that no route table decides: back to the load balancer that keeps a connection, and through
# AWS PrivateLink.
#
# In:  a packet at an interface, and the interface at the other end. Out: the decision, or the step about it.
# Sources: Network Load Balancers, "Client IP preservation"; AWS PrivateLink, "Share your services".
"""back_through_node, through_private_link, came_by_private_link."""

from __future__ import annotations

from docgen.model.forwarding import Arrival, Context, Decision, Drop, Forward
from docgen.model.network import Interface
from docgen.model.packet import Packet
from docgen.model.trace import Check, Disposition, Outcome, Step
from docgen.routing.acl import EGRESS, judge_acl


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
    arrival = Arrival(previous=interface.owner, interface=other, from_vpc=interface.vpc, private_link=interface)
    return Forward(next=other.owner, packet=packet, arrival=arrival, steps=(*made, step))


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
