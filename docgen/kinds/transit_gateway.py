"""A transit gateway: a router in the middle of many VPCs, VPNs and Direct Connect gateways of a Region."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar

from docgen.core.data import dataclass
from docgen.core.values import later
from docgen.model.component import Component, Key, Ref, refers
from docgen.model.form import limited
from docgen.model.forwarding import Arrival, Context, Decision, Drop, Entrance, Forward, Refusal
from docgen.model.kind import Kind, Role, Scope
from docgen.model.network import Network
from docgen.model.packet import Packet
from docgen.model.trace import Check, Disposition, Line, Outcome, Step
from docgen.routing.reactions import taken_over
from docgen.routing.router import what_there_is
from docgen.routing.transit import (
    HubChoice,
    HubRoute,
    HubTable,
    attachment_in,
    choose,
    describe_loser,
    table_of_attachment,
    withdrawn,
)

_HIDING = ("TGW_RTB_HIGHER_PRIORITY_ROUTE", "TGW_RTB_MORE_SPECIFIC_ROUTE")
"""Codes of a route that a blackhole hides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TransitGateway(Component):
    """A transit gateway. Source: EC2 API `TransitGateway`, `TransitGatewayOptions`; `AWS::EC2::TransitGateway`."""

    kind: ClassVar[str] = "transit_gateway"

    region: Ref | None = refers("region", default=None)
    """The Region that it stands in."""
    amazon_side_asn: int = limited(minimum=1, maximum=4_294_967_294, default=64512)
    """Its BGP number."""
    default_route_table_association: bool = True
    """Attachments that no table names use the default table."""
    default_route_table_propagation: bool = True
    """Every attachment propagates to the default table."""
    vpn_ecmp_support: bool = True
    """Equal BGP routes of VPNs share the traffic."""
    security_group_referencing_support: bool = False
    """Ingress rules may name groups of other attached VPCs."""
    auto_accept_shared_attachments: bool = False
    """Attachments of other accounts need nobody's consent."""
    route_tables_visible: bool = True
    """Off where the gateway is another account's and its tables are not known: traces through it are UNKNOWN."""

    def entrance(self, vpc: Key, arrival: Arrival, network: Network) -> Entrance | Refusal:
        """At the VPC's attachment, by its interface in the sender's zone."""
        name = network.name(self.key)
        attachment = attachment_in(network, self.key, vpc)
        if attachment is None:
            why = f"VPC {network.name(vpc)} is not attached to {name}: AWS does not let a route name it"
            return Refusal(why=why, code="DG_INVALID_CONFIG", disposition=Disposition.DROPPED)
        component: Any = network.get(attachment)
        if component.state != "available" or attachment in network.down or self.key in network.down:
            what = name if self.key in network.down else network.name(attachment)
            why = f"{what} is not available: the route is a blackhole"
            return Refusal(why=why, code="BAD_STATE_ATTACHMENT", disposition=Disposition.BLACKHOLE)
        zone = network.zone_of(arrival.from_subnet) if arrival.from_subnet else ""
        interfaces = network.interfaces_of(attachment)
        if network.assumes("attachment-subnets") == "associated-subnets-only":
            interfaces = tuple(i for i in interfaces if i.subnet == arrival.from_subnet)
        own = next((i for i in interfaces if i.zone == zone and network.interface_is_up(i)), None)
        return Entrance(next=attachment, interface=own)

    def largest_packet(self, network: Network) -> int:
        """Between VPCs; what goes on over a VPN meets the VPN's own limit."""
        del network
        return 8500

    def forward(self, packet: Packet, arrival: Arrival, context: Context) -> tuple[Decision, ...]:
        """Look the destination up in the table of the attachment that it came by."""
        network, name = context.network, context.network.name(self.key)
        came_by = arrival.previous
        assert came_by is not None
        if not self.route_tables_visible:
            text = (
                f"The route tables of {name} are not known here: nobody can say where it sends {packet.destination}."
            )
            step = self._step(context, text, Outcome.DROP, "TGW_RTB_ROUTES_ARE_UNKNOWN")
            return (Drop(steps=(step,), disposition=Disposition.INSUFFICIENT_INFO),)
        table = table_of_attachment(network, self.key, came_by)
        if table is None:
            text = f"{network.name(came_by)} is associated with no route table of {name}."
            step = self._step(context, text, Outcome.DROP, "TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION")
            return (Drop(steps=(step,), disposition=Disposition.NO_ROUTE),)
        choice = choose(table, packet.destination)
        if not choice.routes:
            user = network.name(came_by)
            known = what_there_is(choice.candidates) if table.routes else "it is empty"
            text = f"{table.words}, which {user} uses, has no route for {packet.destination}: {known}."
            code = "TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT"
            drop = self._refused(table, choice, text, code, Disposition.NO_ROUTE)
            gone = withdrawn(network, self.key, came_by, packet.destination)
            lost = (taken_over(network, *gone, None),) if gone else ()
            return (replace(drop, steps=(*lost, *drop.steps)),)
        return tuple(self._take(route, table, choice, packet, arrival, context) for route in choice.routes)

    def _take(
        self,
        route: HubRoute,
        table: HubTable,
        choice: HubChoice,
        packet: Packet,
        arrival: Arrival,
        context: Context,
    ) -> Decision:
        network = context.network
        if route.attachment is None:
            lost = describe_loser(choice)
            text = f"{table.words} drops {route.destination}: the route is a blackhole{lost}."
            hidden = tuple(dict.fromkeys(c.code for c in choice.lost if c.code in _HIDING))
            code = "TGW_RTB_BAD_STATE_ROUTE"
            return self._refused(table, choice, text, code, Disposition.BLACKHOLE, hidden)
        if not network.is_up(route.attachment):
            text = f"{table.words} sends {route.words}, which is out of order{describe_loser(choice)}."
            code = getattr(network.get(route.attachment), "down_code", "BAD_STATE_ATTACHMENT")
            return self._refused(table, choice, text, code, Disposition.BLACKHOLE)
        came_by = arrival.previous
        assert came_by is not None
        user = network.name(came_by)
        if route.attachment == came_by and came_by.kind == "direct_connect_gateway":
            text = (
                f"{table.words} sends {route.destination} back to {user}: AWS does not say whether a Direct Connect "
                "gateway carries packets between two of its sites by way of a transit gateway."
            )
            return self._refused(table, choice, text, "UNSUPPORTED_COMPONENT", Disposition.INSUFFICIENT_INFO)
        step = Step(
            check=Check.ROUTE_TABLE,
            outcome=Outcome.PASS,
            by=table.key,
            by_name=table.name,
            text=later(lambda: f"{table.words}, which {user} uses, sends {route.words}{describe_loser(choice)}."),
            rule=later(lambda: str(route)),
            lines=later(lambda: (Line(table.key, route),)),
            candidates=later(lambda: choice.candidates),
        )
        kept, code = self._membership(arrival, route.attachment, network)
        onward = Arrival(
            previous=self.key,
            from_subnet=arrival.from_subnet,
            from_vpc=arrival.from_vpc,
            sender=arrival.sender,
            membership=arrival.membership and kept,
            lost_by=arrival.lost_by or code,
        )
        made = (*self._reaction(route, choice, packet, came_by, network), step)
        return Forward(next=route.attachment, packet=packet, arrival=onward, steps=made)

    def _reaction(
        self, route: HubRoute, choice: HubChoice, packet: Packet, came_by: Key, network: Network
    ) -> tuple[Step, ...]:
        """Who takes over, where the table sends it elsewhere in working order."""
        if network.intact is None:
            gone = withdrawn(network, self.key, came_by, packet.destination)
            longer = gone is not None and gone[0].prefixlen > route.destination.prefixlen
            return (taken_over(network, *gone, route.attachment),) if gone and longer else ()
        table = table_of_attachment(network.intact, self.key, came_by)
        before = choose(table, packet.destination).routes if table else ()
        now = {r.attachment for r in choice.routes}
        lost = next((r for r in before if r.attachment is not None and r.attachment not in now), None)
        if lost is None or lost.attachment is None:
            return ()
        return (taken_over(network, lost.destination, lost.attachment, route.attachment),)

    def _membership(self, arrival: Arrival, leaves_by: Key, network: Network) -> tuple[bool, str]:
        """Whether groups of the sender may still be named, and the code that says why not."""
        ends = (network.components[k] for k in (arrival.previous, leaves_by) if k is not None)
        support = [getattr(e, "security_group_referencing_support", None) for e in ends]
        if None in support:  # a VPN, a peering of gateways: no group survives
            return False, ""
        if self.security_group_referencing_support and all(support):
            return True, ""
        return False, "SG_REFERENCING_SUPPORT" if arrival.membership else ""

    def _refused(
        self,
        table: HubTable,
        choice: HubChoice,
        text: str,
        code: str,
        disposition: Disposition,
        secondary: tuple[str, ...] = (),
    ) -> Drop:
        step = Step(
            check=Check.ROUTE_TABLE,
            outcome=Outcome.DROP,
            by=table.key,
            by_name=table.name,
            text=text,
            lines=later(lambda: tuple(Line(table.key, r) for r in choice.routes)),
            candidates=later(lambda: choice.candidates),
            code=code,
        )
        return Drop(steps=(step,), disposition=disposition, secondary=secondary)

    def _step(self, context: Context, text: str, outcome: Outcome, code: str = "") -> Step:
        name = context.network.name(self.key)
        return Step(check=Check.ROUTE_TABLE, outcome=outcome, by=self.key, by_name=name, text=text, code=code)


KIND = Kind(
    component=TransitGateway,
    plural="transit_gateways",
    title="Transit gateway",
    abbreviation="TGW",
    cfn_type="AWS::EC2::TransitGateway",
    terraform_type="aws_ec2_transit_gateway",
    icon="transit-gateway",
    role=Role.CONNECTOR,
    scope=Scope.REGION,
    scope_note="with one interface in each zone of an attachment",
    contained_in=("", "account", "region"),
    parent_field="region",
    route_target=True,
    summary="Routes between its attachments by tables of its own; a VPC is entered and left by its attachment only.",
    limits="20 route tables, 10,000 routes, 5 transit gateways for a VPC, 100 Gbit/s for an attachment and zone.",
    source="https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html",
    example="""\
version: 1
title: Two VPCs and a hub
region: ap-south-1
zones: [a]
transit_gateways: {hub: {}}
vpcs:
  finance:
    cidr_block: 10.0.0.0/16
    subnets: {app: {cidr_block: 10.0.10.0/24}, tgw: {cidr_block: 10.0.99.0/28}}
    transit_gateway_attachments: {to-hub: {transit_gateway: hub, subnets: [tgw]}}
    route_tables: {main: {10.0.0.0/8: hub}}
    instances: {ledger: {subnet: app}}
  hr:
    cidr_block: 10.1.0.0/16
    subnets: {app: {cidr_block: 10.1.10.0/24}, tgw: {cidr_block: 10.1.99.0/28}}
    transit_gateway_attachments: {to-hub: {transit_gateway: hub, subnets: [tgw]}}
    route_tables: {main: {10.0.0.0/8: hub}}
    security_groups: {people: {ingress: [tcp 443 from 10.0.0.0/16]}}
    instances: {people: {subnet: app, security_groups: [people]}}
flows:
  ledger-asks-people: {from: ledger, to: people, port: 443, expect: allowed}
""",
)
