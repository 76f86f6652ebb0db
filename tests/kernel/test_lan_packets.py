"""Real packets on LANs: masks, ARP, VLANs, routers and translation as a kernel does them."""

from __future__ import annotations

import os
from random import Random

import pytest

from docgen.model.architecture import Flow
from docgen.model.component import Ref
from docgen.model.trace import Verdict
from docgen.routing import trace
from tests.kernel.lan_lab import build
from tests.kernel.namespaces import Lab, Probe
from tests.kernel.random_lans import OUTSIDE, random_lans
from tests.routing.cases import network_of

NETWORKS = range(150 if os.environ.get("DOCGEN_LONG") else 6)
PORT = 7000


@pytest.mark.kernel
@pytest.mark.parametrize("seed", NETWORKS)
def test_a_kernel_agrees_about_lans(seed: int, lab: Lab) -> None:
    """Every host asks every address: the others', the routers', the internet's, and one that nobody has."""
    definition, rng = random_lans(seed), Random(seed)
    network = network_of(definition)
    build(lab, definition, list(OUTSIDE))
    addresses = {n: h["ip_address"].partition("/")[0] for n, h in definition["hosts"].items()}
    cards = [c for r in definition["routers"].values() for c in r["interfaces"].values() if not c.get("internet")]
    asked = [*addresses.values(), *(c["ip_address"].partition("/")[0] for c in cards), *OUTSIDE, "192.168.0.99"]
    ports, probes, reports = iter(range(40000, 65000)), [], []
    for source, own in addresses.items():
        for address in asked:
            if address == own:
                continue
            protocol, source_port = rng.choice(["tcp", "udp"]), next(ports)
            flow = Flow(
                id="probe",
                source=Ref(source),
                destination=Ref(address),
                protocol=protocol,  # type: ignore[arg-type]
                port=PORT,
                source_port=source_port,
            )
            reports.append(trace(network, flow))
            hopeful = reports[-1].verdict is Verdict.ALLOWED
            probes.append(Probe(source, own, source_port, address, PORT, protocol, hopeful))
    hosts = [*addresses, *definition["routers"], "internet"]

    answered = lab.connect(probes, [(host, protocol, PORT) for host in hosts for protocol in ("tcp", "udp")])

    told = zip(probes, reports, answered, strict=True)
    wrong = [(p, r.verdict, r.text) for p, r, ok in told if ok != (r.verdict is Verdict.ALLOWED)]
    print(f"seed {seed}: {len(probes)} probes, {sum(answered)} answered")
    assert not wrong, f"{len(wrong)} of {len(probes)}: {wrong[0]}"
