"""A virtual private gateway: a VPC's end of Site-to-Site VPN and of Direct Connect."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from docgen.core.data import dataclass
from docgen.core.prefixes import RFC1918, in_any
from docgen.model.component import Component, Key
from docgen.model.form import limited
from docgen.model.forwarding import Arrival, Context, Decision, Drop, Forward
from docgen.model.kind import Kind, Role, Scope
from docgen.model.network import Network
from docgen.model.packet import Packet
from docgen.model.routes import ContributedRoute, Directory
from docgen.model.trace import Candidate, Check, Disposition, Outcome, Step
from docgen.routing.gateway_endpoints import gateway_endpoint_to
from docgen.routing.gateway_tables import enter_vpc
from docgen.routing.hybrid import (
    DX_GATEWAY,
    VPN,
    Prefix,
    Source,
    associated_with,
    best,
    loser,
    of_kind,
    prefixes_behind,
)
from docgen.routing.reactions import down_code, taken_over


@dataclass(frozen=True, slots=True, kw_only=True)
class VirtualPrivateGateway(Component):
    """A virtual private gateway, attached to the VPC that holds it. Source: EC2 API `VpnGateway`."""

    kind: ClassVar[str] = "virtual_private_gateway"

    amazon_side_asn: int = limited(minimum=1, maximum=4_294_967_294, default=64512)
    """Its BGP number."""

    def contributed_routes(self, directory: Directory) -> Iterator[ContributedRoute]:
        """What it is told, into the tables that let it propagate; BGP routes go when their connection does."""
        prefixes = prefixes_behind(directory, self.key)
        for table in directory.of_kind("route_table"):
            refs = table.propagating_vgws  # type: ignore[attr-defined]
            if self.key not in (directory.bind(ref, table.scope, self.kind) for ref in refs):
                continue
            for prefix in prefixes:
                yield ContributedRoute(
                    table=table.key,
                    destination=prefix.block,
                    target=self.key,
                    preference=prefix.preference,
                    announced_by=None if prefix.source is Source.VPN_STATIC else prefix.by,
                )

    def forward(self, packet: Packet, arrival: Arrival, context: Context) -> tuple[Decision, ...]:
        """From the VPC to a prefix that it knows; from a connection to an interface of the VPC."""
        if arrival.from_vpc is not None:
            return (self._outwards(packet, arrival, context),)
        return (self._inwards(packet, arrival, context),)

    def _outwards(self, packet: Packet, arrival: Arrival, context: Context) -> Decision:
        network, name = context.network, context.network.name(self.key)
        vpc = Key("vpc", self.scope)
        if network.interface_at(vpc, packet.source) is None:
            text = f"{name} takes packets of interfaces of VPC {network.name(vpc)} only, and {packet.source} is none."
            return self._drop(context, text, "VGW_PRIVATE_IP_ASSOCIATION_FOR_EGRESS")
        prefixes = prefixes_behind(network, self.key)
        chosen, candidates = best(prefixes, packet.destination, network)
        if chosen is None:
            return self._unknown(packet, context, prefixes, tuple(candidates))
        if not network.is_up(chosen.by):
            return self._connection_down(chosen, context, tuple(candidates))
        text = (
            f"{name} knows {chosen.block} by {chosen.source.words}, and sends it to {network.name(chosen.next)}"
            f"{loser(candidates)}."
        )
        onward = Arrival(previous=self.key, from_vpc=vpc, sender=arrival.sender)
        step = self._step(context, text, Outcome.PASS, candidates=tuple(candidates))
        made = (*self._reaction(chosen, prefixes, packet, network), step)
        return Forward(next=chosen.next, packet=packet, arrival=onward, steps=made)

    def _reaction(
        self, chosen: Prefix, prefixes: tuple[Prefix, ...], packet: Packet, network: Network
    ) -> tuple[Step, ...]:
        """Who takes over, where another connection is chosen in working order."""
        before = best(prefixes, packet.destination, network.intact)[0] if network.intact else None
        if before is None or before.by == chosen.by:
            return ()
        return (taken_over(network, before.block, before.by, chosen.by),)

    def _unknown(
        self, packet: Packet, context: Context, prefixes: tuple[Prefix, ...], candidates: tuple[Candidate, ...]
    ) -> Drop:
        network, name = context.network, context.network.name(self.key)
        down = next((p for p in prefixes if packet.destination in p.block), None)  # announced, were it up
        if down is not None:
            return self._connection_down(down, context, candidates)
        for hub in of_kind(network, DX_GATEWAY):
            gateways = associated_with(network, hub.key)
            for other in gateways if self.key in gateways else ():
                if other.kind == self.kind and in_any(packet.destination, network.blocks_of(_vpc_of(other))):
                    text = (
                        f"{packet.destination} is in VPC {network.name(_vpc_of(other))}, behind the same Direct "
                        f"Connect gateway {network.name(hub.key)}: it carries nothing from one VPC to another, "
                        "unless the data center announces a block that covers both."
                    )
                    return self._drop(context, text, "DG_DXGW_NO_VGW_TO_VGW", candidates)
        text = f"{name} knows no prefix that contains {packet.destination}: no connection announces one."
        return self._drop(context, text, "DG_VGW_UNKNOWN_PREFIX", candidates)

    def _connection_down(self, prefix: Prefix, context: Context, candidates: tuple[Candidate, ...]) -> Drop:
        network, down = context.network, context.network.name(prefix.by)
        text = f"{network.name(self.key)} knows {prefix.block} by {down} only, and {down} is down."
        step = self._step(context, text, Outcome.DROP, down_code(network, prefix.by), candidates)
        at_fault = replace(step, by=prefix.by, by_name=down)
        return Drop(steps=(at_fault,), disposition=Disposition.DROPPED)

    def _inwards(self, packet: Packet, arrival: Arrival, context: Context) -> Decision:
        network, name = context.network, context.network.name(self.key)
        vpc = Key("vpc", self.scope)
        if network.interface_at(vpc, packet.destination) is None:
            others = tuple(p for p in prefixes_behind(network, self.key) if p.by != arrival.previous)
            site, candidates = best(others, packet.destination, network)
            came_by = arrival.previous.kind if arrival.previous is not None else ""
            if site is not None and VPN in (site.by.kind, came_by):
                text = f"{name} passes it on to the site behind {network.name(site.by)} ({site.block}): VPN CloudHub."
                onward = Arrival(previous=self.key)
                step = self._step(context, text, Outcome.PASS, candidates=tuple(candidates))
                return Forward(next=site.next, packet=packet, arrival=onward, steps=(step,))
            endpoint = gateway_endpoint_to(network, vpc, packet.destination)
            if endpoint is not None:
                text = (
                    f"{name} lets packets in to private addresses of VPC {network.name(vpc)} only: its gateway "
                    f"endpoint {network.name(endpoint)} serves nobody who comes from a connected network."
                )
                drop = self._drop(context, text, "DG_ENDPOINT_NOT_TRANSITIVE")
                also = ("VGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS",)
                return Drop(steps=drop.steps, disposition=drop.disposition, secondary=also)
            text = (
                f"{name} lets packets in to private addresses of interfaces of VPC {network.name(vpc)} only, and "
                f"{packet.destination} is none: no way leads through it to another gateway of the VPC."
            )
            nat = network.inside.get((self.scope, "nat_gateway")) and not in_any(packet.destination, RFC1918)
            secondary = ("NGW_REQUIRES_SOURCE_IN_VPC",) if nat else ()
            drop = self._drop(context, text, "VGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS")
            return Drop(steps=drop.steps, disposition=drop.disposition, secondary=secondary)
        text = f"{name} lets it into VPC {network.name(vpc)}."
        onward = Arrival(previous=self.key, sender=arrival.sender)
        return enter_vpc(
            self.key, packet, onward, context, (self._step(context, text, Outcome.PASS),), internet=False
        )

    def _drop(self, context: Context, text: str, code: str, candidates: tuple[Candidate, ...] = ()) -> Drop:
        step = self._step(context, text, Outcome.DROP, code, candidates)
        return Drop(steps=(step,), disposition=Disposition.DROPPED)

    def _step(
        self,
        context: Context,
        text: str,
        outcome: Outcome,
        code: str = "",
        candidates: tuple[Candidate, ...] = (),
    ) -> Step:
        name = context.network.name(self.key)
        return Step(
            check=Check.GATEWAY,
            outcome=outcome,
            by=self.key,
            by_name=name,
            text=text,
            code=code,
            candidates=candidates,
        )


def _vpc_of(gateway: Key) -> Key:
    return Key("vpc", gateway.path.partition("/")[0])


KIND = Kind(
    component=VirtualPrivateGateway,
    plural="virtual_private_gateways",
    singular="virtual_private_gateway",
    title="Virtual private gateway",
    abbreviation="VGW",
    cfn_type="AWS::EC2::VPNGateway",
    terraform_type="aws_vpn_gateway",
    icon="vpn-gateway",
    role=Role.PRIVATE_GATEWAY,
    scope=Scope.REGION,
    scope_note="attached to one VPC, in no zone",
    contained_in=("vpc",),
    route_target=True,
    summary="Carries packets between interfaces of its VPC and prefixes that VPN or Direct Connect announces to it.",
    limits="One for a VPC; 10 VPN connections; 100 routes by BGP and 100 static ones.",
    source="https://docs.aws.amazon.com/vpn/latest/s2svpn/vpn-route-priority.html",
    example="""\
version: 1
title: A VPN to the data center
region: ap-south-1
zones: [a]
data_centers: {hq: {cidr_blocks: [192.168.0.0/16]}}
on_premises_hosts: {erp: {data_center: hq, ip_address: 192.168.1.5}}
customer_gateways: {hq-router: {data_center: hq, ip_address: 203.0.113.7}}
vpn_connections: {tunnel: {customer_gateway: hq-router, virtual_private_gateway: vgw}}
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    virtual_private_gateway: vgw
    subnets: {app: {cidr_block: 10.0.10.0/24, route_table: app}}
    route_tables: {app: {propagating_vgws: [vgw]}}
    security_groups: {app: {ingress: [tcp 22 from 192.168.0.0/16]}}
    instances: {app: {subnet: app, security_groups: [app]}}
flows:
  app-asks-erp: {from: app, to: erp, port: 443, expect: allowed}
  erp-logs-in: {from: erp, to: app, port: 22, expect: allowed}
""",
)
