"""A NAT gateway: lets private subnets open connections, and nothing in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field, replace
from enum import StrEnum
from ipaddress import IPv4Address
from typing import ClassVar

from docgen.core.data import dataclass
from docgen.core.prefixes import NAT64
from docgen.core.span import NOWHERE, Span
from docgen.model.component import Component, InterfaceSpec, Ref, refers
from docgen.model.form import Fault, Short
from docgen.model.forwarding import Arrival, Context, Decision, Drop
from docgen.model.kind import Kind, Role, Scope
from docgen.model.network import Network
from docgen.model.packet import Packet
from docgen.model.trace import Check, Disposition, Outcome, Step
from docgen.routing.interface import arrive, leave, leaving_as
from docgen.routing.regional_nat import forward_regional
from docgen.routing.translation import restore, translate, translate_to_ipv4


class ConnectivityType(StrEnum):
    """EC2 API `ConnectivityType`."""

    PUBLIC = "public"
    PRIVATE = "private"


class AvailabilityMode(StrEnum):
    """EC2 API `AvailabilityMode`."""

    ZONAL = "zonal"
    REGIONAL = "regional"


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneAddress:
    """A zone of a regional NAT gateway. Short form: `a: 198.51.100.7`."""

    short: ClassVar[Short] = Short(key="availability_zone", value="elastic_ip", example="a: 198.51.100.7")

    availability_zone: str
    """Its letter or full name."""
    elastic_ip: IPv4Address | None = None
    """None: docgen picks one."""
    span: Span = field(default=NOWHERE, compare=False)

    def names(self, zone: str) -> bool:
        """Whether it is for this zone."""
        return self.availability_zone in (zone, zone[-1:])


@dataclass(frozen=True, slots=True, kw_only=True)
class NatGateway(Component):
    """A NAT gateway. Source: EC2 API `NatGateway`; `AWS::EC2::NatGateway`."""

    kind: ClassVar[str] = "nat_gateway"

    subnet: Ref | None = refers("subnet", default=None)
    """Where a zonal one stands; a public one needs a route to an internet gateway there."""
    availability_mode: AvailabilityMode = AvailabilityMode.ZONAL
    """`regional`: in no subnet, serving the VPC in all its zones, with a route table of its own."""
    availability_zone_addresses: tuple[ZoneAddress, ...] = ()
    """The zones that a regional one serves, `{a: 198.51.100.7, b: 198.51.100.8}`; none: those with subnets."""
    connectivity_type: ConnectivityType = ConnectivityType.PUBLIC
    """A private one has no public address: for ways to other networks, not to the internet."""
    private_ip_address: IPv4Address | None = None
    """None: docgen picks the next free address of the subnet."""
    elastic_ip: IPv4Address | None = None
    """None: docgen picks one (a public gateway always has one, a private one never)."""

    def faults(self) -> Iterator[Fault]:
        """A zonal one stands in a subnet; a regional one in none, and is public."""
        regional = self.availability_mode is AvailabilityMode.REGIONAL
        if self.subnet is None and not regional:
            yield Fault("", "a NAT gateway needs `subnet`", "name one, or write `availability_mode: regional`")
        if regional and self.subnet is not None:
            yield Fault("subnet", "a regional NAT gateway stands in no subnet", "remove `subnet`")
        if regional and self.connectivity_type is ConnectivityType.PRIVATE:
            yield Fault("connectivity_type", "a regional NAT gateway is public", "make it zonal")
        if regional and (self.private_ip_address or self.elastic_ip):
            name = "elastic_ip" if self.elastic_ip else "private_ip_address"
            hint = "write `availability_zone_addresses: {a: 198.51.100.7}`"
            yield Fault(name, "a regional NAT gateway has addresses by zone", hint)
        if not regional and self.availability_zone_addresses:
            yield Fault("availability_zone_addresses", "a zonal NAT gateway has one zone", "write `elastic_ip`")

    @property
    def role(self) -> Role | None:
        """A regional one is drawn on the VPC's border."""
        return Role.GATEWAY if self.availability_mode is AvailabilityMode.REGIONAL else None

    def zonal_addresses(self, zones: Sequence[str]) -> Iterator[tuple[str, IPv4Address | None]]:
        """The zones that a regional one serves, with its address in each (None: any)."""
        if self.availability_mode is AvailabilityMode.REGIONAL:
            written = {z: a.elastic_ip for a in self.availability_zone_addresses for z in zones if a.names(z)}
            yield from (written or dict.fromkeys(zones)).items()

    def interface_specs(self) -> tuple[InterfaceSpec, ...]:
        """One interface without security groups; none for a regional one."""
        if self.subnet is None:
            return ()
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

    def largest_packet(self, network: Network) -> int:
        """From inside; an internet gateway behind it passes less."""
        del network
        return 8500

    def forward(self, packet: Packet, arrival: Arrival, context: Context) -> tuple[Decision, ...]:
        """Translate a new connection's source, or restore the client of an answer."""
        if self.availability_mode is AvailabilityMode.REGIONAL:
            manual = bool(self.availability_zone_addresses)
            return forward_regional(self, packet, arrival, context, manual=manual)
        (interface,) = context.network.interfaces_of(self.key)
        entry = arrive(interface, packet, arrival, context)
        if entry.drop:
            return (entry.drop,)
        if interface.owns(packet.destination):
            if context.expected is None and self._is_foreign(arrival):
                return (self._from_elsewhere(packet, context, entry.steps),)
            return restore(self.key, interface, packet, arrival, context, entry.steps)
        if context.expected is not None:
            return (self._no_session(packet, context, entry.steps),)
        if arrival.from_vpc is None:
            return (self._from_elsewhere(packet, context, entry.steps),)
        if packet.destination.version == 6:
            if packet.destination not in NAT64 or context.network.assumes("nat64-route") == "refused":
                return (self._wrong_family(packet, context, entry.steps),)
            translated, step = translate_to_ipv4(self.key, interface, packet, context)
            step = replace(step, assumption="nat64-route")
            if interface.owns(translated.destination):  # nobody is behind its own address
                return restore(self.key, interface, translated, arrival, context, (*entry.steps, step))
        else:
            translated, step = translate(self.key, interface, packet, context)
        steps = (*entry.steps, step)
        return leaving_as(translated, leave(interface, translated, context, steps=steps, sender=arrival.sender))

    def _no_session(self, packet: Packet, context: Context, steps: tuple[Step, ...]) -> Drop:
        name = context.network.name(self.key)
        text = (
            f"{name} gets an answer from {packet.source} to {packet.destination} of a connection that did not "
            "pass it: it drops it."
        )
        return self._drop(context, steps, "DG_RETURN_PATH_ASYMMETRIC", text)

    def _is_foreign(self, arrival: Arrival) -> bool:
        """Whether it comes over peering, or from a virtual private gateway."""
        if arrival.from_vpc is not None:
            return arrival.from_vpc.path != self.scope
        return arrival.previous is not None and arrival.previous.kind != "internet_gateway"

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
    scope_note="a regional one: its VPC, in each zone in use",
    contained_in=("vpc", "subnet"),
    parent_field="subnet",
    per_zone=True,
    endpoint=True,
    route_target=True,
    summary="Replaces source address and port, remembers the connection, and lets only its answers back.",
    limits="55,000 connections to one destination for each address; redundant in one zone, or regional.",
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
