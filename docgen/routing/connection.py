# Traces one connection: its request by every way that AWS may choose, and the answer to each.
#
# In:  an Opening (who opens it, to whom, with which header). Out: a Connection for each way, with where it ended.
"""Opening, trace_connection, refused_by_proxy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from docgen.core.data import dataclass
from docgen.core.values import later
from docgen.model.architecture import Flow
from docgen.model.forwarding import Arrival, Context, Drop, Onward
from docgen.model.network import Interface, Network
from docgen.model.packet import EPHEMERAL, NO_PORT, Packet, PortRange, Protocol
from docgen.model.service import is_service
from docgen.model.sessions import Sessions
from docgen.model.trace import Connection, Disposition, Leg, Step, Trace, Verdict
from docgen.routing.endpoints import End, address_end
from docgen.routing.reactions import missed
from docgen.routing.tracer import Walked, walk


@dataclass(frozen=True, slots=True)
class Opening:
    """A connection to trace."""

    source: End
    client: Interface | None
    """The flow's own source, also where a proxy opens this connection for it."""
    target: End
    packet: Packet
    purpose: str
    parent: int | None
    kept: Arrival | None = None
    """How the client's packet came to the load balancer, where that keeps its address."""
    carried: bool = False
    """By AWS PrivateLink, not by the VPC's router."""
    path: str = ""
    """Of the web address that is asked for; "" where none is said."""
    asked_name: str = ""
    """The domain name that the source looked up to open it; "" where it used none."""
    packet_size: int = 0
    """Bytes of its packets, which nobody may cut; 0: small enough everywhere."""


def first_packet(network: Network, flow: Flow, source: End, target: End) -> Packet:
    """The header with which a flow's source opens a connection."""
    if flow.protocol is Protocol.ICMP:
        ports = answered = NO_PORT
    else:
        first, _, last = network.assumes("ephemeral-ports").partition("-")
        clients = PortRange(int(first), int(last))
        ports = clients if flow.source_port is None else PortRange(flow.source_port, flow.source_port)
        answered = PortRange(flow.port, flow.port)
    return Packet(
        source=source.address,
        destination=target.address,
        protocol=flow.protocol,
        source_ports=ports,
        destination_ports=answered,
    )


def end_of(network: Network, interface: Interface) -> End:
    """An interface as the end of a connection, at its private address."""
    name = network.name(interface.owner)
    return End(component=interface.owner, interface=interface, address=interface.private_ip, name=name)


def target_of(network: Network, onward: Onward, source: End) -> End:
    """The end that a proxy's connection goes to."""
    if onward.target is None:
        assert onward.address is not None
        end = address_end(network, onward.address, source)
        return replace(end, name=network.name(end.component)) if is_service(network.get(end.component)) else end
    end = end_of(network, onward.target)
    return end if onward.address is None else replace(end, address=onward.address)


def onward_packet(onward: Onward, source: End, target: End) -> Packet:
    """The first packet of a proxy's connection: from its own address, or from its client's where that is kept."""
    return Packet(
        source=onward.client.source if onward.client else source.address,
        destination=target.address,
        protocol=onward.protocol,
        source_ports=onward.client.source_ports if onward.client else EPHEMERAL,
        destination_ports=PortRange(onward.port, onward.port),
    )


def trace_connection(network: Network, opening: Opening) -> Iterator[tuple[Connection, Walked]]:
    """Walk the request, then the answer of each path on which the request arrives."""
    source, target = opening.source, opening.target
    context = Context(
        network=network,
        leg=Leg.FORWARD,
        sessions=Sessions(),
        intended=target.interface,
        client=opening.client,
        source=source.component,
        end=target.component,
        kept=opening.kept,
        carried_to=target.interface if opening.carried else None,
        packet_size=opening.packet_size,
    )
    for there in walk(source.component, source.interface, opening.packet, context):
        back = _walk_back(network, opening, there) if there.trace.delivered else None
        yield _connection(opening, target, there, back), there


class _Back(NamedTuple):
    """The answer's way, the first that fails of those of equal cost, and how many of them work."""

    walked: Walked
    working: int
    total: int


def _walk_back(network: Network, opening: Opening, there: Walked) -> _Back:
    """The answer: from where the request arrived, with the header as the receiver saw it, turned round."""
    context = Context(
        network=network,
        leg=Leg.RETURN,
        sessions=there.sessions,
        expected=opening.packet.reversed(),
        end=opening.source.component,
        carried_to=opening.source.interface if opening.carried else None,
        packet_size=opening.packet_size,
    )
    last = there.trace.hops[-1]
    answer = there.packet.reversed()
    if last.interface and len(there.trace.hops) == 1:  # a service of the VPC, or its own: answers on the spot
        hop = replace(last, packet_in=None, packet_out=answer, steps=())
        trace_back = Trace(leg=Leg.RETURN, hops=(hop,), disposition=Disposition.ACCEPTED)
        return _Back(Walked((trace_back, answer, (), opening.source.interface, None, there.sessions)), 1, 1)
    paths = list(walk(last.component, there.interface, answer, context))
    failed = [p for p in paths if not p.trace.delivered]
    return _Back(failed[0] if failed else paths[0], len(paths) - len(failed), len(paths))


def _connection(opening: Opening, target: End, there: Walked, back: _Back | None) -> Connection:
    ended = back.walked if back is not None else there
    blocker = ended.trace.blocker
    cause = missed(ended.trace, blocker) if blocker is not None else None
    if blocker is None:
        verdict, leg = Verdict.ALLOWED, None
    else:
        unknown = ended.trace.disposition is Disposition.INSUFFICIENT_INFO
        verdict, leg = (Verdict.UNKNOWN if unknown else Verdict.BLOCKED), ended.trace.leg
    return Connection(
        source=opening.source.component,
        source_name=opening.source.name,
        destination=target.component,
        destination_name=target.name,
        purpose=opening.purpose,
        parent=opening.parent,
        verdict=verdict,
        leg=leg,
        reason=cause.detail if cause else blocker.code if blocker else "",
        component=(cause or blocker).by if blocker else None,
        component_name=(cause or blocker).by_name if blocker else "",
        text=later(lambda: _sentence(opening, blocker, leg, back, cause)),
        secondary=(*((blocker.code,) if blocker and cause else ()), *_secondary(blocker, ended)),
        request=opening.packet,
        forward=there.trace,
        returning=back.walked.trace if back else None,
    )


def _secondary(blocker: Step | None, ended: Walked) -> tuple[str, ...]:
    detail = (blocker.detail,) if blocker and blocker.detail else ()
    return (*detail, *ended.secondary)


def _sentence(opening: Opening, blocker: Step | None, leg: Leg | None, back: _Back | None, cause: Step | None) -> str:
    what = _what(opening.source.name, opening.target.name, opening.packet)
    if blocker is None:
        return f"{what}: the request arrives and the answer comes back."
    where = "the request arrives, but its answer does not come back" if leg is Leg.RETURN else "stopped"
    if blocker.code == "UNSUPPORTED_COMPONENT":
        where = "the request arrives, but its answer is not known" if leg is Leg.RETURN else "not known"
    several = f" {back.working} of {back.total} ways back work." if back and leg and back.total > 1 else ""
    why = f"{cause.text} {blocker.text}" if cause else blocker.text
    return f"{what}: {where}. {why}{several}"


def _what(source: str, destination: str, packet: Packet) -> str:
    ports = "" if packet.protocol is Protocol.ICMP else f" {packet.destination_ports}"
    return f"{source} to {destination}, {packet.protocol}{ports}"


def refused_by_proxy(connection: Connection, packet: Packet, drop: Drop) -> Connection:
    """The client is connected, but the proxy has nobody to pass the request to."""
    step = drop.steps[-1]
    last = connection.forward.hops[-1]
    what = _what(connection.source_name, connection.destination_name, packet)
    forward = replace(
        connection.forward,
        hops=(*connection.forward.hops[:-1], replace(last, steps=(*last.steps, step))),
        disposition=drop.disposition,
    )
    return replace(
        connection,
        verdict=Verdict.BLOCKED,
        leg=Leg.FORWARD,
        reason=step.code,
        component=step.by,
        component_name=step.by_name,
        text=f"{what}: stopped. {step.text}",
        secondary=drop.secondary,
        forward=forward,
        returning=None,
    )
