# The router of a VPC: leave a subnet by its network ACL and route table, or reach an address inside the VPC.
#
# In:  a packet that leaves a subnet or enters the VPC. Out: the component that gets it next, or why none does.
# Sources: Amazon VPC User Guide, "Subnet route tables", "Route priority".
"""route_out, route_by, deliver_locally, meant_elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from docgen.core.memo import Derived, Memo
from docgen.core.prefixes import Address, in_any
from docgen.core.values import later
from docgen.model.component import Key
from docgen.model.forwarding import Arrival, Context, Decision, Drop, Entrance, Forward, Refusal, is_attached
from docgen.model.network import EffectiveRoute, EffectiveRouteTable, Interface, Network
from docgen.model.packet import Packet
from docgen.model.policy import RouteOrigin, RouteState
from docgen.model.trace import Candidate, Check, Disposition, Leg, Line, Outcome, Step
from docgen.routing.acl import EGRESS, judge_acl
from docgen.routing.lookup import RankedRoutes, Selection
from docgen.routing.reactions import taken_over
from docgen.routing.vpc_services import is_resolver

_FEW = 3
"""Routes that a sentence lists."""


def route_out(
    subnet: Key, packet: Packet, arrival: Arrival, context: Context, *, steps: tuple[Step, ...]
) -> tuple[Decision, ...]:
    """Leave a subnet: its network ACL, then its route table."""
    network = context.network
    made = (*steps, judge_acl(network.acl_of(subnet), packet, EGRESS, network.name(subnet)))
    if made[-1].outcome is Outcome.DROP:
        return (Drop(steps=made, disposition=Disposition.DENIED_OUT),)
    vpc = Key("vpc", network.get(subnet).scope)
    return route_by(network.table_of(subnet), vpc, packet, arrival, context, steps=made)


def route_by(
    table: EffectiveRouteTable,
    vpc: Key,
    packet: Packet,
    arrival: Arrival,
    context: Context,
    *,
    steps: tuple[Step, ...] = (),
) -> tuple[Decision, ...]:
    """Send a packet where a route table of this VPC says; no filter is asked."""
    network = context.network
    selection, step = _look_up(table, vpc, packet.destination, network)
    route = selection.route
    steps = (*steps, *_withdrawn(table, vpc, packet.destination, selection, network))
    if route is None:
        over = context.sessions.returns_over.get((vpc, packet.destination)) if context.leg is Leg.RETURN else None
        if over is not None:
            return (_return_to_sender(over, packet, arrival, context, (*steps, step)),)
        return (Drop(steps=(*steps, step), disposition=Disposition.NO_ROUTE),)
    found = _entrance(network, table, route, vpc, packet, arrival)
    if isinstance(found, Refusal):
        text = f"Route table {table.name} sends {route.destination} to {route.target_name}, but {found.why}."
        gone = found.disposition is Disposition.BLACKHOLE
        assumption = "blackhole-route" if gone else "foreign-target" if found.code == "DG_INVALID_CONFIG" else ""
        refused = replace(
            step, outcome=Outcome.DROP, text=text, code=found.code, detail=found.detail, assumption=assumption
        )
        if gone and network.assumes("blackhole-route") == "fall-through":
            passed_over = replace(refused, outcome=Outcome.INFO, code="")
            rest = _without(table, route)
            return route_by(rest, vpc, packet, arrival, context, steps=(*steps, passed_over))
        return (Drop(steps=(*steps, refused), disposition=found.disposition),)
    made = (*steps, step)
    if found is None:
        return (deliver_locally(vpc, packet, arrival, context, made),)
    onward = arrival.at(found.interface)
    return (Forward(next=found.next, packet=packet, arrival=onward, steps=made),)


def _without(table: EffectiveRouteTable, route: EffectiveRoute) -> EffectiveRouteTable:
    """The table as if a route were not in it."""
    same = (route.destination, route.target, route.prefix_list)
    left = tuple(r for r in table.routes if (r.destination, r.target, r.prefix_list) != same)
    return replace(table, routes=left, chosen=Memo(), ranked=Derived())


def _return_to_sender(
    over: Key, packet: Packet, arrival: Arrival, context: Context, steps: tuple[Step, ...]
) -> Forward:
    """Answer a NAT gateway that asked over a peering connection: AWS brings it back without a route."""
    name = context.network.name(over)
    no_route = replace(steps[-1], outcome=Outcome.INFO, code="", detail="NO_ROUTE_TO_DESTINATION")
    step = Step(
        check=Check.GATEWAY,
        outcome=Outcome.PASS,
        by=over,
        by_name=name,
        text=f"The question came from a NAT gateway over {name}: the answer goes back over it, route or not.",
    )
    return Forward(next=over, packet=packet, arrival=arrival.at(None), steps=(*steps[:-1], no_route, step))


def _look_up(table: EffectiveRouteTable, vpc: Key, destination: Address, network: Network) -> tuple[Selection, Step]:
    """The route that a table chooses, and the sentence about it where the target takes the packet."""
    asked = (table.key, destination, network.down, network.zones_down)
    known: tuple[Selection, Step] | None = table.chosen.get(asked)
    if known is not None:
        return known
    selection = select_of(table, vpc, destination, network)
    route = selection.route
    step = Step(
        check=Check.ROUTE_TABLE,
        outcome=Outcome.PASS if route else Outcome.DROP,
        by=table.key,
        by_name=table.name,
        text=later(lambda: _sentence(table, selection, destination)),
        rule=later(lambda: str(route) if route else ""),
        lines=later(lambda: (Line(table.key, route),) if route else ()),
        candidates=later(lambda: selection.candidates),
        code="DG_ROUTE_AMBIGUOUS_PREFIX_LIST" if selection.ambiguous else "" if route else "NO_ROUTE_TO_DESTINATION",
        assumption=selection.assumption,
    )
    found: tuple[Selection, Step] = table.chosen.keep(asked, (selection, step))
    return found


def select_of(table: EffectiveRouteTable, vpc: Key, destination: Address, network: Network) -> Selection:
    """The route of a table as it stands at present."""
    assumptions = network.architecture.assumptions
    routes = in_force(table, network) if network.down or network.zones_down else None
    if routes is None or routes == table.routes:  # no outage concerns this table
        ranked = table.ranked.of("", lambda: RankedRoutes(in_force(table, network), assumptions))
    else:
        ranked = RankedRoutes(routes, assumptions)
    return ranked.select(network.blocks_of(vpc), destination)


def in_force(table: EffectiveRouteTable, network: Network) -> tuple[EffectiveRoute, ...]:
    """The table's routes as they stand: without those that nobody announces at present.

    One that is out of order itself is withdrawn where it was propagated, and a blackhole where somebody wrote it.
    What leads to a gateway that is down stays, as a blackhole.
    """
    routes = tuple(r for r in table.routes if _is_announced(r, network))
    broken = {r.part for r in routes if r.target is not None and not network.part_is_up(table.key, r.part)}
    if not broken:
        return routes
    left = (r for r in routes if r.part not in broken or r.origin is not RouteOrigin.PROPAGATED)
    return tuple(replace(r, state=RouteState.BLACKHOLE) if r.part in broken and r.target else r for r in left)


def _withdrawn(
    table: EffectiveRouteTable, vpc: Key, destination: Address, selection: Selection, network: Network
) -> tuple[Step, ...]:
    """What became of the route that the table would choose in working order, where that is gone."""
    before, now = _in_working_order(table, vpc, destination, network), selection.route
    if before is None or before.target is None or before.origin is not RouteOrigin.PROPAGATED:
        return ()
    if now is not None and now.target == before.target:  # who takes over there, the target itself says
        return ()
    lost, instead = before.announced_by or before.target, now.target if now is not None else None
    return (taken_over(network, before.destination, lost, instead),)


def _in_working_order(
    table: EffectiveRouteTable, vpc: Key, destination: Address, network: Network
) -> EffectiveRoute | None:
    """The route that would be chosen if all that can be announced were; None where that is no question."""
    if network.intact is None and not any(r.announced_by for r in table.routes):
        return None
    assumptions = network.architecture.assumptions
    everything = table.ranked.of("announced", lambda: RankedRoutes(table.routes, assumptions))
    return everything.select(network.blocks_of(vpc), destination).route


def _is_announced(route: EffectiveRoute, network: Network) -> bool:
    if route.announced_by is None or network.is_up(route.announced_by):
        return True
    return route.target is not None and not network.is_up(route.target)


def _entrance(
    network: Network,
    table: EffectiveRouteTable,
    route: EffectiveRoute,
    vpc: Key,
    packet: Packet,
    arrival: Arrival,
) -> Entrance | Refusal | None:
    """Where the route's target is entered; None for local."""
    target = route.target
    if route.state is RouteState.BLACKHOLE:
        gone = network.part_is_up(table.key, route.part)
        why = "the route is a blackhole" + (": its target is gone" if gone else ", out of order itself")
        return Refusal(why=why, code="BAD_STATE_ROUTE", disposition=Disposition.BLACKHOLE)
    if target is None:
        if in_any(packet.destination, network.blocks_of(vpc)):
            return None
        why = f"{packet.destination} is not in a block of VPC {network.name(vpc)}, the only place that local reaches"
        return Refusal(why=why, code="VPC_LOCAL_ROUTE_CIDR_RESTRICTION", disposition=Disposition.DROPPED)
    component = network.get(target)
    if is_attached(component):
        return component.entrance(vpc, arrival, network)
    if component.scope != vpc.path:
        why = f"{route.target_name} is not in VPC {network.name(vpc)}: AWS does not let a route name it"
        return Refusal(why=why, code="DG_INVALID_CONFIG", disposition=Disposition.DROPPED)
    if not network.is_up(target):
        why = f"{route.target_name} is down: the route is a blackhole"
        return Refusal(why=why, code="BAD_STATE_ROUTE", disposition=Disposition.BLACKHOLE, detail="BAD_STATE")
    return Entrance(next=target, interface=_first_interface(network, target))


def _sentence(table: EffectiveRouteTable, selection: Selection, destination: Address) -> str:
    route = selection.route
    if route is None:
        return f"Route table {table.name} has no route for {destination}: {what_there_is(selection.candidates)}."
    return f"Route table {table.name} sends {route.destination} to {route.target_name}{_runner_up(selection)}."


def what_there_is(routes: Sequence[Candidate]) -> str:
    """The routes that a table has instead of the one that is missing: all of a few, else how many."""
    texts = [route.text for route in routes]
    if not texts:
        return "it has none of that version of IP"
    if len(texts) == 1:
        return f"its only one is {texts[0]}"
    if len(texts) <= _FEW:
        return f"it has {', '.join(texts[:-1])} and {texts[-1]}"
    return f"none of its {len(texts)} routes contains it"


def _runner_up(selection: Selection) -> str:
    """The most telling alternative: a route that lost, or a longer one that does not contain the address."""
    other = selection.runner_up
    if other is None:
        return ""
    if other.code in ("MORE_SPECIFIC_ROUTE", "HIGHER_PRIORITY_ROUTE"):
        return f"; {other.text} lost ({other.reason})"
    return f"; {other.text} {other.reason}"


def deliver_locally(
    vpc: Key, packet: Packet, arrival: Arrival, context: Context, steps: tuple[Step, ...]
) -> Decision:
    """Hand a packet to the interface of this VPC that owns the destination address."""
    network = context.network
    meant = meant_elsewhere(vpc, packet, context)
    if meant is not None:
        return Drop(steps=(*steps, meant), disposition=Disposition.NO_ROUTE)
    interface = network.interface_at(vpc, packet.destination)
    if interface is None:
        text = f"No interface of VPC {network.name(vpc)} has the address {packet.destination}."
        if is_resolver(network, vpc, packet.destination):
            text = (
                f"{packet.destination} is the resolver of VPC {network.name(vpc)}: it answers interfaces of its own "
                "VPC only, others by a Resolver inbound endpoint."
            )
        return Drop(steps=(*steps, _nobody(vpc, text, network)), disposition=Disposition.NO_ROUTE)
    onward = arrival.at(interface)
    return Forward(next=interface.owner, packet=packet, arrival=onward, steps=steps)


def meant_elsewhere(vpc: Key, packet: Packet, context: Context) -> Step | None:
    """The drop of a packet that its author meant for another VPC, where this one has the address itself."""
    network, meant = context.network, context.intended
    interface = network.interface_at(vpc, packet.destination)
    if context.leg is not Leg.FORWARD or meant is None or meant.vpc == vpc or not meant.owns(packet.destination):
        return None
    text = f"No interface of VPC {network.name(vpc)} has the address {packet.destination}."
    if interface is not None:
        text = (
            f"Inside VPC {network.name(vpc)}, {packet.destination} is {network.name(interface.owner)}: "
            f"{network.name(meant.owner)} has the same address in VPC {network.name(meant.vpc)}, out of reach."
        )
    return _nobody(vpc, text, network)


def _nobody(vpc: Key, text: str, network: Network) -> Step:
    return Step(
        check=Check.DELIVERY,
        outcome=Outcome.DROP,
        by=vpc,
        by_name=network.name(vpc),
        text=text,
        code="NO_POSSIBLE_DESTINATION",
    )


def _first_interface(network: Network, target: Key) -> Interface | None:
    interfaces = network.interfaces_of(target)
    return interfaces[0] if interfaces else None
