"""A virtual interface of a Direct Connect connection: private, transit or public."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum
from ipaddress import IPv4Address
from typing import ClassVar

from docgen.core.data import dataclass
from docgen.core.prefixes import Address, Block, in_any
from docgen.model.component import Component, Key, Ref, refers
from docgen.model.form import Fault, limited
from docgen.model.forwarding import Arrival, Context, Decision, Drop, Forward
from docgen.model.kind import Kind, Role, Scope
from docgen.model.network import Network
from docgen.model.packet import EPHEMERAL, NO_PORT, Family, Packet, Protocol
from docgen.model.trace import Check, Disposition, Outcome, Step
from docgen.routing.endpoints import is_private
from docgen.routing.hybrid import announced_by, data_center_of, named
from docgen.routing.line_families import faults_of_family, wrong_family
from docgen.routing.outside import carry, of_aws

BGP = "bgp"


class VirtualInterfaceType(StrEnum):
    """Direct Connect API `VirtualInterfaceType`."""

    PRIVATE = "private"
    TRANSIT = "transit"
    PUBLIC = "public"


_SIZES = {
    VirtualInterfaceType.PRIVATE: (1500, 9001),
    VirtualInterfaceType.TRANSIT: (1500, 8500),
    VirtualInterfaceType.PUBLIC: (1500,),
}
"""The MTUs that AWS takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VirtualInterface(Component):
    """A virtual interface. Source: Direct Connect API `VirtualInterface`."""

    kind: ClassVar[str] = "virtual_interface"

    type: VirtualInterfaceType = VirtualInterfaceType.PRIVATE
    """`private` to VPCs, `transit` to transit gateways, `public` to public addresses of AWS."""
    connection: Ref = refers("direct_connect_connection")
    """The line that carries it."""
    virtual_private_gateway: Ref | None = refers("virtual_private_gateway", default=None)
    """Of a private one: the gateway of one VPC in the same Region,"""
    direct_connect_gateway: Ref | None = refers("direct_connect_gateway", default=None)
    """or a Direct Connect gateway, which a transit one always has."""
    address_families: tuple[Family, ...] = (Family.IPV4,)
    """Of its BGP peers, one for each: `[ipv4, ipv6]` carries both."""
    announces: tuple[Block, ...] = limited(canonical=True, default=())
    """Blocks that the data center announces; none written: all of its own."""
    source_nat: IPv4Address | None = None
    """Of a public one: the address, of those that it announces, that the data center's router puts in for private
    sources. None: it translates nothing, as far as the definition says."""
    as_path_length: int = limited(minimum=1, maximum=50, default=1)
    """Of these routes: the shorter wins."""
    med: int = limited(minimum=0, maximum=4_294_967_295, default=0)
    """Multi-exit discriminator: the lower wins after that."""
    mtu: int = 1500
    """1500; with jumbo frames 9001 for a private one and 8500 for a transit one."""
    bgp_status: str = limited(choices=("up", "down"), default="up")
    """Down, nothing is announced either way."""

    def faults(self) -> Iterator[Fault]:
        """Each type ends at its own sort of gateway."""
        ends = (self.virtual_private_gateway is not None, self.direct_connect_gateway is not None)
        wanted = {
            VirtualInterfaceType.PUBLIC: ends == (False, False),
            VirtualInterfaceType.TRANSIT: ends == (False, True),
            VirtualInterfaceType.PRIVATE: sum(ends) == 1,
        }
        if not wanted[self.type]:
            text = (
                "a private virtual interface ends at a `virtual_private_gateway` or a `direct_connect_gateway`, a "
                "transit one at a `direct_connect_gateway`, a public one at neither"
            )
            yield Fault("", text, "correct its `type` or its gateway")
        if self.source_nat is not None and self.type is not VirtualInterfaceType.PUBLIC:
            yield Fault("source_nat", "only what leaves over a public virtual interface is translated", "remove it")
        if self.source_nat is not None and is_private(self.source_nat):
            hint = "write one of the public addresses that it announces"
            yield Fault("source_nat", f"{self.source_nat} is private: AWS takes public addresses there", hint)
        if not self.address_families:
            yield Fault("address_families", "a virtual interface has a BGP peer", "write `address_families: [ipv4]`")
        yield from faults_of_family(self, "announces", hint="write `address_families: [ipv4, ipv6]`")
        if self.mtu not in _SIZES[self.type]:
            sizes = " or ".join(map(str, _SIZES[self.type]))
            yield Fault("mtu", f"the MTU of a {self.type} virtual interface is {sizes}", f"write {sizes}")

    @property
    def carries(self) -> tuple[Family, ...]:
        """IPv4, IPv6 or both. Source: Direct Connect User Guide, "Add a BGP peer"."""
        return self.address_families

    def parts(self, network: Network) -> tuple[str, ...]:
        """What of it can be down by itself: its BGP session."""
        del network
        return (BGP,)

    def works(self, network: Network) -> bool:
        """While its line, its BGP session and the gateway at its end are up."""
        if self.bgp_status != "up" or not network.part_is_up(self.key, BGP):
            return False
        ends = ("connection", "virtual_private_gateway", "direct_connect_gateway")
        return all(network.is_up(key) for end in ends if (key := named(network, self, end)) is not None)

    def puts_in(self) -> Address | None:
        """The source that what the data center's router translates goes on with."""
        return self.source_nat

    def largest_packet(self, network: Network) -> int:
        """What it was made for."""
        del network
        return self.mtu

    def forward(self, packet: Packet, arrival: Arrival, context: Context) -> tuple[Decision, ...]:
        """Over the line: to the data center, or into AWS."""
        network, name = context.network, context.network.name(self.key)
        center = data_center_of(network, self)
        assert center is not None
        if not network.is_up(self.key):
            text = f"{name} is down: its line, its BGP session or its gateway is."
            step = Step(
                check=Check.STATE, outcome=Outcome.DROP, by=self.key, by_name=name, text=text, code="BAD_STATE"
            )
            return (Drop(steps=(step,), disposition=Disposition.DROPPED),)
        refused = wrong_family(self, packet, network)
        if refused is not None:
            return (refused,)
        near = named(network, self, "virtual_private_gateway") or named(network, self, "direct_connect_gateway")
        if near is None and arrival.previous == center:
            return (self._public(packet, arrival, context),)
        if near is None and packet.destination == self.source_nat:
            return (self._restored(packet, arrival, center, context),)
        onward = near if near is not None and arrival.previous == center else center
        line = named(network, self, "connection")
        text = f"{name} carries it over {network.name(line) if line else 'its line'} to {network.name(onward)}."
        step = Step(check=Check.GATEWAY, outcome=Outcome.PASS, by=self.key, by_name=name, text=text)
        went = Arrival(previous=self.key, sender=arrival.sender)
        return (Forward(next=onward, packet=packet, arrival=went, steps=(step,)),)

    def _public(self, packet: Packet, arrival: Arrival, context: Context) -> Decision:
        """To public addresses of AWS, and to nobody else: it is no way to the internet."""
        network, name = context.network, context.network.name(self.key)
        if not of_aws(network, packet.destination):
            text = f"{name} leads to public addresses of AWS only, not to the internet: {packet.destination} is none."
            return self._refusal(network, text, "NO_POSSIBLE_DESTINATION")
        public = tuple(block for block in announced_by(network, self) if not is_private(block.network_address))
        steps: tuple[Step, ...] = ()
        if self.source_nat is not None and is_private(packet.source):
            packet, steps = self._translated(packet, self.source_nat, context)
        if not in_any(packet.source, public):
            return self._from_elsewhere(packet, public, network)
        text = f"{name} carries it to the public addresses of AWS."
        step = Step(check=Check.GATEWAY, outcome=Outcome.PASS, by=self.key, by_name=name, text=text)
        onward = carry(self.key, packet, Arrival(previous=self.key, sender=arrival.sender), context)
        return replace(onward, steps=(*steps, step, *onward.steps))

    def _translated(self, packet: Packet, public: Address, context: Context) -> tuple[Packet, tuple[Step, ...]]:
        """A packet as the data center's router sends it: with a public source, and remembered."""
        ports = NO_PORT if packet.protocol is Protocol.ICMP else EPHEMERAL
        translated = replace(packet, source=public, source_ports=ports)
        context.sessions.translations[self.key] = (packet, translated)
        text = f"replaces the source {packet.source} by {public}, which it announces, and remembers the connection."
        return translated, (self._at_router(text, context),)

    def _restored(self, packet: Packet, arrival: Arrival, center: Key, context: Context) -> Decision:
        """An answer to what the data center's router translated: to whoever asked; nothing else gets in."""
        remembered = context.sessions.translations.get(self.key)
        if context.expected is None or remembered is None or packet != remembered[1].reversed():
            code = "DG_NAT_UNSOLICITED_INBOUND" if context.expected is None else "DG_RETURN_PATH_ASYMMETRIC"
            text = f"knows no connection that {packet.source} could be answering: it lets nobody in."
            return Drop(steps=(self._at_router(text, context, code),), disposition=Disposition.DROPPED)
        restored = remembered[0].reversed()
        step = self._at_router(f"remembers who asked and restores the destination {restored.destination}.", context)
        went = Arrival(previous=self.key, sender=arrival.sender)
        return Forward(next=center, packet=restored, arrival=went, steps=(step,))

    def _at_router(self, text: str, context: Context, code: str = "") -> Step:
        """What the data center's router does at its end of the line."""
        network = context.network
        center = data_center_of(network, self)
        assert center is not None
        name = network.name(center)
        outcome, check = (Outcome.DROP, Check.GATEWAY) if code else (Outcome.PASS, Check.TRANSLATION)
        return Step(check=check, outcome=outcome, by=center, by_name=name, text=f"{name}'s router {text}", code=code)

    def _from_elsewhere(self, packet: Packet, public: tuple[Block, ...], network: Network) -> Drop:
        """A source that the data center does not announce here: AWS drops it, unless a router there translates it."""
        center = data_center_of(network, self)
        assert center is not None
        name, source, site = network.name(self.key), packet.source, network.name(center)
        if public and is_private(source):
            text = (
                f"{name} takes packets from {' and '.join(map(str, public))}, which {site} announces; the definition "
                f"does not say whether {site} translates {source} to one of them (`source_nat`)."
            )
            return self._refusal(network, text, "UNKNOWN_DESTINATION", Disposition.INSUFFICIENT_INFO)
        why = "is private" if is_private(source) else "is in no block that it announces"
        text = f"{name} takes packets from public addresses that {site} announces to it: {source} {why}."
        return self._refusal(network, text, "GATEWAY_REJECTS_SPOOFED_TRAFFIC")

    def _refusal(
        self, network: Network, text: str, code: str, disposition: Disposition = Disposition.NO_ROUTE
    ) -> Drop:
        name = network.name(self.key)
        step = Step(check=Check.GATEWAY, outcome=Outcome.DROP, by=self.key, by_name=name, text=text, code=code)
        return Drop(steps=(step,), disposition=disposition)


KIND = Kind(
    component=VirtualInterface,
    plural="virtual_interfaces",
    title="Direct Connect virtual interface",
    abbreviation="VIF",
    cfn_type="",
    terraform_type="aws_dx_private_virtual_interface",
    icon="direct-connect",
    role=Role.ON_PREMISES,
    scope=Scope.LOCATION,
    scope_note="on a connection",
    across_regions=("virtual_private_gateway", "direct_connect_gateway"),
    across_accounts=("connection", "virtual_private_gateway", "direct_connect_gateway"),
    contained_in=("", "account"),
    summary="Carries packets between a data center and VPCs, transit gateways or public addresses of AWS.",
    limits="100 routes from the data center (1,000 on request), 1,000 on a public one; more take BGP down.",
    source="https://docs.aws.amazon.com/directconnect/latest/UserGuide/routing-and-bgp.html",
    example="""\
version: 1
title: Direct Connect with a VPN as back-up
region: ap-south-1
zones: [a]
data_centers: {hq: {cidr_blocks: [192.168.0.0/16]}}
on_premises_hosts: {erp: {data_center: hq, ip_address: 192.168.1.5}}
direct_connect_connections: {line: {data_center: hq}}
virtual_interfaces: {private: {connection: line, virtual_private_gateway: vgw}}
customer_gateways: {hq-router: {data_center: hq}}
vpn_connections: {backup: {customer_gateway: hq-router, virtual_private_gateway: vgw}}
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    virtual_private_gateway: vgw
    subnets: {app: {cidr_block: 10.0.10.0/24, route_table: app}}
    route_tables: {app: {propagating_vgws: [vgw]}}
    instances: {app: {subnet: app}}
flows:
  app-asks-erp: {from: app, to: erp, port: 443, expect: allowed}
  without-the-line: {from: app, to: erp, port: 443, when: {outage: line}, expect: allowed}
""",
)
