"""Sets against single packets: on random networks both say the same of every sampled header.

`DOCGEN_LONG=1 pytest tests/analysis/test_reach_properties.py -s` samples more than 200,000 packets and says how many.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from ipaddress import IPv4Network
from random import Random
from typing import Any

import pytest

from docgen.analysis.reach.ends import Place, starts, targets
from docgen.analysis.reach.explore import PROTOCOLS, Cell, Outcome, outcome_of
from docgen.analysis.reach.proof import Asked, _by_proxy, apart, newly_reachable
from docgen.analysis.reach.proxies import through
from docgen.analysis.reach.ranges import holds, size
from docgen.model.architecture import Flow
from docgen.model.component import Key, Ref
from docgen.model.network import Network
from docgen.model.packet import Protocol
from docgen.routing.report import trace_between
from tests.analysis.random_networks import BLOCKS, PORTS, random_definition, random_network
from tests.routing.cases import network_of

LONG = bool(os.environ.get("DOCGEN_LONG"))
NETWORKS = 108 if LONG else 4
PACKETS = 2000 if LONG else 60


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
        if not apart(network, source, target):
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


def single_through(network: Network, cell: Cell, final: Key, at: int, to: int, port: int) -> Outcome:
    """What one packet comes to that is asked of a proxy."""
    flow = Flow(id="x", source=Ref(""), destination=Ref(""), protocol=cell.protocol, port=port)
    ends = cell.source.end(network, at), cell.target.end(network, to)
    return through((final,))(trace_between(network, flow, *ends, onward=True), cell.target)


@pytest.mark.parametrize("seed", range(0, NETWORKS, 3))
def test_what_balancers_open_agrees_too(seed: int) -> None:
    """Cells by way of a proxy, at their borders and inside."""
    rng, network = Random(seed), random_network(seed)
    ends = places(network)
    for final in dict.fromkeys(p.component for p in ends[1] if p.component.kind == "instance"):
        asked = _by_proxy(network, ends[0], through((final,)), final)
        for cell in asked.cells((Protocol.TCP,)) if asked is not None else ():
            at, to = rng.choice(rng.choice(cell.sources)), rng.choice(rng.choice(cell.targets))
            port = rng.choice(rng.choice(cell.ports))
            assert cell.outcome is single_through(network, cell, final, at, to, port), (seed, cell, at, to, port)


def changed(seed: int, where: str, direction: str, lines: Any) -> Network:
    """The network of this seed with more rules in the first of its groups, or entries in the first of its ACLs."""
    definition = random_definition(seed)
    vpc = next(iter(definition["vpcs"].values()))
    held = next(iter(vpc[where].values()))
    held[direction] = held[direction] + lines if isinstance(lines, list) else held[direction] | lines
    return network_of(definition)


MANY = range(100 if LONG else 4)


def targets_of(rng: Random, network: Network) -> list[Key]:
    """The instances and databases of the VPC that was changed, two of them where that is enough."""
    inside = [k for k in network.components if k.kind in ("instance", "db_instance") and k.path.startswith("v/")]
    return inside if LONG else rng.sample(inside, 2)


@pytest.mark.parametrize("seed", MANY)
def test_a_group_rule_more_takes_nothing_away(seed: int) -> None:
    """Security groups only allow: whatever got in, or connected, still does."""
    rng = Random(seed)
    direction, word = rng.choice([("ingress", "from"), ("egress", "to")])
    rule = f"{rng.choice(['all', 'tcp 443', 'udp 1024-65535', 'icmp'])} {word} {rng.choice(BLOCKS)}"
    before, after = random_network(seed), changed(seed, "security_groups", direction, [rule])
    some = targets_of(rng, before)
    assert newly_reachable(after, before, some) == 0, (seed, rule)
    assert newly_reachable(after, before, some, counting=[Outcome.CONNECTS]) == 0, (seed, rule)


@pytest.mark.parametrize("seed", MANY)
def test_a_deny_entry_more_opens_nothing(seed: int) -> None:
    """Wherever it stands among the others."""
    rng = Random(seed)
    direction, word = rng.choice([("ingress", "from"), ("egress", "to")])
    what = rng.choice(["all", "tcp 443", "udp 1024-65535", "icmp", "tcp 22-80"])
    entry = {str(rng.choice([5, 55, 155, 450])): f"deny {what} {word} {rng.choice(BLOCKS)}"}
    before, after = random_network(seed), changed(seed, "network_acls", direction, entry)
    some = targets_of(rng, before)
    assert newly_reachable(before, after, some) == 0, (seed, entry)
    assert newly_reachable(before, after, some, counting=[Outcome.CONNECTS]) == 0, (seed, entry)


def test_cells_share_nothing() -> None:
    """Cells between two places are disjoint, and what they hold is counted once."""
    network = random_network(3)
    ends = places(network)
    for cells in by_name(Asked(network, ends[1], ends[0]).cells(PROTOCOLS)).values():
        boxes = [(c.sources, c.targets, c.ports) for c in cells]
        assert all(size(part) for box in boxes for part in box)
