"""An Application Load Balancer: ends a client's connection and opens its own to a healthy target."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar

from docgen.core.prefixes import Address
from docgen.core.span import NOWHERE, Span
from docgen.model.component import Component, InterfaceSpec, Ref, refers
from docgen.model.form import Short, limited
from docgen.model.forwarding import Arrival, Context, Decision, Drop, Onward
from docgen.model.kind import Kind, Role, Scope
from docgen.model.network import Interface, Network
from docgen.model.packet import Packet
from docgen.model.trace import Check, Disposition, Outcome, Step
from docgen.routing.interface import arrive, delivered, leave


class LoadBalancerType(StrEnum):
    """ELBv2 API `Type`; the others come with later kinds."""

    APPLICATION = "application"


class Scheme(StrEnum):
    """ELBv2 API `Scheme`."""

    INTERNET_FACING = "internet-facing"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One registered target. Short form, under its listener: `app: 8080`."""

    short: ClassVar[Short] = Short(key="target", value="port", example="app: 8080")

    target: Ref = refers("instance", "network_interface", each=True)
    """An instance or a network interface; several that one id became per zone are all targets."""
    port: int = limited(minimum=1, maximum=65535)
    """Where it listens."""
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listener:
    """A port that the load balancer answers on. Short form, under its port: `443: {app: 8080}`."""

    short: ClassVar[Short] = Short(key="port", rest="targets", example="443: {app: 8080}")

    port: int = limited(minimum=1, maximum=65535)
    """Where clients connect."""
    protocol: str = limited(choices=("", "HTTP", "HTTPS"), default="")
    """HTTP or HTTPS; "" takes HTTPS on 443 and 8443, else HTTP."""
    targets: tuple[Target, ...] = ()
    """Who gets the requests."""
    span: Span = field(default=NOWHERE, compare=False)

    @property
    def label(self) -> str:
        """`HTTPS 443`."""
        return f"{self.protocol or ('HTTPS' if self.port in (443, 8443) else 'HTTP')} {self.port}"


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadBalancer(Component):
    """An Elastic Load Balancer. Source: ELBv2 API `LoadBalancer`."""

    kind: ClassVar[str] = "load_balancer"

    type: LoadBalancerType = LoadBalancerType.APPLICATION
    """`application`: HTTP and HTTPS."""
    scheme: Scheme = Scheme.INTERNET_FACING
    """Whether its nodes have public addresses."""
    subnets: tuple[Ref, ...] = refers("subnet")
    """At least two, each in another zone; one node stands in each."""
    security_groups: tuple[Ref, ...] = refers("security_group", default=())
    """Of every node. None named: the VPC's default group."""
    cross_zone: bool = True
    """`load_balancing.cross_zone.enabled`: nodes use targets of other zones too."""
    listeners: tuple[Listener, ...] = ()
    """Ports that it answers on, with their targets."""

    def interface_specs(self) -> tuple[InterfaceSpec, ...]:
        """One node for each subnet."""
        return tuple(
            InterfaceSpec(
                subnet=subnet,
                public=self.scheme is Scheme.INTERNET_FACING,
                security_groups=self.security_groups,
            )
            for subnet in self.subnets
        )

    def answering(self, network: Network, *, outside: bool) -> tuple[tuple[Interface, Address], ...]:
        """Every working node: the name of an internet-facing one gives public addresses to everybody."""
        del outside
        nodes = network.interfaces_of(self.key)
        working = [i for i in nodes if network.interface_is_up(i)] or list(nodes)[:1]
        return tuple((i, i.public_ip or i.private_ip) for i in working)

    def send(self, packet: Packet, interface: Interface | None, context: Context) -> tuple[Decision, ...]:
        """Let a node's packet go: to a target, or an answer to a client."""
        assert interface is not None
        return leave(interface, packet, context)

    def forward(self, packet: Packet, arrival: Arrival, context: Context) -> tuple[Decision, ...]:
        """Accept a connection where a listener has its port; take targets' answers."""
        interface = arrival.interface
        assert interface is not None
        entry = arrive(interface, packet, arrival, context)
        if entry.drop:
            return (entry.drop,)
        if context.expected is not None:
            return (delivered(interface, packet, context, entry.steps),)
        listener = self._listener(packet)
        if listener is None:
            ports = ", ".join(str(x.port) for x in self.listeners) or "none"
            text = f"{{name}} has no listener for {_asked(packet)} (it has {ports})."
            return (self._drop(context.network, text, "ELBV2_LISTENERS_MISMATCH", Check.LISTENER, entry.steps),)
        step = self._step(
            context.network,
            f"{{name}} accepts the connection: listener {listener.label}.",
            Check.LISTENER,
            rule=f"listener {listener.label}",
        )
        return (delivered(interface, packet, context, (*entry.steps, step)),)

    def onward(self, packet: Packet, arrival: Arrival, network: Network) -> tuple[Onward, ...] | Drop:
        """A connection to each target that this node may choose: healthy, and in a zone that it may use."""
        interface = arrival.interface
        assert interface is not None
        listener = self._listener(packet)
        if listener is None or not listener.targets:
            text = f"{{name}} has no target behind its listener{f' {listener.label}' if listener else ''}."
            return self._drop(network, text, "ELBV2_LISTENER_HAS_NO_TG")
        keys = [network.bind(t.target, self.scope, "instance", "network_interface") for t in listener.targets]
        targets = [
            (network.interfaces_of(key)[0], t.port)
            for key, t in zip(keys, listener.targets, strict=True)
            if network.owned.get(key)
        ]
        zones = {i.zone for i in network.interfaces_of(self.key)}
        usable = [(i, port) for i, port in targets if i.zone in zones]
        if not usable:
            text = f"{{name}} has no node in the zone of any target of its listener {listener.label}."
            return self._drop(network, text, "ELB_INSTALLED_AZ_RESTRICTION")
        near = usable if self.cross_zone else [(i, port) for i, port in usable if i.zone == interface.zone]
        if not near:
            text = f"{{name}} has no target in zone {interface.zone}, and cross-zone load balancing is off."
            return self._drop(network, text, "ELB_NOT_CROSSZONE", secondary=("ELBV2_NO_TARGETS_IN_AZ",))
        healthy = [(i, port) for i, port in near if network.interface_is_up(i)]
        if not healthy:
            return self._drop(network, "{name} has no healthy target left.", "BAD_STATE")
        return tuple(
            Onward(purpose="listener", interface=interface, target=target, port=port) for target, port in healthy
        )

    def _listener(self, packet: Packet) -> Listener | None:
        if packet.protocol != "tcp":
            return None
        return next((x for x in self.listeners if packet.destination_ports == (x.port, x.port)), None)

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


def _asked(packet: Packet) -> str:
    """`tcp 443`; ICMP has no ports."""
    return str(packet.protocol) if packet.protocol == "icmp" else f"{packet.protocol} {packet.destination_ports}"


KIND = Kind(
    component=LoadBalancer,
    plural="load_balancers",
    title="Application Load Balancer",
    abbreviation="ALB",
    cfn_type="AWS::ElasticLoadBalancingV2::LoadBalancer",
    terraform_type="aws_lb",
    icon="application-load-balancer",
    role=Role.SPANNING,
    scope=Scope.REGION,
    contained_in=("vpc",),
    endpoint=True,
    summary="A proxy: its targets see a node's private address and answer it, never the client.",
    limits="Subnets in at least two zones, /27 or larger with eight free addresses.",
    source="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html",
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
)
