# A click group whose commands live in modules of their names, each imported only when it is needed, and the
# program around it, in which every way out of a command becomes an exit code.
"""LazyGroup and Program."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from docgen.core.errors import DocgenError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


class LazyGroup(click.Group):
    """Commands by name; the help page shows the lines given here and imports none of them."""

    def __init__(self, *args: Any, package: str, commands_help: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._package = package
        self._commands_help = commands_help

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """In the order in which they are used."""
        return list(self._commands_help)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command `<name>` of the module `<name>_command`."""
        if cmd_name not in self._commands_help:
            return None
        command: click.Command = import_module(f"{self._package}.{cmd_name}_command").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, with a suggestion for a misspelt name."""
        if args and args[0] not in self._commands_help and not args[0].startswith("-"):
            from docgen.core.names import did_you_mean

            hint = did_you_mean(args[0], self._commands_help)
            ctx.fail(f"no command {args[0]!r}; {hint}")
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Commands with their lines, none of them imported; then options."""
        from click.shell_completion import CompletionItem

        commands = [
            CompletionItem(name, help=line)
            for name, line in self._commands_help.items()
            if name.startswith(incomplete)
        ]
        return [*commands, *click.Command.shell_complete(self, ctx, incomplete)]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The table of commands."""
        with formatter.section("Commands"):
            formatter.write_dl(list(self._commands_help.items()))


class Program(LazyGroup):
    """The group as a program: 0 fine, 1 findings, 2 wrong usage or surroundings, 3 a mistake in docgen."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """As click's, except that commands return their exit code and no traceback gets out."""
        if not kwargs.get("standalone_mode", True):
            return super().main(*args, **kwargs)
        gc.set_threshold(_BETWEEN_COLLECTIONS)
        atexit.register(gc.freeze)  # what is left at the end goes with the process: no last look for cycles in it
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):  # a terminal of another encoding must not stop the answer
                stream.reconfigure(errors="replace")
        sys.exit(self._run(*args, **{"prog_name": "docgen", **kwargs, "standalone_mode": False}))

    def _run(self, *args: Any, **kwargs: Any) -> int:
        try:
            code = super().main(*args, **kwargs)
            sys.stdout.flush()
        except click.ClickException as error:
            error.show()
            return 2 if isinstance(error, click.FileError) else error.exit_code
        except (click.Abort, KeyboardInterrupt):
            click.echo("stopped", err=True)
            return 130
        except BrokenPipeError:
            _close_output()
            return 0
        except DocgenError as error:
            return _fail(f"docgen: {error}", error, 2)
        except OSError as error:  # a full disk, a folder that may not be written
            where = f"{error.filename}: " if error.filename else ""
            return _fail(f"docgen: {where}{error.strerror or error}", error, 2)
        except Exception as error:
            return _fail(_INTERNAL.format(name=type(error).__name__, text=error), error, 3)
        return code if isinstance(code, int) else 0


_BETWEEN_COLLECTIONS = 200_000
"""New objects, some 20 MB of them, before Python looks for cycles among them, of which values of the model have none:
at its own 700 that took a fifteenth of the time of a short command."""
_INTERNAL = """\
docgen: internal error: {name}: {text}
This is a mistake in docgen. Please report it with the command, the definition and what the same command
prints with DOCGEN_DEBUG=1 set."""


def _fail(message: str, error: Exception, code: int) -> int:
    if os.environ.get("DOCGEN_DEBUG"):
        import traceback

        traceback.print_exception(error)
    click.echo(message, err=True)
    return code


def _close_output() -> None:
    """The reader of our output went away; keep Python from complaining about it at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
