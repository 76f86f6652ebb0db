# Asks a flow's question: traces every connection there and back and adds them up to one verdict.
#
# In:  a Network and a Flow. Out: a FlowReport. A flow is ALLOWED only if every path that AWS may choose is.
"""trace, trace_between."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from docgen.model.architecture import Flow, When
from docgen.model.forwarding import Arrival, Context, Drop, Onward, Sessions, is_proxy
from docgen.model.network import Interface, Network
from docgen.model.packet import EPHEMERAL, NO_PORT, Packet, PortRange, Protocol
from docgen.model.service import RegionalService, is_service
from docgen.model.trace import Connection, Disposition, FlowReport, Leg, Step, Trace, Verdict
from docgen.routing.binding import is_address
from docgen.routing.declared_way import remarks_on_way
from docgen.routing.dns import Answer, look_up, private_name_of
from docgen.routing.dns_connections import as_connection, question_packet
from docgen.routing.endpoints import (
    End,
    UnclearEndError,
    address_end,
    destinations,
    is_dns_name,
    named_components,
    own_end,
    sources,
)
from docgen.routing.families import in_one_family
from docgen.routing.outages import apply_outages
from docgen.routing.reactions import compared
from docgen.routing.summary import summed_up
from docgen.routing.tracer import Walked, walk

MAX_CONNECTIONS = 2000
"""Bound on the tree of one flow."""


def trace(network: Network, flow: Flow) -> FlowReport:
    """Answer one flow, in the circumstances that it names.

    Never raises for what the flow says: an end that means nothing gives verdict UNKNOWN with a reason.
    """
    if flow.when.outage:
        intact = trace(network, replace(flow, when=When(variant=flow.when.variant)))
        state = apply_outages(network, flow.when.outage)
        return compared(_traced(state, flow), intact, map(str, flow.when.outage))
    return _traced(network, flow)


def _traced(network: Network, flow: Flow) -> FlowReport:
    try:
        starts = sources(network, flow.source)
        tree = _Tree(network, flow)
        for start in starts:
            tree.add_source(start)
    except UnclearEndError as error:
        code = "UNKNOWN_RESOURCE" if error.code.startswith("DGR-") else error.code
        text = f"{error.text[0].upper()}{error.text[1:]}" + (f" ({error.hint})" if error.hint else "") + "."
        return FlowReport(flow_id=flow.id, verdict=Verdict.UNKNOWN, reason=code, text=text)
    return tree.report()


def trace_between(network: Network, flow: Flow, source: End, target: End, *, onward: bool = False) -> FlowReport:
    """Answer a flow for one source and one address, as the network is; `onward` follows what proxies open too."""
    tree = _Tree(network, flow, onward=onward)
    try:
        tree.add_pair(source, target)
    except UnclearEndError as error:
        return FlowReport(flow_id=flow.id, verdict=Verdict.UNKNOWN, reason=error.code, text=error.text)
    return tree.report()


@dataclass(frozen=True, slots=True)
class _Opening:
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


class _Tree:
    """Connections of one flow as they are found, depth first."""

    def __init__(self, network: Network, flow: Flow, *, onward: bool = True) -> None:
        self._network = network
        self._flow = flow
        self._onward = onward
        self._connections: list[Connection] = []
        self._proxied = False
        self._undecided = False
        """Whether the name's answer depends on what the definition does not say."""

    def add_source(self, source: End) -> None:
        """Trace everything that one source opens."""
        network, flow = self._network, self._flow
        name = flow.destination.name
        if is_dns_name(network, name):
            targets = self._ask(source, name, look_up(network, name, source, family=flow.family))
        elif (resource := self._resource()) and (private := private_name_of(network, resource, source)):
            targets = self._ask(source, private, look_up(network, private, source, meant=resource.key))
        else:
            targets = destinations(network, flow.destination, source)
        for target in targets:
            self.add_pair(*in_one_family(network, source, target, flow))

    def _resource(self) -> RegionalService | None:
        """The resource of an AWS service that the flow goes to: clients know it by its service's name."""
        name = self._flow.destination.name
        found = () if is_address(name) or "@" in name else named_components(self._network, name)
        return next((c for c in found if is_service(c)), None)

    def _ask(self, source: End, name: str, answer: Answer) -> tuple[End, ...]:
        """Tell a look-up, tracing the questions that servers send each other; the ends that the name means.

        () where no question of a server gets its answer.
        """
        self._undecided |= answer.open
        parent: int | None = None
        asker = source
        for question in answer.questions:
            index = len(self._connections)
            self._connections.append(as_connection(self._network, asker, name, question, parent))
            if not question.packets:
                continue
            parent = index
            asked = [self._sent(opened, server, index) for opened, server in question.packets]
            answering = next((server for server in asked if server is not None), None)
            if answering is None:
                return ()
            asker = answering
        return answer.ends

    def _sent(self, source: End, server: End, parent: int) -> End | None:
        """Trace a question of a server to another one; that one, where the answer comes back."""
        first = len(self._connections)
        packet = question_packet(source, server)
        self._open(_Opening(source, source.interface, server, packet, "dns", parent))
        return server if all(c.verdict is Verdict.ALLOWED for c in self._connections[first:]) else None

    def add_pair(self, source: End, target: End) -> None:
        """Trace what one source opens to one address."""
        packet = _first_packet(self._network, self._flow, source, target)
        self._open(_Opening(source, source.interface, target, packet, "", None))

    def _open(self, opening: _Opening) -> None:
        if len(self._connections) >= MAX_CONNECTIONS:
            raise UnclearEndError(
                "UNKNOWN_RESOURCE",
                f"there are more than {MAX_CONNECTIONS} connections to trace",
                "ask for fewer ends",
            )
        for connection, ended in _trace_connection(self._network, opening):
            index = len(self._connections)
            self._connections.append(connection)
            if connection.verdict is Verdict.ALLOWED and self._onward:
                self._follow_proxy(index, opening.client, connection, ended)

    def _follow_proxy(self, index: int, client: Interface | None, connection: Connection, ended: Walked) -> None:
        proxy_key = connection.forward.hops[-1].component
        proxy = self._network.get(proxy_key)
        if not is_proxy(proxy) or ended.arrival is None:
            return
        onward = proxy.onward(ended.packet, ended.arrival, self._network)
        if isinstance(onward, Drop):
            self._proxied = True
            self._connections[index] = _refused_by_proxy(connection, ended.packet, onward)
            return
        for o in onward:
            self._proxied |= o.purpose != "integration"  # an API's own calls have no targets with health checks
            source = _end(self._network, o.interface) if o.interface else own_end(self._network, proxy_key)
            target = _target_of(self._network, o, source)
            if o.client is None and o.address is None:
                source, target = in_one_family(self._network, source, target)
            packet = _onward_packet(o, source, target)
            self._open(_Opening(source, client, target, packet, o.purpose, index, o.kept, o.carried))

    def report(self) -> FlowReport:
        """The flow's verdict: that of its first connection that is not allowed."""
        connections = tuple(self._connections)
        remarks = remarks_on_way(self._network, self._flow, connections)
        return summed_up(self._flow, connections, remarks, proxied=self._proxied, undecided=self._undecided)


def _first_packet(network: Network, flow: Flow, source: End, target: End) -> Packet:
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


def _end(network: Network, interface: Interface) -> End:
    name = network.name(interface.owner)
    return End(component=interface.owner, interface=interface, address=interface.private_ip, name=name)


def _target_of(network: Network, onward: Onward, source: End) -> End:
    """The end that a proxy's connection goes to."""
    if onward.target is None:
        assert onward.address is not None
        end = address_end(network, onward.address, source)
        return replace(end, name=network.name(end.component)) if is_service(network.get(end.component)) else end
    end = _end(network, onward.target)
    return end if onward.address is None else replace(end, address=onward.address)


def _onward_packet(onward: Onward, source: End, target: End) -> Packet:
    """The first packet of a proxy's connection: from its own address, or from its client's where that is kept."""
    return Packet(
        source=onward.client.source if onward.client else source.address,
        destination=target.address,
        protocol=onward.protocol,
        source_ports=onward.client.source_ports if onward.client else EPHEMERAL,
        destination_ports=PortRange(onward.port, onward.port),
    )


def _trace_connection(network: Network, opening: _Opening) -> Iterator[tuple[Connection, Walked]]:
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
    )
    for there in walk(source.component, source.interface, opening.packet, context):
        back = _walk_back(network, opening, there) if there.trace.delivered else None
        yield _connection(opening, target, there, back), there


class _Back(NamedTuple):
    """The answer's way, the first that fails of those of equal cost, and how many of them work."""

    walked: Walked
    working: int
    total: int


def _walk_back(network: Network, opening: _Opening, there: Walked) -> _Back:
    """The answer: from where the request arrived, with the header as the receiver saw it, turned round."""
    context = Context(
        network=network,
        leg=Leg.RETURN,
        sessions=there.sessions,
        expected=opening.packet.reversed(),
        end=opening.source.component,
        carried_to=opening.source.interface if opening.carried else None,
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


def _connection(opening: _Opening, target: End, there: Walked, back: _Back | None) -> Connection:
    ended = back.walked if there.trace.delivered and back is not None else there
    blocker = ended.trace.blocker
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
        reason=blocker.code if blocker else "",
        component=blocker.by if blocker else None,
        component_name=blocker.by_name if blocker else "",
        text=_sentence(opening, blocker, leg, back),
        secondary=_secondary(blocker, ended),
        request=opening.packet,
        forward=there.trace,
        returning=back.walked.trace if back else None,
    )


def _secondary(blocker: Step | None, ended: Walked) -> tuple[str, ...]:
    detail = (blocker.detail,) if blocker and blocker.detail else ()
    return (*detail, *ended.secondary)


def _sentence(opening: _Opening, blocker: Step | None, leg: Leg | None, back: _Back | None) -> str:
    what = _what(opening.source.name, opening.target.name, opening.packet)
    if blocker is None:
        return f"{what}: the request arrives and the answer comes back."
    where = "the request arrives, but its answer does not come back" if leg is Leg.RETURN else "stopped"
    several = f" {back.working} of {back.total} ways back work." if back and leg and back.total > 1 else ""
    return f"{what}: {where}. {blocker.text}{several}"


def _what(source: str, destination: str, packet: Packet) -> str:
    ports = "" if packet.protocol is Protocol.ICMP else f" {packet.destination_ports}"
    return f"{source} to {destination}, {packet.protocol}{ports}"


def _refused_by_proxy(connection: Connection, packet: Packet, drop: Drop) -> Connection:
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
