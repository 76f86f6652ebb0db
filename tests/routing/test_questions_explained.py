"""What the answers to the worked questions say beside the verdict: ways, losers, further reasons, headers."""

from __future__ import annotations

import pytest

from docgen.model.trace import Candidate, FlowReport, Step
from tests.routing.test_questions import reports


def answer(slug: str, flow: str) -> FlowReport:
    return reports(slug)[flow][1]


def steps(report: FlowReport) -> list[Step]:
    traces = [t for c in report.connections for t in (c.forward, c.returning) if t is not None]
    return [s for t in traces for h in t.hops for s in h.steps]


def losers(report: FlowReport) -> list[Candidate]:
    return [c for s in steps(report) for c in s.candidates if not c.chosen]


@pytest.mark.parametrize(
    ("way", "slug", "flow"),
    [
        pytest.param(["user", "igw-1", "web1"], "q01", "q", id="q01: one translation, then the instance"),
        pytest.param(
            ["app1", "nat-a", "igw-1", "internet", "server"], "q05", "q", id="q05: NAT gateway, then internet gateway"
        ),
        pytest.param(["app1", "app1b"], "q10", "q", id="q10: nothing between two hosts of a subnet"),
        pytest.param(
            ["app1", "att-a", "tgw-1", "att-b", "b9"], "q15", "q", id="q15: the transit gateway, not the peer"
        ),
        pytest.param(["app1", "db1"], "q17", "q", id="q17: local, not the virtual private gateway"),
        pytest.param(["app1", "s3", "logs"], "q20", "q", id="q20: the endpoint, not the NAT gateway"),
        pytest.param(["app1", "vgw-1", "vif-1", "hq", "erp"], "q33", "q", id="q33: Direct Connect"),
        pytest.param(
            ["app1", "vgw-1", "vpn-1", "cgw-1", "hq", "erp"], "q33", "bgp-down", id="q33: the VPN while BGP is down"
        ),
    ],
)
def test_the_way(way: list[str], slug: str, flow: str) -> None:
    """The components that the request passes, in order."""
    passed = [hop.name for hop in answer(slug, flow).connections[0].forward.hops]

    assert way == passed


@pytest.mark.parametrize(
    ("loser", "slug", "flow"),
    [
        pytest.param(("10.20.0.0/16 -> pcx-1", "MORE_SPECIFIC_ROUTE"), "q15", "q", id="q15"),
        pytest.param(("192.168.40.0/24 -> vgw-1", "HIGHER_PRIORITY_ROUTE"), "q16", "q", id="q16"),
        pytest.param(("10.0.20.0/24 -> vgw-1", "HIGHER_PRIORITY_ROUTE"), "q17", "q", id="q17"),
        pytest.param(("0.0.0.0/0 -> nat-a", "MORE_SPECIFIC_ROUTE"), "q20", "q", id="q20"),
        pytest.param(("10.20.0.0/16 -> att-b", "TGW_RTB_HIGHER_PRIORITY_ROUTE"), "q29", "q", id="q29"),
        pytest.param(("10.99.0.0/16 -> att-s", "TGW_RTB_CANNOT_ROUTE"), "q28", "q", id="q28"),
        pytest.param(("192.168.0.0/16 -> vpn-1", "HIGHER_PRIORITY_ROUTE"), "q33", "q", id="q33"),
    ],
)
def test_the_alternative_that_lost(loser: tuple[str, str], slug: str, flow: str) -> None:
    """With the code that Reachability Analyzer has for it."""
    assert loser in [(c.text, c.code) for c in losers(answer(slug, flow))]


@pytest.mark.parametrize(
    ("codes", "slug"),
    [
        pytest.param(("ENI_SG_RULES_MISMATCH",), "q12", id="q12"),
        pytest.param(("ENI_SG_RULES_MISMATCH",), "q18", id="q18"),
        pytest.param(("TGW_RTB_HIGHER_PRIORITY_ROUTE",), "q29", id="q29"),
        pytest.param(("NGW_REQUIRES_SOURCE_IN_VPC",), "q32", id="q32"),
        pytest.param(("ELBV2_SOURCE_ADDRESS_PRESERVATION",), "q36", id="q36"),
        pytest.param(("ELBV2_NO_TARGETS_IN_AZ",), "q37", id="q37"),
    ],
)
def test_further_reasons(codes: tuple[str, ...], slug: str) -> None:
    """What is true as well."""
    assert codes == next(c.secondary for c in answer(slug, "q").connections if c.reason)


@pytest.mark.parametrize(
    ("words", "slug", "flow"),
    [
        pytest.param("entry * deny all", "q08", "q", id="q08: the final entry"),
        pytest.param("90 deny tcp 8080 from 10.0.0.0/24", "q09", "q", id="q09: entry 90"),
        pytest.param("there is no egress rule at all", "q11", "own", id="q11: no rule to go out by"),
        pytest.param("web1 is a member of sg-web, but that was lost on the way", "q12", "q", id="q12"),
        pytest.param("there is no ingress rule at all", "q13", "q", id="q13"),
        pytest.param("source/destination check is on", "q19", "q", id="q19"),
        pytest.param("peering is not transitive", "q24", "q", id="q24"),
        pytest.param("us-east-1b", "q26", "q", id="q26: the sender's zone"),
        pytest.param("us-east-1c", "q27", "q", id="q27: the target's zone"),
        pytest.param("no interface in VPC vpc-e has that address", "q30", "q", id="q30"),
        pytest.param("10.0.10.10", "q31", "q", id="q31: the restored destination"),
        pytest.param("nat-a gets an answer", "q35", "q", id="q35: the NAT gateway holds no state for it"),
        pytest.param("203.0.113.50", "q36", "q", id="q36: the client's own address"),
        pytest.param("function has no public address", "q38", "q", id="q38"),
        pytest.param("authorization rule", "q39", "q", id="q39"),
        pytest.param("did not go out through it", "q40", "q", id="q40"),
    ],
)
def test_the_sentence(words: str, slug: str, flow: str) -> None:
    """Names what decided."""
    assert words in answer(slug, flow).text


def test_q39_the_target_sees_the_endpoints_interface() -> None:
    """And needs no route to the clients' range."""
    received = answer("q39", "with-rule").connections[0].forward.hops[-1].packet_in

    assert received is not None
    assert str(received.source).startswith("10.0.10.")


@pytest.mark.parametrize(("slug", "expected"), [("q16", ""), ("q29", ""), ("q40", "egress-only-gateway-answers")])
def test_a_reason_that_is_a_choice_says_so(slug: str, expected: str) -> None:
    """[UNSURE] in the answer to Q40."""
    dropped = [s for s in steps(answer(slug, "q")) if s.code and s.outcome == "drop"]

    assert expected == dropped[-1].assumption
