"""Two answers to a flow, written down."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from docgen.kernel.verdicts import Agreement, Answer, compare
from docgen.kernel.world import Place
from docgen.model.architecture import Flow
from docgen.model.component import Key, Ref
from docgen.model.trace import FlowReport, Leg, Verdict
from docgen.reports.kernel_text import kernel_text, kernel_values

TABLE, GROUP, LINE = Key("route_table", "shop/app"), Key("instance", "shop/app"), Key("vpn_connection", "vpn")
FLOW = Flow(id="asks", source=Ref("app"), destination=Ref("erp"), port=443)
CORE_BLOCKS = FlowReport(
    flow_id="asks",
    verdict=Verdict.BLOCKED,
    leg=Leg.RETURN,
    reason="NO_ROUTE_TO_DESTINATION",
    component=TABLE,
    text="",
)
CORE_ALLOWS = FlowReport(flow_id="asks", verdict=Verdict.ALLOWED, text="")
ALLOWS = Answer("asks", Verdict.ALLOWED, connections=2, packets=4)


def blocks(key: Key, leg: Leg = Leg.RETURN, *also: Key) -> Answer:
    place = Place(key, "has no route for it", also)
    return Answer("asks", Verdict.BLOCKED, leg, place, "tcp 10.0.0.1:1 > 10.0.0.2:2", 1, 2)


@dataclass(frozen=True)
class Proven:
    """As the pipeline's."""

    report: FlowReport
    answer: Answer
    design: str = "shop"
    flow: Flow = FLOW

    @property
    def agreement(self) -> Agreement:
        return compare(self.answer, self.report)


CASES = [
    pytest.param("the kernel agrees (2 connections, 4 tries)", CORE_ALLOWS, ALLOWS, id="both allow"),
    pytest.param("the kernel agrees (1 connection, 2 tries)", CORE_BLOCKS, blocks(TABLE), id="both block there"),
    pytest.param("the kernel agrees (1 connection", CORE_BLOCKS, blocks(LINE, Leg.RETURN, TABLE), id="for its sake"),
    pytest.param("blocked both, elsewhere", CORE_BLOCKS, blocks(GROUP), id="another component"),
    pytest.param("blocked both, elsewhere", CORE_BLOCKS, blocks(TABLE, Leg.FORWARD), id="another leg"),
    pytest.param("THE KERNEL DISAGREES", CORE_BLOCKS, ALLOWS, id="only the core blocks"),
    pytest.param("THE KERNEL DISAGREES", CORE_ALLOWS, blocks(TABLE), id="only the kernel blocks"),
    pytest.param(
        "cannot be emulated: IPv6 is not emulated",
        CORE_ALLOWS,
        Answer("asks", Verdict.UNKNOWN, reason="IPv6 is not emulated"),
        id="not emulated",
    ),
    pytest.param(
        "docgen does not know (2 connections",
        FlowReport(flow_id="asks", verdict=Verdict.UNKNOWN, text=""),
        ALLOWS,
        id="not known",
    ),
    pytest.param(
        "the kernel agrees, up to a policy",
        FlowReport(flow_id="asks", verdict=Verdict.BLOCKED, leg=Leg.FORWARD, reason="DG_POLICY_DENIED", text=""),
        ALLOWS,
        id="a policy",
    ),
]


@pytest.mark.parametrize(("told", "report", "answer"), CASES)
def test_text(told: str, report: FlowReport, answer: Answer) -> None:
    """One line says how both compare; a count follows."""
    lines = kernel_text([Proven(report, answer)]).splitlines()
    assert lines[0] == "shop"
    assert told in lines[1]
    assert any(line.startswith("     1  ") for line in lines)


def test_both_places_of_a_disagreement() -> None:
    """Side by side, so that the fault can be looked for."""
    text = kernel_text([Proven(CORE_BLOCKS, blocks(GROUP))])
    assert "docgen: blocked, return: route_table:shop/app (NO_ROUTE_TO_DESTINATION)\n" in text
    assert "kernel: blocked, return: instance:shop/app has no route for it\n" in text


def test_values() -> None:
    """The same for programs."""
    values = kernel_values([Proven(CORE_BLOCKS, blocks(LINE, Leg.RETURN, TABLE))])
    assert values["counts"]["agrees"] == 1
    (result,) = values["results"]
    assert (result["kernel"]["component"], result["kernel"]["because_of"]) == (str(LINE), [str(TABLE)])
