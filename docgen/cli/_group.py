# A click group whose commands live in modules of their names, each imported only when it is needed.
"""LazyGroup."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click


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

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The table of commands."""
        with formatter.section("Commands"):
            formatter.write_dl(list(self._commands_help.items()))
