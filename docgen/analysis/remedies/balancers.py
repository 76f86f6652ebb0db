# Edits of load balancers.
"""PROPOSERS."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from docgen.analysis.remedies.proposal import Proposal, Proposer, Situation, edited_component
from docgen.model.component import Ref


def _listener(situation: Situation) -> Iterator[Proposal]:
    """A listener on the port that was asked, with the targets of one that exists."""
    network = situation.network
    balancer: Any = network.get(situation.step.by)
    for packet in situation.packets:
        port = packet.destination_ports.first
        for listener in getattr(balancer, "listeners", ()):
            added = replace(listener, port=port)
            yield Proposal(
                edited=edited_component(network, balancer.key, listeners=(*balancer.listeners, added)),
                field="listeners",
                text=f"add a listener on port {port} to {network.name(balancer.key)}, with the targets of "
                f"port {listener.port}",
                breadth=len(getattr(listener, "targets", ())) or 1,
            )


def _scheme(situation: Situation) -> Iterator[Proposal]:
    """Public addresses for the nodes of an internal load balancer."""
    network = situation.network
    for packet in situation.packets:
        for interface in network.interfaces.values():
            owner: Any = network.get(interface.owner)
            scheme = getattr(owner, "scheme", None)
            if interface.private_ip == packet.destination and scheme == "internal":
                yield Proposal(
                    edited=edited_component(network, owner.key, scheme=type(scheme)("internet-facing")),
                    field="scheme",
                    text=f"make {network.name(owner.key)} face the internet (`scheme: internet-facing`)",
                    breadth=len(network.interfaces_of(owner.key)),
                )


def _cross_zone(situation: Situation) -> Iterator[Proposal]:
    """Let every node use the targets of all zones."""
    balancer = situation.network.get(situation.step.by)
    if hasattr(balancer, "cross_zone"):
        yield Proposal(
            edited=edited_component(situation.network, balancer.key, cross_zone=True),
            field="cross_zone",
            text=f"set `cross_zone: true` on {situation.network.name(balancer.key)}",
            breadth=1,
        )


def _public_node(situation: Situation) -> Iterator[Proposal]:
    """Another subnet of its zone for a node that cannot answer the internet from where it stands."""
    network = situation.network
    answering = situation.hops[0]
    balancer: Any = network.components.get(answering.component)
    node = network.interfaces.get(answering.interface)
    if node is None or getattr(balancer, "scheme", "") != "internet-facing":
        return
    for subnet in network.of_kind("subnet"):
        targets = {r.target.kind for r in network.table_of(subnet.key).routes if r.target is not None}
        if subnet.scope != balancer.scope or network.zone_of(subnet.key) != node.zone or subnet.key == node.subnet:
            continue
        if "internet_gateway" in targets:
            subnets = tuple(
                Ref(subnet.key.path) if network.bind(ref, balancer.scope, "subnet") == node.subnet else ref
                for ref in balancer.subnets
            )
            yield Proposal(
                edited=edited_component(network, balancer.key, subnets=subnets),
                field="subnets",
                text=f"put {network.name(balancer.key)} into subnet {network.name(subnet.key)} instead of "
                f"{network.name(node.subnet)}",
                breadth=1,
            )


PROPOSERS: Mapping[str, tuple[Proposer, ...]] = MappingProxyType(
    {
        "ELBV2_LISTENERS_MISMATCH": (_listener,),
        "ELB_NOT_CROSSZONE": (_cross_zone,),
        "IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS": (_scheme,),
        "DG_RETURN_PATH_ASYMMETRIC": (_public_node,),
        "NO_ROUTE_TO_DESTINATION": (_public_node,),
    }
)
