# What of a flow log's record is an example and not traced: ids, times, counts, the port of a client that may use any.
#
# In:  a connection of a FlowReport. Out: values that are always the same for the same definition.
"""Examples, answered, begins, aws_id."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256
from typing import Any

from docgen.model.component import Key
from docgen.model.forwarding import is_carried
from docgen.model.network import Network
from docgen.model.packet import Packet, PortRange, Protocol
from docgen.model.trace import Check, Connection, Leg, Outcome, Verdict
from docgen.routing.acl import EGRESS, INGRESS, judge_acl

ACCOUNT = "123456789010"
"""Where the definition names no account."""
START, END = 1418530010, 1418530070
"""The aggregation interval of every example, Unix seconds."""
CLIENT_PORT = 49761
"""Source port of a client that may use any."""
_PROTOCOLS = {Protocol.TCP: 6, Protocol.UDP: 17, Protocol.ICMP: 1}
_ICMP_V6 = 58
_COUNTS = {Protocol.TCP: (20, 4249), Protocol.UDP: (1, 76), Protocol.ICMP: (4, 336)}
"""Packets and bytes of one direction."""
_ATTEMPTS = (3, 180)
"""Of TCP where no connection comes about: three times the first packet."""
_SYN, _SYN_ACK, _FIN = 2, 18, 1


class Examples:
    """The examples of one connection's records: its ports, counts and accounts."""

    def __init__(self, network: Network, connection: Connection, *, answered: bool) -> None:
        self._network = network
        self._answered = answered
        self._port = _client_port(network, connection)

    def packet(self, packet: Packet) -> Packet:
        """The header with one port for each range."""
        source, destination = self._one(packet.source_ports), self._one(packet.destination_ports)
        return replace(packet, source_ports=source, destination_ports=destination)

    def _one(self, ports: PortRange) -> PortRange:
        """One port of a range, as a record has it."""
        if ports.first == ports.last:
            return ports
        port = self._port if ports.first <= self._port <= ports.last else ports.first
        return PortRange(port, port)

    def counted(self, leg: Leg, packet: Packet) -> dict[str, str]:
        """Protocol, example counts, and the TCP flags of a connection or of an attempt at one."""
        tcp = packet.protocol is Protocol.TCP
        packets, size = _COUNTS[packet.protocol] if self._answered or not tcp else _ATTEMPTS
        opening = _SYN if leg is Leg.FORWARD else _SYN_ACK
        icmp6 = packet.protocol is Protocol.ICMP and packet.source.version == 6
        return {
            "protocol": str(_ICMP_V6 if icmp6 else _PROTOCOLS[packet.protocol]),
            "packets": str(packets),
            "bytes": str(size),
            "tcp-flags": str(opening + (_FIN if self._answered else 0)) if tcp else "0",
        }

    def account(self, key: Key) -> str:
        """The account that a component stands in."""
        account = self._network.account_of(key)
        component: Any = self._network.components.get(account) if account else None
        return getattr(component, "account_id", "") or ACCOUNT


def answered(network: Network, connections: Sequence[Connection]) -> list[bool]:
    """Which connections get an answer: what only passes packets on has none of its own."""
    found = [c.verdict is Verdict.ALLOWED for c in connections]
    beneath: dict[int, bool] = {}
    for index in range(len(connections) - 1, -1, -1):  # children stand after their parents
        connection = connections[index]
        if index in beneath and _passes_on(network, connection):
            found[index] = found[index] and beneath[index]
        if connection.parent is not None:
            beneath[connection.parent] = beneath.get(connection.parent, False) or found[index]
    return found


def _passes_on(network: Network, connection: Connection) -> bool:
    """Whether a connection's end answers only once another end answered: PrivateLink, NLBs that do not end TLS."""
    last = connection.forward.hops[-1]
    component = network.get(last.component)
    if is_carried(component) and component.carrier(network) is not None:
        return True
    ends_tls = any(s.check is Check.LISTENER and s.rule.startswith("listener TLS") for s in last.steps)
    return getattr(component, "is_network", False) and not ends_tls


@lru_cache(maxsize=10_000)
def aws_id(prefix: str, path: str) -> str:
    """An example id in AWS's form, always the same for the same component."""
    return f"{prefix}-0{sha256(f'{prefix}:{path}'.encode()).hexdigest()[:16]}"


def begins(connection: Connection, leg: Leg) -> Packet | None:
    """The header as a leg begins: the request, or the answer to what arrived; None of a look-up."""
    request = connection.request
    if request is None or leg is Leg.FORWARD:
        return request
    return (connection.forward.hops[-1].packet_in or request).reversed()


def _client_port(network: Network, connection: Connection) -> int:
    """The client's example port; where a network ACL stops a part of its range, one of that part."""
    trace = connection.returning or connection.forward
    blocker = trace.blocker
    if blocker is None or blocker.detail != "DG_EPHEMERAL_RANGE_PARTIAL":
        return CLIENT_PORT
    last = trace.hops[-1]
    packet = last.packet_stopped or last.packet_in or begins(connection, trace.leg)
    if packet is None:
        return CLIENT_PORT
    acl = network.acls[blocker.by]
    inwards = blocker.check is Check.NETWORK_ACL_INGRESS
    entries = acl.ingress if inwards else acl.egress
    span = packet.destination_ports
    edges = (port for e in entries for port in (e.ports.first, e.ports.last, e.ports.first - 1, e.ports.last + 1))
    for port in (CLIENT_PORT, span.first, span.last, *edges):
        one = replace(packet, destination_ports=PortRange(port, port))
        refused = judge_acl(acl, one, INGRESS if inwards else EGRESS, "").outcome is Outcome.DROP
        if span.first <= port <= span.last and refused:
            return port
    return CLIENT_PORT
