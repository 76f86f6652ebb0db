"""Flows and variants: every form of `expect` and `when`."""

from __future__ import annotations

import pytest

from docgen.loader import load_text
from docgen.model.architecture import Expectation, Flow, When
from docgen.model.component import Ref
from docgen.model.packet import Protocol
from docgen.model.trace import Leg, Verdict


def flow(block):
    text = "version: 1\ntitle: Flows\nvariants: {no-nat: {changes: {}}}\nflows:\n  ask: {" + block + "}\n"
    result = load_text(text)
    assert not result.diagnostics
    return result.value.flows[0]


def test_a_flow_in_full():
    """Every key."""
    found = flow(
        "title: T, description: D, from: internet, to: www.example.com, protocol: udp, port: 53, source_port: 4000,"
        " expect: allowed, when: {outage: a, variant: no-nat}"
    )

    assert found == Flow(
        id="ask",
        title="T",
        description="D",
        source=Ref("internet"),
        destination=Ref("www.example.com"),
        protocol=Protocol.UDP,
        port=53,
        source_port=4000,
        expect=Expectation(verdict=Verdict.ALLOWED),
        when=When(outage=(Ref("a"),), variant="no-nat"),
    )


@pytest.mark.parametrize(
    ("written", "name", "protocol", "port", "path"),
    [
        pytest.param("https://www.example.com/pay", "www.example.com", Protocol.TCP, 443, "/pay", id="a web address"),
        pytest.param("postgres://orders", "orders", Protocol.TCP, 5432, "", id="another scheme"),
        pytest.param("udp://resolver:53", "resolver", Protocol.UDP, 53, "", id="over udp"),
        pytest.param('"orders:3306"', "orders", Protocol.TCP, 3306, "", id="a name with a port"),
        pytest.param('"resolver:53", protocol: udp', "resolver", Protocol.UDP, 53, "", id="and with a protocol"),
    ],
)
def test_to_says_protocol_and_port(written, name, protocol, port, path):
    """As people write where they go."""
    found = flow(f"from: internet, to: {written}")

    assert (Ref(name), protocol, port, path) == (found.destination, found.protocol, found.port, found.path)
    assert found.destination.span.line == 5


def test_a_flow_can_be_its_connection_alone():
    """What components call in turn is followed unless it says otherwise."""
    assert flow("from: a, to: b, port: 1").follow_calls
    assert not flow("from: a, to: b, port: 1, follow_calls: false").follow_calls


def test_a_flow_speaks_tcp_unless_told_otherwise():
    """From any source port."""
    found = flow("from: shop/web, to: 203.0.113.9, port: 443")

    assert (Protocol.TCP, None, None) == (found.protocol, found.source_port, found.expect)


def test_icmp_has_no_port():
    """And needs none."""
    assert 0 == flow("from: a, to: b, protocol: icmp").port


@pytest.mark.parametrize(
    ("written", "verdict", "reason", "leg"),
    [
        pytest.param("allowed", Verdict.ALLOWED, "", None, id="allowed"),
        pytest.param("blocked", Verdict.BLOCKED, "", None, id="blocked-for-any-reason"),
        pytest.param("{blocked: true}", Verdict.BLOCKED, "", None, id="the-same-as-a-block"),
        pytest.param("{blocked: }", Verdict.BLOCKED, "", None, id="and-with-nothing"),
        pytest.param(
            "{blocked: NO_ROUTE_TO_DESTINATION}", Verdict.BLOCKED, "NO_ROUTE_TO_DESTINATION", None, id="a-reason"
        ),
        pytest.param(
            "{blocked: SUBNET_ACL_RESTRICTION, leg: return}",
            Verdict.BLOCKED,
            "SUBNET_ACL_RESTRICTION",
            Leg.RETURN,
            id="a-reason-on-a-leg",
        ),
        pytest.param("{blocked: true, leg: forward}", Verdict.BLOCKED, "", Leg.FORWARD, id="any-reason-on-a-leg"),
        pytest.param("{allowed: true}", Verdict.ALLOWED, "", None, id="allowed-as-a-block"),
    ],
)
def test_expectations(written, verdict, reason, leg):
    """Verdict, reason, leg."""
    expect = flow(f"from: a, to: b, port: 1, expect: {written}").expect

    assert (verdict, reason, leg) == (expect.verdict, expect.reason, expect.leg)


def test_outages_are_one_or_several():
    """Zones and components."""
    when = flow("from: a, to: b, port: 1, when: {outage: [ap-south-1a, shop/nat-b]}").when

    assert ["ap-south-1a", "shop/nat-b"] == [ref.name for ref in when.outage]


def test_a_broken_flow_leaves_the_others():
    """It is reported and left out."""
    text = "version: 1\ntitle: T\nflows: {a: {from: x}, b: {from: x, to: y, port: 1}}\n"
    result = load_text(text)

    assert ["b"] == [f.id for f in result.value.flows]
    assert ["DGY-12", "DGY-12"] == [d.code for d in result.diagnostics]


def test_variants_keep_their_prose():
    """Title and description, in order."""
    text = "version: 1\ntitle: T\nvariants: {a: {title: A, description: D, changes: {}}, b: {changes: {}}}\n"

    assert [("a", "A", "D"), ("b", "", "")] == [
        (v.id, v.title, v.description) for v in load_text(text).value.variants
    ]
