"""Every flow of every shipped design, and of the questions that AWS's documentation answers, as real packets."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from docgen.kernel.verdicts import Agreement
from docgen.pipeline import open_all, open_design
from docgen.pipeline.proving import Proof, prove_flows

pytestmark = pytest.mark.kernel
NOT_EMULATED = {
    "CloudFront enters a VPC by an interface of its own, which no definition names",
    "a function is called by Lambda's own API, wherever its interfaces stand",
    "a DNS name that a server of the design answers",
    "a DNS name that the design does not answer",
    "a load balancer's node has nobody to choose: no packet shows that",
    "a name of an AWS service that no component of the design stands for",
    "an AWS service opens the connection, from where no packet can be seen",
    "an AWS service answers, whose own network is not the design's",
    "an endpoint opens no connection of its own",
    "IPv6 is not emulated",
    "multicast is not emulated",
    "the VPC itself answers there, and nothing filters that",
}
"""All reasons there are: that something could not be built is none of them."""


def _told(proofs: tuple[Proof, ...]) -> None:
    counts = Counter(p.agreement for p in proofs)
    print(f"{len(proofs)} flows: " + ", ".join(f"{counts[a]} {a}" for a in Agreement))
    for agreement in (Agreement.DISAGREES, Agreement.ELSEWHERE):
        wrong = [f"{p.design}/{p.flow.id}: {p.answer}" for p in proofs if p.agreement is agreement]
        assert not wrong, wrong
    reasons = Counter(p.answer.reason for p in proofs if p.agreement is Agreement.NOT_EMULATED)
    print(reasons)
    assert set(reasons) <= NOT_EMULATED


def test_shipped_designs(root: Path) -> None:
    """The kernel agrees about all that it can be asked: the verdict, the leg and the component that blocks."""
    proofs = prove_flows(open_all(root / "architectures").designs)
    _told(proofs)
    sent = sum(p.agreement is not Agreement.NOT_EMULATED for p in proofs)
    assert sent >= 0.98 * len(proofs)


def test_questions_from_the_documentation(root: Path) -> None:
    """The questions of tests/routing, whose answers stand in AWS's documentation."""
    folder = root / "tests/routing/questions"
    designs = [open_design(path).value for path in sorted(folder.iterdir())]
    _told(prove_flows([d for d in designs if d is not None]))
