"""Flow log records of the worked questions line by line, and what holds for the records of any network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.analysis.flow_log import flow_log_records
from docgen.kinds import all_kinds
from docgen.loader import load
from docgen.model.flow_log import Direction, FlowLogRecord
from docgen.model.trace import Check, Verdict
from docgen.routing import resolve, trace
from tests.analysis.random_networks import random_network
from tests.routing.cases import ask
from tests.routing.test_questions import QUESTIONS


def question(slug: str) -> dict[str, Any]:
    loaded = load(QUESTIONS / slug)
    assert loaded.value is not None
    network = resolve(loaded.value, all_kinds()).value
    assert network is not None
    return {
        flow.id: [f"{r.interface} {r.direction} {r.line()}" for r in flow_log_records(network, trace(network, flow))]
        for flow in loaded.value.flows
    }


@pytest.mark.parametrize("slug", ["q01", "q05", "q08", "q09", "q14", "q34", "q36"])
def test_worked_questions(slug: str, golden: Any) -> None:
    """The records of the worked questions, line by line."""
    text = "".join(
        f"# {slug} {flow}\n" + "".join(f"{line}\n" for line in lines) for flow, lines in question(slug).items()
    )
    golden.check(Path(__file__).parent / "expected" / "flow_log" / f"{slug}.txt", text)


def refused(records: tuple[FlowLogRecord, ...]) -> list[FlowLogRecord]:
    return [r for r in records if r.value("action") == "REJECT"]


ENDS = ("user", "server", "vi0", "wi0", "xi0", "vlb", "vdb", "vnat", "203.0.113.99")
FILTERS = (
    Check.SECURITY_GROUP_EGRESS,
    Check.SECURITY_GROUP_INGRESS,
    Check.NETWORK_ACL_EGRESS,
    Check.NETWORK_ACL_INGRESS,
)


@given(
    st.integers(0, 400),
    st.sampled_from(ENDS),
    st.sampled_from(ENDS),
    st.sampled_from(["tcp 443", "tcp 22", "udp 53", "icmp"]),
)
def test_a_refusal_is_a_blocked_leg(seed: int, source: str, target: str, what: str) -> None:
    """Every REJECT is the last hop of a blocked leg, and what a filter blocks has one; the allowed has none."""
    network = random_network(seed)
    report = ask(network, f"{source} -> {target} {what}")
    records = flow_log_records(network, report)

    for record in refused(records):
        connection = report.connections[record.connection]
        assert (Verdict.BLOCKED, record.leg) == (connection.verdict, connection.leg)
        trace = connection.forward if record.leg == "forward" else connection.returning
        assert trace is not None
        assert record.interface == trace.hops[-1].interface
    seen = {(r.connection, r.leg) for r in refused(records)}
    same = {(r.interface, r.packet) for r in refused(records)}
    for index, connection in enumerate(report.connections):
        trace = connection.returning or connection.forward
        blocker = trace.blocker
        if blocker is not None and blocker.check in FILTERS and trace.hops[-1].interface:
            assert (index, trace.leg) in seen or any(i == trace.hops[-1].interface for i, _ in same)
    if report.verdict is Verdict.ALLOWED:
        assert not refused(records)


@given(st.integers(0, 400), st.sampled_from(ENDS), st.sampled_from(ENDS))
def test_records_show_private_addresses_of_interfaces(seed: int, source: str, target: str) -> None:
    """An interface writes an address of its own, not a public one, and what passed it in the packet's fields."""
    network = random_network(seed)
    for record in flow_log_records(network, ask(network, f"{source} -> {target} tcp 443")):
        interface = network.interfaces[record.interface]
        own = record.srcaddr if record.direction is Direction.EGRESS else record.dstaddr
        assert own in (interface.private_ip, interface.ipv6)
        other = record.dstaddr if record.direction is Direction.EGRESS else record.srcaddr
        assert other in (record.packet.source, record.packet.destination)
