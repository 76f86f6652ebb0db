"""A data center: networks outside AWS, with a router that knows what AWS announces to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from ipaddress import ip_network
from typing import Any, ClassVar

from docgen.core.data import dataclass
from docgen.core.prefixes import Address, Block, in_any
from docgen.core.span import NOWHERE, Span
from docgen.model.component import Component, Key, Ref, refers
from docgen.model.form import Short, limited
from docgen.model.forwarding import Arrival, Context, Decision, Drop, Forward
from docgen.model.kind import Kind, Role, Scope
from docgen.model.network import Network
from docgen.model.packet import Packet
from docgen.model.trace import Candidate, Check, Disposition, Leg, Outcome, Step
from docgen.routing.endpoints import host_with
from docgen.routing.hybrid import (
    DX_GATEWAY,
    VIF,
    VPN,
    announced_to,
    associated_with,
    data_center_of,
    is_public,
    known_to_hub,
    named,
    of_kind,
    prefixes_of,
    untold,
)
from docgen.routing.line_families import carries, words
from docgen.routing.outside import of_aws
from docgen.routing.reactions import taken_over

_CONNECTIONS = ("vpn_connection", "virtual_interface")


@dataclass(frozen=True, slots=True, kw_only=True)
class DataCenterRoute:
    """A route that somebody wrote into the data center's router. Short form: `0.0.0.0/0: tunnel`."""

    short: ClassVar[Short] = Short(key="destination", value="connection", example="0.0.0.0/0: tunnel")

    destination: Block
    """The block that it leads to."""
    connection: Ref = refers(*_CONNECTIONS)
    """A VPN connection or a virtual interface."""
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class DnsForwarder:
    """Names that the data center's DNS asks AWS for. Short form: `aws.example: inbound`."""

    short: ClassVar[Short] = Short(key="domain_name", value="resolver_endpoint", example="aws.example: inbound")

    domain_name: str
    """The domain whose names are forwarded."""
    resolver_endpoint: Ref = refers("resolver_endpoint")
    """The inbound endpoint that is asked."""
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class _Way:
    block: Block
    connection: Key
    written: bool

    @property
    def rank(self) -> tuple[int, bool, bool]:
        """Longest prefix, then what somebody wrote, then Direct Connect."""
        return (-self.block.prefixlen, not self.written, self.connection.kind != VIF)


@dataclass(frozen=True, slots=True, kw_only=True)
class DataCenter(Component):
    """Networks on premises, as one router with everything behind it."""

    kind: ClassVar[str] = "data_center"

    cidr_blocks: tuple[Block, ...] = limited(canonical=True)
    """Its networks: what its connections announce unless they say otherwise."""
    routes: tuple[DataCenterRoute, ...] = ()
    """Beside what AWS announces."""
    learns_routes: bool = True
    """Whether its router takes what AWS announces; off, only `routes` lead back to AWS."""
    dns_server: Ref | None = refers("on_premises_host", default=None)
    """The host that its hosts ask for names. None: each asks for itself."""
    dns_forwarders: tuple[DnsForwarder, ...] = ()
    """Domains whose names are asked of a VPC's resolver; all others are asked in public."""

    def forward(self, packet: Packet, arrival: Arrival, context: Context) -> tuple[Decision, ...]:
        """To a host of its own, or by the connection that its router chooses."""
        network, name = context.network, context.network.name(self.key)
        host = host_with(network, packet.destination)
        if host is not None and self._is_mine(host, network):
            onward = Arrival(previous=self.key, sender=arrival.sender)
            step = self._step(context, f"{name} delivers it on its own network.", Outcome.PASS)
            return (Forward(next=host, packet=packet, arrival=onward, steps=(step,)),)
        ways, way = self._ways_to(packet, network)
        own = max((b.prefixlen for b in self.cidr_blocks if packet.destination in b), default=-1)
        if own >= 0 and (way is None or way.block.prefixlen <= own):  # a longer block of AWS leaves its wide one
            text = f"{packet.destination} is on {name}'s own network, and no host of the definition has it."
            step = self._step(context, text, Outcome.DROP, "NO_POSSIBLE_DESTINATION")
            return (Drop(steps=(step,), disposition=Disposition.NO_ROUTE),)
        judged = tuple(_judged(w, way, packet, network) for w in ways)
        if way is None:
            return (self._without_way(packet, context, judged),)
        lone = not way.written and is_public(network.get(way.connection))  # AWS's blocks are not in a definition
        what = f"{packet.destination}, a public address of AWS," if lone else way.block
        text = f"{name} sends {what} to {network.name(way.connection)} ({self._how(way, network)})."
        steps = (*self._reaction(way, packet, network), self._step(context, text, Outcome.PASS, candidates=judged))
        first = self._first(way.connection, network) if network.is_up(way.connection) else None
        went = Arrival(previous=self.key, sender=arrival.sender)
        return (Forward(next=first or way.connection, packet=packet, arrival=went, steps=steps),)

    def _without_way(self, packet: Packet, context: Context, judged: tuple[Candidate, ...]) -> Drop:
        """The end of a packet for which it has no route."""
        network, name, destination = context.network, context.network.name(self.key), packet.destination
        silent: tuple[Step, ...] = ()
        filtered, claimed = self._filtered(packet, network), self._claimed(packet, network)
        if filtered is not None:
            text = (
                f"{name} has no route for {destination}: it is behind {network.name(filtered)}, and no "
                f"allowed prefix there announces it{self._why(filtered, packet, network)}."
            )
            code, disposition = "DG_DX_PREFIX_NOT_ALLOWED", Disposition.NO_ROUTE
        elif claimed is not None and context.leg is Leg.RETURN:
            text = (
                f"{name} announces {claimed} and gets the answer, but the request did not come by it: what it "
                f"sends on to {destination} belongs to no connection."
            )
            code, disposition = "DG_RETURN_PATH_ASYMMETRIC", Disposition.DROPPED
        elif claimed is not None:
            text = f"{name} announces {claimed}, and the definition does not say where it sends {destination}."
            code, disposition = "UNKNOWN_DESTINATION", Disposition.INSUFFICIENT_INFO
        else:
            text = f"{name} has no route for {destination}: {self._missing(packet, network)}."
            code, disposition = "DG_L3_NO_ROUTE", Disposition.NO_ROUTE
            silent = self._silent(packet, network)
        step = self._step(context, text, Outcome.DROP, code, judged)
        return Drop(steps=(*silent, step), disposition=disposition)

    def connection_to(self, packet: Packet, network: Network) -> Key | None:
        """The connection that its router chooses for a packet."""
        _, way = self._ways_to(packet, network)
        return way.connection if way is not None else None

    def _ways_to(self, packet: Packet, network: Network) -> tuple[list[_Way], _Way | None]:
        """All ways, the best first, and the one that it takes."""
        ways = sorted(self._ways(network, packet.destination), key=lambda w: w.rank)
        return ways, next((w for w in ways if packet.destination in w.block), None)

    def _how(self, way: _Way, network: Network) -> str:
        """How its router knows of a way."""
        if way.written:
            return "a written route"
        static = getattr(network.get(way.connection), "static_routes_only", False)
        return "its own static route for the VPN" if static else "what AWS announces"

    def _reaction(self, way: _Way, packet: Packet, network: Network) -> tuple[Step, ...]:
        """Who takes over, where the router chooses another connection in working order."""
        before = self._before(packet, network)
        if before is None or before.connection == way.connection:
            return ()
        return (taken_over(network, before.block, before.connection, way.connection),)

    def _silent(self, packet: Packet, network: Network) -> tuple[Step, ...]:
        """What AWS would announce, were the connection up that it comes by."""
        if not self.learns_routes:
            return ()
        for connection in (*of_kind(network, VIF), *of_kind(network, VPN)):
            if data_center_of(network, connection) != self.key:
                continue
            for block, lost in untold(network, connection):
                if packet.destination in block:
                    return (taken_over(network, block, lost, None),)
        return ()

    def _before(self, packet: Packet, network: Network) -> _Way | None:
        """What the router chooses in working order, where something is down."""
        return self._ways_to(packet, network.intact)[1] if network.intact else None

    def _missing(self, packet: Packet, network: Network) -> str:
        """Why no way leads to an address."""
        before = self._before(packet, network)
        if before is None:
            other = self._line_of_other_family(packet, network)
            if other is not None:
                return f"{network.name(other.key)} carries {words(other)} only"
            return "AWS announces none, and nobody wrote one"
        return f"{before.block} was announced over {network.name(before.connection)}, which is down"

    def _line_of_other_family(self, packet: Packet, network: Network) -> Any:
        """A connection of its that would carry a packet, were it of the other version of IP; None where none is."""
        own = [c for c in of_kind(network, *_CONNECTIONS) if data_center_of(network, c) == self.key]
        if any(carries(c, packet.destination) for c in own):
            return None
        return next(iter(own), None)

    def _claimed(self, packet: Packet, network: Network) -> Block | None:
        """A block that it announces beyond its own networks: it knows a way, which nobody wrote down."""
        for kind in (VIF, VPN):
            for connection in of_kind(network, kind):
                if data_center_of(network, connection) == self.key:
                    for prefix in prefixes_of(network, connection):
                        if packet.destination in prefix.block:
                            return prefix.block
        return None

    def _filtered(self, packet: Packet, network: Network) -> Key | None:
        """The Direct Connect gateway whose allowed prefixes keep a VPC from this data center."""
        for interface in of_kind(network, VIF):
            hub = named(network, interface, DX_GATEWAY) if network.is_up(interface.key) else None
            if hub is None or data_center_of(network, interface) != self.key:
                continue
            for gateway in associated_with(network, hub):
                if gateway.kind == "transit_gateway":
                    if in_any(packet.destination, known_to_hub(network, gateway, hub)):
                        return hub
                    continue
                vpc = Key("vpc", network.get(gateway).scope)
                if vpc in network.components and in_any(packet.destination, network.blocks_of(vpc)):
                    return hub
        return None

    def _why(self, hub: Key, packet: Packet, network: Network) -> str:
        """What an allowed prefix would have to be."""
        for gateway in associated_with(network, hub):
            vpc = Key("vpc", network.get(gateway).scope)
            for block in network.blocks_of(vpc) if vpc in network.components else ():
                if packet.destination in block:
                    return f": the VPC's block {block} needs one as wide"
        return ""

    def _first(self, connection: Key, network: Network) -> Key | None:
        """The router at which a VPN's tunnels begin."""
        return named(network, network.get(connection), "customer_gateway") if connection.kind == VPN else None

    def _is_mine(self, host: Key, network: Network) -> bool:
        component: Any = network.get(host)
        return host.kind == "on_premises_host" and named(network, component, "data_center") == self.key

    def _ways(self, network: Network, destination: Address) -> Iterator[_Way]:
        for route in self.routes:
            yield _Way(route.destination, network.bind(route.connection, self.scope, *_CONNECTIONS), written=True)
        if not self.learns_routes:
            return
        for kind in (VIF, VPN):
            for connection in of_kind(network, kind):
                if data_center_of(network, connection) == self.key and network.is_up(connection.key):
                    for block in announced_to(network, connection):
                        yield _Way(block, connection.key, written=False)
                    if is_public(connection) and self._is_announced_in_public(destination, network):
                        yield _Way(ip_network(destination), connection.key, written=False)

    def _is_announced_in_public(self, destination: Address, network: Network) -> bool:
        """Whether AWS announces an address over a public virtual interface; written routes to it come first."""
        written = (r.destination for r in self.routes if r.destination.prefixlen)
        return not in_any(destination, written) and of_aws(network, destination)

    def _step(
        self, context: Context, text: str, outcome: Outcome, code: str = "", candidates: tuple[Candidate, ...] = ()
    ) -> Step:
        name = context.network.name(self.key)
        return Step(
            check=Check.ROUTE_TABLE,
            outcome=outcome,
            by=self.key,
            by_name=name,
            text=text,
            code=code,
            candidates=candidates,
        )


def _judged(way: _Way, chosen: _Way | None, packet: Packet, network: Network) -> Candidate:
    text = f"{way.block} -> {network.name(way.connection)}"
    if way is chosen:
        return Candidate(text=text, chosen=True, reason=f"longest prefix that contains {packet.destination}")
    if packet.destination not in way.block:
        return Candidate(
            text=text, chosen=False, reason=f"does not contain {packet.destination}", code="CANNOT_ROUTE"
        )
    assert chosen is not None  # this way contains the address
    if chosen.block.prefixlen > way.block.prefixlen:
        reason = f"shorter than /{chosen.block.prefixlen}"
        return Candidate(text=text, chosen=False, reason=reason, code="MORE_SPECIFIC_ROUTE")
    reason = f"{network.name(chosen.connection)} comes first of two alike"
    if chosen.written is not way.written:
        reason = "a written route is preferred to what AWS announces for the same block"
    elif chosen.connection.kind != way.connection.kind:
        reason = "Direct Connect is preferred to VPN for the same block"
    return Candidate(text=text, chosen=False, reason=reason, code="HIGHER_PRIORITY_ROUTE")


KIND = Kind(
    component=DataCenter,
    plural="data_centers",
    title="Data center",
    icon="data-center",
    role=Role.SITE,
    scope=Scope.OUTSIDE,
    contained_in=("",),
    summary="Sends packets to AWS by the longest prefix that AWS announces to it, Direct Connect before VPN.",
    source="https://docs.aws.amazon.com/vpn/latest/s2svpn/vpn-route-priority.html",
    example="""\
version: 1
title: A data center
data_centers: {hq: {cidr_blocks: [192.168.0.0/16]}}
on_premises_hosts: {erp: {data_center: hq, ip_address: 192.168.1.5}}
""",
)
