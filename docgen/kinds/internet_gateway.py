"""An internet gateway: the VPC's door to the internet, with one-to-one address translation."""

from __future__ import annotations

from dataclasses import replace
from ipaddress import IPv4Address
from typing import ClassVar

from docgen.core.data import dataclass
from docgen.core.prefixes import RFC1918, RFC6598, UNIQUE_LOCAL, in_any
from docgen.core.values import later
from docgen.model.component import Component, Key, Ref, refers
from docgen.model.forwarding import Arrival, Context, Decision, Drop, Forward
from docgen.model.kind import Kind, Role, Scope
from docgen.model.network import EffectiveRoute, Network
from docgen.model.packet import Packet
from docgen.model.trace import Check, Disposition, Outcome, Step
from docgen.routing.gateway_tables import bypassed_appliance, enter_vpc
from docgen.routing.outside import beyond
from docgen.routing.public_access import public_access_refusal
from docgen.routing.regional_nat import owner_of_zonal


@dataclass(frozen=True, slots=True, kw_only=True)
class InternetGateway(Component):
    """An internet gateway, attached to the VPC that holds it. Source: EC2 API `InternetGateway`."""

    kind: ClassVar[str] = "internet_gateway"

    route_table: Ref | None = refers("route_table", default=None)
    """A gateway route table, which may lead what comes in through an appliance; None: straight to its destination."""

    def largest_packet(self, network: Network) -> int:
        """What the internet carries."""
        del network
        return 1500

    def forward(self, packet: Packet, arrival: Arrival, context: Context) -> tuple[Decision, ...]:
        """Translate one to one, outwards for what comes from the VPC, inwards for what comes from outside."""
        if arrival.from_vpc is None:
            return (self._inwards(packet, arrival, context),)
        return (self._outwards(packet, arrival, context),)

    def _outwards(self, packet: Packet, arrival: Arrival, context: Context) -> Decision:
        network, name = context.network, context.network.name(self.key)
        refused = public_access_refusal(self.key, packet.source, context, outwards=True)
        if refused is not None:
            return refused
        if packet.destination.version == 6:
            return self._outwards_ipv6(packet, arrival, context)
        vpc = Key("vpc", self.scope)
        no_source = self._no_public_source(packet, arrival, context)
        private = self._private_destination(packet, context)
        if private is not None and no_source is not None:
            first = network.assumes("internet-gateway-order") == "private-destination-first"
            return _both(private, no_source) if first else _both(no_source, private)
        if private is not None:
            return private
        if arrival.previous is not None and owner_of_zonal(network, packet.source) == arrival.previous:
            text = f"{name} passes on what {network.name(arrival.previous)} translated to {packet.source}."
            onward = Arrival(previous=self.key, sender=arrival.sender)
            step = self._step(context, Check.GATEWAY, Outcome.PASS, text)
            end = beyond(network, packet.destination)
            return Forward(next=end, packet=packet, arrival=onward, steps=(step,))
        owner = network.interface_at(vpc, packet.source)
        if no_source is not None or owner is None or owner.public_ip is None:
            assert no_source is not None
            return no_source
        bypassed = bypassed_appliance(self.key, packet, arrival, network)
        if bypassed is not None:
            return self._bypass(packet, bypassed, context)
        translated = replace(packet, source=owner.public_ip)
        public = owner.public_ip
        text = later(lambda: f"{name} replaces the source {packet.source} by its public address {public}.")
        reflected = network.interface_with_public(packet.destination)
        assumption = "public-address-reflection" if reflected is not None and reflected.vpc == vpc else ""
        if assumption and network.assumes(assumption) == "unknown":
            return self._reflection(packet, context, assumption)
        step = self._step(context, Check.TRANSLATION, Outcome.PASS, text)
        if assumption:
            step = replace(step, assumption=assumption)
        onward = Arrival(previous=self.key, sender=arrival.sender)
        return Forward(next=beyond(network, translated.destination), packet=translated, arrival=onward, steps=(step,))

    def _no_public_source(self, packet: Packet, arrival: Arrival, context: Context) -> Drop | None:
        """The drop of a packet whose source cannot be translated; None where it can, or was."""
        network, name, vpc = context.network, context.network.name(self.key), Key("vpc", self.scope)
        if arrival.previous is not None and owner_of_zonal(network, packet.source) == arrival.previous:
            return None
        owner = network.interface_at(vpc, packet.source)
        if owner is not None and owner.public_ip is not None:
            return None
        why = (
            f"{network.name(owner.owner)} has no public address"
            if owner
            else f"no interface in VPC {network.name(vpc)} has that address"
        )
        text = f"{name} cannot translate the source {packet.source}: {why}."
        return self._drop(context, "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS", text)

    def _private_destination(self, packet: Packet, context: Context) -> Drop | None:
        name = context.network.name(self.key)
        if in_any(packet.destination, RFC1918):
            text = f"{name} forwards nothing to a private address, and {packet.destination} is one."
            return self._drop(context, "IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS", text)
        if packet.destination in RFC6598:
            text = f"{name} forwards nothing to shared address space ({RFC6598}), and {packet.destination} is in it."
            return self._drop(context, "IGW_DESTINATION_ADDRESS_NOT_IN_RFC6598_EGRESS", text)
        return None

    def _reflection(self, packet: Packet, context: Context, assumption: str) -> Drop:
        """What Reachability Analyzer says to a public address of the sender's own VPC."""
        name = context.network.name(self.key)
        text = f"{packet.destination} is a public address of this VPC: whether {name} takes it back in is not known."
        step = self._step(context, Check.GATEWAY, Outcome.DROP, text, "IGW_NAT_REFLECTION")
        return Drop(steps=(replace(step, assumption=assumption),), disposition=Disposition.INSUFFICIENT_INFO)

    def _inwards(self, packet: Packet, arrival: Arrival, context: Context) -> Decision:
        network, name = context.network, context.network.name(self.key)
        refused = public_access_refusal(self.key, packet.destination, context, outwards=False)
        if refused is not None:
            return refused
        if packet.destination.version == 6:
            return self._inwards_ipv6(packet, arrival, context)
        if in_any(packet.source, RFC1918):
            text = f"{name} takes nothing from a private address, and {packet.source} is one."
            return self._drop(context, "IGW_SOURCE_ADDRESS_NOT_IN_RFC1918_INGRESS", text)
        if packet.source in RFC6598:
            text = f"{name} takes nothing from shared address space ({RFC6598}), and {packet.source} is in it."
            return self._drop(context, "IGW_SOURCE_ADDRESS_NOT_IN_RFC6598_INGRESS", text)
        vpc = Key("vpc", self.scope)
        translator = owner_of_zonal(network, packet.destination)
        if translator is not None and translator.path.startswith(f"{self.scope}/"):
            text = f"{name} hands it to {network.name(translator)}, which has the address {packet.destination}."
            onward = Arrival(previous=self.key, sender=arrival.sender)
            step = self._step(context, Check.GATEWAY, Outcome.PASS, text)
            return Forward(next=translator, packet=packet, arrival=onward, steps=(step,))
        owner = network.interface_with_public(packet.destination)
        if owner is None or owner.vpc != vpc:
            text = f"{packet.destination} is no public address of an interface in VPC {network.name(vpc)}."
            meant = context.intended
            if meant is not None and meant.owns(packet.destination):
                text = (
                    f"{network.name(meant.owner)} has no public address: {packet.destination} is private, "
                    "and nothing on the internet can name it."
                )
            return self._drop(context, "IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS", text)
        assert isinstance(owner.private_ip, IPv4Address)  # an IPv6-only subnet gives no public IPv4 addresses
        translated = replace(packet, destination=owner.private_ip)
        text = later(lambda: f"{name} replaces the destination {packet.destination} by {owner.private_ip}.")
        onward = Arrival(previous=self.key, sender=arrival.sender)
        step = self._step(context, Check.TRANSLATION, Outcome.PASS, text)
        return enter_vpc(self.key, translated, onward, context, (step,))

    def _outwards_ipv6(self, packet: Packet, arrival: Arrival, context: Context) -> Decision:
        network, name = context.network, context.network.name(self.key)
        vpc = Key("vpc", self.scope)
        owner = network.interface_at(vpc, packet.source)
        if owner is None or packet.source in UNIQUE_LOCAL:
            why = "it is private" if owner else f"no interface in VPC {network.name(vpc)} has that address"
            text = f"{name} does not forward what comes from {packet.source}: {why}."
            return self._drop(context, "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS", text)
        bypassed = bypassed_appliance(self.key, packet, arrival, network)
        if bypassed is not None:
            return self._bypass(packet, bypassed, context)
        text = f"{name} forwards it unchanged: {packet.source} is global, IPv6 needs no translation."
        onward = Arrival(previous=self.key, sender=arrival.sender)
        step = self._step(context, Check.GATEWAY, Outcome.PASS, text)
        return Forward(next=Key("internet", "internet"), packet=packet, arrival=onward, steps=(step,))

    def _inwards_ipv6(self, packet: Packet, arrival: Arrival, context: Context) -> Decision:
        name = context.network.name(self.key)
        text = f"{name} forwards it unchanged: {packet.destination} is global, IPv6 needs no translation."
        onward = Arrival(previous=self.key, sender=arrival.sender)
        step = self._step(context, Check.GATEWAY, Outcome.PASS, text)
        return enter_vpc(self.key, packet, onward, context, (step,))

    def _bypass(self, packet: Packet, route: EffectiveRoute, context: Context) -> Decision:
        name, target = context.network.name(self.key), route.target_name
        text = (
            f"{name} sends what comes in for {route.destination} to {target}, and {packet.source} wants to leave "
            f"without passing {target}: traffic that is redirected takes the same way back."
        )
        return self._drop(context, "INGRESS_RTB_TRAFFIC_REDIRECTION", text)

    def _drop(self, context: Context, code: str, text: str) -> Drop:
        step = self._step(context, Check.GATEWAY, Outcome.DROP, text, code)
        return Drop(steps=(step,), disposition=Disposition.DROPPED)

    def _step(self, context: Context, check: Check, outcome: Outcome, text: str, code: str = "") -> Step:
        name = context.network.name(self.key)
        return Step(check=check, outcome=outcome, by=self.key, by_name=name, text=text, code=code)


def _both(first: Drop, second: Drop) -> Drop:
    """Two reasons at one gateway; their order is a choice."""
    step = replace(first.steps[-1], assumption="internet-gateway-order")
    return replace(first, steps=(*first.steps[:-1], step), secondary=(second.steps[-1].code,))


KIND = Kind(
    component=InternetGateway,
    plural="internet_gateways",
    singular="internet_gateway",
    title="Internet gateway",
    abbreviation="IGW",
    cfn_type="AWS::EC2::InternetGateway",
    terraform_type="aws_internet_gateway",
    icon="internet-gateway",
    role=Role.GATEWAY,
    scope=Scope.REGION,
    scope_note="attached to one VPC, in no zone",
    contained_in=("vpc",),
    route_target=True,
    summary="Swaps an interface's private IPv4 address for its public one and back; IPv6 passes unchanged.",
    limits="One for a VPC; no charge, no bandwidth limit, no zone.",
    source="https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html",
    example="""\
version: 1
title: A VPC with an internet gateway
region: ap-south-1
zones: [a]
vpcs:
  shop: {cidr_block: 10.0.0.0/16, internet_gateway: igw}
""",
)
