# Edits of route tables and public addresses.
"""PROPOSERS."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from ipaddress import ip_network
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from docgen.analysis.remedies.proposal import ANYONE, Proposal, Proposer, Situation, edited_component
from docgen.core.prefixes import Address, Block
from docgen.model.component import Component, Key, Ref
from docgen.model.policy import Route


def _route(situation: Situation) -> Iterator[Proposal]:
    """A route to each target that this VPC has, for the narrowest block and for wider ones."""
    network = situation.network
    table = network.route_tables.get(situation.step.by)
    if table is None:
        return
    component: Any = network.get(table.key)
    written: tuple[Route, ...] = component.routes
    for destination in dict.fromkeys(p.destination for p in situation.packets):
        for block in _blocks(situation, destination):
            others = tuple(r for r in written if r.destination_cidr_block != block)
            for target in _targets(situation, component.scope):
                route = Route(destination_cidr_block=block, target=Ref(target.key.path))
                yield Proposal(
                    edited=edited_component(network, table.key, routes=(*others, route)),
                    field="routes",
                    text=f"{'add' if len(others) == len(written) else 'change'} the route "
                    f"`{block}: {network.name(target.key)}` {'to' if len(others) == len(written) else 'in'} "
                    f"route table {table.name}",
                    breadth=block.num_addresses * max(1, len(table.subnets)),
                )


def _blocks(situation: Situation, destination: Address) -> Iterator[Block]:
    """What the route could lead to: for a host on the internet everything, else the narrowest that fits."""
    found = list(situation.blocks_for(destination))
    if found[-1] in ANYONE:
        yield found[-1]
        return
    yield from found
    yield ip_network(destination)


def _targets(situation: Situation, vpc: str) -> Iterator[Component]:
    """Gateways first, then what stands in subnets and forwards others' packets."""
    network = situation.network
    for component in network.components.values():
        kind = network.kinds[component.kind]
        if not kind.route_target or component.scope not in ("", vpc):
            continue
        if kind.endpoint and getattr(component, "source_dest_check", False):
            continue  # drops what is not its own
        yield component


def _public_address(situation: Situation) -> Iterator[Proposal]:
    """A public address for the host that has none."""
    network = situation.network
    for packet in situation.packets:
        for address in (packet.source, packet.destination):
            for interface in network.interfaces.values():
                if interface.private_ip != address or interface.public_ip is not None:
                    continue
                owner: Any = network.get(interface.owner)
                for field in ("elastic_ip", "publicly_accessible"):
                    if getattr(owner, field, None) is False:
                        yield Proposal(
                            edited=edited_component(network, owner.key, **{field: True}),
                            field=field,
                            text=f"give {network.name(owner.key)} a public address (`{field}: true`)",
                            breadth=1,
                        )


def _route_to_translator(situation: Situation) -> Iterator[Proposal]:
    """Send it through a NAT gateway of the VPC instead: change the route of the table that chose the gateway."""
    network = situation.network
    trace = situation.connection.forward
    for hop in trace.hops:
        for step in hop.steps:
            table = network.route_tables.get(step.by)
            if table is None or not step.rule:
                continue
            component: Any = network.get(table.key)
            block = step.rule.partition(" ")[0]
            for target in network.of_kind("nat_gateway"):
                if target.scope != component.scope:
                    continue
                routes = tuple(r for r in component.routes if str(r.destination_cidr_block) != block)
                route = Route(destination_cidr_block=ip_network(block), target=Ref(target.key.path))
                yield Proposal(
                    edited=edited_component(network, table.key, routes=(*routes, route)),
                    field="routes",
                    text=f"change the route `{block}` of route table {table.name} to `{network.name(target.key)}`",
                    breadth=2 * max(1, len(table.subnets)),
                )


def _another_route(situation: Situation) -> Iterator[Proposal]:
    """Another target for the destination, in the table that sent it to where it is refused."""
    network = situation.network
    chosen = _last_table(situation)
    if chosen is None:
        return
    table, refused_by = chosen
    component: Any = network.get(table)
    for destination in dict.fromkeys(p.destination for p in situation.packets):
        for block in _blocks(situation, destination):
            others = tuple(r for r in component.routes if r.destination_cidr_block != block)
            added = len(others) == len(component.routes)
            for target in _targets(situation, component.scope):
                if target.key == refused_by:
                    continue
                route = Route(destination_cidr_block=block, target=Ref(target.key.path))
                yield Proposal(
                    edited=edited_component(network, table, routes=(*others, route)),
                    field="routes",
                    text=f"{'add' if added else 'change'} the route `{block}: {network.name(target.key)}` "
                    f"{'to' if added else 'in'} route table {network.name(table)}",
                    breadth=block.num_addresses,
                )


def _last_table(situation: Situation) -> tuple[Key, Key] | None:
    """The route table that chose last on this leg, and what it led to."""
    network = situation.network
    for hop, following in reversed(tuple(pairwise(situation.hops))):
        for step in reversed(hop.steps):
            if step.by in network.route_tables and step.by in network.components:
                return step.by, following.component
    return None


def _way_back(situation: Situation) -> Iterator[Proposal]:
    """Answers by what the requests passed: in every table that the answer met."""
    network = situation.network
    passed = [hop.component for hop in situation.connection.forward.hops]
    for hop in situation.hops:
        for step in hop.steps:
            table = network.route_tables.get(step.by)
            component: Any = network.components.get(step.by)
            if table is None or component is None or not step.rule:
                continue
            written = ip_network(str(step.rule).partition(" ")[0])
            others = tuple(r for r in component.routes if r.destination_cidr_block != written)
            for target in passed:
                if network.kinds[target.kind].route_target and network.get(target).scope in ("", component.scope):
                    route = Route(destination_cidr_block=written, target=Ref(target.path))
                    yield Proposal(
                        edited=edited_component(network, component.key, routes=(*others, route)),
                        field="routes",
                        text=f"change the route `{written}` of route table {table.name} to `{network.name(target)}`",
                        breadth=2 * max(1, len(table.subnets)),
                    )


def _out_of_the_loop(situation: Situation) -> Iterator[Proposal]:
    """A NAT gateway in a subnet whose table leads to the internet gateway, or such a route where it stands."""
    network = situation.network
    gateway: Any = network.components.get(situation.step.by)
    if gateway is None or gateway.kind != "nat_gateway" or gateway.subnet is None:
        return
    here = network.bind(gateway.subnet, gateway.scope, "subnet")
    for subnet in network.of_kind("subnet"):
        targets = {r.target.kind for r in network.table_of(subnet.key).routes if r.target is not None}
        if subnet.scope == gateway.scope and subnet.key != here and "internet_gateway" in targets:
            yield Proposal(
                edited=edited_component(network, gateway.key, subnet=Ref(subnet.key.path), private_ip_address=None),
                field="subnet",
                text=f"put {network.name(gateway.key)} into subnet {network.name(subnet.key)}",
                breadth=1,
            )


def _another_subnet(situation: Situation) -> Iterator[Proposal]:
    """Other subnets for what can have no public address (a Lambda function)."""
    network = situation.network
    source: Any = network.components.get(situation.connection.source)
    if source is None or not getattr(source, "subnets", ()) or hasattr(source, "scheme"):
        return
    for subnet in network.of_kind("subnet"):
        if subnet.scope == source.scope:
            yield Proposal(
                edited=edited_component(network, source.key, subnets=(Ref(subnet.key.path),)),
                field="subnets",
                text=f"attach {network.name(source.key)} to subnet {network.name(subnet.key)} instead",
                breadth=1,
            )


def _internet_gateway(situation: Situation) -> Iterator[Proposal]:
    """An internet gateway for a VPC that has none."""
    network = situation.network
    by = situation.step.by
    vpc = by if by.kind == "vpc" else Key("vpc", network.get(by).scope)
    if network.inside.get((vpc.path, "internet_gateway")):
        return
    made: Any = network.kinds["internet_gateway"].component
    gateway: Component = made(id="igw", group="igw", scope=vpc.path)
    yield Proposal(edited=gateway, field="", text=f"attach an internet gateway to VPC {network.name(vpc)}", breadth=1)


PROPOSERS: Mapping[str, tuple[Proposer, ...]] = MappingProxyType(
    {
        "NO_ROUTE_TO_DESTINATION": (_route, _internet_gateway),
        "VPC_LOCAL_ROUTE_CIDR_RESTRICTION": (_route,),
        "BAD_STATE_ROUTE": (_route,),
        "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS": (_public_address, _route_to_translator, _another_subnet),
        "IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS": (_another_route,),
        "IGW_DESTINATION_ADDRESS_NOT_IN_RFC6598_EGRESS": (_another_route,),
        "PCX_REQUIRES_ADDRESS_IN_VPC_CIDR": (_another_route,),
        "DG_ENDPOINT_NOT_TRANSITIVE": (_another_route,),
        "DG_RETURN_PATH_ASYMMETRIC": (_way_back,),
        "INGRESS_RTB_TRAFFIC_REDIRECTION": (_way_back,),
        "DG_LOOP_DETECTED": (_out_of_the_loop, _another_route),
        "IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS": (_public_address,),
        "NO_PATH": (_internet_gateway,),
    }
)
