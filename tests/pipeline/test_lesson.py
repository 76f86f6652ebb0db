"""What stands beside a definition is held against the traces."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.pipeline import open_design

DEFINITION = """\
version: 1
title: Two servers
region: ap-south-1
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    zones: [a]
    subnets: {front: {cidr_block: 10.0.0.0/24}}
    security_groups: {open: {ingress: [tcp 80 from 10.0.0.0/16]}}
    instances:
      one: {subnet: front, security_groups: [open]}
      two: {subnet: front, security_groups: [open]}
flows:
  talk: {from: one, to: two, port: 80}
  knock: {from: one, to: two, port: 22}
"""
QUESTION = """\
version: 1
quiz:
  - question: What becomes of it?
    flow: FLOW
    why: So it is.
    choices:
      - {text: A, outcome: allowed}
      - {text: B, outcome: blocked}
      - {text: C, outcome: SECOND}
"""


def opened(folder: Path, page: str, prose: str = ""):
    (folder / "architecture.yaml").write_text(DEFINITION)
    (folder / "page.yaml").write_text(page)
    if prose:
        (folder / "README.md").write_text(prose)
    design = open_design(folder).value
    assert design is not None
    return design, [
        f"{Path(d.span.file).name}:{d.span.line}:{d.span.column} {d.code} {d.text}"
        for d in design.diagnostics
        if d.code.startswith("DGP")
    ]


@pytest.mark.parametrize(
    ("expected", "flow", "second"),
    [
        pytest.param([], "talk", "NO_ROUTE_TO_DESTINATION", id="allowed-is-right"),
        pytest.param([], "knock", "NO_ROUTE_TO_DESTINATION", id="blocked-is-right"),
        pytest.param(
            [
                "page.yaml:8:8 DGP-06 2 choices are right: flow 'knock' ends blocked on the forward leg at open "
                "with ENI_SG_RULES_MISMATCH"
            ][:1],
            "knock",
            "ENI_SG_RULES_MISMATCH",
            id="two-are-right",
        ),
        pytest.param(["page.yaml:4:11 DGP-05 there is no flow 'tallk'"], "tallk", "unknown", id="no-such-flow"),
    ],
)
def test_exactly_one_choice_is_right(tmp_path, expected, flow, second):
    """The trace says which; nobody writes it down."""
    _, found = opened(tmp_path, QUESTION.replace("FLOW", flow).replace("SECOND", second))

    assert [e.split(" ends ")[0].split(" ", 1)[1] for e in expected] == [
        f.split(" ends ")[0].split(" ", 1)[1] for f in found
    ]


def test_no_choice_is_right(tmp_path):
    page = (
        QUESTION.replace("FLOW", "talk").replace("outcome: allowed", "outcome: unknown").replace("SECOND", "unknown")
    )
    _, found = opened(tmp_path, page)

    assert ["page.yaml:4:11 DGP-06 no choice is right: flow 'talk' ends allowed"] == found


def test_unknown_figures(tmp_path):
    """In page.yaml and in the prose, each at its place."""
    prose = "# Two\n\nIt costs {{ figure:nat-gateway-hour }} or {{ figure:nat-gatway-hour }}.\n"
    design, found = opened(tmp_path, "version: 1\ncosts: [nat-gateway-hour, gold]\n", prose)

    assert [
        "README.md:3:53 DGP-05 there is no figure 'nat-gatway-hour'",
        "page.yaml:2:27 DGP-05 there is no figure 'gold'",
    ] == found
    assert prose == design.prose


def test_mistake_names_a_flow(tmp_path):
    page = "version: 1\nmistakes: [{flow: nock, title: Wrong port, text: It is closed.}]\n"
    _, found = opened(tmp_path, page)

    assert ["page.yaml:2:19 DGP-05 there is no flow 'nock'"] == found


def test_broken_definition_is_not_held_against_the_page(tmp_path):
    """What could not be traced proves no answer wrong."""
    (tmp_path / "page.yaml").write_text(QUESTION.replace("FLOW", "talk").replace("SECOND", "allowed"))
    (tmp_path / "architecture.yaml").write_text(DEFINITION.replace("subnet: front", "subnet: gone", 1))

    assert [] == [d for d in open_design(tmp_path).diagnostics if d.code == "DGP-06"]
