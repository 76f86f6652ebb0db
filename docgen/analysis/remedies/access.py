# Edits of who may do what: Client VPN, policies, Block Public Access, a VPC's DNS.
"""PROPOSERS."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from ipaddress import IPv4Network, ip_network
from types import MappingProxyType
from typing import Any

from docgen.analysis.remedies.proposal import Proposal, Proposer, Situation, edited_component
from docgen.core.prefixes import Block
from docgen.kinds.client_vpn_endpoint import AuthorizationRule, ClientVpnRoute
from docgen.kinds.vpc_block_public_access import Exclusion, ExclusionMode
from docgen.model.component import Component, Key, Ref


def _authorization(situation: Situation) -> Iterator[Proposal]:
    """A rule for the client's own group, else for everybody."""
    network = situation.network
    endpoint: Any = network.get(situation.step.by)
    client: Any = network.components.get(situation.connection.source)
    for group in (*getattr(client, "groups", ()), "all"):
        for block in _blocks(situation):
            rule = AuthorizationRule(target_network_cidr=block, access_group=group)
            yield Proposal(
                edited=edited_component(
                    network, endpoint.key, authorization_rules=(*endpoint.authorization_rules, rule)
                ),
                field="authorization_rules",
                text=f"add the authorization rule `{block}: {group}` to {network.name(endpoint.key)}",
                breadth=block.num_addresses * (2 if group == "all" else 1),
            )


def _endpoint_route(situation: Situation) -> Iterator[Proposal]:
    """A route by every associated subnet: a client may be connected to any."""
    network = situation.network
    endpoint: Any = network.get(situation.step.by)
    for block in _blocks(situation):
        routes = tuple(
            ClientVpnRoute(destination_cidr_block=block, target_subnet=Ref(i.subnet.path))
            for i in network.interfaces_of(endpoint.key)
        )
        left = tuple(r for r in endpoint.routes if r.destination_cidr_block != block)
        by = " and ".join(network.name(i.subnet) for i in network.interfaces_of(endpoint.key))
        yield Proposal(
            edited=edited_component(network, endpoint.key, routes=(*left, *routes)),
            field="routes",
            text=f"add the route `{block}` by {by} to {network.name(endpoint.key)}",
            breadth=block.num_addresses,
        )


def _associated_subnet(situation: Situation) -> Iterator[Proposal]:
    """A subnet of the endpoint's VPC."""
    network = situation.network
    endpoint: Any = network.get(situation.step.by)
    for subnet in network.of_kind("subnet"):
        if subnet.scope == endpoint.scope:
            yield Proposal(
                edited=edited_component(network, endpoint.key, subnets=(*endpoint.subnets, Ref(subnet.key.path))),
                field="subnets",
                text=f"associate subnet {network.name(subnet.key)} with {network.name(endpoint.key)}",
                breadth=1,
            )


def _blocks(situation: Situation) -> Iterator[IPv4Network]:
    found: list[Block] = []
    for packet in situation.packets:
        found += [*situation.blocks_for(packet.destination), ip_network(packet.destination)]
    yield from dict.fromkeys(b for b in found if isinstance(b, IPv4Network))


def _exclusion(situation: Situation) -> Iterator[Proposal]:
    """An exclusion for the subnet whose address crosses the gateway, else for its VPC."""
    network = situation.network
    block: Any = network.get(situation.step.by)
    gateway = situation.hop.component
    for packet in situation.packets:
        for address in (packet.source, packet.destination):
            owner = network.interface_with_public(address)
            owner = owner or network.interface_at(Key("vpc", network.get(gateway).scope), address)
            if owner is None:
                continue
            for place, breadth in ((owner.subnet, 2), (owner.vpc, 9)):
                for mode in (ExclusionMode.EGRESS, ExclusionMode.BIDIRECTIONAL):
                    exclusion = Exclusion(resource=Ref(place.path), mode=mode)
                    yield Proposal(
                        edited=edited_component(network, block.key, exclusions=(*block.exclusions, exclusion)),
                        field="exclusions",
                        text=f"exclude {place.kind} {network.name(place)} (`{mode}`) from VPC Block Public Access",
                        breadth=breadth + (mode is ExclusionMode.BIDIRECTIONAL),
                    )


def _policy(situation: Situation) -> Iterator[Proposal]:
    """The caller, its VPC, the endpoint or the resource on the list of the policy that lacks it."""
    network = situation.network
    judge: Component = network.get(situation.step.by)
    passed = [hop.component for hop in situation.hops]
    asked = [k for k in (situation.connection.source, situation.connection.destination, *passed) if k is not None]
    vpcs = [i.vpc for k in asked if k in network.components for i in network.interfaces_of(k)]
    for field in ("allowed_resources", "allowed_principals", "allowed_vpc_endpoints", "allowed_vpcs"):
        allowed: tuple[Ref, ...] | None = getattr(judge, field, None)
        if not allowed:
            continue
        kinds = type(judge).__dataclass_fields__[field].metadata["refers"]
        for key in dict.fromkeys((*asked, *vpcs)):
            if key.kind in kinds:
                yield Proposal(
                    edited=edited_component(network, judge.key, **{field: (*allowed, Ref(key.path))}),
                    field=field,
                    text=f"add {network.name(key)} to `{field}` of {network.name(judge.key)}",
                    breadth=1,
                )


def _dns(situation: Situation) -> Iterator[Proposal]:
    """The DNS attribute of the VPC that its resolver needs."""
    network = situation.network
    by = situation.step.by
    vpc = by if by.kind == "vpc" else Key("vpc", by.path.rpartition("/")[0])
    component: Any = network.components.get(vpc)
    for field in ("enable_dns_support", "enable_dns_hostnames"):
        if getattr(component, field, None) is False:
            yield Proposal(
                edited=edited_component(network, vpc, **{field: True}),
                field=field,
                text=f"set `{field}: true` on VPC {network.name(vpc)}",
                breadth=1,
            )


PROPOSERS: Mapping[str, tuple[Proposer, ...]] = MappingProxyType(
    {
        "DG_CVPN_NO_AUTHORIZATION_RULE": (_authorization,),
        "DG_CVPN_NO_ROUTE": (_endpoint_route,),
        "DG_CVPN_NOT_ASSOCIATED": (_associated_subnet,),
        "VPC_BLOCK_PUBLIC_ACCESS_ENABLED": (_exclusion,),
        "DG_POLICY_DENIED": (_policy,),
        "DG_DNS_ATTRIBUTES_DISABLED": (_dns,),
    }
)
