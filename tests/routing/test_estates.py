"""Estates of many VPCs answer as they are designed, and a verdict does not wait for words."""

from __future__ import annotations

from random import Random

import pytest

from benchmarks.estates.generate import (
    Question,
    full_mesh,
    full_mesh_questions,
    hub_and_spoke,
    hub_and_spoke_questions,
)
from docgen.kinds import all_kinds
from docgen.loader import load_text
from docgen.model.architecture import Flow
from docgen.model.component import Ref
from docgen.model.network import Network
from docgen.model.packet import Protocol
from docgen.model.trace import FlowReport
from docgen.routing import resolve, trace
from tests.analysis.random_networks import PORTS, random_network
from tests.routing.told import told


def network_of(text: str) -> Network:
    loaded = load_text(text)
    assert loaded.value is not None, loaded.diagnostics
    assert not loaded.diagnostics
    resolved = resolve(loaded.value, all_kinds())
    assert not resolved.diagnostics
    return resolved.value


def ask(network: Network, question: Question) -> FlowReport:
    source, destination = Ref(question.source), Ref(question.destination)
    return told(trace(network, Flow(id="q", source=source, destination=destination, port=question.port)))


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        pytest.param(hub_and_spoke(12), hub_and_spoke_questions(12), id="hub-and-spoke"),
        pytest.param(full_mesh(5), full_mesh_questions(5), id="full-mesh"),
    ],
)
def test_generated_estates_answer_as_designed(text: str, questions: list[Question]) -> None:
    """Ten interfaces in every VPC, and the verdict of every sort of flow."""
    network = network_of(text)

    assert len(network.interfaces) == 10 * len(list(network.of_kind("vpc")))
    assert [q.reason for q in questions] == [ask(network, q).reason for q in questions]


@pytest.mark.parametrize("seed", range(6))
def test_a_verdict_is_that_of_the_explained_trace(seed: int) -> None:
    """Nobody reads a word of the one, every word of the other: they decide alike, on networks of any sort."""
    rng, plain, explained = Random(seed), random_network(seed), random_network(seed)
    ends = [plain.name(k) for k, c in plain.components.items() if plain.kinds[c.kind].endpoint]
    for _ in range(25):
        source, destination = rng.choice(ends), rng.choice(ends)
        protocol = rng.choice([Protocol.TCP, Protocol.UDP, Protocol.ICMP])
        port = rng.choice(PORTS) if protocol is not Protocol.ICMP else 0
        flow = Flow(id="q", source=Ref(source), destination=Ref(destination), protocol=protocol, port=port)
        told = trace(explained, flow)
        assert repr(told)  # every sentence, every candidate
        found = trace(plain, flow)
        assert (told.verdict, told.leg, told.reason, told.component, told.warnings) == (
            found.verdict,
            found.leg,
            found.reason,
            found.component,
            found.warnings,
        )
        assert told == found
