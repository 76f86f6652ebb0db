# The command line: parses, calls the pipeline, reports. Commands are imported only when they run.
#
# Imports click and nothing else of weight, so that `docgen --help` answers at once.
"""main: the entry point of `docgen`."""

from __future__ import annotations

import click

from docgen.cli._group import Program

EPILOG = """\b
Examples:
  docgen new my-network                  a definition to start from
  docgen check my-network                all that is wrong with it, in one run
  docgen trace my-network                every flow, hop by hop, there and back
  docgen render my-network -o pictures   SVG, PNG and draw.io
  docgen build                           the whole site into build/site

\b
Exit codes: 0 fine, 1 findings, 2 wrong usage, 3 internal error.
"""


def _version(context: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        from importlib.metadata import version

        click.echo(f"docgen {version('docgen')}")
        context.exit()


@click.group(
    cls=Program,
    package="docgen.cli",
    commands_help={
        "new": "Start a definition.",
        "list": "List designs with what their flows come to.",
        "show": "Print a definition with everything filled in.",
        "check": "Report everything that is wrong.",
        "trace": "Follow flows hop by hop, there and back.",
        "reach": "List everything that gets to a component.",
        "diff": "Tell what a change opens, closes, adds and removes.",
        "prove": "Ask the Linux kernel about every flow.",
        "render": "Draw the pictures of designs.",
        "export": "Write designs for a wiki, a repository or a page of your own.",
        "graph": "Draw a design as a graph: topology, routes, references.",
        "pin": "Keep what was moved by hand in a draw.io file.",
        "build": "Publish the site.",
        "generate": "Write the site as plain Markdown.",
        "serve": "Show the site and reload it on every change.",
        "explain": "Explain a code that docgen printed.",
        "completion": "Print a script that completes commands in a shell.",
        "schema": "Print the JSON Schema of definitions.",
    },
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    epilog=EPILOG,
)
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version."
)
def main() -> None:
    """Diagrams and documentation of AWS networks, proven by tracing every packet."""
