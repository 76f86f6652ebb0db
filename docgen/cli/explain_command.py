"""`docgen explain`."""

from __future__ import annotations

import click

from docgen.cli._console import echo_json, format_option


@click.command(
    epilog="""\b
Examples:
  docgen explain NO_ROUTE_TO_DESTINATION    a reason code of a trace
  docgen explain DGL-38                     a code of `docgen check`
  docgen explain                            all of them, a line each
"""
)
@click.argument("code", required=False)
@format_option
def command(code: str | None, output_format: str) -> int:
    """Explain a code that docgen printed: reasons of traces, rules, and messages about definitions."""
    from docgen.core.names import did_you_mean
    from docgen.pipeline.explanations import explanations

    known = explanations()
    if code is None:
        if output_format == "json":
            echo_json([explanation.values() for explanation in known.values()])
        else:
            width = max(map(len, known))
            for explanation in known.values():
                click.echo(f"{explanation.code:<{width}}  {explanation.title}")
        return 0
    wanted = code.strip().strip("[]").upper()
    if wanted not in known:
        raise click.UsageError(f"no code {code!r}; {did_you_mean(wanted, known)}")
    if output_format == "json":
        echo_json(known[wanted].values())
    else:
        click.echo(known[wanted].text(), nl=False)
    return 0
