"""`docgen show`."""

from __future__ import annotations

import click

from docgen.cli._console import echo_json, format_option, path_argument, print_findings, variant_option


@click.command(
    epilog="""\b
Examples:
  docgen show three-tier                  everything expanded per zone, as YAML that loads again
  docgen show three-tier --variant web-tier-private
  docgen show three-tier --format json    interfaces, addresses and effective tables as well
"""
)
@path_argument
@variant_option
@format_option
def command(path: str, variant: str, output_format: str) -> int:
    """Print a definition with everything filled in: zones expanded, short forms written out.

    With --format json, what it resolves to: every interface with its addresses, every route table, network ACL
    and security group as it takes effect, AWS's defaults included.
    """
    from docgen import loader
    from docgen.cli._designs import open_network
    from docgen.reports import network_values

    opened, sources = open_network(path, variant)
    print_findings(opened.diagnostics, sources, err=True)
    if opened.value is None or opened.failed:
        return 1
    if output_format == "json":
        echo_json(network_values(opened.value))
    else:
        click.echo(loader.dump(opened.value.architecture), nl=False)
    return 0
