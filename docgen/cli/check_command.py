"""`docgen check`."""

from __future__ import annotations

import click

from docgen.cli._console import (
    echo_json,
    exit_code,
    format_option,
    paths_argument,
    print_findings,
    strict_option,
)


@click.command(
    epilog="""\b
Examples:
  docgen check                          every design in architectures/
  docgen check three-tier --strict      warnings count too
  docgen check - < architecture.yaml    from standard input
  docgen check --format json | jq '.diagnostics[].code'
"""
)
@paths_argument
@strict_option
@format_option
def command(paths: tuple[str, ...], strict: bool, output_format: str) -> int:
    """Report everything that is wrong with definitions, all of it in one run.

    PATH is a folder, a file, the name of a design in architectures/, or - for standard input. Errors are what
    AWS would refuse, what cannot be read, and flows that do not do what is expected of them.
    """
    from docgen.cli._designs import open_paths
    from docgen.core.report import as_json, summary

    opened = open_paths(paths)
    flows = sum(len(design.reports) for design in opened.designs)
    if output_format == "json":
        echo_json(
            {
                "version": 1,
                "designs": opened.count,
                "flows": flows,
                "summary": summary(opened.diagnostics),
                "diagnostics": as_json(opened.diagnostics),
            }
        )
    else:
        print_findings(opened.diagnostics, opened.sources)
        click.echo(f"{_count(opened.count, 'design')}, {_count(flows, 'flow')} traced: {summary(opened.diagnostics)}")
    return exit_code(opened.diagnostics, strict=strict)


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
