"""How a report becomes numbered steps."""

from __future__ import annotations

import pytest

from docgen.diagram import steps_of
from docgen.model.trace import Leg
from tests.diagram.networks import CASES


def _told(name: str, flow: str, leg: Leg = Leg.FORWARD) -> list[tuple[int, str, str]]:
    case = CASES[name]()
    return [
        (s.number, s.source.name, s.target.name if s.target else "")
        for s in steps_of(case.network, case.reports[flow])
        if s.leg is leg
    ]


@pytest.mark.parametrize(
    ("name", "flow", "expected"),
    [
        pytest.param(
            "public-server",
            "open-53",
            [(1, "visitor", "example.net"), (2, "visitor", "igw"), (3, "igw", "web-a")],
            id="a-look-up-is-the-first-step",
        ),
        pytest.param(
            "load-balanced",
            "page",
            [
                (1, "shopper", "example.com"),
                (2, "shopper", "igw"),
                (3, "igw", "edge"),
                (4, "edge", "web-a"),
                (4, "edge", "web-b"),
                (2, "shopper", "igw"),
                (3, "igw", "edge"),
                (4, "edge", "web-a"),
                (4, "edge", "web-b"),
            ],
            id="nodes-and-targets-of-a-load-balancer-share-numbers",
        ),
        pytest.param(
            "three-tier",
            "pay",
            [
                (1, "app-a", "nat-a"),
                (2, "nat-a", "igw"),
                (3, "igw", "payment-api"),
                (1, "app-b", "nat-b"),
                (2, "nat-b", "igw"),
                (3, "igw", "payment-api"),
            ],
            id="the-internet-in-the-middle-is-no-step",
        ),
        pytest.param(
            "isolated",
            "app-a-to-internet-443",
            [(1, "app-a", "")],
            id="a-packet-that-never-leaves-is-one-step",
        ),
    ],
)
def test_steps(name, flow, expected):
    """Numbers run through the tree of connections; what happens in parallel shares them."""
    assert expected == _told(name, flow)


def test_the_step_that_stops_says_why():
    case = CASES["isolated"]()
    (step,) = {s.number: s for s in steps_of(case.network, case.reports["web-to-app-a-22"])}.values()

    assert step.stopped is not None
    assert step.stopped.code == "ENI_SG_RULES_MISMATCH"
    assert step.stopped.text in step.sentence


def test_answers_are_numbered_on_their_own():
    assert [(1, "app-a", "web-a"), (1, "app-a", "web-b")] == _told("isolated", "web-to-app-a-8080", Leg.RETURN)


def test_a_sentence_names_both_ends_and_the_route():
    case = CASES["three-tier"]()
    first = steps_of(case.network, case.reports["pay"])[0]

    assert first.sentence.startswith("app-a to nat-a: ")
    assert "0.0.0.0/0" in first.sentence
