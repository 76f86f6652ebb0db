"""Real packets: what docgen says of random networks is what a kernel does with the same routes, filters and masks.

`DOCGEN_KERNEL=1 DOCGEN_LONG=1 pytest tests/kernel -s` tries many more networks and says how many flows were sent.
"""

from __future__ import annotations

import os
from random import Random
from typing import Any

import pytest

from docgen.kernel.verdicts import Agreement
from docgen.model.architecture import Flow
from docgen.model.component import Ref
from docgen.model.packet import Protocol
from tests.analysis.random_networks import random_network
from tests.kernel import random_lans, random_vpcs
from tests.kernel.compared import compared, of
from tests.routing.cases import network_of

NETWORKS = range(150 if os.environ.get("DOCGEN_LONG") else 7)
LAN_PORT = 7000


def _flow(source: str, address: str, protocol: str, port: int, source_port: int) -> Flow:
    return Flow(
        id=f"{source} to {address}, {protocol} {port} from {source_port}",
        source=Ref(source),
        destination=Ref(address),
        protocol=Protocol(protocol),
        port=port,
        source_port=source_port,
    )


def _vpc_flows(definition: dict[str, Any], rng: Random) -> list[Flow]:
    """Everybody asks every address: the others', gateways', the internet's, and one that nobody has."""
    instances = {n: i for vpc in definition["vpcs"].values() for n, i in vpc["instances"].items()}
    gateways = [g for vpc in definition["vpcs"].values() for g in vpc["nat_gateways"].values()]
    private = {i["private_ip_address"]: name for name, i in instances.items()}
    public = [i["elastic_ip"] for i in instances.values() if "elastic_ip" in i]
    outside = random_vpcs.OUTSIDE
    asked = [*private, *public, *(g["elastic_ip"] for g in gateways), *outside[1:], "10.0.0.77"]
    found, ports = [], iter(range(40000, 65000))
    for source in [*private, *outside]:
        for address in asked:
            if address != source and not (source in outside and address in outside):
                protocol, port = rng.choice(["tcp", "tcp", "udp"]), rng.choice(random_vpcs.PORTS)
                found.append(_flow(private.get(source, source), address, protocol, port, next(ports)))
    return found


def _lan_flows(definition: dict[str, Any], rng: Random) -> list[Flow]:
    """Every host and router asks every address: the hosts', the routers', the internet's, and one that nobody has."""
    own = {n: [h["ip_address"].partition("/")[0]] for n, h in definition["hosts"].items()}
    hosts = [address for addresses in own.values() for address in addresses]
    cards = {name: list(r["interfaces"].values()) for name, r in definition["routers"].items()}
    inner = [c["ip_address"].partition("/")[0] for of in cards.values() for c in of if not c.get("internet")]
    own |= {name: [c["ip_address"].partition("/")[0] for c in of] for name, of in cards.items()}
    asked = [*hosts, *inner]
    asked += [*random_lans.OUTSIDE, "192.168.0.99"]
    ports = iter(range(40000, 65000))
    return [
        _flow(source, address, rng.choice(["tcp", "udp"]), LAN_PORT, next(ports))
        for source, addresses in own.items()
        for address in asked
        if address not in addresses
    ]


MAKERS = {
    "vpcs": (random_vpcs.random_vpcs, _vpc_flows),
    "hubs": (random_vpcs.random_hub, _vpc_flows),
    "lans": (random_lans.random_lans, _lan_flows),
}


@pytest.mark.kernel
@pytest.mark.parametrize("seed", NETWORKS)
@pytest.mark.parametrize("kind", MAKERS)
def test_a_kernel_agrees(kind: str, seed: int) -> None:
    """One VPC or two that are peered, VPCs on a transit gateway, LANs behind routers: every verdict, every place.

    Places differ, and both are right, where packets go round (any router may see the last of them), where somebody on
    the internet asks for a private address of nobody's, and for answers over UDP past a translator: to the kernel
    they are a connection of their own, which the asker does not take for an answer.
    """
    make, flows_of = MAKERS[kind]
    definition = make(seed)
    found = compared(network_of(definition), flows_of(definition, Random(seed)))
    print(f"{kind} {seed}: {len(found)} flows, {sum(a.verdict == 'allowed' for _, a, _ in found)} allowed")

    assert not of(Agreement.DISAGREES, found)
    assert not of(Agreement.NOT_EMULATED, found)
    elsewhere = of(Agreement.ELSEWHERE, found)
    assert len(elsewhere) <= len(found) // 6, elsewhere


@pytest.mark.kernel
@pytest.mark.parametrize("seed", NETWORKS)
def test_a_kernel_agrees_about_estates(seed: int) -> None:
    """VPCs with load balancers, databases, endpoints, VPNs, addresses that several have: whoever asks whomever."""
    network, rng = random_network(seed), Random(seed)
    names = [key.path for key in network.components if network.kinds[key.kind].endpoint]
    ends = [rng.sample(names, 2) for _ in range(60)]
    ports = iter(range(40000, 65000))
    flows = [
        _flow(source, other, rng.choice(["tcp", "tcp", "udp"]), rng.choice([22, 443, 5432, 8080]), next(ports))
        for source, other in ends
    ]
    found = compared(network, flows)
    print(f"estate {seed}: {len(found)} flows, {sum(a.verdict != 'unknown' for _, a, _ in found)} sent")

    assert not of(Agreement.DISAGREES, found)
    elsewhere = of(Agreement.ELSEWHERE, found)
    assert len(elsewhere) <= len(found) // 6, elsewhere
