"""`docgen schema`."""

from __future__ import annotations

import click

from docgen.cli._console import echo_json


@click.command(
    epilog="""\b
Examples:
  docgen schema > architecture.schema.json    for editors: completion and checks while typing
  docgen schema --page > page.schema.json     what a page.yaml beside a definition may say
  docgen schema --trace                       what `docgen trace --format json` prints and --flow-file takes
  docgen schema --reach                       what `docgen reach --format json` prints
  docgen schema --diff                        what `docgen diff --format json` prints
"""
)
@click.option("--page", is_flag=True, help="The schema of page.yaml instead.")
@click.option("--trace", is_flag=True, help="The schema of traces and flow files instead.")
@click.option("--reach", is_flag=True, help="The schema of what `docgen reach` prints instead.")
@click.option("--diff", is_flag=True, help="The schema of what `docgen diff` prints instead.")
def command(page: bool, trace: bool, reach: bool, diff: bool) -> int:
    """Print the JSON Schema of definitions."""
    from docgen import loader, reports

    choices = {
        loader.page_schema: page,
        reports.json_schema: trace,
        reports.reach_schema: reach,
        reports.difference_schema: diff,
    }
    chosen = [schema for schema, wanted in choices.items() if wanted]
    if len(chosen) > 1:
        raise click.UsageError("--page, --trace, --reach and --diff exclude each other")
    echo_json((chosen or [loader.json_schema])[0]())
    return 0
