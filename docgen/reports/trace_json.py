# Reports as plain values: the machine interface of `docgen trace --format json`.
#
# In:  FlowReports. Out: what `json.dumps` takes, as described by trace.schema.json beside this file.
# Version 1 is stable: keys may be added, none changes its meaning or goes away.
"""results, result."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from docgen.model.component import Key
from docgen.model.network import Network
from docgen.model.packet import Packet, PortRange
from docgen.model.trace import Candidate, Connection, FlowReport, Hop, SmallestChange, Step
from docgen.reports.flow_log import flow_log_values, transit_values

VERSION = 1


def results(answers: Iterable[tuple[Network, FlowReport]], *, flow_logs: bool = False) -> dict[str, Any]:
    """The whole answer, one result for each report in the same order.

    Args:
        answers: Reports, each with the network in which it was traced.
        flow_logs: Whether each result has the records of flow logs, which take as long as its trace.
    """
    found = []
    for network, report in answers:
        answer = result(report)
        if flow_logs:
            answer["flow_log"] = flow_log_values(network, report)
            answer["transit_gateway_flow_log"] = transit_values(network, report)
        found.append(answer)
    return {"version": VERSION, "results": found}


def result(report: FlowReport) -> dict[str, Any]:
    """The answer to one flow."""
    return {
        "id": report.flow_id,
        "verdict": report.verdict.upper(),
        "leg": report.leg.value if report.leg else None,
        "reason": report.reason or None,
        "component": report.component_name or None,
        "component_kind": report.component.kind if report.component else None,
        "text": report.text,
        "paths_working": report.paths_working,
        "paths_total": report.paths_total,
        "warnings": list(report.warnings),
        "smallest_change": _change(report.smallest_change),
        "connections": [_connection(connection) for connection in report.connections],
    }


def _change(change: SmallestChange | None) -> dict[str, Any] | None:
    if change is None:
        return None
    return {
        "text": change.text,
        "forbidden_by": change.forbidden_by or None,
        "edits": [
            {
                "component": edit.component_name,
                "kind": edit.component.kind,
                "path": edit.component.path,
                "field": edit.field or None,
                "text": edit.text,
            }
            for edit in change.edits
        ],
    }


def _connection(connection: Connection) -> dict[str, Any]:
    returning = connection.returning
    return {
        "from": connection.source_name,
        "to": connection.destination_name,
        "purpose": connection.purpose or None,
        "parent": connection.parent,
        "followed_at": connection.followed_at,
        "verdict": connection.verdict.upper(),
        "leg": connection.leg.value if connection.leg else None,
        "reason": connection.reason or None,
        "component": connection.component_name or None,
        "component_kind": connection.component.kind if connection.component else None,
        "text": connection.text,
        "secondary": list(connection.secondary),
        "disposition": connection.forward.disposition.value,
        "hops": [_hop(hop) for hop in connection.forward.hops],
        "return_disposition": returning.disposition.value if returning else None,
        "return_hops": [_hop(hop) for hop in returning.hops] if returning else [],
    }


def _hop(hop: Hop) -> dict[str, Any]:
    return {
        "component": hop.name,
        "kind": hop.component.kind,
        "path": hop.component.path,
        "interface": hop.interface or None,
        "subnet": _path(hop.subnet),
        "packet_in": _packet(hop.packet_in),
        "packet_out": _packet(hop.packet_out),
        "steps": [_step(step) for step in hop.steps],
    }


def _step(step: Step) -> dict[str, Any]:
    return {
        "check": step.check.value,
        "outcome": step.outcome.value,
        "by": step.by_name,
        "by_kind": step.by.kind,
        "text": step.text,
        "rule": step.rule or None,
        "code": step.code or None,
        "detail": step.detail or None,
        "assumption": step.assumption or None,
        "candidates": [_candidate(candidate) for candidate in step.candidates],
    }


def _candidate(candidate: Candidate) -> dict[str, Any]:
    return {
        "text": candidate.text,
        "chosen": candidate.chosen,
        "reason": candidate.reason,
        "code": candidate.code or None,
    }


def _packet(packet: Packet | None) -> dict[str, Any] | None:
    if packet is None:
        return None
    return {
        "protocol": packet.protocol.value,
        "source": str(packet.source),
        "source_ports": _ports(packet.source_ports),
        "destination": str(packet.destination),
        "destination_ports": _ports(packet.destination_ports),
        "frame": asdict(packet.frame) if packet.frame else None,
    }


def _ports(ports: PortRange) -> list[int]:
    return [ports.first, ports.last]


def _path(key: Key | None) -> str | None:
    return key.path if key else None
