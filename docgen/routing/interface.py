# What happens at a network interface and its subnet's border, on the way out and on the way in.
#
# Order of checks, fixed so that the first reason is stable: leaving: source/destination check, security
# groups, same subnet?, network ACL, route table. Arriving: network ACL, source/destination check, groups.
# Sources: Amazon VPC User Guide, "Internetwork traffic privacy", "Network ACLs", "Route tables".
"""leave, arrive."""

from __future__ import annotations

from dataclasses import dataclass, replace
from ipaddress import IPv4Address, IPv4Network
from typing import Any

from docgen.core.prefixes import LINK_LOCAL_SERVICES
from docgen.model.component import Key
from docgen.model.forwarding import Arrival, Context, Decision, Deliver, Drop, Forward
from docgen.model.network import Interface, Network
from docgen.model.packet import Packet
from docgen.model.policy import RouteState
from docgen.model.trace import Check, Disposition, Outcome, Step
from docgen.routing.acl import EGRESS, INGRESS, judge_acl
from docgen.routing.groups import judge_groups
from docgen.routing.lookup import Selection, select_route


@dataclass(frozen=True, slots=True)
class Entry:
    """How an arrival at an interface came out: the steps, and the drop if it was refused."""

    steps: tuple[Step, ...]
    drop: Drop | None = None


def leave(
    interface: Interface,
    packet: Packet,
    context: Context,
    *,
    steps: tuple[Step, ...] = (),
    sender: Interface | None = None,
    membership: bool = True,
) -> tuple[Decision, ...]:
    """Send a packet out of an interface; `steps` are those made before at the same component.

    `sender` is the interface that opened the connection where that is another one (behind an appliance).
    """
    network = context.network
    made = list(steps)
    if not network.interface_is_up(interface):
        made.append(_down(network, interface, "sends nothing"))
        return (Drop(steps=tuple(made), disposition=Disposition.DROPPED),)
    if interface.source_dest_check and packet.source != interface.private_ip:
        made.append(_check_refuses(network, interface, packet, outgoing=True))
        return (Drop(steps=tuple(made), disposition=Disposition.DENIED_OUT),)
    if _is_vpc_service(network, interface.vpc, packet.destination):
        made.append(_vpc_service(network, interface, packet))
        return (Deliver(steps=tuple(made)),)
    if interface.groups is not None and not _tracked(interface, context):
        step, secondary = judge_groups(network, interface, packet, EGRESS, None)
        made.append(step)
        if step.outcome is Outcome.DROP:
            return (Drop(steps=tuple(made), disposition=Disposition.DENIED_OUT, secondary=secondary),)
        context.sessions.tracked.add(interface.id)
    elif interface.groups is not None:
        made.append(_remembered(network, interface, "out"))

    arrival = Arrival(
        previous=interface.owner,
        from_subnet=interface.subnet,
        from_vpc=interface.vpc,
        sender=sender or interface,
        membership=membership and sender is None,
    )
    subnet: Any = network.get(interface.subnet)
    if packet.destination in subnet.cidr_block:
        return (_on_link(interface, packet, arrival, context, made),)
    return route_out(interface.subnet, packet, arrival, context, steps=tuple(made))


def route_out(
    subnet: Key, packet: Packet, arrival: Arrival, context: Context, *, steps: tuple[Step, ...]
) -> tuple[Decision, ...]:
    """Leave a subnet: its network ACL, then its route table."""
    network = context.network
    made = [*steps, judge_acl(network.acl_of(subnet), packet, EGRESS, network.name(subnet))]
    if made[-1].outcome is Outcome.DROP:
        return (Drop(steps=tuple(made), disposition=Disposition.DENIED_OUT),)
    table = network.table_of(subnet)
    vpc = Key("vpc", network.get(subnet).scope)
    selection = select_route(table.routes, _blocks(network, vpc), packet.destination)
    route = selection.route
    if route is None:
        made.append(
            Step(
                check=Check.ROUTE_TABLE,
                outcome=Outcome.DROP,
                by=table.key,
                by_name=table.name,
                text=f"Route table {table.name} has no route for {packet.destination}.",
                candidates=selection.candidates,
                code="NO_ROUTE_TO_DESTINATION",
            )
        )
        return (Drop(steps=tuple(made), disposition=Disposition.NO_ROUTE),)
    broken = route.state is RouteState.BLACKHOLE or (route.target is not None and not network.is_up(route.target))
    text = f"Route table {table.name} sends {route.destination} to {route.target_name}{_runner_up(selection)}"
    made.append(
        Step(
            check=Check.ROUTE_TABLE,
            outcome=Outcome.DROP if broken else Outcome.PASS,
            by=table.key,
            by_name=table.name,
            text=text + (f", but {route.target_name} is down: the route is a blackhole." if broken else "."),
            rule=str(route),
            candidates=selection.candidates,
            code="BAD_STATE_ROUTE" if broken else "",
            detail="BAD_STATE" if broken and route.target is not None else "",
        )
    )
    if broken:
        return (Drop(steps=tuple(made), disposition=Disposition.BLACKHOLE),)
    if route.target is None:
        return (deliver_locally(vpc, packet, arrival, context, tuple(made)),)
    entry = _first_interface(network, route.target)
    onward = replace(arrival, interface=entry)
    return (Forward(next=route.target, packet=packet, arrival=onward, steps=tuple(made)),)


def _runner_up(selection: Selection) -> str:
    """The most telling alternative: a route that lost, or a longer one that does not contain the address."""
    for candidate in selection.candidates:
        if candidate.code in ("MORE_SPECIFIC_ROUTE", "HIGHER_PRIORITY_ROUTE"):
            return f"; {candidate.text} lost ({candidate.reason})"
        if candidate.chosen:
            continue
        return f"; {candidate.text} {candidate.reason}"
    return ""


def deliver_locally(
    vpc: Key, packet: Packet, arrival: Arrival, context: Context, steps: tuple[Step, ...]
) -> Decision:
    """Hand a packet to the interface of this VPC that owns the destination address."""
    network = context.network
    interface = network.interface_at(vpc, packet.destination)
    if interface is None:
        step = Step(
            check=Check.DELIVERY,
            outcome=Outcome.DROP,
            by=vpc,
            by_name=network.name(vpc),
            text=f"No interface of VPC {network.name(vpc)} has the address {packet.destination}.",
            code="NO_POSSIBLE_DESTINATION",
        )
        return Drop(steps=(*steps, step), disposition=Disposition.NO_ROUTE)
    onward = replace(arrival, interface=interface)
    return Forward(next=interface.owner, packet=packet, arrival=onward, steps=steps)


def arrive(interface: Interface, packet: Packet, arrival: Arrival, context: Context) -> Entry:
    """Enter an interface: state, network ACL (unless from the same subnet), check, security groups."""
    network = context.network
    made: list[Step] = []
    if not network.interface_is_up(interface):
        made.append(_down(network, interface, "does not answer"))
        return Entry(tuple(made), Drop(steps=tuple(made), disposition=Disposition.DROPPED))
    if arrival.from_subnet != interface.subnet:
        subnet = interface.subnet
        made.append(judge_acl(network.acl_of(subnet), packet, INGRESS, network.name(subnet)))
        if made[-1].outcome is Outcome.DROP:
            return Entry(tuple(made), Drop(steps=tuple(made), disposition=Disposition.DENIED_IN))
    else:
        made.append(_same_subnet(network, interface))
    if interface.source_dest_check and packet.destination != interface.private_ip:
        made.append(_check_refuses(network, interface, packet, outgoing=False))
        return Entry(tuple(made), Drop(steps=tuple(made), disposition=Disposition.DENIED_IN))
    if interface.groups is not None and not _tracked(interface, context):
        step, secondary = judge_groups(network, interface, packet, INGRESS, arrival)
        made.append(step)
        if step.outcome is Outcome.DROP:
            drop = Drop(steps=tuple(made), disposition=Disposition.DENIED_IN, secondary=secondary)
            return Entry(tuple(made), drop)
        context.sessions.tracked.add(interface.id)
    elif interface.groups is not None:
        made.append(_remembered(network, interface, "in"))
    return Entry(tuple(made))


def delivered(interface: Interface, packet: Packet, context: Context, steps: tuple[Step, ...]) -> Decision:
    """The packet is where it wanted to go; an answer must be the exact swap of what was sent."""
    name = context.network.name(interface.owner)
    if context.expected is not None and packet != context.expected:
        step = Step(
            check=Check.DELIVERY,
            outcome=Outcome.DROP,
            by=interface.owner,
            by_name=name,
            text=f"{name} asked {context.expected.source} and gets an answer from {packet.source}: "
            "it belongs to no connection.",
            code="DG_RETURN_PATH_ASYMMETRIC",
        )
        return Drop(steps=(*steps, step), disposition=Disposition.DROPPED)
    step = Step(
        check=Check.DELIVERY,
        outcome=Outcome.PASS,
        by=interface.owner,
        by_name=name,
        text=f"{name} receives it at {packet.destination}.",
    )
    return Deliver(steps=(*steps, step))


def _tracked(interface: Interface, context: Context) -> bool:
    """Whether this interface's groups passed the connection before (answers, and both sides of an appliance)."""
    return interface.id in context.sessions.tracked and context.expected is not None


def _blocks(network: Network, vpc: Key) -> tuple[IPv4Network, ...]:
    component: Any = network.get(vpc)
    return (component.cidr_block,)


def _first_interface(network: Network, target: Key) -> Interface | None:
    interfaces = network.interfaces_of(target)
    return interfaces[0] if interfaces else None


def _on_link(interface: Interface, packet: Packet, arrival: Arrival, context: Context, made: list[Step]) -> Decision:
    network = context.network
    name = network.name(interface.subnet)
    made.append(
        Step(
            check=Check.ON_LINK,
            outcome=Outcome.PASS,
            by=interface.subnet,
            by_name=name,
            text=f"{packet.destination} is in the same subnet ({name}): neither route table nor network ACL "
            "has a say.",
        )
    )
    return deliver_locally(interface.vpc, packet, arrival, context, tuple(made))


def _is_vpc_service(network: Network, vpc: Key, destination: IPv4Address) -> bool:
    """The VPC resolver and the link-local services: reached without route, group or ACL."""
    component: Any = network.get(vpc)
    resolver = component.cidr_block.network_address + 2
    return destination == resolver or destination in LINK_LOCAL_SERVICES


def _vpc_service(network: Network, interface: Interface, packet: Packet) -> Step:
    return Step(
        check=Check.DELIVERY,
        outcome=Outcome.PASS,
        by=interface.vpc,
        by_name=network.name(interface.vpc),
        text=f"{packet.destination} is a service of the VPC itself (resolver, metadata, time): neither security "
        "groups nor network ACLs nor routes apply.",
    )


def _check_refuses(network: Network, interface: Interface, packet: Packet, *, outgoing: bool) -> Step:
    name = network.name(interface.owner)
    what = f"sends from {packet.source}" if outgoing else f"is handed a packet for {packet.destination}"
    return Step(
        check=Check.SOURCE_DEST_CHECK,
        outcome=Outcome.DROP,
        by=interface.owner,
        by_name=name,
        text=f"{name} {what}, which is not its address ({interface.private_ip}), and its source/destination "
        "check is on.",
        code="ENI_SOURCE_DEST_CHECK_RESTRICTION",
    )


def _remembered(network: Network, interface: Interface, way: str) -> Step:
    name = network.name(interface.owner)
    check = Check.SECURITY_GROUP_INGRESS if way == "in" else Check.SECURITY_GROUP_EGRESS
    return Step(
        check=check,
        outcome=Outcome.PASS,
        by=interface.owner,
        by_name=name,
        text=f"The security groups of {name} remember the connection and let it {way}.",
    )


def _same_subnet(network: Network, interface: Interface) -> Step:
    name = network.name(interface.subnet)
    return Step(
        check=Check.ON_LINK,
        outcome=Outcome.INFO,
        by=interface.subnet,
        by_name=name,
        text=f"It comes from the same subnet ({name}): no network ACL in between.",
    )


def _down(network: Network, interface: Interface, what: str) -> Step:
    name = network.name(interface.owner)
    why = f"zone {interface.zone} is down" if interface.zone in network.zones_down else "it is out of order"
    return Step(
        check=Check.STATE,
        outcome=Outcome.DROP,
        by=interface.owner,
        by_name=name,
        text=f"{name} {what}: {why}.",
        code="BAD_STATE",
    )
