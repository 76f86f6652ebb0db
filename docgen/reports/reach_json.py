# Who reaches whom as plain values: the machine interface of `docgen reach --format json`.
#
# In:  a Reach. Out: what `json.dumps` takes, as described by reach.schema.json beside this file.
"""reach_values, reached_values."""

from __future__ import annotations

from typing import Any

from docgen.analysis.reach import Reach, Reached
from docgen.reports.trace_json import result


def reach_values(reach: Reach) -> dict[str, Any]:
    """The whole answer, with every witness traced."""
    return {
        "version": 1,
        "sources": reach.sources,
        "targets": reach.targets,
        "traces": reach.traces,
        "results": [reached_values(row) for row in reach.results],
    }


def reached_values(row: Reached) -> dict[str, Any]:
    """One row."""
    flow = row.witness
    return {
        "outcome": row.outcome.upper(),
        "source": {
            "component": row.source_name,
            "kind": row.source.kind,
            "interfaces": list(row.source_interfaces),
            "addresses": list(map(str, row.source_addresses)),
        },
        "destination": {
            "component": row.destination_name,
            "kind": row.destination.kind,
            "interfaces": list(row.destination_interfaces),
            "addresses": list(map(str, row.destination_addresses)),
        },
        "through": row.through_name or None,
        "protocol": str(row.protocol),
        "ports": [{"first": ports.first, "last": ports.last} for ports in row.ports],
        "headers": row.headers,
        "witness": {
            "from": str(flow.source),
            "to": str(flow.destination),
            "protocol": str(flow.protocol),
            "port": flow.port,
            "result": result(row.report),
        },
    }
