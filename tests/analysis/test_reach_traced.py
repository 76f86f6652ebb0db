"""What a reader can ask of a row: a header of each block of `reach`, written as a flow, does as the row says.

And the other way round: a flow between any two addresses is allowed only where some row holds its header. Unlike
`test_reach_properties`, everything goes through what an author writes: flows with addresses, and `trace`.
`DOCGEN_LONG=1` takes every example of a kind and every worked question, and more headers of each.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from ipaddress import ip_address
from random import Random

import pytest

from docgen.analysis.reach import Outcome, reach
from docgen.analysis.reach.explore import PROTOCOLS
from docgen.analysis.reach.results import Reached
from docgen.core.prefixes import Address, in_any
from docgen.model.architecture import Flow
from docgen.model.component import Ref
from docgen.model.forwarding import is_proxy
from docgen.model.network import Network
from docgen.model.packet import Protocol
from docgen.model.trace import Verdict
from docgen.routing import trace
from tests.analysis.test_reach_complete import EXAMPLES, network_of

LONG = bool(os.environ.get("DOCGEN_LONG"))
HEADERS = 60 if LONG else 8
NAMES = list(EXAMPLES) if LONG else list(EXAMPLES)[1::4]
PORTS = (22, 53, 80, 443, 3306, 5432, 8080)


def connects(network: Network, flow: Flow) -> bool | None:
    """Whether the flow's own connection is allowed; None where an address does not say who is meant."""
    report = trace(network, flow)
    if "has the same address in VPC" in report.text:
        return None
    own = [c for c in report.connections if c.parent is None and c.purpose != "dns"]
    if report.reason == "UNKNOWN_RESOURCE" or len(own) != 1:
        return None
    return own[0].verdict is Verdict.ALLOWED


def header_of(rng: Random, row: Reached) -> Flow:
    """One header at a border of a row's blocks."""
    source, target = (
        rng.choice(some)[rng.choice([0, -1])] for some in (row.source_addresses, row.destination_addresses)
    )
    ports = rng.choice(row.ports) if row.ports else None
    port = rng.choice([ports.first or 1, ports.last]) if ports else 0
    flow = replace(row.witness, source=Ref(str(source)), destination=Ref(str(target)), port=port)
    return replace(flow, follow_calls=False)


def any_header(rng: Random, addresses: Sequence[Address]) -> Flow:
    """From one address of the design to another, of one family."""
    source = rng.choice(addresses)
    target = rng.choice([a for a in addresses if a.version == source.version])
    protocol = rng.choice(PROTOCOLS)
    port = 0 if protocol is Protocol.ICMP else rng.choice(PORTS)
    ends = {"source": Ref(str(source)), "destination": Ref(str(target))}
    return Flow(id="f", protocol=protocol, port=port, follow_calls=False, **ends)


def holds(row: Reached, flow: Flow) -> bool:
    """Whether a row has the header of a flow between two addresses, and no proxy opens it."""
    if row.protocol is not flow.protocol or row.through is not None:
        return False
    source, target = ip_address(flow.source.name), ip_address(flow.destination.name)
    ports = not row.ports or any(p.first <= flow.port <= p.last for p in row.ports)
    return ports and in_any(source, row.source_addresses) and in_any(target, row.destination_addresses)


@pytest.mark.parametrize("name", NAMES)
def test_rows_and_flows_say_the_same(name: str) -> None:
    """Headers at the borders of rows connect, and flows that connect are in rows."""
    rng, network = Random(name), network_of(EXAMPLES[name])
    rows = reach(network).results
    direct = [r for r in rows if r.through is None]
    ends = [r for r in direct if not is_proxy(network.get(r.destination))]  # others' rows end at the proxy
    for row in rng.sample(ends, min(len(ends), HEADERS)):
        flow = header_of(rng, row)
        assert connects(network, flow) in (None, row.outcome is Outcome.CONNECTS), (row, flow)

    inside = sorted(
        {
            a
            for i in network.interfaces.values()
            if not is_proxy(network.get(i.owner))
            for a in i.addresses
            if i.owns(a)
        },
        key=str,
    )
    for _ in range(HEADERS if len(inside) > 1 else 0):
        flow = any_header(rng, inside)
        if flow.source != flow.destination and connects(network, flow):
            assert any(holds(row, flow) for row in direct if row.outcome is Outcome.CONNECTS), flow
