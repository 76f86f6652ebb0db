# What is reached by way of load balancers and other proxies: they open connections to somebody for their clients.
#
# In:  a network and components at the end. Out: the proxies that may lead there, and what a traced flow comes to.
"""leading_to, through, keeps_client."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from ipaddress import IPv6Address
from typing import Any

from docgen.analysis.reach.bounds import bounds_of, code_bounds, joined
from docgen.analysis.reach.ends import Place
from docgen.analysis.reach.explore import PROTOCOLS, Judge, Outcome
from docgen.core.prefixes import Address
from docgen.model.component import Component, Key
from docgen.model.forwarding import Arrival, Drop, is_proxy
from docgen.model.network import Interface, Network
from docgen.model.packet import EPHEMERAL, NO_PORT, Packet, PortRange, Protocol
from docgen.model.trace import Connection, FlowReport, Verdict
from docgen.routing.endpoints import INTERNET_ADDRESS

_IPV6_CLIENT = IPv6Address("2001:db8::1")


def leading_to(network: Network, finals: Collection[Key], kept_of: Collection[Key] | None = None) -> list[Key]:
    """Proxies that may open a connection to one of these, themselves or by another proxy; in the network's order.

    With `kept_of`, only those whose connections may show the address of one of these clients: a proxy keeps it, or is
    the client itself.
    """
    question = ("opened by proxies", network.down, network.zones_down)
    opens = network.derived.of(question, lambda: _all_opened(network))
    opened = {key: to if kept_of is None or key in kept_of else kept for key, (to, kept) in opens.items()}
    found: set[Key] = set()
    goals = set(finals)
    while True:
        more = {k for k, to in opened.items() if k not in found and (to is None or to & goals)}
        if not more:
            return [k for k in opened if k in found]
        found |= more
        goals |= more


_Opened = set[Key] | None
"""Whom a proxy opens connections to; None where that is not known."""


def _all_opened(network: Network) -> dict[Key, tuple[_Opened, _Opened]]:
    """For each proxy whom it opens connections to, and to whom with its client's address."""
    return {key: _opened_by(network, key) for key, c in network.components.items() if is_proxy(c)}


def _opened_by(network: Network, proxy: Key) -> tuple[_Opened, _Opened]:
    """Whom a proxy opens connections to, over all ports that its definition names."""
    found: set[Key] = set()
    kept: set[Key] = set()
    component: Any = network.get(proxy)
    try:
        for packet, arrival in _asked(network, component):
            opened = component.onward(packet, arrival, network)
            if isinstance(opened, Drop):
                continue
            for onward in opened:
                owner = network.outside_owners.get(onward.address) if onward.address is not None else None
                owner = onward.target.owner if onward.target is not None else owner
                if owner is not None:
                    found.add(owner)
                    if onward.client is not None:
                        kept.add(owner)
    except (LookupError, ValueError, AttributeError, AssertionError):  # asked for what no client would ask
        return None, None
    return found, kept


def _asked(network: Network, component: Component) -> Iterator[tuple[Packet, Arrival]]:
    """A connection of either family to every node and every port that the proxy may listen on."""
    bounds = joined([bounds_of(component), code_bounds(type(component).__module__)])
    ports = sorted({first for first, _ in bounds.ports})
    doors: list[tuple[Interface | None, Address]]
    doors = [(i, i.private_ip) for i in network.interfaces_of(component.key)]
    if component.key in network.outside:
        doors.append((None, network.outside[component.key]))
    for interface, address in doors:
        arrival = Arrival(previous=None, interface=interface)
        for protocol in PROTOCOLS:
            for port in ports if protocol in (Protocol.TCP, Protocol.UDP) else ():
                asked = PortRange(port, port) if port else NO_PORT
                for client in (INTERNET_ADDRESS, _IPV6_CLIENT):  # an address is kept where its family is
                    yield Packet(client, address, protocol, EPHEMERAL, asked), arrival


Concern = Callable[[Protocol, int], bool]
"""Whether a connection to this port counts."""


def through(finals: Collection[Key], kept: Concern | None = None) -> Judge:
    """How to read a report: whether a connection that a proxy opens gets to one of these.

    With `kept`, only connections count that show the client's own address (its packets themselves get there), and of
    these the ones that it names.
    """

    def outcome(report: FlowReport, target: Place) -> Outcome:
        del target
        found = Outcome.BLOCKED
        for connection in report.connections:
            if connection.parent is None or (kept is not None and not _counts(report, connection, kept)):
                continue
            arrived = connection.forward.arrived and connection.forward.hops[-1].component in finals
            if arrived and connection.verdict is Verdict.ALLOWED:
                return Outcome.CONNECTS
            if arrived:
                found = Outcome.ARRIVES
            elif connection.verdict is Verdict.UNKNOWN and found is Outcome.BLOCKED:
                found = Outcome.UNKNOWN
        return found

    return outcome


def _counts(report: FlowReport, connection: Connection, concern: Concern) -> bool:
    packet = connection.request
    if packet is None or not keeps_client(report, connection):
        return False
    return concern(packet.protocol, packet.destination_ports.first)


def keeps_client(report: FlowReport, connection: Connection) -> bool:
    """Whether a proxy's connection shows the address of the client at the root."""
    root = connection
    while root.parent is not None:
        root = report.connections[root.parent]
    if connection.request is None or root.request is None:
        return False
    return connection.request.source == root.request.source
