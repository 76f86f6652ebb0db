"""An Elastic Load Balancer: an Application one ends connections, a Network one passes them on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from enum import StrEnum
from ipaddress import IPv4Address
from typing import ClassVar, Protocol

from docgen.core.data import dataclass
from docgen.core.prefixes import Address
from docgen.core.span import NOWHERE, Span
from docgen.model.component import Component, InterfaceSpec, Ref, refers
from docgen.model.form import Fault, Short, limited
from docgen.model.forwarding import Arrival, Context, Decision, Drop, Onward
from docgen.model.kind import Kind, Look, Role, Scope
from docgen.model.network import Interface, Network
from docgen.model.packet import Packet
from docgen.model.targets import GroupShare, IpAddressType, ListenerProtocol, Pool, Target
from docgen.model.trace import Check, Disposition, Outcome, Step
from docgen.routing import balancing
from docgen.routing.interface import arrive, delivered, leave
from docgen.routing.passing import own_address_kept
from docgen.routing.reactions import answers_without, reaction


class LoadBalancerType(StrEnum):
    """ELBv2 API `Type`; Gateway Load Balancers are not modelled."""

    APPLICATION = "application"
    NETWORK = "network"


class Scheme(StrEnum):
    """ELBv2 API `Scheme`."""

    INTERNET_FACING = "internet-facing"
    INTERNAL = "internal"


class _HasPool(Protocol):
    """What a listener may forward to."""

    def pool(self, network: Network) -> Pool: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Listener:
    """A port that the load balancer answers on. Short form, under its port: `443: {app: 8080}`."""

    short: ClassVar[Short] = Short(key="port", rest="targets", example="443: {app: 8080}")

    port: int = limited(minimum=1, maximum=65535)
    """Where clients connect."""
    protocol: ListenerProtocol | None = None
    """HTTP or HTTPS; of a Network Load Balancer TCP, UDP, TLS or TCP_UDP. None takes HTTPS on 443 and 8443, else
    HTTP; of a network one TCP."""
    targets: tuple[Target, ...] = ()
    """Who gets the requests, where that is not a target group of its own."""
    target_groups: tuple[GroupShare, ...] = ()
    """Target groups that get them; AWS may choose any whose weight is not 0."""
    span: Span = field(default=NOWHERE, compare=False)

    def speaks(self, kind: LoadBalancerType) -> ListenerProtocol:
        """Its protocol, of a load balancer of this type."""
        if self.protocol is not None:
            return self.protocol
        if kind is LoadBalancerType.NETWORK:
            return ListenerProtocol.TCP
        return ListenerProtocol.HTTPS if self.port in (443, 8443) else ListenerProtocol.HTTP


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadBalancer(Component):
    """An Elastic Load Balancer. Source: ELBv2 API `LoadBalancer`."""

    kind: ClassVar[str] = "load_balancer"

    type: LoadBalancerType = LoadBalancerType.APPLICATION
    """`application`: HTTP and HTTPS, for clients that never see the targets' side. `network`: TCP, UDP and TLS,
    with a fixed address in each zone, for targets that see their clients."""
    scheme: Scheme = Scheme.INTERNET_FACING
    """Whether its nodes have public addresses."""
    subnets: tuple[Ref, ...] = refers("subnet")
    """Each in another zone, at least two for an application one; one node stands in each."""
    security_groups: tuple[Ref, ...] = refers("security_group", default=())
    """Of every node. None named: the VPC's default group; a network one has none then, and lets everything in."""
    private_ip_addresses: tuple[IPv4Address, ...] = ()
    """Of a network one: the nodes' addresses in the order of `subnets`; none written, AWS picks."""
    elastic_ips: tuple[IPv4Address, ...] = ()
    """Of a network one that faces the internet: the nodes' public addresses in the order of `subnets`."""
    ip_address_type: IpAddressType = IpAddressType.IPV4
    """Whether its nodes have IPv6 addresses too; their subnets need an IPv6 block then. Clients' IPv6 is converted
    where a target has IPv4 only."""
    cross_zone: bool | None = None
    """`load_balancing.cross_zone.enabled`: nodes use targets of other zones too. None is AWS's default: on for an
    application one, off for a network one."""
    enforce_security_group_inbound_rules_on_private_link_traffic: bool = True
    """Of a network one with security groups: their inbound rules count for what AWS PrivateLink brings, with the
    consumer's own private address."""
    listeners: tuple[Listener, ...] = ()
    """Ports that it answers on, with their targets."""

    def faults(self) -> Iterator[Fault]:
        """Addresses of its own are a Network Load Balancer's."""
        for name in ("private_ip_addresses", "elastic_ips"):
            if getattr(self, name) and not self.is_network:
                hint = "write `type: network`, or leave them out"
                yield Fault(name, "an Application Load Balancer has no fixed addresses", hint)
        if self.elastic_ips and self.scheme is Scheme.INTERNAL:
            yield Fault("elastic_ips", "an internal load balancer has no public addresses", "leave them out")
        if self._hides_ipv4 and (self.is_network or self.scheme is Scheme.INTERNAL):
            text = "only an Application Load Balancer that faces the internet does without public IPv4 addresses"
            yield Fault("ip_address_type", text, "write `dualstack`")

    @property
    def _hides_ipv4(self) -> bool:
        return self.ip_address_type is IpAddressType.WITHOUT_PUBLIC_IPV4

    @property
    def has_ipv6(self) -> bool:
        """Whether its nodes have IPv6 addresses."""
        return self.ip_address_type is not IpAddressType.IPV4

    @property
    def is_network(self) -> bool:
        """Whether it is a Network Load Balancer."""
        return self.type is LoadBalancerType.NETWORK

    @property
    def crosses_zones(self) -> bool:
        """Whether nodes use targets of other zones, unless a target group says otherwise."""
        return not self.is_network if self.cross_zone is None else self.cross_zone

    def interface_specs(self) -> tuple[InterfaceSpec, ...]:
        """One node for each subnet; a network one passes on packets that are not from its own address."""
        facing = self.scheme is Scheme.INTERNET_FACING and not self._hides_ipv4
        return tuple(
            InterfaceSpec(
                subnet=subnet,
                private_ip_address=private,
                public=facing and (public or True),
                ipv6=self.has_ipv6,
                security_groups=None if self.is_network and not self.security_groups else self.security_groups,
                source_dest_check=not self.is_network,
            )
            for subnet, private, public in zip(
                self.subnets, self._padded(self.private_ip_addresses), self._padded(self.elastic_ips), strict=True
            )
        )

    def _padded(self, addresses: tuple[IPv4Address, ...]) -> tuple[IPv4Address | None, ...]:
        """One for each subnet, None where none is written."""
        missing = len(self.subnets) - len(addresses)
        return (*addresses[: len(self.subnets)], *(None,) * max(missing, 0))

    def parts(self, network: Network) -> tuple[str, ...]:
        """What of it can be down by itself: a listener, or a target that is registered under one."""
        listeners = dict.fromkeys(_part(listener) for listener in self.listeners)
        own = (p for listener in self.listeners for p in self.pools(listener, network) if p.key is None)
        return (*listeners, *balancing.targets_in(network, own))

    def answering(self, network: Network, *, outside: bool = False) -> tuple[tuple[Interface, Address], ...]:
        """Every working node: the name of an internet-facing one gives public addresses to everybody.

        A network one takes nodes out of its name whose zone has no healthy target in some target group; where
        no zone has, it gives them all.
        """
        del outside
        nodes = network.interfaces_of(self.key)
        working = [i for i in nodes if network.interface_is_up(i)] or list(nodes)[:1]
        if self.is_network:
            pools = [p for listener in self.listeners for p in self.pools(listener, network)]
            served = [
                i for i in working if balancing.is_served(network, self.key, i, pools, cross_zone=self.crosses_zones)
            ]
            working = served or working
        return tuple((i, i.public_ip or i.private_ip) for i in working)

    def is_healthy(self, network: Network) -> bool:
        """Whether a node works, and every target group behind a listener has a healthy target.

        Source: Route 53 Developer Guide, "Values specific for failover alias records", "Evaluate target health".
        """
        pools = [p for listener in self.listeners for p in self.pools(listener, network)]
        return network.is_up(self.key) and all(balancing.has_healthy(network, self.key, p) for p in pools)

    def send(self, packet: Packet, interface: Interface | None, context: Context) -> tuple[Decision, ...]:
        """Let a node's packet go: to a target, or an answer to a client."""
        assert interface is not None
        if context.kept is not None:
            refused = own_address_kept(interface, packet, context)
            if refused is not None:
                return (refused,)
        own = context.client is not None and context.client.owner == self.key
        opens = self.is_network and context.expected is None and not own
        steps = (self._passes_on(interface, packet, context),) if opens else ()
        return leave(interface, packet, context, steps=steps, kept=context.kept)

    def _passes_on(self, node: Interface, packet: Packet, context: Context) -> Step:
        """Whose address the target will see."""
        if context.kept is not None:
            text = f"{{name}} passes it on and keeps its client's address {packet.source}: the target sees that."
        else:
            text = (
                f"{{name}} passes it on from its own address {packet.source}: the target does not see its client's."
            )
        return self._step(context.network, text, Check.TRANSLATION, rule=f"node {node.id}")

    def forward(self, packet: Packet, arrival: Arrival, context: Context) -> tuple[Decision, ...]:
        """Accept a connection where a listener has its port; take targets' answers."""
        interface = arrival.interface
        assert interface is not None
        unasked = arrival.private_link and not self.enforce_security_group_inbound_rules_on_private_link_traffic
        outside = arrival.previous is not None and arrival.previous.kind == "internet_gateway"
        if outside and self.scheme is Scheme.INTERNAL and context.expected is None:
            text = "{name} is internal: its IPv6 addresses take nothing from an internet gateway."
            return (self._drop(context.network, text, "IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS", Check.GATEWAY),)
        entry = arrive(interface, packet, arrival, context, ask_groups=not unasked)
        if entry.drop:
            return (entry.drop,)
        if context.expected is not None:
            return (delivered(interface, packet, context, entry.steps),)
        listener = self._listener(packet)
        if listener is None:
            ports = ", ".join(f"{x.speaks(self.type)} {x.port}" for x in self.listeners) or "none"
            text = f"{{name}} has no listener for {_asked(packet)} (it has {ports})."
            return (self._drop(context.network, text, "ELBV2_LISTENERS_MISMATCH", Check.LISTENER, entry.steps),)
        label = f"{listener.speaks(self.type)} {listener.port}"
        if not context.network.part_is_up(self.key, _part(listener)):
            text = f"Listener {label} of {{name}} is out of order."
            return (self._drop(context.network, text, "BAD_STATE", Check.STATE, entry.steps),)
        if listener.protocol is ListenerProtocol.TLS:
            text = f"{{name}} accepts the connection and ends TLS there: listener {label}."
        else:
            text = f"{{name}} accepts the connection: listener {label}."
        step = self._step(context.network, text, Check.LISTENER, rule=f"listener {label}")
        steps = (*entry.steps, *self._reactions(listener, interface, context.network), step)
        return (delivered(interface, packet, context, steps),)

    def _reactions(self, listener: Listener, node: Interface, network: Network) -> tuple[Step, ...]:
        """What an outage changes here: nodes that are out of its name, and targets that it takes as unhealthy."""
        if network.intact is None:
            return ()
        named = [i for i, _ in self.answering(network)]
        steps = answers_without(network, self.key, named)
        for pool in self.pools(listener, network):
            out, left = balancing.left_out(network, self.key, node, pool, cross_zone=self.crosses_zones)
            if out:
                name, lost, used = network.name(self.key), ", ".join(out), ", ".join(left)
                text = f"{name} takes {lost} as unhealthy and uses {used} only."
                steps += (reaction(network, self.key, text),)
        return steps

    def onward(self, packet: Packet, arrival: Arrival, network: Network) -> tuple[Onward, ...] | Drop:
        """A connection to each target that this node may choose: healthy, and in a zone that it may use."""
        node, listener = arrival.interface, self._listener(packet)
        assert node is not None
        pools = self.pools(listener, network) if listener else ()
        if listener is None or not pools:
            label = f" {listener.speaks(self.type)} {listener.port}" if listener else ""
            text = f"{{name}} has no target behind its listener{label}."
            return self._drop(network, text, "ELBV2_LISTENER_HAS_NO_TG")
        found: list[Onward] = []
        for pool in pools:
            if pool.protocol is not None and packet.protocol not in pool.protocol.carried_by:
                text = f"Target group {pool.name} of {{name}} takes {pool.protocol}, not {packet.protocol}."
                return self._drop(network, text, "ELBV2_LISTENER_REQUIRES_TG_ACCEPT")
            chosen = balancing.choose(network, self.key, node, pool, cross_zone=self.crosses_zones)
            if isinstance(chosen, balancing.NoTarget):
                return self._drop(network, f"{{name}} {chosen.why}.", chosen.code, secondary=chosen.secondary)
            protocol = listener.speaks(self.type)
            for member in chosen:
                kept = self.is_network and arrival.private_link is None
                kept = kept and balancing.keeps_client_address(member, pool, protocol)
                kept = kept and packet.source.version == member.address.version  # converted: the node's own
                plain = not kept and member.interface is not None and member.address == member.interface.private_ip
                found.append(
                    Onward(
                        purpose="listener",
                        interface=node,
                        target=member.interface,
                        port=member.port,
                        protocol=packet.protocol,
                        address=None if plain else member.address,
                        client=packet if kept else None,
                        kept=arrival if kept else None,
                    )
                )
        return tuple(found)

    def pools(self, listener: Listener, network: Network) -> tuple[Pool, ...]:
        """What a listener forwards to: its own targets, and each target group that has a weight."""
        targets = tuple((t.target, t.port) for t in listener.targets)
        own = balancing.members_of(network, self.scope, targets)
        called = balancing.functions_of(network, self.scope, targets)
        pools = [Pool(key=None, name="", members=own, functions=called)] if targets else []
        for share in listener.target_groups:
            key = network.bound.get((self.scope, share.target_group.name, ("target_group",)))
            if share.weight and key is not None:
                group: _HasPool = network.get(key)  # type: ignore[assignment]
                pools.append(group.pool(network))
        return tuple(pools)

    def _listener(self, packet: Packet) -> Listener | None:
        for listener in self.listeners:
            if packet.protocol in listener.speaks(self.type).carried_by and packet.destination_ports == (
                listener.port,
                listener.port,
            ):
                return listener
        return None

    def _step(
        self,
        network: Network,
        text: str,
        check: Check,
        outcome: Outcome = Outcome.PASS,
        code: str = "",
        rule: str = "",
    ) -> Step:
        name = network.name(self.key)
        sentence = text.replace("{name}", name)
        return Step(check=check, outcome=outcome, by=self.key, by_name=name, text=sentence, code=code, rule=rule)

    def _drop(
        self,
        network: Network,
        text: str,
        code: str,
        check: Check = Check.TARGET,
        steps: tuple[Step, ...] = (),
        secondary: tuple[str, ...] = (),
    ) -> Drop:
        step = self._step(network, text, check, Outcome.DROP, code)
        return Drop(steps=(*steps, step), disposition=Disposition.DROPPED, secondary=secondary)


def _part(listener: Listener) -> str:
    """What a listener is called as a part of its load balancer."""
    return f"listener-{listener.port}"


def _asked(packet: Packet) -> str:
    """`tcp 443`; ICMP has no ports."""
    return str(packet.protocol) if packet.protocol == "icmp" else f"{packet.protocol} {packet.destination_ports}"


KIND = Kind(
    component=LoadBalancer,
    plural="load_balancers",
    title="Elastic Load Balancer",
    abbreviation="ELB",
    cfn_type="AWS::ElasticLoadBalancingV2::LoadBalancer",
    terraform_type="aws_lb",
    icon="application-load-balancer",
    role=Role.SPANNING,
    scope=Scope.REGION,
    scope_note="inside one VPC, with a node in one subnet of each zone",
    contained_in=("vpc",),
    endpoint=True,
    alias_target=True,
    summary="An application one is a proxy: its targets see a node's private address. A network one passes "
    "connections on to targets that may see the client's address, and takes their answers back.",
    limits="An application one needs subnets in at least two zones, /27 or larger with eight free addresses.",
    source="https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html",
    example="""\
version: 1
title: A load balancer before two servers
region: ap-south-1
zones: [a, b]
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    internet_gateway: igw
    subnets:
      public: {cidr_blocks: [10.0.0.0/24, 10.0.1.0/24], route_table: public}
      app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24]}
    route_tables:
      public: {0.0.0.0/0: igw}
    security_groups:
      edge: {ingress: [tcp 443 from 0.0.0.0/0]}
      app: {ingress: [tcp 8080 from edge]}
    load_balancers:
      edge: {scheme: internet-facing, subnets: [public], security_groups: [edge], listeners: {443: {app: 8080}}}
    instances:
      app: {subnet: app, security_groups: [app]}
""",
    variants={
        "application": Look(title="Application Load Balancer", abbreviation="ALB"),
        "network": Look(title="Network Load Balancer", abbreviation="NLB", icon="network-load-balancer"),
    },
)
