"""A Client VPN endpoint: lets people with a client into a VPC, under the address of its own network interfaces."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field, replace
from ipaddress import IPv4Network
from typing import ClassVar

from docgen.core.data import dataclass
from docgen.core.prefixes import Address
from docgen.core.span import NOWHERE, Span
from docgen.model.component import Component, InterfaceSpec, Key, Ref, refers
from docgen.model.form import Fault, Short, limited
from docgen.model.forwarding import Arrival, Context, Decision, Drop, Forward
from docgen.model.kind import Kind, Role, Scope
from docgen.model.network import Interface, Network
from docgen.model.packet import Packet
from docgen.model.trace import Candidate, Check, Disposition, Outcome, Step
from docgen.routing.endpoints import host_with
from docgen.routing.interface import arrive, leave, leaving_as, leaving_by

EVERYBODY = IPv4Network("0.0.0.0/0")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientVpnRoute:
    """A route of the endpoint. Short form: `192.168.0.0/16: app`, the subnet by which it leaves."""

    short: ClassVar[Short] = Short(key="destination_cidr_block", value="target_subnet", example="0.0.0.0/0: public")

    destination_cidr_block: IPv4Network
    """The block that it leads to."""
    target_subnet: Ref = refers("subnet", each=True)
    """An associated subnet; several that one id became per zone take a route each."""
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorizationRule:
    """Who may go where. Short form: `10.0.20.0/24: database-admins`, or `10.0.0.0/16: all`."""

    short: ClassVar[Short] = Short(key="target_network_cidr", value="access_group", example="10.0.0.0/16: all")

    target_network_cidr: IPv4Network
    """Where it lets people go."""
    access_group: str = "all"
    """The group of the directory that it lets in; `all` for everybody."""
    span: Span = field(default=NOWHERE, compare=False)

    def __str__(self) -> str:
        return f"{self.target_network_cidr} for {self.access_group}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientVpnEndpoint(Component):
    """A Client VPN endpoint. Source: EC2 API `ClientVpnEndpoint`; `AWS::EC2::ClientVpnEndpoint`."""

    kind: ClassVar[str] = "client_vpn_endpoint"

    client_cidr_block: IPv4Network
    """Clients get their addresses from it: /22 to /12, fixed at creation."""
    subnets: tuple[Ref, ...] = refers("subnet", default=())
    """Associated subnets, one for each zone; a network interface of the endpoint stands in each."""
    security_groups: tuple[Ref, ...] = refers("security_group", default=())
    """Of these interfaces. None named: the VPC's default group."""
    split_tunnel: bool = False
    """Clients send only what the endpoint has routes for; otherwise everything."""
    routes: tuple[ClientVpnRoute, ...] = ()
    """Beside the VPC's own block, which every association brings."""
    authorization_rules: tuple[AuthorizationRule, ...] = ()
    """Nobody may go anywhere that no rule names."""

    connection_log_group: str = limited(pattern=r"[\w./#-]{0,512}", example="/vpn/people", default="")
    """The log group of CloudWatch Logs that says who was connected; "" writes nothing down."""

    def faults(self) -> Iterator[Fault]:
        """AWS takes client blocks of certain sizes only."""
        if not 12 <= self.client_cidr_block.prefixlen <= 22:
            hint = "for example `10.200.0.0/22`"
            yield Fault("client_cidr_block", "the block of a Client VPN's clients is between /12 and /22", hint)

    def interface_specs(self) -> tuple[InterfaceSpec, ...]:
        """One in each associated subnet, with an Elastic IP where the VPC has an internet gateway."""
        return tuple(
            InterfaceSpec(subnet=subnet, public_with_gateway=True, security_groups=self.security_groups)
            for subnet in self.subnets
        )

    def leases(self, order: int) -> Address:
        """The address of the client that connected as this one, counted from 0."""
        return self.client_cidr_block.network_address + 2 + order

    def routes_of(self, interface: Interface, network: Network) -> Iterator[tuple[IPv4Network, str]]:
        """What clients reach by this interface: the VPC's blocks, and the routes of its subnet."""
        for block in network.blocks_of(interface.vpc):
            if isinstance(block, IPv4Network):
                yield block, "the VPC's own block"
        for route in self.routes:
            if network.bind(route.target_subnet, self.scope, "subnet") == interface.subnet:
                yield route.destination_cidr_block, f"by {network.name(interface.subnet)}"

    def forward(self, packet: Packet, arrival: Arrival, context: Context) -> tuple[Decision, ...]:
        """From a client: route, authorization, translation. From the VPC: back to the client that asked."""
        if arrival.interface is not None:
            return self._back(packet, arrival, context, arrival.interface)
        network, name = context.network, context.network.name(self.key)
        interfaces = [i for i in network.interfaces_of(self.key) if network.interface_is_up(i)]
        if not interfaces:
            known = bool(network.owned.get(self.key))
            why = "none of its associations works" if known else "it is associated with no subnet"
            text = f"{name} takes nobody anywhere: {why}."
            return (self._drop(context, text, "DG_CVPN_NOT_ASSOCIATED"),)
        return tuple(d for interface in interfaces for d in self._in(packet, arrival, context, interface))

    def _in(self, packet: Packet, arrival: Arrival, context: Context, interface: Interface) -> tuple[Decision, ...]:
        """Checks 3 to 5 for a client that is connected to this interface's subnet."""
        network, name = context.network, context.network.name(self.key)
        routes = sorted(self.routes_of(interface, network), key=lambda r: -r[0].prefixlen)
        route = next((r for r in routes if packet.destination in r[0]), None)
        by = network.name(interface.subnet)
        if route is None:
            text = f"{name} has no route for {packet.destination} by its subnet {by}."
            return (self._drop(context, text, "DG_CVPN_NO_ROUTE"),)
        client = network.components.get(arrival.previous) if arrival.previous else None
        groups: tuple[str, ...] = getattr(client, "groups", ())
        longest = self._longest(packet)  # rules are found by network first, then by group
        rule = next((r for r in longest if r.access_group == "all" or r.access_group in groups), None)
        if rule is None:
            who = f"people in {', '.join(groups)}" if groups else "anybody"
            text = f"No authorization rule of {name} lets {who} go to {packet.destination}."
            if longest:
                others = " and ".join(r.access_group for r in longest)
                text = (
                    f"{name} lets only {others} go to {longest[0].target_network_cidr}, the longest network that an "
                    f"authorization rule names for {packet.destination}; "
                    f"the client is in {', '.join(groups) or 'no group'}."
                )
            return (self._drop(context, text, "DG_CVPN_NO_AUTHORIZATION_RULE", self._judged(packet, None)),)
        translated = replace(packet, source=interface.private_ip)
        context.sessions.translations[self._session(interface)] = (packet, translated)
        steps = (
            self._step(context, Check.ROUTE_TABLE, f"{name} routes {packet.destination} to {route[0]} ({route[1]})."),
            replace(
                self._step(context, Check.GATEWAY, f"{name} lets its client in: authorization rule {rule}."),
                rule=str(rule),
                candidates=self._judged(packet, rule),
            ),
            self._step(
                context,
                Check.TRANSLATION,
                f"{name} replaces the source {packet.source} by the address of its interface in {by}, "
                f"{interface.private_ip}: nothing behind it needs a route to the clients' block.",
            ),
        )
        return leaving_by(interface, leaving_as(translated, leave(interface, translated, context, steps=steps)))

    def _back(self, packet: Packet, arrival: Arrival, context: Context, interface: Interface) -> tuple[Decision, ...]:
        network, name = context.network, context.network.name(self.key)
        entry = arrive(interface, packet, arrival, context)
        if entry.drop:
            return (entry.drop,)
        remembered = context.sessions.translations.get(self._session(interface))
        if context.expected is None or remembered is None or packet != remembered[1].reversed():
            text = f"{name} knows no client that {packet.source} could be answering: it opens no way to its clients."
            return (self._drop(context, text, "NO_POSSIBLE_DESTINATION", steps=entry.steps),)
        asked = remembered[0]
        restored = replace(packet, destination=asked.source)
        client = host_with(network, asked.source)
        assert client is not None
        text = f"{name} remembers which client asked and restores the destination {asked.source}."
        steps = (*entry.steps, self._step(context, Check.TRANSLATION, text))
        return (Forward(next=client, packet=restored, arrival=Arrival(previous=self.key), steps=steps),)

    def _session(self, interface: Interface) -> Key:
        """Connections of clients behind one interface are remembered apart from those behind another."""
        return Key(self.kind, f"{self.key.path}@{interface.id}")

    def _longest(self, packet: Packet) -> list[AuthorizationRule]:
        """The rules for the longest network that holds the destination: shorter ones do not count, whatever group.

        Source: Client VPN administrator guide, "Authorization rules for Active Directory groups not working as
        expected".
        """
        covering = [r for r in self.authorization_rules if packet.destination in r.target_network_cidr]
        length = max((r.target_network_cidr.prefixlen for r in covering), default=0)
        return [r for r in covering if r.target_network_cidr.prefixlen == length]

    def _judged(self, packet: Packet, chosen: AuthorizationRule | None) -> tuple[Candidate, ...]:
        return tuple(
            Candidate(
                text=str(rule),
                chosen=rule is chosen,
                reason="the longest network that contains it, and the client's group"
                if rule is chosen
                else f"does not contain {packet.destination}"
                if packet.destination not in rule.target_network_cidr
                else f"is for {rule.access_group}"
                if rule in self._longest(packet)
                else "shorter than another rule's network",
            )
            for rule in self.authorization_rules
        )

    def _drop(
        self,
        context: Context,
        text: str,
        code: str,
        candidates: tuple[Candidate, ...] = (),
        steps: tuple[Step, ...] = (),
    ) -> Drop:
        step = replace(
            self._step(context, Check.GATEWAY, text), outcome=Outcome.DROP, code=code, candidates=candidates
        )
        return Drop(steps=(*steps, step), disposition=Disposition.DROPPED)

    def _step(self, context: Context, check: Check, text: str) -> Step:
        name = context.network.name(self.key)
        return Step(check=check, outcome=Outcome.PASS, by=self.key, by_name=name, text=text)


KIND = Kind(
    component=ClientVpnEndpoint,
    plural="client_vpn_endpoints",
    title="Client VPN endpoint",
    cfn_type="AWS::EC2::ClientVpnEndpoint",
    terraform_type="aws_ec2_client_vpn_endpoint",
    icon="client-vpn",
    role=Role.SPANNING,
    scope=Scope.VPC,
    scope_note="with an interface in each associated subnet, one of a zone",
    contained_in=("vpc",),
    summary="Lets authorized people into the VPC under the address of its own interfaces: nothing needs a route back "
    "to the clients' block.",
    limits="A client block of /22 to /12 that overlaps neither the VPC nor a route; one subnet in a zone.",
    source="https://docs.aws.amazon.com/vpn/latest/clientvpn-admin/what-is.html",
    example="""\
version: 1
title: People at home reach the database
region: ap-south-1
zones: [a]
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    subnets:
      app: {cidr_block: 10.0.10.0/24}
    security_groups:
      people: {}
      app: {ingress: [tcp 22 from people]}
    client_vpn_endpoints:
      home:
        client_cidr_block: 10.200.0.0/22
        subnets: [app]
        security_groups: [people]
        authorization_rules: {10.0.0.0/16: engineers}
    instances:
      app: {subnet: app, security_groups: [app]}
vpn_clients:
  ann: {endpoint: home, groups: [engineers]}
flows:
  ann-logs-in: {from: ann, to: app, port: 22, expect: allowed}
""",
)
