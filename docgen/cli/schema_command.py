"""`docgen schema`."""

from __future__ import annotations

import click

from docgen.cli._console import echo_json


@click.command(
    epilog="""\b
Examples:
  docgen schema > architecture.schema.json    for editors: completion and checks while typing
  docgen schema --trace                       what `docgen trace --format json` prints and --flow-file takes
  docgen schema --reach                       what `docgen reach --format json` prints
"""
)
@click.option("--trace", is_flag=True, help="The schema of traces and flow files instead.")
@click.option("--reach", is_flag=True, help="The schema of what `docgen reach` prints instead.")
def command(trace: bool, reach: bool) -> int:
    """Print the JSON Schema of definitions."""
    from docgen import loader, reports

    if trace and reach:
        raise click.UsageError("--trace and --reach exclude each other")
    made = reports.json_schema if trace else reports.reach_schema if reach else loader.json_schema
    echo_json(made())
    return 0
