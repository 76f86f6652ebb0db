"""A peering of two transit gateways, in one Region or two: static routes only, and no security group survives it."""

from __future__ import annotations

from typing import ClassVar

from docgen.core.data import dataclass
from docgen.model.component import Component, Key, Ref, refers
from docgen.model.forwarding import Announcement, Arrival, Context, Decision, Drop, Forward
from docgen.model.kind import Kind, Role, Scope
from docgen.model.network import Network
from docgen.model.packet import Packet
from docgen.model.trace import Check, Disposition, Outcome, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class TransitGatewayPeeringAttachment(Component):
    """A peering attachment. Source: EC2 API `TransitGatewayPeeringAttachment`."""

    kind: ClassVar[str] = "transit_gateway_peering_attachment"

    transit_gateway: Ref = refers("transit_gateway")
    """The gateway that asked for it."""
    peer_transit_gateway: Ref = refers("transit_gateway")
    """The other one."""
    state: str = "available"
    """Anything but `available` carries nothing."""

    def hubs(self, network: Network) -> tuple[Key, Key]:
        """Both gateways."""
        return (
            network.bind(self.transit_gateway, self.scope, "transit_gateway"),
            network.bind(self.peer_transit_gateway, self.scope, "transit_gateway"),
        )

    def propagates(self, network: Network, hub: Key) -> tuple[Announcement, ...]:
        """Nothing: routes over a peering are written by hand."""
        del network, hub
        return ()

    def forward(self, packet: Packet, arrival: Arrival, context: Context) -> tuple[Decision, ...]:
        """From one gateway to the other."""
        network, name = context.network, context.network.name(self.key)
        one, other = self.hubs(network)
        onward = other if arrival.previous == one else one
        if self.state != "available":
            text = f"{name} is {self.state}: it carries nothing."
            step = self._step(context, text, Outcome.DROP, "BAD_STATE_ATTACHMENT")
            return (Drop(steps=(step,), disposition=Disposition.DROPPED),)
        text = f"{name} carries it to {network.name(onward)}."
        went = Arrival(previous=self.key, from_vpc=arrival.from_vpc, sender=arrival.sender)
        return (Forward(next=onward, packet=packet, arrival=went, steps=(self._step(context, text, Outcome.PASS),)),)

    def _step(self, context: Context, text: str, outcome: Outcome, code: str = "") -> Step:
        name = context.network.name(self.key)
        return Step(check=Check.GATEWAY, outcome=outcome, by=self.key, by_name=name, text=text, code=code)


KIND = Kind(
    component=TransitGatewayPeeringAttachment,
    plural="transit_gateway_peering_attachments",
    title="Transit gateway peering attachment",
    abbreviation="TGW peering",
    cfn_type="AWS::EC2::TransitGatewayPeeringAttachment",
    terraform_type="aws_ec2_transit_gateway_peering_attachment",
    icon="transit-gateway-attachment",
    role=Role.CONNECTOR,
    scope=Scope.REGION,
    scope_note="a pair of transit gateways, of any Regions and accounts",
    across_regions=("transit_gateway", "peer_transit_gateway"),
    across_accounts=("transit_gateway", "peer_transit_gateway"),
    contained_in=("", "account"),
    summary="Carries packets between two transit gateways by static routes in both of their tables.",
    limits="Static routes only; no names are translated and no security group is known across it.",
    source="https://docs.aws.amazon.com/vpc/latest/tgw/tgw-peering.html",
    example="""\
version: 1
title: Two hubs in two Regions
transit_gateway_peering_attachments:
  over-the-sea: {transit_gateway: mumbai, peer_transit_gateway: dublin}
transit_gateways:
  mumbai:
    transit_gateway_route_tables: {in: {default: true, routes: {10.1.0.0/16: over-the-sea}}}
  dublin:
    transit_gateway_route_tables: {out: {default: true, routes: {10.0.0.0/16: over-the-sea}}}
""",
)
