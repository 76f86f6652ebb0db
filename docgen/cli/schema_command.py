"""`docgen schema`."""

from __future__ import annotations

import click

from docgen.cli._console import echo_json


@click.command(
    epilog="""\b
Examples:
  docgen schema > architecture.schema.json    for editors: completion and checks while typing
  docgen schema --trace                       what `docgen trace --format json` prints and --flow-file takes
"""
)
@click.option("--trace", is_flag=True, help="The schema of traces and flow files instead.")
def command(trace: bool) -> int:
    """Print the JSON Schema of definitions."""
    from docgen import loader, reports

    echo_json(reports.json_schema() if trace else loader.json_schema())
    return 0
