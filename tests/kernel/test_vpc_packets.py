"""Real packets: what docgen says of random VPCs is what a kernel does with the same routes, filters and translations.

`DOCGEN_LONG=1 pytest tests/kernel -s` tries many more networks and says how many packets were sent.
"""

from __future__ import annotations

import os
from random import Random
from typing import Any

import pytest

from docgen.model.architecture import Flow
from docgen.model.component import Ref
from docgen.model.network import Network
from docgen.model.packet import Protocol
from docgen.model.trace import FlowReport, Verdict
from docgen.routing import trace
from tests.kernel.namespaces import Lab, Probe
from tests.kernel.random_vpcs import OUTSIDE, PORTS, random_hub, random_vpcs
from tests.kernel.vpc_lab import build
from tests.routing.cases import network_of

NETWORKS = range(150 if os.environ.get("DOCGEN_LONG") else 8)


def _ends(definition: dict[str, Any]) -> tuple[dict[str, str], list[str]]:
    """Who can ask, by address; every address that can be asked."""
    instances = {n: i for vpc in definition["vpcs"].values() for n, i in vpc["instances"].items()}
    gateways = [g for vpc in definition["vpcs"].values() for g in vpc["nat_gateways"].values()]
    private = {i["private_ip_address"]: name for name, i in instances.items()}
    public = [i["elastic_ip"] for i in instances.values() if "elastic_ip" in i]
    return private, [*private, *public, *(g["elastic_ip"] for g in gateways), *OUTSIDE[1:], "10.0.0.77"]


def _probes(definition: dict[str, Any], rng: Random, network: Network) -> list[tuple[Probe, FlowReport]]:
    private, asked = _ends(definition)
    found = []
    ports = iter(range(40000, 65000))
    for source in [*private, *OUTSIDE]:
        for address in asked:
            if address == source or (source in OUTSIDE and address in OUTSIDE):
                continue
            protocol, port, from_port = rng.choice(["tcp", "tcp", "udp"]), rng.choice(PORTS), next(ports)
            flow = Flow(
                id="probe",
                source=Ref(private.get(source, source)),
                destination=Ref(address),
                protocol=Protocol(protocol),
                port=port,
                source_port=from_port,
            )
            report = trace(network, flow)
            if protocol == "udp" and "sees half of the connection" in report.text:
                continue  # docgen's firewalls want to see both halves, whatever the protocol; conntrack only TCP's
            hopeful = report.verdict is Verdict.ALLOWED
            where = private.get(source, "internet")
            found.append((Probe(where, source, from_port, address, port, protocol, hopeful), report))
    return found


@pytest.mark.kernel
@pytest.mark.parametrize("seed", NETWORKS)
def test_a_kernel_agrees_about_vpcs(seed: int, lab: Lab) -> None:
    """One VPC, or two that are peered."""
    _compare(seed, random_vpcs(seed), lab)


@pytest.mark.kernel
@pytest.mark.parametrize("seed", NETWORKS)
def test_a_kernel_agrees_about_hubs(seed: int, lab: Lab) -> None:
    """VPCs on a transit gateway: zones of attachments, tables, ways out through other VPCs."""
    _compare(seed, random_hub(seed), lab)


def _compare(seed: int, definition: dict[str, Any], lab: Lab) -> None:
    """Every verdict about a random network, tried with a packet and its answer."""
    network = network_of(definition)
    build(lab, definition, list(OUTSIDE))
    asked = _probes(definition, Random(seed), network)
    hosts = [*(n for vpc in definition["vpcs"].values() for n in vpc["instances"]), "internet"]
    listeners = [(host, protocol, port) for host in hosts for protocol in ("tcp", "udp") for port in PORTS]

    answered = lab.connect([probe for probe, _ in asked], listeners)

    wrong = [
        (p, r.verdict, r.text) for (p, r), ok in zip(asked, answered, strict=True) if ok != (r.verdict == "allowed")
    ]
    print(f"seed {seed}: {len(asked)} probes, {sum(answered)} answered")
    assert not wrong, f"{len(wrong)} of {len(asked)}: {wrong[0]}"
