"""What holds for every report, whatever the network: it tells all that it says it does, and tells no lie.

Used where the tests of this folder trace: `return told(trace(network, flow))`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from ipaddress import ip_address, ip_network
from itertools import pairwise

from docgen.model.codes import REASON_CODES
from docgen.model.trace import Candidate, Connection, FlowReport, Outcome, Step, Verdict

BLOCK = re.compile(r"[0-9a-f.:]*[.:][0-9a-f.:]*/\d+")
CONTAINS = re.compile(r"(does not contain|longest prefix that contains) ([0-9a-f.:]+[0-9a-f])")
PORTS = re.compile(r"(?:tcp|udp) (\d+)(?:-(\d+))?")
COVERS = re.compile(r"does not cover port (\d+)(?:-(\d+))?$")
SHORTER = re.compile(r"shorter than /(\d+)")
heard: list[FlowReport] = []
"""What was told in the test that runs."""


def told(report: FlowReport) -> FlowReport:
    """The report, after a look at every sentence of it."""
    sentences = [report.text, *(c.text for c in report.connections)]
    codes = [report.reason, *report.warnings]
    for connection in report.connections:
        codes += [connection.reason, *connection.secondary]
        assert bool(connection.reason) is (connection.verdict is not Verdict.ALLOWED), connection.text
        check_packets(connection)
    for step in steps_of(report):
        sentences += [step.text, step.by_name]
        codes += [step.code, step.detail]
        assert step.code or step.outcome is not Outcome.DROP, step.text
        for candidate in step.candidates:
            sentences += [candidate.text, candidate.reason]
            codes += [candidate.code]
            check_candidate(candidate)
    assert [] == [s for s in sentences if not s or re.search(r"None|\bnull\b| $|^ ", str(s))]
    assert {""} >= {code for code in codes if code not in REASON_CODES}
    heard.append(report)
    return report


def steps_of(report: FlowReport) -> Iterator[Step]:
    """All steps, there and back."""
    for connection in report.connections:
        for trace in (connection.forward, connection.returning):
            for hop in trace.hops if trace is not None else ():
                yield from hop.steps


def check_packets(connection: Connection) -> None:
    """What leaves a hop arrives at the next; an answer that comes back is the exact swap of what was asked."""
    for trace in (connection.forward, connection.returning):
        hops = trace.hops if trace is not None else ()
        for hop, following in pairwise(hops):
            assert hop.packet_out == following.packet_in, (hop.name, following.name)
    if connection.verdict is Verdict.ALLOWED and connection.returning is not None and connection.request is not None:
        (*before, last) = connection.returning.hops
        received = last.packet_in or last.packet_out  # at one hop nothing leaves
        if received is None:
            assert not before
            return  # who asks itself outside sends nothing
        assert replace(received, frame=None) == connection.request.reversed()


def check_candidate(candidate: Candidate) -> None:
    """What is said of its block and of its ports is true."""
    block = BLOCK.search(candidate.text)
    said, shorter = CONTAINS.search(candidate.reason), SHORTER.search(candidate.reason)
    if block is not None and said is not None:
        holds = ip_address(said[2]) in ip_network(block[0])
        assert holds is (said[1] != "does not contain"), candidate
    if block is not None and shorter is not None:
        assert ip_network(block[0]).prefixlen < int(shorter[1]), candidate
    ports, uncovered = PORTS.search(candidate.text), COVERS.search(candidate.reason)
    if ports is not None and uncovered is not None:
        has, lacks = _span(ports), _span(uncovered)
        assert not (has[0] <= lacks[0] and lacks[1] <= has[1]), candidate


def _span(found: re.Match[str]) -> tuple[int, int]:
    return int(found[1]), int(found[2] or found[1])
