"""A network interface of its own: a second card of an instance, or an appliance's."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address
from typing import ClassVar

from docgen.core.data import dataclass
from docgen.model.calls import Call, Listening
from docgen.model.component import Component, InterfaceSpec, Ref, refers
from docgen.model.forwarding import Arrival, Context, Decision
from docgen.model.kind import Kind, Role, Scope
from docgen.model.network import Interface, Network
from docgen.model.packet import Packet
from docgen.routing.interface import arrive, delivered, leave, leaving_as
from docgen.routing.translation import pass_on, restore, translate


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkInterface(Component):
    """An elastic network interface. Source: EC2 API `NetworkInterface`; `AWS::EC2::NetworkInterface`."""

    kind: ClassVar[str] = "network_interface"

    subnet: Ref = refers("subnet")
    """Where it stands."""
    attachment: Ref | None = refers("instance", default=None)
    """The instance that it is attached to."""
    private_ip_address: IPv4Address | None = None
    """None: docgen picks the next free address of the subnet."""
    elastic_ip: bool | IPv4Address = False
    """An Elastic IP: any (true) or this one."""
    ipv6_address: bool | IPv6Address | None = None
    """An IPv6 address: any (true) or this one. None: as the subnet's `assign_ipv6_address_on_creation` says."""
    security_groups: tuple[Ref, ...] = refers("security_group", default=())
    """None named: the VPC's default group."""
    source_dest_check: bool = True
    """AWS drops what is neither from nor to its address; off for appliances."""
    listens: tuple[Listening, ...] = ()
    """Ports that something listens on there, `[8080, udp 53]`: others are refused. None written: not known."""
    calls: tuple[Call, ...] = ()
    """What it calls in turn when it is called, `[orders:3306, https://api.example.com]`."""

    def interface_specs(self) -> tuple[InterfaceSpec, ...]:
        """Itself."""
        return (
            InterfaceSpec(
                subnet=self.subnet,
                private_ip_address=self.private_ip_address,
                public=self.elastic_ip,
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
        """Take what is addressed to it; pass the rest on, as its instance does, where the check is off."""
        (interface,) = context.network.interfaces_of(self.key)
        entry = arrive(interface, packet, arrival, context)
        if entry.drop:
            return (entry.drop,)
        if interface.owns(packet.destination):
            if self.key in context.sessions.translations and context.expected is not None:
                return restore(self.key, interface, packet, arrival, context, entry.steps)
            return (delivered(interface, packet, context, entry.steps),)
        if self._translates(context.network) and context.expected is None:
            translated, step = translate(self.key, interface, packet, context)
            left = leave(interface, translated, context, steps=(*entry.steps, step))
            return leaving_as(translated, left)
        return pass_on(self.key, interface, packet, arrival, context, entry.steps)

    def _translates(self, network: Network) -> bool:
        """Whether the instance that it is attached to is a NAT instance."""
        if self.attachment is None:
            return False
        owner = network.get(network.bind(self.attachment, self.scope, "instance"))
        return getattr(owner, "forwards", "") == "nat"


KIND = Kind(
    component=NetworkInterface,
    plural="network_interfaces",
    title="Network interface",
    abbreviation="ENI",
    cfn_type="AWS::EC2::NetworkInterface",
    terraform_type="aws_network_interface",
    icon="network-interface",
    role=Role.WORKLOAD,
    scope=Scope.ZONE,
    contained_in=("vpc", "subnet"),
    parent_field="subnet",
    per_zone=True,
    endpoint=True,
    route_target=True,
    summary="Where security groups act. Takes packets for its own addresses; others only with the check off.",
    source="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-eni.html",
    example="""\
version: 1
title: An appliance's interface
region: ap-south-1
zones: [a]
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    subnets:
      inspection: {cidr_block: 10.0.30.0/24}
    network_interfaces:
      firewall: {subnet: inspection, source_dest_check: false}
""",
)
