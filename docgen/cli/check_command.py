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
  docgen check --coverage --fail-under 80   which lines no flow and no invariant exercises
  docgen check - < architecture.yaml    from standard input
  docgen check --format json | jq '.diagnostics[].code'
  docgen check three-tier --outage each-zone              which flows the loss of a zone breaks
  docgen check --outage each-component --outage-fails     1 where the loss of one breaks a flow
"""
)
@paths_argument
@strict_option
@click.option("--show-suppressed", is_flag=True, help="Print what the definitions accept too, with the reasons.")
@click.option(
    "--outage",
    multiple=True,
    metavar="NAME",
    help="Which flows each single failure breaks: each-zone, each-component, each-part, or anything that can be "
    "down, alone; may be repeated.",
)
@click.option("--outage-fails", is_flag=True, help="Leave with 1 where a failure of --outage breaks a flow.")
@click.option("--coverage", is_flag=True, help="Tell which lines no flow and no invariant exercises.")
@click.option(
    "--fail-under",
    type=click.FloatRange(0, 100),
    metavar="PERCENT",
    help="Leave with 1 where less of the lines is exercised; implies --coverage.",
)
@format_option
def command(
    paths: tuple[str, ...],
    strict: bool,
    show_suppressed: bool,
    outage: tuple[str, ...],
    outage_fails: bool,
    coverage: bool,
    fail_under: float | None,
    output_format: str,
) -> int:
    """Report everything that is wrong with definitions, all of it in one run.

    PATH is a folder, a file, the name of a design in architectures/, or - for standard input. Errors are what
    AWS would refuse, what cannot be read, flows that do not do what is expected of them, and invariants that do
    not hold for every header there is. A definition can accept warnings and remarks with `suppress`.

    With --outage a table tells what each single failure does to the flows that are allowed with everything in
    order: works, breaks, or lost with it where the flow's source is down or what failed is its destination.
    """
    from docgen.cli._designs import open_paths
    from docgen.core.report import as_json, summary, suppressed_as_json
    from docgen.pipeline.resilience import resilience_of
    from docgen.reports.coverage_text import coverage_text, coverage_values, total, total_text
    from docgen.reports.invariant_text import invariant_values, invariants_text
    from docgen.reports.resilience_text import resilience_text, resilience_values

    if outage_fails and not outage:
        raise click.UsageError("--outage-fails needs --outage")
    opened = open_paths(paths)
    tables = [(d.slug, resilience_of(d, outage)) for d in opened.designs if outage and d.reports]
    accepted = tuple(dict.fromkeys(s for design in opened.designs for s in design.suppressed))
    wanted = coverage or fail_under is not None
    covered = [(d, d.coverage) for d in opened.designs] if wanted else []
    flows = sum(len(design.reports) for design in opened.designs)
    if output_format == "json":
        resilience = [{"design": slug, **resilience_values(table)} for slug, table in tables]
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
                **({"resilience": resilience} if outage else {}),
                "summary": summary(opened.diagnostics, len(accepted)),
                "diagnostics": as_json(opened.diagnostics),
                "suppressed": suppressed_as_json(accepted),
                **({"coverage": [coverage_values(d.slug, d.network, c) for d, c in covered]} if wanted else {}),
            }
        )
    else:
        shown = (*opened.diagnostics, *((s.noted for s in accepted) if show_suppressed else ()))
        print_findings(sorted(shown, key=lambda d: d.sort_key), opened.sources)
        for design in opened.designs:
            echo_painted(invariants_text(design.invariants, paint_for(sys.stdout)))
        for slug, table in tables:
            echo_painted(f"{slug}\n{resilience_text(table, paint_for(sys.stdout))}\n")
        for design, lines in covered:
            echo_painted(coverage_text(design.slug, design.network, lines, paint_for(sys.stdout)))
        if wanted:
            click.echo(total_text([c for _, c in covered], fail_under))
        found = summary(opened.diagnostics, len(accepted))
        click.echo(f"{_count(opened.count, 'design')}, {_count(flows, 'flow')} traced: {found}")
    broken = outage_fails and any(table.broken for _, table in tables)
    too_little = fail_under is not None and total(c for _, c in covered) < fail_under
    return exit_code(opened.diagnostics, strict=strict) or int(broken or too_little)


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
