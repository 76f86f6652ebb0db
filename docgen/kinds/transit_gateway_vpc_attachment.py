"""The attachment of a VPC to a transit gateway: an interface in one subnet of each zone that it serves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum
from typing import Any, ClassVar

from docgen.core.data import dataclass
from docgen.core.prefixes import in_any
from docgen.core.values import later
from docgen.model.component import Component, InterfaceSpec, Key, Ref, refers
from docgen.model.forwarding import Announcement, Arrival, Context, Decision, Drop, Forward, HubClass
from docgen.model.kind import Kind, Role, Scope
from docgen.model.network import Interface, Network
from docgen.model.packet import Packet
from docgen.model.trace import Check, Disposition, Outcome, Step
from docgen.routing.acl import INGRESS, judge_acl
from docgen.routing.interface import leaving_by, on_link
from docgen.routing.router import deliver_locally, route_out


class AttachmentState(StrEnum):
    """EC2 API `TransitGatewayAttachmentState`; only an available one carries packets."""

    AVAILABLE = "available"
    PENDING = "pending"
    PENDING_ACCEPTANCE = "pendingAcceptance"
    REJECTED = "rejected"
    MODIFYING = "modifying"
    FAILED = "failed"
    DELETING = "deleting"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True, kw_only=True)
class TransitGatewayVpcAttachment(Component):
    """A VPC attachment. Source: EC2 API `TransitGatewayVpcAttachment`; `AWS::EC2::TransitGatewayVpcAttachment`."""

    kind: ClassVar[str] = "transit_gateway_vpc_attachment"
    replaces_source: ClassVar[bool] = False
    down_code: ClassVar[str] = "BAD_STATE_ATTACHMENT"
    """Why routes to it carry nothing while it is down."""

    transit_gateway: Ref = refers("transit_gateway")
    """What the VPC is attached to."""
    subnets: tuple[Ref, ...] = refers("subnet")
    """One subnet in each zone that it serves: senders in other zones cannot enter the gateway."""
    appliance_mode_support: bool = False
    """A connection keeps one zone there and back, for stateful appliances in the VPC."""
    security_group_referencing_support: bool = True
    """Whether this attachment takes part where the gateway lets rules name groups of other VPCs."""
    state: AttachmentState = AttachmentState.AVAILABLE
    """Anything but `available` carries nothing."""

    def interface_specs(self) -> tuple[InterfaceSpec, ...]:
        """One in each subnet, without security groups."""
        return tuple(
            InterfaceSpec(subnet=subnet, security_groups=None, source_dest_check=False) for subnet in self.subnets
        )

    def works(self, network: Network) -> bool:
        """While it is available."""
        del network
        return self.state is AttachmentState.AVAILABLE

    def hubs(self, network: Network) -> tuple[Key, ...]:
        """The one gateway."""
        return (network.bind(self.transit_gateway, self.scope, "transit_gateway"),)

    def propagates(self, network: Network, hub: Key) -> Iterable[Announcement]:
        """All blocks of its VPC."""
        del hub
        blocks = network.blocks_of(Key("vpc", self.scope))
        return tuple(Announcement(destination=block, hub_class=HubClass.VPC) for block in blocks)

    def forward(self, packet: Packet, arrival: Arrival, context: Context) -> tuple[Decision, ...]:
        """From the VPC into the gateway, or from the gateway into the VPC."""
        (hub,) = self.hubs(context.network)
        if arrival.previous == hub:
            return self._out(packet, arrival, context)
        return (self._in(packet, arrival, context, hub),)

    def _in(self, packet: Packet, arrival: Arrival, context: Context, hub: Key) -> Decision:
        network, name = context.network, context.network.name(self.key)
        interface = arrival.interface
        choice = "attachment-subnets" if interface is None or arrival.from_subnet != interface.subnet else ""
        if interface is None:
            zone = network.zone_of(arrival.from_subnet) if arrival.from_subnet else ""
            zones = ", ".join(i.zone for i in network.interfaces_of(self.key))
            text = (
                f"The sender is in {zone}, and {name} has no subnet there (it has {zones}): {network.name(hub)} "
                "cannot be entered from that zone."
            )
            if network.assumes(choice) == "associated-subnets-only":
                subnets = ", ".join(network.name(i.subnet) for i in network.interfaces_of(self.key))
                where = network.name(arrival.from_subnet) if arrival.from_subnet else "outside"
                text = f"The sender is in {where}, and only the subnets of {name} ({subnets}) can enter it."
            else:
                choice = ""
            step = replace(self._step(context, text, Outcome.DROP, "TGW_ROUTE_AZ_RESTRICTION"), assumption=choice)
            return Drop(steps=(step,), disposition=Disposition.DROPPED)
        subnet = network.name(interface.subnet)
        judged = judge_acl(network.acl_of(interface.subnet), packet, INGRESS, subnet)
        if judged.outcome is Outcome.DROP:
            return Drop(steps=(judged,), disposition=Disposition.DENIED_IN)
        text = later(lambda: f"{name} takes it into {network.name(hub)} by its interface in {subnet}.")
        onward = Arrival(
            previous=self.key,
            from_subnet=interface.subnet,
            from_vpc=interface.vpc,
            sender=arrival.sender,
            membership=arrival.membership,
            lost_by=arrival.lost_by,
        )
        taken = replace(self._step(context, text, Outcome.PASS), assumption=choice)
        return Forward(next=hub, packet=packet, arrival=onward, steps=(judged, taken))

    def _out(self, packet: Packet, arrival: Arrival, context: Context) -> tuple[Decision, ...]:
        """Out of the interface in the sender's zone where there is one, else of any; then the VPC's own routing."""
        network = context.network
        interfaces = [i for i in network.interfaces_of(self.key) if network.interface_is_up(i)]
        if not interfaces:
            text = f"{network.name(self.key)} has no interface left."
            step = self._step(context, text, Outcome.DROP, "BAD_STATE_ATTACHMENT")
            return (Drop(steps=(step,), disposition=Disposition.DROPPED),)
        return tuple(
            d
            for interface in self._leaving(interfaces, arrival, context)
            for d in leaving_by(interface, self._by(interface, packet, arrival, context))
        )

    def _leaving(self, interfaces: list[Interface], arrival: Arrival, context: Context) -> list[Interface]:
        sticky = context.sessions.sticky.get(self.key)
        kept = [i for i in interfaces if i.id == sticky]
        if self.appliance_mode_support and kept:
            return kept
        chosen = self._in_same_zone(interfaces, arrival, context.network) or interfaces
        if self.appliance_mode_support:
            chosen = chosen[:1]
            context.sessions.sticky[self.key] = chosen[0].id
        return chosen

    @staticmethod
    def _in_same_zone(interfaces: list[Interface], arrival: Arrival, network: Network) -> list[Interface]:
        """The interface in the sender's zone; all that may be it where the accounts' zones cannot be compared."""
        if arrival.from_subnet is None:
            return []
        sender = (Key("vpc", arrival.from_subnet.path.rpartition("/")[0]), network.zone_of(arrival.from_subnet))
        alike = [(network.same_zone(sender, (i.vpc, i.zone)), i) for i in interfaces]
        same = [i for known, i in alike if known]
        return same[:1] or [i for known, i in alike if known is None]

    def _by(self, interface: Interface, packet: Packet, arrival: Arrival, context: Context) -> tuple[Decision, ...]:
        network = context.network
        subnet: Any = network.get(interface.subnet)
        onward = Arrival(
            previous=self.key,
            from_subnet=interface.subnet,
            from_vpc=interface.vpc,
            sender=arrival.sender,
            membership=arrival.membership,
            lost_by=arrival.lost_by,
        )
        mode = ", which appliance mode keeps for this connection" if self.appliance_mode_support else ""
        text = later(
            lambda: f"It leaves by the interface in {network.name(interface.subnet)} ({interface.zone}{mode})."
        )
        steps: tuple[Step, ...] = (self._step(context, text, Outcome.PASS, self._doubt(interface, arrival, network)),)
        if in_any(packet.destination, subnet.blocks):
            steps = (*steps, on_link(interface, packet, network))
            return (deliver_locally(interface.vpc, packet, onward, context, steps),)
        return route_out(interface.subnet, packet, onward, context, steps=steps)

    def _doubt(self, interface: Interface, arrival: Arrival, network: Network) -> str:
        """A warning's code where nobody knows whether this is the interface in the sender's zone."""
        if arrival.from_subnet is None or len(network.interfaces_of(self.key)) < 2:
            return ""
        sender = (Key("vpc", arrival.from_subnet.path.rpartition("/")[0]), network.zone_of(arrival.from_subnet))
        unknown = network.same_zone(sender, (interface.vpc, interface.zone)) is None
        return "DG_ZONE_IDS_UNKNOWN" if unknown else ""

    def _step(self, context: Context, text: str, outcome: Outcome, code: str = "") -> Step:
        name = context.network.name(self.key)
        return Step(check=Check.GATEWAY, outcome=outcome, by=self.key, by_name=name, text=text, code=code)


KIND = Kind(
    component=TransitGatewayVpcAttachment,
    plural="transit_gateway_attachments",
    title="Transit gateway VPC attachment",
    abbreviation="Attachment",
    cfn_type="AWS::EC2::TransitGatewayVpcAttachment",
    terraform_type="aws_ec2_transit_gateway_vpc_attachment",
    icon="transit-gateway-attachment",
    role=Role.PRIVATE_GATEWAY,
    scope=Scope.VPC,
    scope_note="one subnet in each zone that may use it",
    across_accounts=("transit_gateway",),
    contained_in=("vpc",),
    summary="Takes packets of its zones into the transit gateway, and the gateway's into the VPC's own routing.",
    limits="One for a VPC and gateway; one subnet in each zone.",
    source="https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html",
    example="""\
version: 1
title: A VPC at a hub
region: ap-south-1
zones: [a, b]
transit_gateways: {hub: {}}
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    subnets:
      app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24]}
      tgw: {cidr_blocks: [10.0.99.0/28, 10.0.99.16/28]}
    transit_gateway_attachments: {to-hub: {transit_gateway: hub, subnets: [tgw]}}
    route_tables: {main: {10.0.0.0/8: hub}}
""",
)
