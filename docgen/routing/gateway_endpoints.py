# A gateway endpoint: the route from a VPC to S3 or DynamoDB of its Region, without address, interface or group.
#
# In:  a packet that a route table gave to the endpoint, or the service's answer. Out: the decision.
# Source: AWS PrivateLink Guide, "Gateway endpoints", "Gateway endpoints for Amazon S3".
"""through_gateway_endpoint, gateway_endpoint_to."""

from __future__ import annotations

from docgen.core.prefixes import Address, Block, in_any
from docgen.model.component import Key
from docgen.model.forwarding import Arrival, Context, Decision, Drop, Forward
from docgen.model.network import Network
from docgen.model.packet import Packet, Protocol
from docgen.model.trace import Check, Disposition, Outcome, Step
from docgen.routing.endpoints import INTERNET, host_with
from docgen.routing.router import deliver_locally

_CARRIED = (Protocol.TCP, Protocol.ICMP)


def through_gateway_endpoint(
    endpoint: Key, vpc: Key, served: tuple[Block, ...], packet: Packet, arrival: Arrival, context: Context
) -> Decision:
    """Take a request out to the service, or its answer back to whoever asked inside the VPC.

    Args:
        endpoint: The endpoint.
        vpc: Its VPC.
        served: The entries of the service's prefix list.
        packet: What arrives.
        arrival: How it came.
        context: Of the leg.
    """
    if context.expected is not None:
        return _back(endpoint, vpc, served, packet, context)
    network, name = context.network, context.network.name(endpoint)
    if packet.protocol not in _CARRIED:
        text = f"Gateway endpoint {name} carries TCP and ping only, not {packet.protocol}."
        return _drop(context, endpoint, text, "VPCE_GATEWAY_PROTOCOL_RESTRICTION")
    if network.interface_at(vpc, packet.source) is None:
        text = (
            f"Gateway endpoint {name} serves only interfaces of VPC {network.name(vpc)}, and {packet.source} is none "
            "of them: what comes from a connected network cannot use it."
        )
        return _drop(context, endpoint, text, "DG_ENDPOINT_NOT_TRANSITIVE")
    if not in_any(packet.destination, served):
        text = f"{packet.destination} is no address of the service that gateway endpoint {name} leads to."
        return _drop(context, endpoint, text, "NO_POSSIBLE_DESTINATION")
    context.sessions.through = (endpoint, None)
    host = context.end if network.outside.get(context.end or INTERNET) == packet.destination else None
    text = f"Gateway endpoint {name} takes it to the service with its private source {packet.source} unchanged."
    onward = Arrival(previous=endpoint, sender=arrival.sender)
    step = _step(context, endpoint, Outcome.PASS, text)
    return Forward(
        next=host or host_with(network, packet.destination) or INTERNET, packet=packet, arrival=onward, steps=(step,)
    )


def gateway_endpoint_to(network: Network, vpc: Key, destination: Address) -> Key | None:
    """The gateway endpoint of a VPC that a route of it leads to for this destination; None where there is none."""
    for table in network.route_tables.values():
        if not table.key.path.startswith(f"{vpc.path}/"):
            continue
        for route in table.routes:
            if route.target is not None and route.target.kind == "vpc_endpoint" and destination in route.destination:
                return route.target
    return None


def _back(endpoint: Key, vpc: Key, served: tuple[Block, ...], packet: Packet, context: Context) -> Decision:
    name = context.network.name(endpoint)
    if not in_any(packet.source, served):
        text = f"Gateway endpoint {name} lets answers of its service through only, and {packet.source} is not of it."
        return _drop(context, endpoint, text, "VPCE_GATEWAY_EGRESS_SOURCE_ADDRESS_RESTRICTION")
    text = f"Gateway endpoint {name} gives the answer to the VPC's router: the local route delivers it."
    step = _step(context, endpoint, Outcome.PASS, text)
    return deliver_locally(vpc, packet, Arrival(previous=endpoint), context, (step,))


def _drop(context: Context, endpoint: Key, text: str, code: str) -> Drop:
    return Drop(steps=(_step(context, endpoint, Outcome.DROP, text, code),), disposition=Disposition.DROPPED)


def _step(context: Context, endpoint: Key, outcome: Outcome, text: str, code: str = "") -> Step:
    name = context.network.name(endpoint)
    return Step(check=Check.GATEWAY, outcome=outcome, by=endpoint, by_name=name, text=text, code=code)
