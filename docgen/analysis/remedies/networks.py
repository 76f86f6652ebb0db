# Edits of what joins networks: transit gateways, peering, virtual private gateways, Direct Connect.
"""PROPOSERS."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from ipaddress import ip_network
from types import MappingProxyType
from typing import Any

from docgen.analysis.remedies.proposal import Proposal, Proposer, Situation, edited_component
from docgen.core.prefixes import Address, Block
from docgen.kinds.transit_gateway_route_table import TransitGatewayRoute
from docgen.model.component import Component, Key, Ref
from docgen.model.forwarding import Announcement, attaches_to_hub
from docgen.model.network import Interface
from docgen.routing.hybrid import prefixes_behind
from docgen.routing.peers import peering_between
from docgen.routing.service_names import region_of
from docgen.routing.transit import attachments_of

_TABLE = "transit_gateway_route_table"


def _attachment_subnet(situation: Situation) -> Iterator[Proposal]:
    """A subnet for the attachment in the sender's zone."""
    network = situation.network
    attachment: Any = network.get(situation.step.by)
    zones = {i.zone for i in network.interfaces_of(attachment.key)}
    sender = situation.hops[-2].subnet if len(situation.hops) > 1 else None
    if sender is None:
        return
    wanted = network.zone_of(sender)
    for subnet in network.of_kind("subnet"):
        if subnet.scope == attachment.scope and network.zone_of(subnet.key) == wanted and wanted not in zones:
            yield Proposal(
                edited=edited_component(network, attachment.key, subnets=(*attachment.subnets, Ref(subnet.key.path))),
                field="subnets",
                text=f"add subnet {network.name(subnet.key)} ({wanted}) to the subnets of "
                f"{network.name(attachment.key)}",
                breadth=1 + (sender != subnet.key),
            )


def _hub_route(situation: Situation) -> Iterator[Proposal]:
    """Propagation from an attachment, or a static route to it; the default table takes all or nothing."""
    network = situation.network
    table: Any = network.components.get(situation.step.by)
    hub = _hub_of(situation, table)
    if table is None:
        yield from _default(situation, hub, "default_route_table_propagation", "propagate to its default table")
        yield from _route_by_default(situation, hub)
        return
    for attachment in attachments_of(network, hub):
        name = network.name(attachment)
        yield Proposal(
            edited=edited_component(network, table.key, propagations=(*table.propagations, Ref(attachment.path))),
            field="propagations",
            text=f"let {name} propagate to route table {network.name(table.key)}",
            breadth=sum(a.destination.num_addresses for a in _announced(situation, attachment, hub)),
        )
        for block in _blocks(situation):
            routes = tuple(r for r in table.routes if r.destination_cidr_block != block)
            route = TransitGatewayRoute(destination_cidr_block=block, attachment=Ref(attachment.path))
            yield Proposal(
                edited=edited_component(network, table.key, routes=(*routes, route)),
                field="routes",
                text=f"{'add' if len(routes) == len(table.routes) else 'change'} the route `{block}: {name}` "
                f"{'to' if len(routes) == len(table.routes) else 'in'} route table {network.name(table.key)}",
                breadth=block.num_addresses,
            )


def _route_by_default(situation: Situation, hub: Key) -> Iterator[Proposal]:
    """A static route in the default table that nobody wrote: writing it down changes nothing else."""
    network = situation.network
    gateway = network.get(hub)
    made: Any = network.kinds[_TABLE].component
    for attachment in attachments_of(network, hub):
        for block in _blocks(situation):
            route = TransitGatewayRoute(destination_cidr_block=block, attachment=Ref(attachment.path))
            name = f"{gateway.id}-default"
            table: Component = made(
                id=name, group=name, scope=gateway.scope, transit_gateway=Ref(hub.path), default=True, routes=(route,)
            )
            yield Proposal(
                edited=table,
                field="routes",
                text=f"add the route `{block}: {network.name(attachment)}` to the default route table of "
                f"{network.name(hub)}",
                breadth=block.num_addresses,
            )


def _announced(situation: Situation, attachment: Key, hub: Key) -> tuple[Announcement, ...]:
    component = situation.network.get(attachment)
    return tuple(component.propagates(situation.network, hub)) if attaches_to_hub(component) else ()


def _no_blackhole(situation: Situation) -> Iterator[Proposal]:
    """A table without the blackhole routes that hold the destination."""
    network = situation.network
    table: Any = network.components.get(situation.step.by)
    if table is None or table.key.kind != _TABLE:
        return
    for packet in situation.packets:
        for route in table.routes:
            if route.attachment is None and packet.destination in route.destination_cidr_block:
                left = tuple(r for r in table.routes if r is not route)
                yield Proposal(
                    edited=edited_component(network, table.key, routes=left),
                    field="routes",
                    text=f"remove the blackhole route `{route.destination_cidr_block}` from route table "
                    f"{network.name(table.key)}",
                    breadth=route.destination_cidr_block.num_addresses,
                )


def _association(situation: Situation) -> Iterator[Proposal]:
    """A route table for an attachment that is associated with none."""
    network = situation.network
    hub: Any = network.get(situation.step.by)
    attachment = situation.hops[-2].component
    for table in network.of_kind(_TABLE):
        written: Any = table
        if network.bind(written.transit_gateway, table.scope, "transit_gateway") == hub.key:
            refs = (*written.associations, Ref(attachment.path))
            yield Proposal(
                edited=edited_component(network, table.key, associations=refs),
                field="associations",
                text=f"associate {network.name(attachment)} with route table {network.name(table.key)}",
                breadth=1,
            )
    yield from _default(situation, hub, "default_route_table_association", "use its default table")


def _default(situation: Situation, hub: Any, field: str, what: str) -> Iterator[Proposal]:
    key: Key = hub if isinstance(hub, Key) else hub.key
    if not getattr(situation.network.get(key), field):
        yield Proposal(
            edited=edited_component(situation.network, key, **{field: True}),
            field=field,
            text=f"let attachments of {situation.network.name(key)} {what} (`{field}: true`)",
            breadth=len(attachments_of(situation.network, key)),
        )


def _hub_of(situation: Situation, table: Any) -> Key:
    network = situation.network
    if table is not None:
        return network.bind(table.transit_gateway, table.scope, "transit_gateway")
    return situation.hop.component


def _blocks(situation: Situation) -> Iterator[Block]:
    for destination in dict.fromkeys(p.destination for p in situation.packets):
        yield from dict.fromkeys((*situation.blocks_for(destination), ip_network(destination)))


def _references(situation: Situation) -> Iterator[Proposal]:
    """Rules that may name groups across the transit gateway."""
    network = situation.network
    for hop in situation.hops:
        component = network.get(hop.component)
        if getattr(component, "security_group_referencing_support", None) is False:
            yield Proposal(
                edited=edited_component(network, component.key, security_group_referencing_support=True),
                field="security_group_referencing_support",
                text=f"set `security_group_referencing_support: true` on {network.name(component.key)}",
                breadth=1,
            )


def _accept(situation: Situation) -> Iterator[Proposal]:
    """A peering connection or attachment that is in use."""
    network = situation.network
    for component in network.components.values():
        for field, wanted in (("status", "active"), ("state", "available")):
            value = getattr(component, field, wanted)
            named = f" {network.name(component.key)} " in f" {situation.step.text} ".replace(",", " ")
            if value != wanted and named and component.kind != "virtual_interface":
                yield Proposal(
                    edited=edited_component(network, component.key, **{field: type(value)(wanted)}),
                    field=field,
                    text=f"bring {network.name(component.key)} from `{value}` to `{wanted}`",
                    breadth=1,
                )


def _peering(situation: Situation) -> Iterator[Proposal]:
    """A peering connection of its own between the two VPCs, where none joins them."""
    network = situation.network
    ends = [i.vpc for p in situation.packets for a in (p.source, p.destination) if (i := _owner(situation, a))]
    pairs = dict.fromkeys((one, other) for one in ends for other in ends if one < other)
    for one, other in pairs:
        if peering_between(network, one, other) is not None:
            continue
        name = f"{one.path}-{other.path}"
        made: Any = network.kinds["vpc_peering_connection"].component
        yield Proposal(
            edited=made(id=name, group=name, requester_vpc=Ref(one.path), accepter_vpc=Ref(other.path)),
            field="",
            text=f"peer VPC {network.name(one)} with VPC {network.name(other)}",
            breadth=1,
        )


def _owner(situation: Situation, address: Address) -> Interface | None:
    return next((i for i in situation.network.interfaces.values() if i.private_ip == address), None)


def _propagation(situation: Situation) -> Iterator[Proposal]:
    """What the VPC's virtual private gateway knows, in the table that lacks it."""
    network = situation.network
    table: Any = network.components.get(situation.step.by)
    if table is None or table.kind != "route_table":
        return
    for gateway in network.inside.get((table.scope, "virtual_private_gateway"), ()):
        yield Proposal(
            edited=edited_component(
                network, table.key, propagating_vgws=(*table.propagating_vgws, Ref(gateway.path))
            ),
            field="propagating_vgws",
            text=f"let {network.name(gateway)} propagate its routes to route table {network.name(table.key)}",
            breadth=sum(p.block.num_addresses for p in prefixes_behind(network, gateway)),
        )


def _announcement(situation: Situation) -> Iterator[Proposal]:
    """The block, announced or written at a connection of the gateway."""
    network = situation.network
    for kind in ("vpn_connection", "virtual_interface"):
        for connection in network.of_kind(kind):
            written: Any = connection
            field = "static_routes" if getattr(written, "static_routes_only", False) else "announces"
            for block in _blocks(situation):
                yield Proposal(
                    edited=edited_component(network, connection.key, **{field: (*getattr(written, field), block)}),
                    field=field,
                    text=f"add {block} to `{field}` of {network.name(connection.key)}",
                    breadth=block.num_addresses,
                )


def _allowed_prefix(situation: Situation) -> Iterator[Proposal]:
    """An allowed prefix as wide as the VPC's block (or, at a transit gateway, the block itself)."""
    network = situation.network
    for gateway in network.of_kind("direct_connect_gateway"):
        written: Any = gateway
        for place, association in enumerate(written.associations):
            for block in dict.fromkeys(b for b in _wide(situation) if b is not None):
                changed = replace(association, allowed_prefixes=(*association.allowed_prefixes, block))
                others = list(written.associations)
                others[place] = changed
                yield Proposal(
                    edited=edited_component(network, gateway.key, associations=tuple(others)),
                    field="associations",
                    text=f"add {block} to the allowed prefixes of {network.name(gateway.key)} for "
                    f"{association.gateway}",
                    breadth=block.num_addresses,
                )


def _wide(situation: Situation) -> Iterator[Block]:
    yield from _blocks(situation)
    for packet in situation.packets:
        for vpc in situation.network.of_kind("vpc"):
            yield from (b for b in situation.network.blocks_of(vpc.key) if packet.destination in b)


def _supported_region(situation: Situation) -> Iterator[Proposal]:
    """The consumer's Region among those that an endpoint service is offered in."""
    network = situation.network
    service: Any = network.components.get(situation.step.by)
    region = region_of(network, network.get(situation.connection.source))
    if service is not None and region not in ("", region_of(network, service), *service.supported_regions):
        yield Proposal(
            edited=edited_component(network, service.key, supported_regions=(*service.supported_regions, region)),
            field="supported_regions",
            text=f"add {region} to `supported_regions` of {network.name(service.key)}",
            breadth=1,
        )


PROPOSERS: Mapping[str, tuple[Proposer, ...]] = MappingProxyType(
    {
        "TGW_ROUTE_AZ_RESTRICTION": (_attachment_subnet,),
        "TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT": (_hub_route,),
        "VPCE_SERVICE_NOT_INSTALLED_IN_AZ": (_supported_region,),
        "TGW_RTB_BAD_STATE_ROUTE": (_no_blackhole,),
        "TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION": (_association,),
        "SG_REFERENCING_SUPPORT": (_references,),
        "BAD_STATE_ROUTE": (_accept,),
        "BAD_STATE_ATTACHMENT": (_accept,),
        "NO_ROUTE_TO_DESTINATION": (_propagation,),
        "PCX_REQUIRES_ADDRESS_IN_VPC_CIDR": (_peering,),
        "DG_VGW_UNKNOWN_PREFIX": (_announcement,),
        "DG_DX_PREFIX_NOT_ALLOWED": (_allowed_prefix,),
    }
)
