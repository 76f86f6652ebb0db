# The command line: parses, calls the pipeline, reports. Commands are imported only when they run.
#
# Imports click and nothing else of weight, so that `docgen --help` answers at once.
"""main: the entry point of `docgen`."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from docgen.cli._group import LazyGroup
from docgen.core.errors import DocgenError

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
    cls=LazyGroup,
    package="docgen.cli",
    commands_help={
        "new": "Start a definition.",
        "list": "List designs with what their flows come to.",
        "show": "Print a definition with everything filled in.",
        "check": "Report everything that is wrong.",
        "trace": "Follow flows hop by hop, there and back.",
        "render": "Draw the pictures of designs.",
        "build": "Publish the site.",
        "serve": "Show the site and reload it on every change.",
        "explain": "Explain a code that docgen printed.",
        "schema": "Print the JSON Schema of definitions.",
    },
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    epilog=EPILOG,
)
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version."
)
def cli() -> None:
    """Diagrams and documentation of AWS networks, proven by tracing every packet."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and leave with its exit code."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run a command; every way out of it becomes an exit code here."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal of another encoding must not stop the answer
            stream.reconfigure(errors="replace")
    try:
        code = cli.main(arguments and list(arguments), prog_name="docgen", standalone_mode=False)
        sys.stdout.flush()
    except click.UsageError as error:
        error.show()
        return 2
    except click.ClickException as error:
        error.show()
        return 2
    except (click.Abort, KeyboardInterrupt):
        click.echo("stopped", err=True)
        return 130
    except BrokenPipeError:
        _close_output()
        return 0
    except DocgenError as error:
        click.echo(f"docgen: {error}", err=True)
        return 2
    except OSError as error:
        return _outside_failure(error)
    except Exception as error:
        return _internal_failure(error)
    return code if isinstance(code, int) else 0


def _outside_failure(error: OSError) -> int:
    """A full disk, a folder that may not be written: not docgen's fault, nor a finding."""
    if os.environ.get("DOCGEN_DEBUG"):
        raise error
    where = f"{error.filename}: " if error.filename else ""
    click.echo(f"docgen: {where}{error.strerror or error}", err=True)
    return 2


def _internal_failure(error: Exception) -> int:
    if os.environ.get("DOCGEN_DEBUG"):
        import traceback

        traceback.print_exc()
        return 3
    click.echo(
        f"docgen: internal error: {type(error).__name__}: {error}\n"
        "This is a mistake in docgen. Please report it with the command, the definition and what\n"
        "the same command prints with DOCGEN_DEBUG=1 set.",
        err=True,
    )
    return 3


def _close_output() -> None:
    """The reader of our output went away; keep Python from complaining about it at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
