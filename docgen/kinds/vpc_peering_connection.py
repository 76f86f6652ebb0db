"""A VPC peering connection: two VPCs route to each other's blocks, and to nothing behind them."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import ClassVar

from docgen.core.data import dataclass
from docgen.core.prefixes import RFC1918, in_any
from docgen.model.component import Component, Key, Ref, refers
from docgen.model.form import Fault
from docgen.model.forwarding import Arrival, Context, Decision, Drop, Entrance, Refusal
from docgen.model.kind import Kind, Role, Scope
from docgen.model.network import Network
from docgen.model.packet import Packet
from docgen.model.trace import Check, Disposition, Leg, Outcome, Step
from docgen.routing.peers import same_region
from docgen.routing.router import deliver_locally


class PeeringStatus(StrEnum):
    """EC2 API `VpcPeeringConnectionStateReason.Code`; only an active one carries packets."""

    ACTIVE = "active"
    INITIATING_REQUEST = "initiating-request"
    PENDING_ACCEPTANCE = "pending-acceptance"
    PROVISIONING = "provisioning"
    FAILED = "failed"
    REJECTED = "rejected"
    EXPIRED = "expired"
    DELETING = "deleting"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True, kw_only=True)
class VpcPeeringConnection(Component):
    """A peering connection. Source: EC2 API `VpcPeeringConnection`; `AWS::EC2::VPCPeeringConnection`."""

    kind: ClassVar[str] = "vpc_peering_connection"

    requester_vpc: Ref = refers("vpc")
    """The VPC that asked for it."""
    accepter_vpc: Ref = refers("vpc")
    """The other one, in this or another Region or account."""
    status: PeeringStatus = PeeringStatus.ACTIVE
    """Anything but `active` carries nothing: routes to it are blackholes."""
    allow_dns_resolution_from_remote_vpc: bool = False
    """Public names of instances of one VPC resolve to private addresses in the other."""

    def faults(self) -> Iterator[Fault]:
        """It joins two VPCs."""
        if self.requester_vpc == self.accepter_vpc:
            yield Fault("accepter_vpc", "a VPC cannot be peered with itself", "name another VPC")

    def sides(self, network: Network) -> tuple[Key, Key]:
        """Its two VPCs, the requester first."""
        return network.bind(self.requester_vpc, self.scope, "vpc"), network.bind(self.accepter_vpc, self.scope, "vpc")

    def other_side(self, vpc: Key, network: Network) -> Key | None:
        """The VPC at the other end; None for a VPC that it does not join."""
        requester, accepter = self.sides(network)
        return {requester: accepter, accepter: requester}.get(vpc)

    def entrance(self, vpc: Key, arrival: Arrival, network: Network) -> Entrance | Refusal:
        """Where the VPC is one of its two and it is active: here."""
        del arrival
        name = network.name(self.key)
        if self.other_side(vpc, network) is None:
            why = f"{name} does not join VPC {network.name(vpc)}: AWS does not let a route name it"
            return Refusal(why=why, code="DG_INVALID_CONFIG", disposition=Disposition.DROPPED)
        if self.status is not PeeringStatus.ACTIVE or not network.is_up(self.key):
            state = self.status if self.status is not PeeringStatus.ACTIVE else "out of order"
            why = f"{name} is {state}: the route is a blackhole"
            return Refusal(why=why, code="BAD_STATE_ROUTE", disposition=Disposition.BLACKHOLE, detail="BAD_STATE")
        return Entrance(next=self.key)

    def largest_packet(self, network: Network) -> int:
        """Jumbo frames, smaller ones between Regions."""
        return 9001 if same_region(network, *self.sides(network)) else 8500

    def forward(self, packet: Packet, arrival: Arrival, context: Context) -> tuple[Decision, ...]:
        """Into the other VPC by its implicit local route, if the destination is in one of its blocks."""
        network, name = context.network, context.network.name(self.key)
        near = arrival.from_vpc
        far = self.other_side(near, network) if near is not None else None
        assert near is not None
        assert far is not None
        there = network.name(far)
        if not in_any(packet.destination, network.blocks_of(far)):
            blocks = ", ".join(map(str, network.blocks_of(far)))
            text = (
                f"{name} carries packets to addresses of VPC {there} only ({blocks}), and {packet.destination} is "
                "none: peering is not transitive, and leads to no gateway of the other VPC."
            )
            step = self._step(context, text, Outcome.DROP, "PCX_REQUIRES_ADDRESS_IN_VPC_CIDR")
            nat = network.inside.get((far.path, "nat_gateway")) and not in_any(packet.destination, RFC1918)
            secondary = ("NGW_REQUIRES_SOURCE_IN_VPC",) if nat else ()
            return (Drop(steps=(step,), disposition=Disposition.DROPPED, secondary=secondary),)
        near_by = same_region(network, near, far)
        text = f"{name} carries it into VPC {there}, where only the local route counts."
        if context.leg is Leg.FORWARD:
            self._remember_translator(packet, near, far, context)
        onward = Arrival(
            previous=self.key,
            from_vpc=near,
            sender=arrival.sender,
            membership=arrival.membership and near_by,
            via=arrival.via,
        )
        steps = (self._step(context, text, Outcome.PASS),)
        return (deliver_locally(far, packet, onward, context, steps),)

    def _remember_translator(self, packet: Packet, near: Key, far: Key, context: Context) -> None:
        """What a NAT gateway sends over it finds its way back, with a route there or without."""
        owner = context.network.interface_at(near, packet.source)
        if owner is not None and owner.owner in context.sessions.translations:
            context.sessions.returns_over[far, packet.source] = self.key

    def _step(self, context: Context, text: str, outcome: Outcome, code: str = "") -> Step:
        name = context.network.name(self.key)
        return Step(check=Check.GATEWAY, outcome=outcome, by=self.key, by_name=name, text=text, code=code)


KIND = Kind(
    component=VpcPeeringConnection,
    plural="vpc_peering_connections",
    title="VPC peering connection",
    abbreviation="Peering",
    cfn_type="AWS::EC2::VPCPeeringConnection",
    terraform_type="aws_vpc_peering_connection",
    icon="vpc-peering",
    role=Role.CONNECTOR,
    scope=Scope.VPC,
    scope_note="a pair of VPCs, of any Regions and accounts",
    across_regions=("requester_vpc", "accepter_vpc"),
    across_accounts=("requester_vpc", "accepter_vpc"),
    contained_in=("", "account", "region"),
    route_target=True,
    summary="Carries packets between two VPCs whose addresses do not overlap; never further, to no gateway behind.",
    limits="50 active connections for a VPC (125 on request); one for each pair of VPCs; blocks must not overlap.",
    source="https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html",
    example="""\
version: 1
title: Finance and HR
region: ap-south-1
zones: [a]
vpcs:
  finance:
    cidr_block: 10.0.0.0/16
    subnets: {app: {cidr_block: 10.0.10.0/24}}
    route_tables: {main: {10.1.0.0/16: finance-hr}}
    instances: {ledger: {subnet: app}}
  hr:
    cidr_block: 10.1.0.0/16
    subnets: {app: {cidr_block: 10.1.10.0/24}}
    route_tables: {main: {10.0.0.0/16: finance-hr}}
    security_groups: {people: {ingress: [tcp 443 from 10.0.0.0/16]}}
    instances: {people: {subnet: app, security_groups: [people]}}
vpc_peering_connections:
  finance-hr: {requester_vpc: finance, accepter_vpc: hr}
flows:
  ledger-asks-people: {from: ledger, to: people, port: 443, expect: allowed}
""",
)
