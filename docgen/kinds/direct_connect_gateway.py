"""A Direct Connect gateway: joins virtual interfaces with VPCs and transit gateways of any Region."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from typing import ClassVar

from docgen.core.data import dataclass
from docgen.core.prefixes import Block, in_any, within
from docgen.core.span import NOWHERE, Span
from docgen.model.component import Component, Key, Ref, refers
from docgen.model.form import Short, limited
from docgen.model.forwarding import Announcement, Arrival, Context, Decision, Drop, Forward, HubClass
from docgen.model.kind import Kind, Role, Scope
from docgen.model.network import Network
from docgen.model.packet import Packet
from docgen.model.trace import Check, Disposition, Outcome, Step
from docgen.routing.hybrid import VIF, Prefix, associated_with, best, loser, named, of_kind, prefixes_of

_GATEWAYS = ("virtual_private_gateway", "transit_gateway")


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectConnectGatewayAssociation:
    """A gateway of a VPC or a transit gateway. Written under its name: `vgw: {allowed_prefixes: [10.0.0.0/16]}`."""

    short: ClassVar[Short] = Short(key="gateway", example="hub: {allowed_prefixes: [10.0.0.0/8]}")

    gateway: Ref = refers(*_GATEWAYS)
    """What is associated."""
    allowed_prefixes: tuple[Block, ...] = limited(canonical=True, default=())
    """With a VPC's gateway a filter (its blocks are announced if an entry is as wide); with a transit gateway exactly
    what is announced."""
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectConnectGateway(Component):
    """A Direct Connect gateway. Source: Direct Connect API `DirectConnectGateway`."""

    kind: ClassVar[str] = "direct_connect_gateway"

    amazon_side_asn: int = limited(minimum=1, maximum=4_294_967_294, default=64512)
    """Its BGP number."""
    associations: tuple[DirectConnectGatewayAssociation, ...] = ()
    """VPCs and transit gateways behind it."""

    def hubs(self, network: Network) -> tuple[Key, ...]:
        """Its transit gateways."""
        return tuple(k for k in associated_with(network, self.key) if k.kind == "transit_gateway")

    def propagates(self, network: Network, hub: Key) -> Iterator[Announcement]:
        """What data centers announce over its virtual interfaces."""
        del hub
        for prefix in self._prefixes(network):
            yield Announcement(
                destination=prefix.block,
                hub_class=HubClass.DIRECT_CONNECT,
                preference=(prefix.as_path, prefix.med),
                several=True,
                announced_by=prefix.by,
            )

    def _prefixes(self, network: Network) -> tuple[Prefix, ...]:
        vifs = (v for v in of_kind(network, VIF) if named(network, v, "direct_connect_gateway") == self.key)
        return tuple(p for vif in vifs for p in prefixes_of(network, vif))

    def forward(self, packet: Packet, arrival: Arrival, context: Context) -> tuple[Decision, ...]:
        """From a virtual interface to the gateway that has the destination; from a gateway to a virtual interface."""
        if arrival.previous is not None and arrival.previous.kind == VIF:
            return (self._inwards(packet, arrival, context),)
        return (self._outwards(packet, arrival, context),)

    def _inwards(self, packet: Packet, arrival: Arrival, context: Context) -> Decision:
        network, name = context.network, context.network.name(self.key)
        refused = ""
        for gateway, allowed in associated_with(network, self.key).items():
            if gateway.kind == "transit_gateway":
                if in_any(packet.destination, allowed):
                    return self._to(gateway, packet, arrival, context)
                continue
            blocks = network.blocks_of(Key("vpc", network.get(gateway).scope))
            if not in_any(packet.destination, blocks):
                continue
            its_own = [block for block in blocks if packet.destination in block]
            if not allowed or any(within(block, entry) for block in its_own for entry in allowed):
                return self._to(gateway, packet, arrival, context)
            refused = network.name(gateway)
        if refused:
            text = f"{packet.destination} is behind {refused}, but no allowed prefix of {name} announces it."
            return self._drop(context, text, "DG_DX_PREFIX_NOT_ALLOWED")
        text = f"{name} is associated with no gateway that leads to {packet.destination}."
        return self._drop(context, text, "DG_DX_PREFIX_NOT_ALLOWED")

    def _outwards(self, packet: Packet, arrival: Arrival, context: Context) -> Decision:
        network, name = context.network, context.network.name(self.key)
        chosen, candidates = best(self._prefixes(network), packet.destination, network)
        for gateway in associated_with(network, self.key):
            vpc = Key("vpc", network.get(gateway).scope)
            behind = gateway.kind == _GATEWAYS[0] and in_any(packet.destination, network.blocks_of(vpc))
            if behind and gateway != arrival.previous:
                if chosen is None or packet.source not in chosen.block:
                    text = (
                        f"{packet.destination} is behind {network.name(gateway)}: {name} carries nothing from a VPC "
                        "to another, unless the data center announces a block that covers both."
                    )
                    return self._drop(context, text, "DG_DXGW_NO_VGW_TO_VGW")
                text = (
                    f"The data center announces a block that covers it: the packet turns round at the Direct Connect "
                    f"location and comes back through {name} to {network.name(gateway)}."
                )
                return self._to(gateway, packet, arrival, context, text)
        if chosen is None:
            text = f"No virtual interface of {name} announces a block that contains {packet.destination}."
            return self._drop(context, text, "DG_VGW_UNKNOWN_PREFIX")
        text = f"{name} leads {chosen.block} to {network.name(chosen.by)}{loser(candidates)}."
        step = self._step(context, text, Outcome.PASS)
        onward = Arrival(previous=self.key, sender=arrival.sender)
        return Forward(next=chosen.by, packet=packet, arrival=onward, steps=(step,))

    def _to(self, gateway: Key, packet: Packet, arrival: Arrival, context: Context, text: str = "") -> Forward:
        name = context.network.name(self.key)
        step = self._step(context, text or f"{name} leads it to {context.network.name(gateway)}.", Outcome.PASS)
        onward = Arrival(previous=self.key, sender=arrival.sender)
        return Forward(next=gateway, packet=packet, arrival=onward, steps=(step,))

    def _drop(self, context: Context, text: str, code: str) -> Drop:
        return Drop(steps=(self._step(context, text, Outcome.DROP, code),), disposition=Disposition.DROPPED)

    def _step(self, context: Context, text: str, outcome: Outcome, code: str = "") -> Step:
        name = context.network.name(self.key)
        return Step(check=Check.GATEWAY, outcome=outcome, by=self.key, by_name=name, text=text, code=code)


KIND = Kind(
    component=DirectConnectGateway,
    plural="direct_connect_gateways",
    title="Direct Connect gateway",
    abbreviation="DXGW",
    cfn_type="",
    terraform_type="aws_dx_gateway",
    icon="direct-connect",
    role=Role.CONNECTOR,
    scope=Scope.GLOBAL,
    scope_note="in the data path of no Region; a list of prefixes",
    across_regions=("associations",),
    across_accounts=("associations",),
    contained_in=("", "account"),
    summary="Tells data centers about VPCs of any Region and the other way round; never one VPC about another.",
    limits="20 virtual private gateways and 6 transit gateways; 200 in an account.",
    source="https://docs.aws.amazon.com/directconnect/latest/UserGuide/direct-connect-gateways-intro.html",
    example="""\
version: 1
title: A line to a VPC by way of a Direct Connect gateway
region: ap-south-1
zones: [a]
data_centers: {hq: {cidr_blocks: [192.168.0.0/16]}}
on_premises_hosts: {erp: {data_center: hq, ip_address: 192.168.1.5}}
direct_connect_connections: {line: {data_center: hq}}
virtual_interfaces: {private: {connection: line, direct_connect_gateway: global}}
direct_connect_gateways:
  global: {associations: {vgw: {allowed_prefixes: [10.0.0.0/16]}}}
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    virtual_private_gateway: vgw
    subnets: {app: {cidr_block: 10.0.10.0/24, route_table: app}}
    route_tables: {app: {propagating_vgws: [vgw]}}
    instances: {app: {subnet: app}}
flows:
  app-asks-erp: {from: app, to: erp, port: 443, expect: allowed}
""",
)
