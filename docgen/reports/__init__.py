"""Answers to flows as text and as JSON values; see README.md in this folder."""

from docgen.reports.trace_json import json_schema, results
from docgen.reports.trace_text import report_text

__all__ = ["json_schema", "report_text", "results"]
