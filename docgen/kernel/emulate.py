# One network in one state as a blueprint, with every flow's questions in it; and what the kernel's answers mean.
#
# In:  a Network (variant and outages applied) and flows. Out: a blueprint, and for each flow the tries whose outcomes
# decide it, or why it cannot be emulated.
"""Emulation, emulate."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from docgen.kernel.asking import Asked, Asker
from docgen.kernel.client_vpn import connect_clients
from docgen.kernel.joins import connect_hubs, connect_peerings, finish_hubs
from docgen.kernel.lans import build_lans
from docgen.kernel.outside import (
    build_internet,
    build_outside_host,
    close_internet,
    connect_gateway_endpoints,
    connect_internet_gateways,
)
from docgen.kernel.premises import build_data_centers, connect_gateways, finish_premises
from docgen.kernel.vpcs import Vpc
from docgen.kernel.world import World
from docgen.model.architecture import Flow
from docgen.model.network import Network

_ELSEWHERE = ("on_premises_host", "vpn_client", "host", "router")
"""What the network has addresses for outside VPCs, and what yet stands elsewhere than on the internet."""


@dataclass(slots=True)
class Emulation:
    """A blueprint and what its probes are for."""

    world: World
    asked: list[Asked] = field(default_factory=list)


def emulate(network: Network, flows: Iterable[Flow]) -> Emulation:
    """Everything of a network that can be emulated, with these flows as probes.

    Raises:
        TooLargeError: it would take too many namespaces.
    """
    world = World(network)
    vpcs = {vpc.key: Vpc(world, vpc.key) for vpc in network.of_kind("vpc")}
    build_internet(world)
    for key, address in network.outside.items():
        if key.kind not in _ELSEWHERE and address.version == 4:
            build_outside_host(world, key)
    build_data_centers(world)
    for vpc in vpcs.values():
        vpc.build()
    connect_internet_gateways(world, vpcs)
    connect_gateway_endpoints(world, vpcs)
    connect_peerings(world, vpcs)
    connect_hubs(world, vpcs)
    connect_gateways(world, vpcs)
    connect_clients(world)
    build_lans(world)
    asker = Asker(world)
    asked = [asker.ask(flow) for flow in flows]
    for vpc in vpcs.values():
        vpc.finish()
    finish_hubs(world)
    finish_premises(world, vpcs)
    close_internet(world, asker.strangers)
    return Emulation(world, asked)
