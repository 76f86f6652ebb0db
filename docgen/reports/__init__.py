"""Answers to flows and resolved networks as text and as JSON values; see README.md in this folder."""

from docgen.reports.difference_json import difference_values
from docgen.reports.difference_text import difference_text
from docgen.reports.flow_log import flow_log_text, flow_log_values
from docgen.reports.network_json import network_values
from docgen.reports.reach_json import reach_values
from docgen.reports.reach_text import reach_text
from docgen.reports.schemas import difference_schema, json_schema, reach_schema
from docgen.reports.trace_json import results
from docgen.reports.trace_text import report_text

__all__ = [
    "difference_schema",
    "difference_text",
    "difference_values",
    "flow_log_text",
    "flow_log_values",
    "json_schema",
    "network_values",
    "reach_schema",
    "reach_text",
    "reach_values",
    "report_text",
    "results",
]
