"""An endpoint of the VPC Resolver: interfaces by which others ask it (inbound), or by which it asks (outbound)."""

from __future__ import annotations

from enum import StrEnum
from ipaddress import IPv4Address
from typing import ClassVar

from docgen.core.data import dataclass
from docgen.core.prefixes import Address
from docgen.model.component import Component, InterfaceSpec, Ref, refers
from docgen.model.forwarding import Arrival, Context, Decision, Drop
from docgen.model.kind import Kind, Look, Role, Scope
from docgen.model.network import Interface, Network
from docgen.model.packet import Packet
from docgen.model.trace import Check, Disposition, Outcome, Step
from docgen.routing.interface import arrive, delivered, leave

DNS_PORT = 53


class ResolverEndpointDirection(StrEnum):
    """Route 53 Resolver API `Direction`."""

    INBOUND = "inbound"
    OUTBOUND = "outbound"


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolverEndpoint(Component):
    """An endpoint of the VPC Resolver. Source: Route 53 Resolver API `ResolverEndpoint`."""

    kind: ClassVar[str] = "resolver_endpoint"

    direction: ResolverEndpointDirection
    """`inbound`: others ask the VPC's resolver at its addresses. `outbound`: rules forward questions from them."""
    subnets: tuple[Ref, ...] = refers("subnet")
    """Where its interfaces stand: at least two, in different zones; a subnet may be named twice."""
    ip_addresses: tuple[IPv4Address, ...] = ()
    """Addresses of the interfaces in the order of `subnets`; none written, AWS picks."""
    security_groups: tuple[Ref, ...] = refers("security_group", default=())
    """Of every interface: inbound ones must admit port 53, outbound ones let it out. None: the VPC's default."""

    @property
    def is_inbound(self) -> bool:
        """Whether others ask by it."""
        return self.direction is ResolverEndpointDirection.INBOUND

    @property
    def type(self) -> str:
        """By which its title is chosen."""
        return self.direction.value

    def interface_specs(self) -> tuple[InterfaceSpec, ...]:
        """One for each subnet that it names."""
        missing = len(self.subnets) - len(self.ip_addresses)
        addresses = (*self.ip_addresses[: len(self.subnets)], *(None,) * max(missing, 0))
        return tuple(
            InterfaceSpec(subnet=subnet, private_ip_address=address, security_groups=self.security_groups)
            for subnet, address in zip(self.subnets, addresses, strict=True)
        )

    def answering(self, network: Network, *, outside: bool = False) -> tuple[tuple[Interface, Address], ...]:
        """Its working interfaces, or all where none works."""
        del outside
        interfaces = network.interfaces_of(self.key)
        working = [i for i in interfaces if network.interface_is_up(i)] or list(interfaces)
        return tuple((i, i.private_ip) for i in working)

    def send(self, packet: Packet, interface: Interface | None, context: Context) -> tuple[Decision, ...]:
        """Let a question, or an answer to one, go."""
        assert interface is not None
        if self.is_inbound and context.expected is None:
            text = (
                f"{{name}} only takes questions: the resolver asks by outbound endpoints, not {packet.destination}."
            )
            return (self._refused(context, text, ()),)
        return leave(interface, packet, context)

    def forward(self, packet: Packet, arrival: Arrival, context: Context) -> tuple[Decision, ...]:
        """Take a question (inbound) or the answer to its own; nothing else."""
        interface = arrival.interface
        assert interface is not None
        entry = arrive(interface, packet, arrival, context)
        if entry.drop:
            return (entry.drop,)
        if context.expected is None and not self.is_inbound:
            text = "{name} takes answers only: it is an outbound endpoint, and asks."
            return (self._refused(context, text, entry.steps),)
        if context.expected is None and packet.destination_ports != (DNS_PORT, DNS_PORT):
            text = "{name} takes DNS questions only, at port 53."
            return (self._refused(context, text, entry.steps),)
        return (delivered(interface, packet, context, entry.steps),)

    def _refused(self, context: Context, text: str, steps: tuple[Step, ...]) -> Drop:
        name = context.network.name(self.key)
        step = Step(
            check=Check.DELIVERY,
            outcome=Outcome.DROP,
            by=self.key,
            by_name=name,
            text=text.replace("{name}", name),
            code="NO_POSSIBLE_DESTINATION",
        )
        return Drop(steps=(*steps, step), disposition=Disposition.DROPPED)


KIND = Kind(
    component=ResolverEndpoint,
    plural="resolver_endpoints",
    title="Resolver endpoint",
    abbreviation="Resolver",
    cfn_type="AWS::Route53Resolver::ResolverEndpoint",
    terraform_type="aws_route53_resolver_endpoint",
    icon="route-53",
    role=Role.WORKLOAD,
    scope=Scope.REGION,
    scope_note="with interfaces in several zones",
    contained_in=("vpc",),
    endpoint=True,
    variants={
        "inbound": Look(title="Resolver inbound endpoint", abbreviation="Resolver in"),
        "outbound": Look(title="Resolver outbound endpoint", abbreviation="Resolver out"),
    },
    summary="Inbound: takes questions of other networks to the VPC's resolver. Outbound: rules forward from it.",
    limits="At least two addresses, six at most on the default quota; the resolver itself answers its own VPC only.",
    source="https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver.html",
    example="""\
version: 1
title: Names for the data center, and from it
region: ap-south-1
zones: [a, b]
data_centers: {hq: {cidr_blocks: [192.168.0.0/16], dns_forwarders: {aws.example: inbound}}}
on_premises_hosts: {dns: {data_center: hq, ip_address: 192.168.1.53}}
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    enable_dns_hostnames: true
    subnets: {dns: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24]}}
    security_groups: {dns: {ingress: [udp 53 from 192.168.0.0/16]}}
    resolver_endpoints:
      inbound: {direction: inbound, subnets: [dns], security_groups: [dns]}
      outbound: {direction: outbound, subnets: [dns]}
resolver_rules:
  to-hq: {domain_name: corp.example, resolver_endpoint: outbound, target_ips: [dns], vpcs: [shop]}
hosted_zones:
  aws.example: {vpcs: [shop], records: {app: {a: [10.0.10.20]}}}
  corp.example: {provider: dns, records: {erp: {a: [192.168.1.5]}}}
""",
)
