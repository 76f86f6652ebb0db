"""Flow log records as short lines, for tables of cases."""

from __future__ import annotations

from docgen.analysis.flow_log import flow_log_records
from docgen.model.flow_log import Direction
from docgen.model.network import Network
from docgen.model.trace import FlowReport


def short(network: Network, report: FlowReport) -> list[str]:
    """`app > ACCEPT 10.0.10.10 10.0.20.10`: who, whether out of it (>) or into it (<), and the record's addresses."""
    found = []
    for record in flow_log_records(network, report):
        way = ">" if record.direction is Direction.EGRESS else "<"
        who = record.interface or record.component_name
        found.append(f"{who} {way} {record.value('action')} {record.value('srcaddr')} {record.value('dstaddr')}")
    return found
