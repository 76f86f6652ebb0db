"""`docgen explain`."""

from __future__ import annotations

import click

from docgen.cli import _complete
from docgen.cli._console import echo_json, format_option


@click.command(
    epilog="""\b
Examples:
  docgen explain NO_ROUTE_TO_DESTINATION    a reason code of a trace
  docgen explain DGL-38                     a code of `docgen check`
  docgen explain blackhole-route            a choice that AWS leaves open
  docgen explain                            all of them, a line each
"""
)
@click.argument("code", required=False, shell_complete=_complete.codes)
@format_option
def command(code: str | None, output_format: str) -> int:
    """Explain a code that docgen printed: reasons of traces, rules, messages, and choices that AWS leaves open."""
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
    typed = code.strip().strip("[]").rpartition(" ")[2]  # `[model: blackhole-route]` as a trace shows it
    wanted = typed.upper()
    if wanted not in known:
        near = [explanation.code for key, explanation in known.items() if key[:1] == wanted[:1]]
        hint = did_you_mean(typed, near) or "`docgen explain` lists all"
        raise click.UsageError(f"no code {code!r}; {hint}")
    if output_format == "json":
        echo_json(known[wanted].values())
    else:
        click.echo(known[wanted].text(), nl=False)
    return 0
