# What all commands share: where definitions are, how findings are printed, which exit code they give.
"""Options and output of commands."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any, TypeVar

import click

from docgen.cli._complete import designs, outages, variants
from docgen.core.diagnostic import Diagnostic, has_errors
from docgen.core.terminal import Paint

STDIN = "-"
DEFAULT_FOLDER = "architectures"

F = TypeVar("F", bound=Callable[..., Any])


def path_argument(function: F) -> F:
    """PATH: one definition."""
    return click.argument("path", callback=_find_one, shell_complete=designs)(function)


def paths_argument(function: F) -> F:
    """PATH...: definitions or folders of them; `architectures` where none is named."""
    return click.argument("paths", nargs=-1, metavar="[PATH]...", callback=_find_all, shell_complete=designs)(
        function
    )


def _find_one(context: click.Context, parameter: click.Parameter, value: str) -> str:
    """A folder, a file, `-`, or the name of a design in `architectures/`; a path that exists comes first."""
    if value == STDIN or Path(value).exists():
        return value
    design = Path(DEFAULT_FOLDER) / value
    if Path(value).name == value and design.is_dir():
        return str(design)
    raise click.BadParameter(f"there is no file, folder or design {value!r}", context, parameter)


def _find_all(context: click.Context, parameter: click.Parameter, value: Sequence[str]) -> tuple[str, ...]:
    if value:
        return tuple(_find_one(context, parameter, path) for path in value)
    if Path(DEFAULT_FOLDER).is_dir():
        return (DEFAULT_FOLDER,)
    raise click.UsageError(f"name a definition; there is no folder {DEFAULT_FOLDER!r} here", context)


format_option = click.option(
    "--format",
    "output_format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="For people or for programs.",
)
outage_option = click.option(
    "--outage",
    multiple=True,
    shell_complete=outages,
    metavar="NAME",
    help="A zone, a component or a part of one is down; may be repeated.",
)
variant_option = click.option(
    "--variant",
    default="",
    shell_complete=variants,
    metavar="NAME",
    help="With this variant of the design applied.",
)
FINDING_FORMATS = ("text", "json", "sarif", "junit", "github")
"""How findings can be told; see `docgen check`."""


def _reports(
    context: click.Context, parameter: click.Parameter, value: Sequence[str]
) -> tuple[tuple[str, Path], ...]:
    """`sarif=out.sarif`, as format and file."""
    found = []
    for given in value:
        name, equals, path = given.partition("=")
        if name not in FINDING_FORMATS or not equals or not path:
            text = f"{given!r} is not FORMAT=FILE with a format of {', '.join(FINDING_FORMATS)}"
            raise click.BadParameter(text, context, parameter)
        found.append((name, Path(path)))
    return tuple(found)


reports_option = click.option(
    "--report",
    "reports",
    multiple=True,
    metavar="FORMAT=FILE",
    callback=_reports,
    help="Write this too: sarif=docgen.sarif; may be repeated.",
)
config_option = click.option(
    "-c",
    "--config",
    "config_file",
    type=click.Path(exists=True, dir_okay=False),
    default="mkdocs.yml",
    show_default=True,
    help="MkDocs configuration.",
)
strict_option = click.option("--strict", is_flag=True, help="Leave with 1 for warnings and remarks too.")


def paint_for(stream: IO[Any]) -> Paint:
    """Colour where the stream is a terminal that can show it and NO_COLOR is not set."""
    forced = bool(os.environ.get("FORCE_COLOR"))
    wanted = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Paint(wanted and (forced or stream.isatty()))


def echo_painted(text: str, *, err: bool = False) -> None:
    """Print text that a Paint of the same stream coloured; click would take colour off a forced pipe."""
    paint = paint_for(sys.stderr if err else sys.stdout)
    click.echo(text, nl=False, err=err, color=paint.enabled)


def echo_json(value: Any) -> None:
    """Print a value as JSON."""
    import json

    click.echo(json.dumps(value, indent=2, ensure_ascii=False))


def print_findings(diagnostics: Iterable[Diagnostic], sources: Mapping[str, str], *, err: bool = False) -> None:
    """Print every diagnostic with its excerpt; to standard error where the output is something else."""
    from docgen.core.report import as_text
    from docgen.pipeline.sources import texts_of

    found = tuple(diagnostics)
    if found:
        paint = paint_for(sys.stderr if err else sys.stdout)
        echo_painted(as_text(found, texts_of(found, sources), paint) + "\n", err=err)


def exit_code(diagnostics: Iterable[Diagnostic], *, strict: bool = False) -> int:
    """1 where there is an error, or with `strict` anything at all."""
    found = tuple(diagnostics)
    return int(has_errors(found) or (strict and bool(found)))


def progress(text: str) -> None:
    """Tell a person who watches what is going on; scripts see nothing."""
    if sys.stderr.isatty():
        click.echo(text, err=True)
