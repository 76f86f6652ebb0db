"""An egress-only internet gateway: lets IPv6 connections out of a VPC, and none in."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from docgen.core.data import dataclass
from docgen.core.prefixes import UNIQUE_LOCAL
from docgen.model.component import Component, Key
from docgen.model.forwarding import Arrival, Context, Decision, Drop, Forward
from docgen.model.kind import Kind, Role, Scope
from docgen.model.network import Network
from docgen.model.packet import Packet
from docgen.model.trace import Check, Disposition, Outcome, Step
from docgen.routing.endpoints import INTERNET
from docgen.routing.public_access import public_access_refusal
from docgen.routing.router import deliver_locally


@dataclass(frozen=True, slots=True, kw_only=True)
class EgressOnlyInternetGateway(Component):
    """An egress-only internet gateway. Source: EC2 API; `AWS::EC2::EgressOnlyInternetGateway`."""

    kind: ClassVar[str] = "egress_only_internet_gateway"

    def largest_packet(self, network: Network) -> int:
        """What the internet carries."""
        del network
        return 1500

    def forward(self, packet: Packet, arrival: Arrival, context: Context) -> tuple[Decision, ...]:
        """Remember what goes out, and let only answers to it in."""
        if arrival.from_vpc is None:
            return (self._inwards(packet, arrival, context),)
        return (self._outwards(packet, arrival, context),)

    def _outwards(self, packet: Packet, arrival: Arrival, context: Context) -> Decision:
        network, name = context.network, context.network.name(self.key)
        if packet.source.version != 6:
            text = f"{name} carries IPv6 only, and {packet.source} is IPv4."
            return self._drop(context, "DG_ADDRESS_FAMILY_MISMATCH", text)
        refused = public_access_refusal(self.key, packet.source, context, outwards=True)
        if refused is not None:
            return refused
        vpc = Key("vpc", self.scope)
        if network.interface_at(vpc, packet.source) is None or packet.source in UNIQUE_LOCAL:
            text = (
                f"{packet.source} is no global address of an interface in VPC {network.name(vpc)}: {name} drops it."
            )
            return self._drop(context, "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS", text)
        if context.expected is not None:
            if self.key not in context.sessions.translations:
                return self._unknown_answer(packet, arrival, context)
        else:
            context.sessions.translations[self.key] = (packet, packet)
        text = f"{name} lets it out unchanged and remembers the connection."
        onward = Arrival(previous=self.key, sender=arrival.sender)
        step = self._step(context, Outcome.PASS, text)
        return Forward(next=INTERNET, packet=packet, arrival=onward, steps=(step,))

    def _unknown_answer(self, packet: Packet, arrival: Arrival, context: Context) -> Decision:
        """An answer to a request that came in another way: AWS does not say what becomes of it."""
        name, choice = context.network.name(self.key), "egress-only-gateway-answers"
        text = f"{name} gets an answer from {packet.source} to {packet.destination} of a connection that did not go "
        if context.network.assumes(choice) == "drop":
            step = self._step(
                context, Outcome.DROP, f"{text}out through it: it drops it.", "DG_RETURN_PATH_ASYMMETRIC"
            )
            return Drop(steps=(replace(step, assumption=choice),), disposition=Disposition.DROPPED)
        step = self._step(context, Outcome.PASS, f"{text}out through it, and lets it out.")
        onward = Arrival(previous=self.key, sender=arrival.sender)
        return Forward(next=INTERNET, packet=packet, arrival=onward, steps=(replace(step, assumption=choice),))

    def _inwards(self, packet: Packet, arrival: Arrival, context: Context) -> Decision:
        name = context.network.name(self.key)
        remembered = context.sessions.translations.get(self.key)
        if context.expected is None:
            text = f"{name} lets nobody in: a new connection from {packet.source} ends here."
            return self._drop(context, "DG_EIGW_UNSOLICITED_INBOUND", text)
        if remembered is None or packet != remembered[0].reversed():
            text = f"{name} knows no connection that {packet.source} could be answering: it drops it."
            return self._drop(context, "DG_RETURN_PATH_ASYMMETRIC", text)
        onward = Arrival(previous=self.key, sender=arrival.sender)
        step = self._step(context, Outcome.PASS, f"{name} remembers the connection and lets the answer in.")
        return deliver_locally(Key("vpc", self.scope), packet, onward, context, (step,))

    def _drop(self, context: Context, code: str, text: str) -> Drop:
        return Drop(steps=(self._step(context, Outcome.DROP, text, code),), disposition=Disposition.DROPPED)

    def _step(self, context: Context, outcome: Outcome, text: str, code: str = "") -> Step:
        name = context.network.name(self.key)
        return Step(check=Check.GATEWAY, outcome=outcome, by=self.key, by_name=name, text=text, code=code)


KIND = Kind(
    component=EgressOnlyInternetGateway,
    plural="egress_only_internet_gateways",
    singular="egress_only_internet_gateway",
    title="Egress-only internet gateway",
    abbreviation="EIGW",
    cfn_type="AWS::EC2::EgressOnlyInternetGateway",
    terraform_type="aws_egress_only_internet_gateway",
    icon="egress-only-internet-gateway",
    role=Role.GATEWAY,
    scope=Scope.VPC,
    scope_note="in no zone",
    contained_in=("vpc",),
    route_target=True,
    summary="Lets IPv6 connections out, remembers them, and lets only their answers in.",
    limits="One for a VPC; IPv6 only; no zone, no security group.",
    source="https://docs.aws.amazon.com/vpc/latest/userguide/egress-only-internet-gateway.html",
    example="""\
version: 1
title: IPv6 on the way out only
region: ap-south-1
zones: [a]
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    ipv6_cidr_block: true
    egress_only_internet_gateway: eigw
    subnets:
      app: {cidr_block: 10.0.10.0/24, ipv6_cidr_block: true, route_table: app}
    route_tables:
      app: {"::/0": eigw}
""",
)
