# The command line as values, read off its own click commands, so that the reference cannot fall behind.
#
# In:  the program behind the `docgen` console script, looked up as any tool that documents a click program
#      does: the site lies below the command line and imports nothing of it.
# Out: Commands for docgen.pages.
"""commands."""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Iterator
from importlib.metadata import entry_points

import click

from docgen.pages import Command, Option

PROGRAM = "docgen"


def commands() -> tuple[Command, ...]:
    """Every command of the installed program, the program itself first; none where it is not installed."""
    try:
        (script,) = entry_points(group="console_scripts", name=PROGRAM)
        program = script.load()
    except (ValueError, ImportError, AttributeError):
        return ()
    return tuple(_walk(program, _context(program, PROGRAM))) if isinstance(program, click.Command) else ()


def _walk(command: click.Command, context: click.Context) -> Iterator[Command]:
    yield _command(command, context)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            if inner is not None and not inner.hidden:
                yield from _walk(inner, _context(inner, name, context))


def _context(command: click.Command, name: str, parent: click.Context | None = None) -> click.Context:
    return click.Context(command, info_name=name, parent=parent, **command.context_settings)


def _command(command: click.Command, context: click.Context) -> Command:
    records = (parameter.get_help_record(context) for parameter in command.get_params(context))
    return Command(
        name=context.command_path,
        usage=" ".join([context.command_path, *command.collect_usage_pieces(context)]),
        summary=command.get_short_help_str(200),
        text=_help(command),
        options=tuple(Option(usage=usage, text=text) for usage, text in filter(None, records) if text),
    )


def _help(command: click.Command) -> str:
    text = inspect.cleandoc((command.help or "").replace("\b\n", ""))
    epilog = textwrap.dedent((command.epilog or "").replace("\b\n", "")).strip()
    return "\n\n".join(filter(None, (text, epilog)))
