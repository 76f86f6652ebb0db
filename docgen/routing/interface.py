# What happens at a network interface and its subnet's border, on the way out and on the way in.
#
# Order of checks, fixed so that the first reason is stable: leaving: source/destination check, security
# groups, same subnet?, network ACL, route table. Arriving: network ACL, source/destination check, groups.
# Sources: Amazon VPC User Guide, "Internetwork traffic privacy", "Network ACLs", "Route tables".
"""leave, arrive, delivered, leaving_by, leaving_as, on_link."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from docgen.core.data import dataclass
from docgen.core.prefixes import in_any
from docgen.core.values import later
from docgen.model.component import Key
from docgen.model.forwarding import Arrival, Context, Decision, Deliver, Drop
from docgen.model.network import Interface, Network
from docgen.model.packet import Packet
from docgen.model.trace import Check, Disposition, Outcome, Step
from docgen.routing.acl import INGRESS, judge_acl
from docgen.routing.groups import EGRESS, judge_groups
from docgen.routing.passing import back_through_node, came_by_private_link, through_private_link
from docgen.routing.router import deliver_locally, meant_elsewhere, route_out, select_of
from docgen.routing.transit import may_change_zones
from docgen.routing.vpc_services import is_vpc_service, vpc_service


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
    kept: Arrival | None = None,
) -> tuple[Decision, ...]:
    """Send a packet out of an interface; `steps` are those made before at the same component.

    `sender` is the interface that opened the connection where that is another one (behind an appliance); `kept`
    is how a load balancer's client came whose address the packet keeps.
    """
    made = list(steps)
    network = context.network
    if not network.interface_is_up(interface):
        made.append(_down(network, interface, "sends nothing"))
        return (Drop(steps=tuple(made), disposition=Disposition.DROPPED),)
    if context.carried_to is not None:
        return (through_private_link(interface, context.carried_to, packet, context, made),)
    if interface.source_dest_check and not interface.owns(packet.source):
        made.append(_check_refuses(network, interface, packet, outgoing=True))
        return (Drop(steps=tuple(made), disposition=Disposition.DENIED_OUT),)
    if packet.destination.version != packet.source.version:
        made.append(family_mismatch(network, interface.owner, packet))
        return (Drop(steps=tuple(made), disposition=Disposition.DROPPED),)
    if packet.destination == packet.source:
        meant = meant_elsewhere(interface.vpc, packet, context)
        if meant is not None:
            return (Drop(steps=(*made, meant), disposition=Disposition.NO_ROUTE),)
        made.append(_own_address(network, interface, packet))
        return (Deliver(steps=tuple(made)),)
    if is_vpc_service(network, interface.vpc, packet.destination):
        made.append(vpc_service(network, interface, packet))
        if made[-1].outcome is Outcome.DROP:
            return (Drop(steps=tuple(made), disposition=Disposition.DROPPED),)
        return (Deliver(steps=tuple(made)),)
    if interface.groups is not None and not _tracked(interface, packet, context):
        step, secondary = judge_groups(network, interface, packet, EGRESS)
        made.append(step)
        if step.outcome is Outcome.DROP:
            further = _further_out(interface, packet, network)
            if further:
                made[-1] = replace(step, assumption="leaving-order")
            also = (*secondary, *further)
            return (Drop(steps=tuple(made), disposition=Disposition.DENIED_OUT, secondary=also),)
        _track(interface, packet, context)
    elif interface.groups is not None:
        made.append(_remembered(network, interface, "out"))

    arrival = Arrival(
        previous=interface.owner,
        from_subnet=interface.subnet,
        from_vpc=interface.vpc,
        sender=kept.sender if kept else sender or interface,
        membership=kept.membership if kept else membership and sender is None,
        via=interface if kept else None,
    )
    node = context.sessions.returns_by.get(interface.id) if context.expected is not None else None
    if node is not None and network.assumes("load-balancer-replies") == "intercepted":
        return (back_through_node(interface, node, packet, arrival, context, made),)
    subnet: Any = network.get(interface.subnet)
    if in_any(packet.destination, subnet.blocks):
        made.append(on_link(interface, packet, network))
        return (deliver_locally(interface.vpc, packet, arrival, context, tuple(made)),)
    return route_out(interface.subnet, packet, arrival, context, steps=tuple(made))


def _further_out(interface: Interface, packet: Packet, network: Network) -> tuple[str, ...]:
    """What would stop a packet as well that the security groups do not let out: network ACL, route table."""
    subnet: Any = network.get(interface.subnet)
    if in_any(packet.destination, subnet.blocks):
        return ()
    acl = judge_acl(network.acl_of(interface.subnet), packet, EGRESS, network.name(interface.subnet))
    route = select_of(network.table_of(interface.subnet), interface.vpc, packet.destination, network).route
    return (
        *((acl.code,) if acl.outcome is Outcome.DROP else ()),
        *(("NO_ROUTE_TO_DESTINATION",) if route is None else ()),
    )


def arrive(
    interface: Interface, packet: Packet, arrival: Arrival, context: Context, *, ask_groups: bool = True
) -> Entry:
    """Enter an interface: state, network ACL (unless from the same subnet), check, security groups.

    With `ask_groups` off the interface's security groups have no say.
    """
    network = context.network
    made: list[Step] = []
    if not network.interface_is_up(interface):
        made.append(_down(network, interface, "does not answer"))
        return Entry(tuple(made), Drop(steps=tuple(made), disposition=Disposition.DROPPED))
    if arrival.via is not None and context.expected is None:
        context.sessions.returns_by[interface.id] = arrival.via
    if arrival.private_link is not None:
        made.append(came_by_private_link(interface, arrival.private_link, context))
        if context.expected is not None:
            return Entry(tuple(made))
    elif arrival.from_subnet != interface.subnet:
        subnet = interface.subnet
        made.append(judge_acl(network.acl_of(subnet), packet, INGRESS, network.name(subnet)))
        if made[-1].outcome is Outcome.DROP:
            return Entry(tuple(made), _denied_at_border(interface, packet, arrival, context, made, ask_groups))
    else:
        made.append(_same_subnet(network, interface))
    if interface.source_dest_check and not interface.owns(packet.destination):
        made.append(_check_refuses(network, interface, packet, outgoing=False))
        return Entry(tuple(made), Drop(steps=tuple(made), disposition=Disposition.DENIED_IN))
    if not ask_groups:
        return Entry(tuple(made))
    if interface.groups is not None and _never_saw(interface, packet, context):
        made.append(_no_session(network, interface, packet))
        changed = _zone_changed(interface, context)
        return Entry(tuple(made), Drop(steps=tuple(made), disposition=Disposition.DROPPED, secondary=changed))
    if interface.groups is not None and not _tracked(interface, packet, context):
        step, secondary = judge_groups(network, interface, packet, INGRESS, arrival, context.client)
        made.append(step)
        if step.outcome is Outcome.DROP:
            return Entry(tuple(made), _denied(made, arrival, secondary))
        _track(interface, packet, context)
    elif interface.groups is not None:
        made.append(_remembered(network, interface, "in"))
    return Entry(tuple(made))


def _never_saw(interface: Interface, packet: Packet, context: Context) -> bool:
    """Whether an answer comes of whose connection this interface knows nothing."""
    if context.expected is None or _tracked(interface, packet, context):
        return False
    passing = not interface.owns(packet.destination)
    return not (passing and context.network.assumes("appliance-state") == "stateless")


def _denied_at_border(
    interface: Interface, packet: Packet, arrival: Arrival, context: Context, made: list[Step], ask_groups: bool
) -> Drop:
    """The drop by the subnet's network ACL, and what the interface would have said; which comes first is a choice."""
    network = context.network
    further: list[Step] = []
    if interface.source_dest_check and not interface.owns(packet.destination):
        further.append(_check_refuses(network, interface, packet, outgoing=False))
    if ask_groups and interface.groups is not None and context.expected is None:
        step, _ = judge_groups(network, interface, packet, INGRESS, arrival, context.client)
        if step.outcome is Outcome.DROP:
            further.append(step)
    if not further:
        return _denied(made, arrival, ())
    choice = "arrival-order"
    steps = [made[-1], *further]
    if network.assumes(choice) == "security-groups-first":
        steps = [*steps[1:], steps[0]]
    first = replace(steps[0], assumption=choice)
    return _denied([*made[:-1], first], arrival, tuple(step.code for step in steps[1:]))


def _denied(made: list[Step], arrival: Arrival, secondary: tuple[str, ...]) -> Drop:
    """The drop by a filter; it may be surprising where a load balancer keeps its client's address."""
    kept = ("ELBV2_SOURCE_ADDRESS_PRESERVATION",) if arrival.via else ()
    return Drop(steps=tuple(made), disposition=Disposition.DENIED_IN, secondary=(*secondary, *kept))


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
    missed = missed_appliance(context)
    if missed is not None:
        (passed,) = context.network.interfaces_of(missed.by)[:1]
        changed = _zone_changed(passed, context)
        return Drop(steps=(*steps, missed), disposition=Disposition.DROPPED, secondary=changed)
    step = Step(
        check=Check.DELIVERY,
        outcome=Outcome.PASS,
        by=interface.owner,
        by_name=name,
        text=later(lambda: _receipt(interface, packet, name, context)),
    )
    return Deliver(steps=(*steps, step))


def _receipt(interface: Interface, packet: Packet, name: str, context: Context) -> str:
    """How an interface gets a packet; that of a load balancer may bear the address of its client."""
    if context.expected is None or interface.owns(packet.destination):
        return f"{name} receives it at {packet.destination}."
    return f"{name} receives the answer to its client {packet.destination}, and hands it on."


def missed_appliance(context: Context) -> Step | None:
    """The drop by an appliance that passed the request on and never sees its answer."""
    if context.expected is None or context.network.assumes("appliance-state") == "stateless":
        return None
    missed = next((k for k in context.sessions.passed if k not in context.sessions.answered), None)
    if missed is None:
        return None
    name = context.network.name(missed)
    return Step(
        check=Check.DELIVERY,
        outcome=Outcome.DROP,
        by=missed,
        by_name=name,
        text=f"The answer comes another way than the request, which {name} passed on: {name} sees half of the "
        "connection and stops it.",
        code="DG_RETURN_PATH_ASYMMETRIC",
        assumption="appliance-state",
    )


def _zone_changed(appliance: Interface, context: Context) -> tuple[str, ...]:
    """Further codes where a transit gateway may lead request and answer to appliances of different zones."""
    sent, network = context.expected, context.network
    if sent is None or any(in_any(a, network.blocks_of(appliance.vpc)) for a in (sent.source, sent.destination)):
        return ()
    if not may_change_zones(network, appliance.vpc):
        return ()
    return "TGW_ATTACH_VPC_AZ_RESTRICTION", "TRANSIT_GATEWAY_APPLIANCE_MODE_RECOMMENDED"


def _no_session(network: Network, interface: Interface, packet: Packet) -> Step:
    name = network.name(interface.owner)
    return Step(
        check=Check.SECURITY_GROUP_INGRESS,
        outcome=Outcome.DROP,
        by=interface.owner,
        by_name=name,
        text=f"{name} gets an answer from {packet.source} to {packet.destination} of a connection that did not "
        "pass it: it drops it.",
        code="DG_RETURN_PATH_ASYMMETRIC",
        assumption="" if interface.owns(packet.destination) else "appliance-state",
    )


def family_mismatch(network: Network, by: Key, packet: Packet) -> Step:
    """The drop of a packet whose ends speak different versions of IP: it cannot even be sent."""
    name = network.name(by)
    return Step(
        check=Check.DELIVERY,
        outcome=Outcome.DROP,
        by=by,
        by_name=name,
        text=f"{name} has an IPv{packet.source.version} address to send from, and {packet.destination} is IPv"
        f"{packet.destination.version}: no packet can carry both.",
        code="DG_ADDRESS_FAMILY_MISMATCH",
    )


def _own_address(network: Network, interface: Interface, packet: Packet) -> Step:
    name = network.name(interface.owner)
    return Step(
        check=Check.DELIVERY,
        outcome=Outcome.PASS,
        by=interface.owner,
        by_name=name,
        text=f"{packet.destination} is {name}'s own address: the packet never leaves it, and no filter sees it.",
    )


def _track(interface: Interface, packet: Packet, context: Context) -> None:
    """Remember the connection as this interface saw it: another header is another connection."""
    context.sessions.tracked.setdefault(interface.id, []).append(packet)


def _tracked(interface: Interface, packet: Packet, context: Context) -> bool:
    """Whether this is the answer to a packet that this interface's groups passed (either way, at an appliance)."""
    if context.expected is None:
        return False
    passed = context.sessions.tracked.get(interface.id)
    return passed is not None and packet.reversed() in passed


def leaving_by(interface: Interface, decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """The decisions of a component that the packet entered by none of its interfaces, and left by this one."""
    return tuple(d if isinstance(d, Deliver) else replace(d, interface=interface) for d in decisions)


def leaving_as(packet: Packet, decisions: tuple[Decision, ...]) -> tuple[Decision, ...]:
    """The decisions about a packet that a translator made of the one that came in: a drop shows the new header."""
    return tuple(replace(d, packet=packet) if isinstance(d, Drop) else d for d in decisions)


def on_link(interface: Interface, packet: Packet, network: Network) -> Step:
    """The step of a packet whose destination is in the interface's own subnet."""
    name = network.name(interface.subnet)
    return Step(
        check=Check.ON_LINK,
        outcome=Outcome.PASS,
        by=interface.subnet,
        by_name=name,
        text=f"{packet.destination} is in the same subnet ({name}): neither route table nor network ACL has a say.",
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
    why = (
        f"zone {interface.zone} is down"
        if network.place(interface.vpc, interface.zone) in network.zones_down
        else "it is out of order"
    )
    return Step(
        check=Check.STATE,
        outcome=Outcome.DROP,
        by=interface.owner,
        by_name=name,
        text=f"{name} {what}: {why}.",
        code="BAD_STATE",
    )
