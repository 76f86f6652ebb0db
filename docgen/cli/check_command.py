"""`docgen check`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from docgen.cli import _complete
from docgen.cli._console import (
    FINDING_FORMATS,
    echo_painted,
    exit_code,
    paint_for,
    paths_argument,
    reports_option,
    strict_option,
)

_TABLES = ("text", "json")
"""Formats that have tables of outages and of coverage beside the findings."""


@click.command(
    epilog="""\b
Examples:
  docgen check                          every design in architectures/
  docgen check three-tier --strict      warnings count too
  docgen check --show-suppressed        what the definitions accept, and why
  docgen check --coverage --fail-under 80   which lines no flow and no invariant exercises
  docgen check - < architecture.yaml    from standard input
  docgen check --format json | jq '.diagnostics[].code'
  docgen check --format sarif -o build/docgen.sarif       for code scanning
  docgen check --report sarif=docgen.sarif --report junit=docgen.xml      text, and both files
  docgen check --format github          remarks on the changed lines of a pull request
  docgen check three-tier --outage each-zone              which flows the loss of a zone breaks
  docgen check --outage each-component --outage-fails     1 where the loss of one breaks a flow
"""
)
@paths_argument
@strict_option
@click.option(
    "--show-suppressed/--hide-suppressed",
    "show_suppressed",
    default=None,
    help="Tell what the definitions accept too, with the reasons. Left out: text and github do not, files for "
    "programs do, each marked as accepted.",
)
@click.option(
    "--outage",
    multiple=True,
    shell_complete=_complete.outages,
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
@click.option(
    "--format",
    "output_format",
    type=click.Choice(FINDING_FORMATS),
    default="text",
    show_default=True,
    help="For people, for programs, for code scanning, for test reports, or for remarks on a pull request.",
)
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write instead of printing."
)
@reports_option
def command(
    paths: tuple[str, ...],
    strict: bool,
    show_suppressed: bool | None,
    outage: tuple[str, ...],
    outage_fails: bool,
    coverage: bool,
    fail_under: float | None,
    output_format: str,
    output: Path | None,
    reports: tuple[tuple[str, Path], ...],
) -> int:
    """Report everything that is wrong with definitions, all of it in one run.

    PATH is a folder, a file, the name of a design in architectures/, or - for standard input. Errors are what
    AWS would refuse, what cannot be read, flows that do not do what is expected of them, and invariants that do
    not hold for every header there is. A definition can accept warnings and remarks with `suppress`.

    With --outage a table tells what each single failure does to the flows that are allowed with everything in
    order: works, breaks, or lost with it where the flow's source is down or what failed is its destination.
    """
    from docgen.cli._check_output import Checked, formatted, summary_text
    from docgen.cli._designs import open_paths
    from docgen.pipeline.resilience import resilience_of
    from docgen.reports.coverage_text import total

    wanted = coverage or fail_under is not None
    if outage_fails and not outage:
        raise click.UsageError("--outage-fails needs --outage")
    if output_format not in _TABLES and (outage or wanted):
        raise click.UsageError(
            f"--outage and --coverage are told as text or json; add `--report {output_format}=FILE` instead of "
            f"`--format {output_format}`"
        )
    opened = open_paths(paths)
    checked = Checked(
        opened=opened,
        strict=strict,
        show_suppressed=show_suppressed,
        tables=tuple((d.slug, resilience_of(d, outage)) for d in opened.designs if d.reports) if outage else None,
        covered=tuple((d, d.coverage) for d in opened.designs) if wanted else None,
        fail_under=fail_under,
    )
    for name, path in reports:
        _write(path, formatted(checked, name))
    if output is not None:
        _write(output, formatted(checked, output_format))
        click.echo(f"{output}: {summary_text(checked)}")
    else:
        echo_painted(formatted(checked, output_format, paint_for(sys.stdout)))
    broken = outage_fails and any(table.broken for _, table in checked.tables or ())
    too_little = fail_under is not None and total(c for _, c in checked.covered or ()) < fail_under
    return exit_code(opened.diagnostics, strict=strict) or int(broken or too_little)


def _write(path: Path, text: str) -> None:
    from docgen.pipeline.output import write_named

    write_named(path, text.encode("utf-8", errors="replace"))
