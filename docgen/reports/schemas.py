# The JSON Schemas that stand beside this file.
"""json_schema, reach_schema, difference_schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def json_schema() -> dict[str, Any]:
    """Of `trace_json.results` (and, under `$defs/flows`, of a flow file)."""
    return _read("trace")


def reach_schema() -> dict[str, Any]:
    """Of `reach_json.reach_values`."""
    return _read("reach")


def difference_schema() -> dict[str, Any]:
    """Of what `docgen diff` prints."""
    return _read("difference")


def _read(name: str) -> dict[str, Any]:
    text = (Path(__file__).parent / f"{name}.schema.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema
