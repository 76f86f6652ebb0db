"""An EC2 instance: a virtual machine in one subnet; with forwarding on, a NAT instance or an appliance."""

from __future__ import annotations

from enum import StrEnum
from ipaddress import IPv4Address, IPv6Address
from typing import ClassVar

from docgen.core.data import dataclass
from docgen.model.calls import Call, Listening
from docgen.model.component import Component, InterfaceSpec, Ref, refers
from docgen.model.forwarding import Arrival, Context, Decision
from docgen.model.kind import Kind, Role, Scope
from docgen.model.network import Interface
from docgen.model.packet import Packet
from docgen.routing.interface import arrive, delivered, leave, leaving_as
from docgen.routing.translation import pass_on, restore, translate


class Forwards(StrEnum):
    """What an instance does with packets that are not for it (once its source/destination check is off)."""

    UNCHANGED = "unchanged"
    """Passes them on as they are, and must see both halves of a connection: a firewall appliance."""
    NAT = "nat"
    """Puts its own address in as source and remembers the connection: a NAT instance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Instance(Component):
    """An EC2 instance with one network interface. Source: EC2 API `Instance`; `AWS::EC2::Instance`."""

    kind: ClassVar[str] = "instance"

    subnet: Ref = refers("subnet")
    """Where its network interface stands."""
    private_ip_address: IPv4Address | None = None
    """None: docgen picks the next free address of the subnet."""
    associate_public_ip_address: bool | None = None
    """None: as the subnet's `map_public_ip_on_launch` says."""
    public_ip_address: IPv4Address | None = None
    """This public address."""
    elastic_ip: bool | IPv4Address = False
    """An Elastic IP: any (true) or this one."""
    ipv6_address: bool | IPv6Address | None = None
    """An IPv6 address: any (true) or this one. None: as the subnet's `assign_ipv6_address_on_creation` says."""
    security_groups: tuple[Ref, ...] = refers("security_group", default=())
    """None named: the VPC's default group."""
    source_dest_check: bool = True
    """AWS drops what is neither from nor to the instance; off for NAT instances and appliances."""
    forwards: Forwards = Forwards.UNCHANGED
    """What it does with others' packets."""
    serves: tuple[str, ...] = ()
    """What runs on it, for the picture's label and the page: `[application, database]`."""
    listens: tuple[Listening, ...] = ()
    """Ports that something listens on there, `[8080, udp 53]`: others are refused. None written: not known."""
    calls: tuple[Call, ...] = ()
    """What it calls in turn when it is called, `[orders:3306, https://api.example.com]`."""

    def interface_specs(self) -> tuple[InterfaceSpec, ...]:
        """Its primary interface."""
        return (
            InterfaceSpec(
                subnet=self.subnet,
                private_ip_address=self.private_ip_address,
                public=self.elastic_ip or self.public_ip_address or self.associate_public_ip_address,
                ipv6=self.ipv6_address,
                security_groups=self.security_groups,
                source_dest_check=self.source_dest_check,
            ),
        )

    def send(self, packet: Packet, interface: Interface | None, context: Context) -> tuple[Decision, ...]:
        """Let a packet of its own go."""
        assert interface is not None
        return leave(interface, packet, context)

    def forward(self, packet: Packet, arrival: Arrival, context: Context) -> tuple[Decision, ...]:
        """Take what is addressed to it; forward the rest where the source/destination check is off."""
        interface = arrival.interface
        assert interface is not None
        entry = arrive(interface, packet, arrival, context)
        if entry.drop:
            return (entry.drop,)
        if interface.owns(packet.destination):
            if self.key in context.sessions.translations and context.expected is not None:
                return restore(self.key, interface, packet, arrival, context, entry.steps)
            return (delivered(interface, packet, context, entry.steps),)
        if self.forwards is Forwards.NAT and context.expected is None:
            translated, step = translate(self.key, interface, packet, context)
            left = leave(interface, translated, context, steps=(*entry.steps, step))
            return leaving_as(translated, left)
        return pass_on(self.key, interface, packet, arrival, context, entry.steps)


KIND = Kind(
    component=Instance,
    plural="instances",
    title="EC2 instance",
    abbreviation="EC2",
    cfn_type="AWS::EC2::Instance",
    terraform_type="aws_instance",
    icon="ec2-instance",
    role=Role.WORKLOAD,
    scope=Scope.ZONE,
    contained_in=("vpc", "subnet"),
    parent_field="subnet",
    per_zone=True,
    endpoint=True,
    route_target=True,
    summary="Opens and answers connections; forwards others' packets only with the source/destination check off.",
    source="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Instances.html",
    example="""\
version: 1
title: One server
region: ap-south-1
zones: [a]
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    subnets:
      app: {cidr_block: 10.0.10.0/24}
    security_groups:
      app: {ingress: [tcp 8080 from 10.0.0.0/16]}
    instances:
      app: {subnet: app, security_groups: [app]}
""",
)
