"""`docgen check`."""

from __future__ import annotations

import sys

import click

from docgen.cli._console import (
    echo_json,
    echo_painted,
    exit_code,
    format_option,
    paint_for,
    paths_argument,
    print_findings,
    strict_option,
)


@click.command(
    epilog="""\b
Examples:
  docgen check                          every design in architectures/
  docgen check three-tier --strict      warnings count too
  docgen check --show-suppressed        what the definitions accept, and why
  docgen check - < architecture.yaml    from standard input
  docgen check --format json | jq '.diagnostics[].code'
"""
)
@paths_argument
@strict_option
@click.option("--show-suppressed", is_flag=True, help="Print what the definitions accept too, with the reasons.")
@format_option
def command(paths: tuple[str, ...], strict: bool, show_suppressed: bool, output_format: str) -> int:
    """Report everything that is wrong with definitions, all of it in one run.

    PATH is a folder, a file, the name of a design in architectures/, or - for standard input. Errors are what
    AWS would refuse, what cannot be read, flows that do not do what is expected of them, and invariants that do
    not hold for every header there is. A definition can accept warnings and remarks with `suppress`.
    """
    from docgen.cli._designs import open_paths
    from docgen.core.report import as_json, summary, suppressed_as_json
    from docgen.reports.invariant_text import invariant_values, invariants_text

    opened = open_paths(paths)
    accepted = tuple(dict.fromkeys(s for design in opened.designs for s in design.suppressed))
    flows = sum(len(design.reports) for design in opened.designs)
    if output_format == "json":
        echo_json(
            {
                "version": 1,
                "designs": opened.count,
                "flows": flows,
                "invariants": [
                    {"design": design.slug, **standing}
                    for design in opened.designs
                    for standing in invariant_values(design.invariants)
                ],
                "summary": summary(opened.diagnostics, len(accepted)),
                "diagnostics": as_json(opened.diagnostics),
                "suppressed": suppressed_as_json(accepted),
            }
        )
    else:
        shown = (*opened.diagnostics, *((s.noted for s in accepted) if show_suppressed else ()))
        print_findings(sorted(shown, key=lambda d: d.sort_key), opened.sources)
        for design in opened.designs:
            echo_painted(invariants_text(design.invariants, paint_for(sys.stdout)))
        found = summary(opened.diagnostics, len(accepted))
        click.echo(f"{_count(opened.count, 'design')}, {_count(flows, 'flow')} traced: {found}")
    return exit_code(opened.diagnostics, strict=strict)


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
