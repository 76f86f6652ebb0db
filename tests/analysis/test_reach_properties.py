"""Sets against single packets: on random networks both say the same of every sampled header.

`DOCGEN_LONG=1 pytest tests/analysis/test_reach_properties.py -s` samples more than 200,000 packets and says how many.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from ipaddress import IPv4Network
from random import Random

import pytest

from docgen.analysis.reach.ends import Place, starts, targets
from docgen.analysis.reach.explore import PROTOCOLS, Cell, Outcome, outcome_of
from docgen.analysis.reach.proof import Asked, apart
from docgen.analysis.reach.ranges import holds, size
from docgen.model.architecture import Flow
from docgen.model.component import Ref
from docgen.model.network import Network
from docgen.model.packet import Protocol
from docgen.routing.report import trace_between
from tests.analysis.random_networks import BLOCKS, PORTS, random_network

LONG = bool(os.environ.get("DOCGEN_LONG"))
NETWORKS = 420 if LONG else 8
PACKETS = 500 if LONG else 60


def places(network: Network) -> tuple[list[Place], list[Place]]:
    """Everywhere that a header can start, and everywhere that it can be addressed to."""
    components = list(network.components.values())
    one = [p for c in components for p in starts(network, c)]
    two = [p for c in components for p in targets(network, c)]
    return one, two


def an_address(rng: Random, place: Place) -> int:
    """One of a place's addresses, most often beside a border of some block."""
    while True:
        if place.single:
            return place.addresses[0][0]
        block = IPv4Network(rng.choice(BLOCKS[1:]))
        near = rng.choice([int(block[0]) - 1, int(block[0]), int(block[-1]), int(block[-1]) + 1])
        first, last = rng.choice(place.addresses)
        number = rng.choice([near, rng.randint(first, last)])
        if holds(place.addresses, number):
            return number


def a_port(rng: Random) -> int:
    near = rng.choice([*PORTS, 1024, 3306, 65535])
    return min(65535, rng.choice([near, near, near + 1, near - 1, rng.randint(0, 65535)]))


def single(network: Network, one: Place, at: int, two: Place, to: int, protocol: Protocol, port: int) -> Outcome:
    """What one packet comes to."""
    flow = Flow(id="x", source=Ref(""), destination=Ref(""), protocol=protocol, port=port)
    return outcome_of(trace_between(network, flow, one.end(network, at), two.end(network, to)), two)


Name = tuple[str, str, str, str, Protocol]


def name(one: Place, two: Place, protocol: Protocol) -> Name:
    fixed = str(two.addresses) if two.single else ""
    ids = (one.interface.id if one.interface else "", two.interface.id if two.interface else "")
    return (f"{one.component} {ids[0]}", str(two.component), ids[1], fixed, protocol)


def by_name(cells: Iterator[Cell]) -> dict[Name, list[Cell]]:
    found: dict[Name, list[Cell]] = {}
    for cell in cells:
        found.setdefault(name(cell.source, cell.target, cell.protocol), []).append(cell)
    return found


Header = tuple[Place, int, Place, int, Protocol, int]


def a_header(rng: Random, ends: tuple[list[Place], list[Place]], cells: list[Cell]) -> Header:
    """Any header, or one at the border of a cell: inside, or just outside."""
    if cells and rng.random() < 0.6:
        getting_in = [c for c in cells if c.outcome is not Outcome.BLOCKED]
        cell = rng.choice(getting_in if getting_in and rng.random() < 0.7 else cells)
        at, to = rng.choice(cell.sources), rng.choice(cell.targets)
        first, last = rng.choice(cell.ports)
        port = min(65535, max(0, rng.choice([first, last, rng.randint(first, last), first - 1, last + 1])))
        port = port if cell.protocol in (Protocol.TCP, Protocol.UDP) else 0
        return (cell.source, rng.choice(at), cell.target, rng.choice(to), cell.protocol, port)
    source, target, protocol = rng.choice(ends[0]), rng.choice(ends[1]), rng.choice(PROTOCOLS)
    port = a_port(rng) if protocol in (Protocol.TCP, Protocol.UDP) else 0
    return (source, an_address(rng, source), target, an_address(rng, target), protocol, port)


def compare(seed: int) -> Counter[Outcome]:
    """Everything computed, some of it sampled; what the sampled packets came to."""
    rng = Random(seed)
    network = random_network(seed)
    ends = places(network)
    cells = by_name(Asked(network, ends[1], ends[0]).cells(PROTOCOLS))
    open_cells = [c for held in cells.values() for c in held]
    sampled: Counter[Outcome] = Counter()
    while sampled.total() < PACKETS:
        source, at, target, to, protocol, port = a_header(rng, ends, open_cells)
        if not apart(source, target):
            continue
        inside = [
            c
            for c in cells.get(name(source, target, protocol), ())
            if holds(c.sources, at) and holds(c.targets, to) and holds(c.ports, port)
        ]
        assert len(inside) <= 1
        said = inside[0].outcome if inside else Outcome.BLOCKED
        found = single(network, source, at, target, to, protocol, port)
        assert said is found, (seed, source, at, target, to, protocol, port)
        sampled[found] += 1
    return sampled


@pytest.mark.parametrize("share", range(4))
def test_sets_and_single_packets_agree(share: int) -> None:
    """What is computed over all headers is what the tracer says of each."""
    sampled = sum((compare(seed) for seed in range(share, NETWORKS, 4)), Counter[Outcome]())
    print(f"{sampled.total()} packets sampled: {dict(sampled)}")
    assert sampled.total() >= NETWORKS * PACKETS / 4
    assert sampled[Outcome.BLOCKED]
    assert sampled[Outcome.CONNECTS]


def test_cells_share_nothing() -> None:
    """Cells between two places are disjoint, and what they hold is counted once."""
    network = random_network(3)
    ends = places(network)
    for cells in by_name(Asked(network, ends[1], ends[0]).cells(PROTOCOLS)).values():
        boxes = [(c.sources, c.targets, c.ports) for c in cells]
        assert all(size(part) for box in boxes for part in box)
