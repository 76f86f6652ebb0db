"""A NAT gateway: lets private subnets open connections, and nothing in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv4Address
from typing import ClassVar

from docgen.core.prefixes import NAT64
from docgen.model.component import Component, InterfaceSpec, Ref, refers
from docgen.model.forwarding import Arrival, Context, Decision, Drop
from docgen.model.kind import Kind, Role, Scope
from docgen.model.packet import Packet
from docgen.model.trace import Check, Disposition, Outcome, Step
from docgen.routing.interface import arrive, leave
from docgen.routing.translation import restore, translate, translate_to_ipv4


class ConnectivityType(StrEnum):
    """EC2 API `ConnectivityType`."""

    PUBLIC = "public"
    PRIVATE = "private"


@dataclass(frozen=True, slots=True, kw_only=True)
class NatGateway(Component):
    """A zonal NAT gateway. Source: EC2 API `NatGateway`; `AWS::EC2::NatGateway`."""

    kind: ClassVar[str] = "nat_gateway"

    subnet: Ref = refers("subnet")
    """Where it stands; a public one needs a route to an internet gateway there."""
    connectivity_type: ConnectivityType = ConnectivityType.PUBLIC
    """A private one has no public address: for ways to other networks, not to the internet."""
    private_ip_address: IPv4Address | None = None
    """None: docgen picks the next free address of the subnet."""
    elastic_ip: IPv4Address | None = None
    """None: docgen picks one (a public gateway always has one, a private one never)."""

    def interface_specs(self) -> tuple[InterfaceSpec, ...]:
        """One interface without security groups."""
        public = self.connectivity_type is ConnectivityType.PUBLIC
        return (
            InterfaceSpec(
                subnet=self.subnet,
                private_ip_address=self.private_ip_address,
                public=(self.elastic_ip or True) if public else False,
                security_groups=None,
                source_dest_check=False,
            ),
        )

    def forward(self, packet: Packet, arrival: Arrival, context: Context) -> tuple[Decision, ...]:
        """Translate a new connection's source, or restore the client of an answer."""
        (interface,) = context.network.interfaces_of(self.key)
        entry = arrive(interface, packet, arrival, context)
        if entry.drop:
            return (entry.drop,)
        if interface.owns(packet.destination):
            return restore(self.key, interface, packet, arrival, context, entry.steps)
        if context.expected is not None:
            return (self._no_session(packet, context, entry.steps),)
        if arrival.from_vpc is None:
            return (self._from_elsewhere(packet, context, entry.steps),)
        if packet.destination.version == 6:
            if packet.destination not in NAT64:
                return (self._wrong_family(packet, context, entry.steps),)
            translated, step = translate_to_ipv4(self.key, interface, packet, context)
        else:
            translated, step = translate(self.key, interface, packet, context)
        steps = (*entry.steps, step)
        return leave(interface, translated, context, steps=steps, sender=arrival.sender)

    def _no_session(self, packet: Packet, context: Context, steps: tuple[Step, ...]) -> Drop:
        name = context.network.name(self.key)
        text = (
            f"{name} gets an answer from {packet.source} to {packet.destination} of a connection that did not "
            "pass it: it drops it."
        )
        return self._drop(context, steps, "DG_RETURN_PATH_ASYMMETRIC", text)

    def _from_elsewhere(self, packet: Packet, context: Context, steps: tuple[Step, ...]) -> Drop:
        name = context.network.name(self.key)
        text = f"{name} serves only sources in its own VPC, and {packet.source} is not."
        return self._drop(context, steps, "NGW_REQUIRES_SOURCE_IN_VPC", text)

    def _wrong_family(self, packet: Packet, context: Context, steps: tuple[Step, ...]) -> Drop:
        name = context.network.name(self.key)
        text = f"{name} translates IPv6 only for destinations in {NAT64}, and {packet.destination} is not one."
        return self._drop(context, steps, "DG_ADDRESS_FAMILY_MISMATCH", text)

    def _drop(self, context: Context, steps: tuple[Step, ...], code: str, text: str) -> Drop:
        name = context.network.name(self.key)
        step = Step(check=Check.GATEWAY, outcome=Outcome.DROP, by=self.key, by_name=name, text=text, code=code)
        return Drop(steps=(*steps, step), disposition=Disposition.DROPPED)


KIND = Kind(
    component=NatGateway,
    plural="nat_gateways",
    title="NAT gateway",
    abbreviation="NAT",
    cfn_type="AWS::EC2::NatGateway",
    terraform_type="aws_nat_gateway",
    icon="nat-gateway",
    role=Role.EGRESS,
    scope=Scope.ZONE,
    contained_in=("vpc", "subnet"),
    parent_field="subnet",
    per_zone=True,
    endpoint=True,
    route_target=True,
    summary="Replaces source address and port, remembers the connection, and lets only its answers back.",
    limits="55,000 connections to one destination for each address; redundant inside its zone only.",
    source="https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html",
    example="""\
version: 1
title: A NAT gateway in each zone
region: ap-south-1
zones: [a, b]
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    internet_gateway: igw
    subnets:
      public: {cidr_blocks: [10.0.0.0/24, 10.0.1.0/24], route_table: public}
      app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24], route_table: private}
    nat_gateways: {nat: {subnet: public}}
    route_tables:
      public: {0.0.0.0/0: igw}
      private: {0.0.0.0/0: nat}
""",
)
