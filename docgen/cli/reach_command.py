"""`docgen reach`."""

from __future__ import annotations

import sys

import click

from docgen.cli._console import (
    echo_json,
    echo_painted,
    format_option,
    outage_option,
    paint_for,
    path_argument,
    print_findings,
    variant_option,
)


@click.command(
    epilog="""\b
Examples:
  docgen reach three-tier --to orders                  who gets to the database, on which ports
  docgen reach three-tier --from internet              what the internet gets to
  docgen reach three-tier --from app --to internet
  docgen reach three-tier --to tier=data --outage a
  docgen reach three-tier --to vpc=shop,kind=db_instance --format json

\b
NAME is a component, a VPC, subnet, security group, tier or kind by name, or `internet`. To say which is meant,
write tier=data, vpc=shop, subnet=app, security_group=edge, kind=instance, zone=a or id=app, several with commas
between for what fulfils all of them. `docgen schema --reach` describes the JSON.
"""
)
@path_argument
@click.option("--to", "to", multiple=True, metavar="NAME", help="Who is asked for; may be repeated.")
@click.option("--from", "frm", multiple=True, metavar="NAME", help="Where requests start; may be repeated.")
@click.option("--protocol", "protocols", multiple=True, type=click.Choice(["tcp", "udp", "icmp"]), help="Only this.")
@outage_option
@variant_option
@format_option
def command(
    path: str,
    to: tuple[str, ...],
    frm: tuple[str, ...],
    protocols: tuple[str, ...],
    outage: tuple[str, ...],
    variant: str,
    output_format: str,
) -> int:
    """List every source, protocol and port that gets to a component: computed over all headers, not sampled.

    Each row ends in one of its headers as options of `docgen trace`, which shows how it gets there. What is not
    listed is blocked. PATH is a folder, a file, the name of a design in architectures/, or - for standard input.
    """
    from docgen.cli._designs import open_network
    from docgen.pipeline.reachability import ask_reach
    from docgen.reports import reach_text, reach_values

    if not to and not frm:
        raise click.UsageError("name --to, --from, or both")
    opened, sources = open_network(path, variant)
    print_findings((d for d in opened.diagnostics if d.severity == "error"), sources, err=True)
    if opened.value is None or opened.failed:
        return 1
    found = ask_reach(opened.value, to, frm, protocols=protocols, outage=outage)
    if output_format == "json":
        echo_json(reach_values(found))
    else:
        echo_painted(reach_text(found, paint_for(sys.stdout)))
    return 0
