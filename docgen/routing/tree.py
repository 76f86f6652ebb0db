# The connections of one flow as they are found, depth first: what its source opens, what proxies open for it, and
# what the components that are called call in turn.
#
# In:  a Network and a Flow. Out: Connections. Whether the flow is allowed is report.py's.
"""Tree."""

from __future__ import annotations

from dataclasses import replace

from docgen.model.architecture import Flow
from docgen.model.calls import Call
from docgen.model.component import Key
from docgen.model.forwarding import Drop, is_proxy
from docgen.model.network import Network
from docgen.model.requests import is_selective
from docgen.model.service import RegionalService, is_service
from docgen.model.trace import Connection, Verdict
from docgen.routing.binding import is_address
from docgen.routing.calls import as_flow, callers, calls_at
from docgen.routing.connection import (
    Opening,
    end_of,
    first_packet,
    onward_packet,
    refused_by_proxy,
    target_of,
    trace_connection,
)
from docgen.routing.dns import Answer, look_up, private_name_of
from docgen.routing.dns_connections import as_connection, question_packet
from docgen.routing.endpoints import End, destinations, is_dns_name, leaving_end, named_components, own_end
from docgen.routing.families import in_one_family
from docgen.routing.tracer import Walked

MAX_CONNECTIONS = 2000
"""Bound on the tree of one flow."""
MAX_DEPTH = 50
"""Bound on calls out of calls."""

_WITHOUT_HEALTH_CHECKS = ("integration", "origin")
"""Purposes of connections that an API or CloudFront opens: nothing is taken out of use for its health."""

_Group = tuple[str, str, str]


class TooManyError(Exception):
    """The tree has reached a bound; what it holds was traced."""


class Tree:
    """The connections of one flow.

    What a component calls is traced where it is reached first; later connections to it point there (`followed_at`).
    A component whose calls are being followed is not followed again: its copies in other zones count as the same.
    """

    def __init__(self, network: Network, flow: Flow, *, onward: bool = True, calls: bool = True) -> None:
        self._network = network
        self._flow = flow
        self._onward = onward
        self._calls = calls and onward and flow.follow_calls
        self._followed: dict[tuple[Key, str, tuple[Call, ...]], int] = {}
        self._calling: dict[_Group, int] = {}
        self.connections: list[Connection] = []
        self.proxied = False
        """Whether a proxy chose among targets, whose health the definition does not tell."""
        self.answered: set[int] = set()
        """Connections that a proxy may answer by itself: each is a path of its own, beside what it opens."""
        self.undecided = False
        """Whether a name's answer depends on what the definition does not say."""

    def add_source(self, source: End) -> None:
        """Trace everything that one source opens.

        Raises:
            UnclearEndError: the destination means nothing.
            TooManyError: there are more connections than are traced.
        """
        self._lead(self._flow, source, "", None)

    def add_pair(self, source: End, target: End) -> None:
        """Trace what one source opens to one address."""
        self._reach(self._flow, source, target, "", None, "")

    def _lead(self, flow: Flow, source: End, purpose: str, parent: int | None) -> None:
        """Trace what one source opens to all that a flow's destination means to it."""
        network, name = self._network, flow.destination.name
        asked_name = ""
        if is_dns_name(network, name):
            asked_name = name
            targets = self._ask(source, name, look_up(network, name, source, family=flow.family), parent)
        elif (resource := self._resource(name)) and (private := private_name_of(network, resource, source)):
            targets = self._ask(source, private, look_up(network, private, source, meant=resource.key), parent)
        else:
            targets = destinations(network, flow.destination, source)
        for target in targets:
            self._reach(flow, *in_one_family(network, source, target, flow), purpose, parent, asked_name)

    def _resource(self, name: str) -> RegionalService | None:
        """The resource of an AWS service that has this name: clients know it by its service's name."""
        found = () if is_address(name) or "@" in name else named_components(self._network, name)
        return next((c for c in found if is_service(c)), None)

    def _ask(self, source: End, name: str, answer: Answer, parent: int | None) -> tuple[End, ...]:
        """Tell a look-up, tracing the questions that servers send each other; the ends that the name means.

        () where no question of a server gets its answer.
        """
        self.undecided |= answer.open
        asker = source
        for question in answer.questions:
            index = self._add(as_connection(self._network, asker, name, question, parent))
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
        first = len(self.connections)
        packet = question_packet(source, server)
        self._open(Opening(source, source.interface, server, packet, "dns", parent))
        return server if all(c.verdict is Verdict.ALLOWED for c in self.connections[first:]) else None

    def _reach(self, flow: Flow, source: End, target: End, purpose: str, parent: int | None, name: str) -> None:
        source = leaving_end(self._network, flow.source, source, target)
        packet = first_packet(self._network, flow, source, target)
        opening = Opening(source, source.interface, target, packet, purpose, parent, path=flow.path, asked_name=name)
        self._open(replace(opening, packet_size=flow.packet_size) if flow.packet_size else opening)

    def _add(self, connection: Connection) -> int:
        if len(self.connections) >= MAX_CONNECTIONS:
            raise TooManyError
        self.connections.append(connection)
        return len(self.connections) - 1

    def _open(self, opening: Opening) -> None:
        for connection, ended in trace_connection(self._network, opening):
            index = self._add(connection)
            if connection.verdict is not Verdict.ALLOWED or not self._onward:
                continue
            followed = self._follow_proxy(index, opening, ended)
            if not followed and self._calls and opening.purpose != "dns":
                self._follow_calls(index, ended)

    def _follow_proxy(self, index: int, opened: Opening, ended: Walked) -> bool:
        """Trace what a proxy opens for a connection; False where it ended at none."""
        connection = self.connections[index]
        proxy_key = connection.forward.hops[-1].component
        proxy = self._network.get(proxy_key)
        if not is_proxy(proxy) or ended.arrival is None:
            return False
        if is_selective(proxy):
            asked = proxy.for_request(opened.path, self._flow.when.cache, opened.asked_name)
            onward = asked.onward(ended.packet, ended.arrival, self._network)
            if asked.answers(ended.packet):
                self.answered.add(index)
        else:
            onward = proxy.onward(ended.packet, ended.arrival, self._network)
        if isinstance(onward, Drop):
            self.proxied = True
            self.connections[index] = refused_by_proxy(connection, ended.packet, onward)
            return True
        for o in onward:
            self.proxied |= o.purpose not in _WITHOUT_HEALTH_CHECKS
            source = end_of(self._network, o.interface) if o.interface else own_end(self._network, proxy_key)
            target = target_of(self._network, o, source)
            if o.client is None and o.address is None:
                source, target = in_one_family(self._network, source, target)
            packet = onward_packet(o, source, target)
            client, path = opened.client, opened.path
            self._open(Opening(source, client, target, packet, o.purpose, index, o.kept, o.carried, path))
        return True

    def _follow_calls(self, index: int, ended: Walked) -> None:
        """Trace what the component that was reached calls in turn, unless that is traced already."""
        network, at = self._network, self.connections[index].forward.hops[-1].component
        calls = calls_at(network, at, ended.packet.destination_ports.first)
        if not calls:
            return
        group = self._group(at)
        asked = (at, ended.interface.id if ended.interface else "", calls)
        known = self._calling.get(group, self._followed.get(asked))
        if known is not None:
            self.connections[index] = replace(self.connections[index], followed_at=known)
            return
        if len(self._calling) >= MAX_DEPTH:
            raise TooManyError
        self._followed[asked] = self._calling[group] = index
        for source in callers(network, at, ended.interface):
            for call in calls:
                self._lead(as_flow(network, at, call, self._flow), source, "call", index)
        del self._calling[group]

    def _group(self, key: Key) -> _Group:
        """What a component and its copies in other zones have in common."""
        component = self._network.get(key)
        return (key.kind, component.scope, component.group or component.id)
