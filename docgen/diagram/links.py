# From numbered steps to the lines of a view: which icons, in which tone, with which numbers, stopped where.
#
# In:  a Network and FlowReports. Out: SceneLink values and the icons they touch. Knows roles, no kind, no px.
"""overview_links, flow_links, moves_of."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from docgen.core.data import dataclass
from docgen.diagram.anchors import icon_of, icons_of
from docgen.diagram.drawing import Tone
from docgen.diagram.joints import boxes_joined, joints_of, passed_between, recorded, served_by
from docgen.diagram.lans import PREMISES
from docgen.diagram.scene import SceneLink, Stop, StopPlace
from docgen.diagram.steps import FlowStep, steps_of
from docgen.model.component import Key
from docgen.model.kind import Role
from docgen.model.network import Network
from docgen.model.trace import Check, Connection, FlowReport, Leg, Verdict

_ON_LEAVING = {Check.SECURITY_GROUP_EGRESS: StopPlace.START, Check.SOURCE_DEST_CHECK: StopPlace.START}
_AT_BORDER = frozenset({Check.NETWORK_ACL_EGRESS, Check.ROUTE_TABLE, Check.NETWORK_ACL_INGRESS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """A step between two icons; `target` is where the packet was going where it got nowhere.

    It is "" where that is no icon (the resolver of a VPC, the router of a data center), or the source itself.
    """

    step: FlowStep
    connection: Connection
    source: str
    target: str
    stop: Stop | None


def movements_of(network: Network, report: FlowReport) -> tuple[Movement, ...]:
    """Every step of a flow with its icons; answers only where the answer is what fails."""
    return network.derived.about("movements", report, lambda: tuple(_movements(network, report)))


def _movements(network: Network, report: FlowReport) -> list[Movement]:
    found = []
    for step in steps_of(network, report):
        connection = report.connections[step.connection]
        if step.leg is Leg.RETURN and connection.leg is not Leg.RETURN:
            continue
        own = icon_of(network, step.source.component, step.source.interface)
        source = own or _sender(network, connection, step)
        if step.target is not None:
            target = icon_of(network, step.target.component, step.target.interface)
        else:
            target = _intended(network, connection, step, source) if own else ""
        if target == source:  # round in a loop: the stop stands beside the icon
            target = ""
        if not source:
            continue
        stop = _stop(network, step, target)
        barred = _barred(network, step)
        if stop and own and barred:
            target, stop = barred, Stop(place=StopPlace.END, code=stop.code)
        if not target and stop is None and step.target is None:
            continue
        move = Movement(step=step, connection=connection, source=source, target=target, stop=stop)
        far = step.target.component if step.target and target else None
        passed = passed_between(network, step.source.component, far) if far else ""
        if passed and (stop is None or stop.place is StopPlace.END):
            found += [replace(move, target=passed, stop=None), replace(move, source=passed)]
        else:
            found.append(move)
    return found


def _sender(network: Network, connection: Connection, step: FlowStep) -> str:
    """Whose packet a data center's own router refuses: the last icon before it on the way."""
    trace = connection.forward if step.leg is Leg.FORWARD else connection.returning
    before = ""
    for hop in trace.hops if trace else ():
        if hop is step.source:
            return before
        before = icon_of(network, hop.component, hop.interface) or before
    return ""


def _intended(network: Network, connection: Connection, step: FlowStep, source: str) -> str:
    """Where a packet that never left was going: the next component of the way there, else the far end."""
    if step.leg is Leg.FORWARD:
        return icon_of(network, connection.destination) if connection.destination else ""
    hops = connection.forward.hops
    way = [icon_of(network, h.component, h.interface) for h in hops]
    at = way.index(source) if source in way else len(way)
    return way[at - 1] if at > 0 else ""


def _stop(network: Network, step: FlowStep, target: str) -> Stop | None:
    blocker = step.stopped
    if blocker is None:
        return None
    code = blocker.code
    if step.target is None:
        if blocker.check in _AT_BORDER and step.source.subnet:
            return Stop(place=StopPlace.BORDER, box=str(step.source.subnet), leaving=True, code=code)
        # on the internet it comes as far as the border; a client's own routes do not even send it there
        outside = network.role_of(step.source.component) is Role.OUTSIDE and blocker.check is not Check.ROUTE_TABLE
        if outside and target:
            return Stop(place=StopPlace.BORDER, box=_outer_box(network, target), code=code)
        return Stop(place=StopPlace.START, code=code)
    if blocker.check in _AT_BORDER and step.target.subnet:
        return Stop(place=StopPlace.BORDER, box=str(step.target.subnet), code=code)
    return Stop(place=StopPlace.END, code=code)


def _barred(network: Network, step: FlowStep) -> str:
    """What keeps a packet from the internet out and is drawn itself: a gateway that is down."""
    blocker = step.stopped
    if blocker is None or step.target is not None or blocker.by == step.source.component:
        return ""
    outside = network.role_of(step.source.component) is Role.OUTSIDE
    return icon_of(network, blocker.by) if outside and blocker.by in network.components else ""


def _outer_box(network: Network, icon: str) -> str:
    """The VPC around an icon, or the premises."""
    for key in network.components:
        if icon in icons_of(network, key):
            if network.role_of(key) is Role.ON_PREMISES:
                return PREMISES
            interfaces = network.interfaces_of(key)
            return str(interfaces[0].vpc) if interfaces else "cloud"
    return "cloud"


# -- overview --------------------------------------------------------------------------------------
def overview_links(network: Network, reports: Iterable[FlowReport]) -> tuple[SceneLink, ...]:
    """Every way that an allowed connection takes, each pair of icons once, and replication."""
    found: dict[tuple[str, str], SceneLink] = {}
    for report in reports:
        for move in movements_of(network, report):
            if move.connection.verdict is not Verdict.ALLOWED or not move.target:
                continue
            _add(found, move, dashed=_is_aside(network, move))
    joints: dict[tuple[str, str], SceneLink] = {}
    cables = _on_premises(network)
    for source, target in joints_of(network):
        if cables.issuperset((source, target)):  # a cable has no direction
            found.pop((source, target), None)
            found.pop((target, source), None)
        if not {(source, target), (target, source)} & {*found, *joints}:
            joints[source, target] = SceneLink(id=_link_id(source, target), source=source, target=target, arrow=False)
    busy = {end for pair in found if cables & set(pair) for end in pair}
    for source, target in served_by(network):
        if source not in busy:  # a flow shows already whom it serves
            joints[source, target] = SceneLink(id=_link_id(source, target), source=source, target=target, arrow=False)
    reached = _homes_reached(network, found)
    for source, box in boxes_joined(network):
        if (source, box) not in reached:
            joints[source, box] = SceneLink(id=_link_id(source, box), source=source, target=box, arrow=False)
    for log, end, written in recorded(network):
        joints[log, end] = SceneLink(id=_link_id(log, end), source=log, target=end, dashed=True, arrow=written)
    return (*found.values(), *joints.values(), *_replication(network))


def _on_premises(network: Network) -> frozenset[str]:
    keys = (k for k in network.components if network.role_of(k) is Role.ON_PREMISES)
    return frozenset(id for key in keys for id in icons_of(network, key))


def _homes_reached(network: Network, pairs: Collection[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """Icons, each with the boxes of VPCs in which some line of its own ends."""
    homes = {
        id: f"vpc:{component.scope}"
        for key, component in network.components.items()
        if component.scope
        for id in icons_of(network, key)
    }
    both = [*pairs, *((b, a) for a, b in pairs)]
    return frozenset((a, homes[b]) for a, b in both if b in homes)


def _add(found: dict[tuple[str, str], SceneLink], move: Movement, *, dashed: bool) -> None:
    pair, turned = (move.source, move.target), (move.target, move.source)
    if move.source == move.target:
        return
    if turned in found:
        known = found[turned]
        found[turned] = replace(known, both=True, dashed=known.dashed and dashed)
    elif pair in found:
        known = found[pair]
        found[pair] = replace(known, dashed=known.dashed and dashed)
    else:
        label = "DNS" if move.connection.purpose == "dns" else ""
        found[pair] = SceneLink(id=_link_id(*pair), source=pair[0], target=pair[1], dashed=dashed, label=label)


def _is_aside(network: Network, move: Movement) -> bool:
    """Name look-ups and ways out: drawn dashed."""
    connection = move.connection
    if connection.purpose == "dns":
        return True
    source, destination = (_role(network, k) for k in (connection.source, connection.destination))
    return destination is Role.OUTSIDE and source is not Role.OUTSIDE


def _role(network: Network, key: Key | None) -> Role | None:
    return network.role_of(key) if key in network.components and key else None


def _replication(network: Network) -> Iterator[SceneLink]:
    """From the primary of a store to each of its other interfaces."""
    for key in network.components:
        if network.role_of(key) is not Role.STORE:
            continue
        icons = list(icons_of(network, key))
        for standby in icons[1:]:
            yield SceneLink(
                id=_link_id(icons[0], standby),
                source=icons[0],
                target=standby,
                dashed=True,
                label="Sync replication",
            )


def _link_id(source: str, target: str, suffix: str = "") -> str:
    return f"{source}--{target}{suffix}"


# -- one flow --------------------------------------------------------------------------------------
def flow_links(network: Network, report: FlowReport) -> tuple[SceneLink, ...]:
    """The lines of one flow, with the numbers of their steps; a pair of icons once in each tone."""
    found: dict[tuple[str, str, Tone], SceneLink] = {}
    unsent: dict[tuple[str, Stop, Tone], tuple[str, str, Tone]] = {}
    for move in movements_of(network, report):
        tone = _tone(move)
        key = (move.source, move.target, tone)
        if move.stop and move.step.target is None:  # what never left is stopped once, wherever it was going
            key = unsent.setdefault((move.source, move.stop, tone), key)
        known = found.get(key)
        if known is None:
            suffix = "" if tone is Tone.ACCENT else f"--{tone.value}"
            found[key] = SceneLink(
                id=_link_id(move.source, move.target, suffix),
                source=move.source,
                target=move.target,
                tone=tone,
                dashed=move.connection.purpose == "dns" or move.step.leg is Leg.RETURN,
                answer=move.step.leg is Leg.RETURN,
                steps=(move.step.number,),
                stop=move.stop,
                says=tuple(d.text for d in move.step.decisions),
            )
        else:
            numbers = tuple(dict.fromkeys((*known.steps, move.step.number)))
            says = tuple(dict.fromkeys((*known.says, *(d.text for d in move.step.decisions))))
            found[key] = replace(known, steps=numbers, stop=known.stop or move.stop, says=says)
    return tuple(found.values())


def _tone(move: Movement) -> Tone:
    """Red for a connection that fails; where its answer is what fails, only the answer is red."""
    if move.connection.verdict is Verdict.ALLOWED:
        return Tone.ACCENT
    arrived = move.connection.leg is Leg.RETURN and move.step.leg is Leg.FORWARD
    return Tone.ACCENT if arrived else Tone.BLOCKED


def moves_of(network: Network, reports: Mapping[str, FlowReport]) -> frozenset[tuple[str, str]]:
    """Pairs of icons that any flow wants to move between, stopped or not."""
    return frozenset(
        (m.source, m.target)
        for report in reports.values()
        for m in movements_of(network, report)
        if m.target and m.connection.purpose != "dns"
    )
